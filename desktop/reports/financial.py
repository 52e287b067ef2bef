"""The financial situation, gathered: budget lines, allocations by stage, tranches, overheads and receipts.

None of it counts people, so the guard lets figures pass; it decides which partners are named. How it is said stands in
`financial_pages`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from db.models.money import STAGES
from db.queries import Session
from db.queries.money import Leg, NoOfficeCurrency, office_currency
from db.queries.roll_up import Reason
from db.record import Record
from desktop.guard.audiences import Audience
from desktop.guard.tables import Grid, Tables
from desktop.reports.document import Money, Said
from desktop.reports.financial_tables import Gathered
from desktop.reports.financial_time import OVER_TIME, over_time
from desktop.reports.framing import frame_of, scope_names
from desktop.reports.report import ASKABLE, CITABLE, FRAME, Asked, Label, Lacking, NeedsChosen
from i18n import LANGUAGES, N_, Words

OUTSTANDING = N_("Paid and not yet accounted for")


@dataclass(frozen=True)
class Situation:
    """What the pages need besides the tables."""

    currency: str
    day: date
    """By which tranches count as paid and accounted for."""
    currencies: tuple[str, ...]
    """Of the budgets and tranches: a table of each."""
    stages: tuple[str, ...]
    rates: tuple[Leg, ...]
    rounding: Money
    lacking: tuple[Reason, ...]
    over_time: tuple[str, ...]
    """Which kinds of money are told quarter by quarter."""


def gather(record: Record, asked: Asked) -> Tables:
    """Everything the report prints; a donor is told of its own money."""
    scope = asked.scope
    if asked.audience is Audience.DONOR and not (scope.donor or scope.contribution or scope.agreement):
        raise NeedsChosen(ASKABLE["donor"])
    return record.read(_tables, asked)


def lacking(record: Record, asked: Asked) -> Sequence[Lacking]:
    """Rates that are missing, and payments of which nobody noted how much was accounted for."""
    return record.read(_lacking, asked)


def _lacking(session: Session, asked: Asked) -> list[Lacking]:
    currency = asked.currency or office_currency(session)
    if currency is None:
        return [Lacking(N_("The currency of the office is not noted."), "offices", None, "currency")]
    day = asked.scope.ends_on or frame_of(session, asked).as_of
    found = Gathered(session, asked.scope, currency, day)
    list(found.grids())
    owed = [one for one in found.tranches if one.paid_on and one.paid_on <= day and one.liquidated_amount is None]
    said = N_("How much of tranche {number} of “{agreement}” was accounted for is not noted.")
    titles = {one.id: one.title for one in found.agreements}
    return [
        *(Lacking(one.message, "exchange-rates", None, None, _gaps(one)) for one in found.together.lacking),
        *(
            Lacking(
                said,
                "tranches",
                one.id,
                "liquidated_amount",
                {"number": Said(str(one.number)), "agreement": Said(titles[one.agreement_id])},
            )
            for one in owed
        ),
    ]


def _gaps(one: Reason) -> dict[str, Label]:
    return {gap: _said(gap, value) for gap, value in one.gaps}


def _said(gap: str, value: object) -> Label:
    """What stands in a gap; a month or a day in every language, since nobody has said yet who reads."""
    if not isinstance(value, date):
        return Said(str(value))
    known = {language: Words.of(language) for language in LANGUAGES}
    return {language: words.month(value) if gap == "month" else words.date(value) for language, words in known.items()}


def _tables(session: Session, asked: Asked) -> Tables:
    currency = asked.currency or office_currency(session)
    if currency is None:
        raise NoOfficeCurrency
    frame = frame_of(session, asked)
    day = min(asked.scope.ends_on or frame.as_of, frame.as_of)
    found = Gathered(session, asked.scope, currency, day, frame.change)
    grids = {name: Grid(tuple(lines)) for name, lines in found.grids()}
    kinds, grids[OVER_TIME] = over_time(found, asked.scope, frame.change)
    return Tables(
        grids=grids,
        figures={**found.figures, **scope_names(session, asked)},
        plain={
            FRAME: frame,
            "situation": Situation(
                currency,
                day,
                found.currencies,
                tuple(stage for stage, _title in STAGES if f"flows_{stage}" in grids),
                found.together.legs,
                Money(found.together.rounding, currency),
                found.together.lacking,
                kinds,
            ),
            CITABLE: tuple((name, title) for name, title in _CITABLE if name in found.figures),
        },
    )


_CITABLE = (("received", N_("Money received")), *STAGES, ("outstanding", OUTSTANDING))

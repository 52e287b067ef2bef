"""Partnership and localisation, gathered: money by layer, agreements, seats and decisions, and the partners themselves.

None of it counts people, so the guard lets figures pass; it decides which partners are named. How it is said stands in
`localisation_pages`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from db.layers import layers
from db.models.engagements import SEATS
from db.models.money import LAYERS, STAGES
from db.queries import Session
from db.queries.allocations import ACTORS
from db.queries.layers import FundingShare, FundingShares, definitions_used, shares
from db.queries.localisation import Localisation, OfPartner, Recipient, localisation
from db.queries.money import Leg, NoOfficeCurrency, office_currency
from db.record import Record
from desktop.guard.released import Absent
from desktop.guard.tables import Entry, Grid, Line, Named, Tables
from desktop.reports.arithmetic import WORKED
from desktop.reports.document import Count, Money, Said, Share
from desktop.reports.framing import frame_of, scope_names
from desktop.reports.report import CITABLE, FRAME, Asked, Lacking
from i18n import N_

LOCAL = ("local",)
WHOM: tuple[tuple[str, Mapping[str, Any]], ...] = (
    (N_("Total"), {}),
    (N_("Local, not of the state"), {"actors": LOCAL}),
    (N_("Led by women: yes"), {"actors": LOCAL, "women_led": "met"}),
    (N_("Led by women: no"), {"actors": LOCAL, "women_led": "not_met"}),
    (N_("Led by women: not known"), {"actors": LOCAL, "women_led": "unknown"}),
    (N_("Authorities"), {"actors": ("state",)}),
    (N_("Neither local nor national"), {"actors": ("other",)}),
    (N_("Not known"), {"actors": ("unknown",)}),
)
"""The columns of the tables of money, and what of the shares each is."""
STATUSES = ("met", "not_met", "unknown")
COUNTED = N_("Counts toward the 25 %")
TO_WOMEN_LED = N_("To local partners that women lead")
OVERHEADS = N_("Overheads passed on, of direct costs")
NOTHING = N_("nothing to divide")


@dataclass(frozen=True)
class Localised:
    """What the pages need besides the tables."""

    stage: str
    currency: str
    definitions: tuple[tuple[str, str], ...]
    rates: tuple[Leg, ...]
    rounding: Money
    seats: tuple[str, ...]
    money: bool
    unknown: int
    """Recipients of which nobody has said whether they are local."""
    not_assessed: int


def gather(record: Record, asked: Asked) -> Tables:
    """Everything the report prints."""
    return record.read(_tables, asked)


def lacking(record: Record, asked: Asked) -> Sequence[Lacking]:
    """Partners of which it is not known whether they are local, or whether women lead them."""
    first, last = asked.scope.starts_on, asked.scope.ends_on
    if first is None or last is None:
        return ()
    found: list[Lacking] = []
    for one in record.read(localisation, asked.stage, first, last).recipients:
        name = {"name": one.name}
        if one.actor == "unknown":
            said = N_("Whether “{name}” is a local partner is not known: say whom it belongs to.")
            found.append(Lacking(said, "partners", one.id, "affiliated", name))
        if one.actor == "local" and one.women_led == "unknown":
            said = N_("Nobody has assessed whether women lead “{name}”.")
            found.append(Lacking(said, "partners", one.id, None, name))
    return found


def _tables(session: Session, asked: Asked) -> Tables:
    first, last = asked.scope.starts_on, asked.scope.ends_on
    assert first is not None and last is not None
    currency = asked.currency or office_currency(session)
    if currency is None:
        raise NoOfficeCurrency
    money, rest = shares(session, asked.stage, first, last, currency), localisation(session, asked.stage, first, last)
    seats = tuple(code for code, _title in SEATS if any(one.kind == code for one in rest.seats))
    figures: dict[str, Entry] = {
        "counted_share": _share(money.counted),
        "counted_money": _money(money.counted),
        "women_led_share": _share(money.of(actors=LOCAL, women_led="met")),
        "women_led_money": _money(money.of(actors=LOCAL, women_led="met")),
        "overheads_share": _share(money.overheads),
        "total_money": _money(money.of()),
        "agreements": _count(rest, "agreements", rest.agreements),
        "agreements_women_led": _count(rest, "agreements", rest.agreements, LOCAL, "met"),
    }
    localised = Localised(
        asked.stage,
        currency,
        definitions_used(session, asked.stage, first, last),
        money.rates,
        Money(money.rounding, currency),
        seats,
        bool(money.slices),
        sum(one.actor == "unknown" for one in rest.recipients),
        sum(one.actor == "local" and one.women_led == "unknown" for one in rest.recipients),
    )
    return Tables(
        grids={
            "layers": Grid(tuple(_layers(money, _money))),
            "layer_shares": Grid(tuple(_layers(money, _share))),
            "agreements": Grid(_who(rest, "agreements", rest.agreements)),
            "together": Grid(_who(rest, "agreements", [one for one in rest.agreements if one.together], "together")),
            **{
                f"seats_{code}": Grid(
                    _who(rest, "participations", [one for one in rest.seats if one.kind == code], code)
                )
                for code in seats
            },
            "recipients": Grid(tuple(_recipient(one, asked.stage, (first, last)) for one in rest.recipients)),
            WORKED: Grid(
                (
                    _worked(COUNTED, money.counted),
                    _worked(TO_WOMEN_LED, money.of(actors=LOCAL, women_led="met")),
                    _worked(OVERHEADS, money.overheads),
                )
            ),
        },
        figures={**figures, **scope_names(session, asked)},
        plain={FRAME: frame_of(session, asked), "localised": localised, CITABLE: _CITABLE},
    )


_CITABLE = (
    ("counted_share", COUNTED),
    ("women_led_share", TO_WOMEN_LED),
    ("overheads_share", OVERHEADS),
    ("total_money", N_("All money of the period")),
    ("agreements", N_("Agreements in force")),
    ("agreements_women_led", N_("Agreements with local partners that women lead")),
)


def _layers(money: FundingShares, said: Any) -> list[Line]:
    """A line for each layer, one for what the office did itself, and the whole."""
    lines = []
    for layer in layers():
        nothing = Absent(N_("not collected"))
        cells = [said(money.of([layer.code], **whom)) if layer.recorded else nothing for _title, whom in WHOM]
        lines.append(Line((dict(LAYERS)[layer.code], *cells)))
    own = [said(money.of(actors=["own"])), *("" for _each in WHOM[1:])]
    whole = [said(money.of(**whom)) for _title, whom in WHOM]
    return [*lines, Line((dict(ACTORS)["own"], *own)), Line((N_("Total"), *whole), total=True)]


def _who(rest: Localisation, kind: str, rows: Sequence[OfPartner], of: str = "") -> tuple[Line, ...]:
    """Who the partners are down, whether women lead them across, with the total."""

    def line(head: str, actors: Sequence[str], total: bool = False) -> Line:
        cells = [_count(rest, kind, rows, actors, status, of) for status in STATUSES]
        return Line((head, *cells, _count(rest, kind, rows, actors, None, of)), total)

    known = [(code, title) for code, title in ACTORS if code != "own"]
    return (*(line(title, (code,)) for code, title in known), line(N_("Total"), [code for code, _t in known], True))


def _count(
    rest: Localisation,
    kind: str,
    rows: Sequence[OfPartner],
    actors: Sequence[str] = (),
    status: str | None = None,
    of: str = "",
) -> Count:
    chosen = (one for one in rows if (not actors or one.actor in actors) and status in (None, one.women_led))
    return Count(sum(1 for _one in chosen), rest.behind(kind, actors, status, of))


def _recipient(one: Recipient, stage: str, period: tuple[date, date]) -> Line:
    named = Named(one.id, Said(one.name, one.language), one.may_be_named)
    sums = tuple(Money(each.amount, each.currency) for each in one.sums)
    return Line((named, dict(ACTORS)[one.actor], one.women_led, one.definition or "", sums))


def _worked(title: str, figure: FundingShare) -> Line:
    whole = Money(figure.total.amount, figure.total.currency)
    return Line((title, _money(figure), whole, _share(figure)))


def _money(figure: FundingShare) -> Money:
    return Money(figure.passed_on.amount, figure.passed_on.currency, figure.behind)


def _share(figure: FundingShare) -> Entry:
    share, whole = figure.share, Money(figure.total.amount, figure.total.currency)
    if share is None:
        return Absent(NOTHING, figure.behind)
    return Share(share, 1, figure.behind, (_money(figure), whole))


STAGE_TITLES = dict(STAGES)

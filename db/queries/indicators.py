"""What an indicator comes to for a period and a place, with what is missing from it; and its baseline and target."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models.agreements import Agreement
from db.models.duties import ReceivedReport
from db.models.indicators import Aim, Indicator
from db.models.organisations import Organisation
from db.models.places import Place
from db.models.results import Result
from db.models.texts import Text
from db.queries import selection
from db.queries.indicator_reader import Reader
from db.queries.roll_up import Figure, Reason
from db.queries.scope import Scope
from db.queries.selection import Behind

ALL = Scope()
_MONEY = ("donor", "contribution", "agreement", "partner")


@dataclass(frozen=True)
class MissingPart:
    """A figure that should be there: whose, where and when, and the code of its reason (`MISSING`)."""

    result_id: UUID
    partner: str | None
    place: str | None
    starts_on: date | None
    ends_on: date | None
    reason: str


@dataclass(frozen=True)
class RolledUp:
    """What an indicator comes to; without a value, `why` says in words what stands in the way."""

    indicator_id: UUID
    unit: str
    value: Decimal | None
    qualifier: str
    why: Reason | None
    counted: tuple[UUID, ...]
    missing: tuple[MissingPart, ...]
    left_out: tuple[tuple[UUID, Reason], ...]
    behind: Behind


@dataclass(frozen=True)
class OurIndicator:
    """An indicator by its code and its names in all languages."""

    id: UUID
    code: str | None
    names: tuple[str, ...]


@dataclass(frozen=True)
class Aimed:
    """A baseline or a target, and for what it is set."""

    id: UUID
    kind: str
    value: Decimal | None
    place_id: UUID | None
    agreement_id: UUID | None
    starts_on: date | None
    ends_on: date | None
    source: str | None


def our_indicators(session: Session) -> tuple[OurIndicator, ...]:
    """All indicators with their names in every language, the original first."""
    texts: dict[UUID, list[str]] = defaultdict(list)
    rows = select(Text.owner_id, Text.body).where(
        Text.owner == "indicator", Text.field == "name", Text.removed_at.is_(None)
    )
    for owner, body in session.execute(rows.order_by(Text.row)):
        texts[owner].append(body)
    held = session.execute(
        select(Indicator.id, Indicator.code, Indicator.name)
        .where(Indicator.removed_at.is_(None))
        .order_by(Indicator.code, Indicator.row)
    )
    return tuple(OurIndicator(id, code, (name, *texts[id])) for id, code, name in held)


def rolled_up(
    session: Session,
    indicator_id: UUID,
    first: date | None = None,
    last: date | None = None,
    place: UUID | None = None,
    nature: str = "reached",
    money: Scope = ALL,
) -> RolledUp:
    """What an indicator comes to in a period, in a place and all that lies in it, as its roll-up declares.

    `money` says of whose money, by donor, contribution, agreement or partner.
    """
    return roll(Reader(session, nature, money), indicator_id, first, last, place)


def roll(
    reader: Reader, indicator_id: UUID, first: date | None, last: date | None, place: UUID | None = None
) -> RolledUp:
    """The same, of figures that may have been read before."""
    indicator = reader.indicator(indicator_id)
    found = reader.sum(indicator, first, last, place)
    chosen = {"indicator": indicator_id, "from": first, "to": last, "place": place, "nature": reader.nature}
    chosen |= {side: getattr(reader.money, side) for side in _MONEY}
    figure = ";".join(f"{key}={value}" for key, value in chosen.items() if value is not None)
    return RolledUp(
        indicator_id=indicator_id,
        unit=indicator.unit,
        value=None if found.value is None else Decimal(found.value).scaleb(-found.decimals),
        qualifier=found.qualifier,
        why=found.why,
        counted=found.counted,
        missing=_named(reader.session, found.missing),
        left_out=found.left_out,
        behind=Behind("results", (("figure", figure),), reader.change),
    )


def behind(session: Session, figure: str) -> tuple[UUID, ...]:
    """The results behind what an indicator comes to, counted anew."""
    with selection.read(figure) as asked:
        first, last = (date.fromisoformat(asked[key]) if key in asked else None for key in ("from", "to"))
        place = UUID(asked["place"]) if "place" in asked else None
        indicator, nature = UUID(asked["indicator"]), asked["nature"]
        donor, contribution, agreement, partner = (UUID(asked[side]) if side in asked else None for side in _MONEY)
        money = Scope(donor=donor, contribution=contribution, agreement=agreement, partner=partner)
    found = rolled_up(session, indicator, first, last, place, nature, money)
    return found.counted or tuple(part.result_id for part in found.missing)


def aims_of(session: Session, indicator_id: UUID) -> tuple[Aimed, ...]:
    """The baselines and targets of an indicator, in the order of their periods."""
    found = session.execute(
        select(Aim, Indicator.decimals)
        .join(Indicator, Indicator.id == Aim.indicator_id)
        .where(Aim.indicator_id == indicator_id, Aim.removed_at.is_(None))
        .order_by(Aim.kind, Aim.starts_on, Aim.row)
    )
    return tuple(
        Aimed(
            aim.id,
            aim.kind,
            None if aim.value is None else Decimal(aim.value).scaleb(-decimals),
            aim.place_id,
            aim.agreement_id,
            aim.starts_on,
            aim.ends_on,
            aim.source,
        )
        for aim, decimals in found
    )


def _named(session: Session, missing: tuple[Figure, ...]) -> tuple[MissingPart, ...]:
    """What is missing, with the names of whose and where it is."""
    if not missing:
        return ()
    names: dict[UUID, tuple[str | None, str | None]] = defaultdict(lambda: (None, None))
    for id, direct, partner, place in session.execute(
        select(Result.id, ReceivedReport.organisation_id, Agreement.partner_id, Place.name)
        .outerjoin(ReceivedReport, ReceivedReport.id == Result.report_id)
        .outerjoin(Agreement, Agreement.id == Result.agreement_id)
        .outerjoin(Place, Place.id == Result.place_id)
        .where(Result.id.in_([figure.id for figure in missing]))
    ):
        whose = direct or partner
        called = session.scalar(select(Organisation.name).where(Organisation.id == whose)) if whose else None
        names[id] = called, place
    return tuple(
        MissingPart(figure.id, *names[figure.id], figure.starts_on, figure.ends_on, figure.missing or "not_stated")
        for figure in missing
    )

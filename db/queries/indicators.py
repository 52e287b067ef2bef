"""What an indicator comes to for a period and a place, with what is missing from it; and its baseline and target."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cached_property
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.base import there
from db.models.agreements import Agreement
from db.models.duties import ReceivedReport
from db.models.indicators import Aim, Indicator
from db.models.organisations import Organisation
from db.models.places import Place
from db.models.results import COUNTS, Result
from db.models.texts import Text
from db.queries import selection
from db.queries.history import state
from db.queries.paid import results_of
from db.queries.roll_up import NO_FIGURE, OTHER_UNIT, Figure, Part, Reason, Rule, Sum, over_places, roll_up
from db.queries.scope import Scope, within
from db.queries.selection import Behind
from i18n import N_

ALL = Scope()
_MONEY = ("donor", "contribution", "agreement", "partner")
PART_REFUSED = N_("“{indicator}” cannot be rolled up: {why}")


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
    indicator = there(session, Indicator, indicator_id)
    asked = _Asked(session, first, last, place, nature, money)
    found = asked.of(indicator, frozenset())
    chosen = {"indicator": indicator_id, "from": first, "to": last, "place": place, "nature": nature}
    chosen |= {side: getattr(money, side) for side in _MONEY}
    figure = ";".join(f"{key}={value}" for key, value in chosen.items() if value is not None)
    return RolledUp(
        indicator_id=indicator_id,
        unit=indicator.unit,
        value=None if found.value is None else Decimal(found.value).scaleb(-found.decimals),
        qualifier=found.qualifier,
        why=found.why,
        counted=found.counted,
        missing=_named(session, found.missing),
        left_out=found.left_out,
        behind=Behind("results", (("figure", figure),), state(session).change),
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


class _Asked:
    """One question over a tree of indicators."""

    def __init__(
        self, session: Session, first: date | None, last: date | None, place: UUID | None, nature: str, money: Scope
    ) -> None:
        self.session, self.first, self.last, self.place, self.nature = session, first, last, place, nature
        self.money = money

    @cached_property
    def above(self) -> Mapping[UUID, frozenset[UUID]]:
        """Each place with all that it lies in."""
        return _above(self.session)

    def of(self, indicator: Indicator, met: frozenset[UUID]) -> Sum:
        """What one indicator comes to: by its own figures or, where it has none, by those of its parts."""
        rule = Rule(indicator.roll_up_periods, indicator.roll_up_places, indicator.unit, indicator.counting == "stock")
        own = self._figures(indicator.id)
        parts = () if own else self._parts(indicator.id)
        if not parts:
            return roll_up(own, rule, self.first, self.last, self.above)
        sums: list[Part] = []
        for part in parts:
            if part.id in met:
                continue
            found = self.of(part, met | {indicator.id})
            if found.why is NO_FIGURE:
                found = replace(found, why=None)
            elif why := found.why or (OTHER_UNIT if part.unit != indicator.unit else None):
                found = replace(found, why=Reason(PART_REFUSED, (("indicator", part.name), ("why", why))))
            sums.append(((part.id,), None, found))
        return over_places(sums, rule, self.above)

    def _parts(self, indicator_id: UUID) -> list[Indicator]:
        return list(
            self.session.scalars(
                select(Indicator)
                .where(Indicator.parent_id == indicator_id, Indicator.removed_at.is_(None))
                .order_by(Indicator.code, Indicator.row)
            )
        )

    def _figures(self, indicator_id: UUID) -> list[Figure]:
        query = (
            select(Result, ReceivedReport.organisation_id)
            .outerjoin(ReceivedReport, ReceivedReport.id == Result.report_id)
            .where(COUNTS, Result.indicator_id == indicator_id, Result.nature == self.nature, *results_of(self.money))
        )
        # What cannot overlap the period is not even left out: nobody would look for it there.
        if self.first:
            query = query.where(Result.ends_on.is_(None) | (Result.ends_on >= self.first))
        if self.last:
            query = query.where(Result.starts_on.is_(None) | (Result.starts_on <= self.last))
        if self.place:
            query = query.where(Result.place_id.in_(within(self.place)))
        return [
            Figure(
                id=result.id,
                part=(organisation if result.agreement_id is None else None, result.agreement_id, result.activity_id),
                place=result.place_id,
                starts_on=result.starts_on,
                ends_on=result.ends_on,
                span=result.span,
                value=result.value,
                missing=result.missing,
                decimals=result.decimals,
                unit=result.unit,
                qualifier=result.qualifier,
                stock=result.counting == "stock" or result.span == "moment",
            )
            for result, organisation in self.session.execute(query)
        ]


def _above(session: Session) -> Mapping[UUID, frozenset[UUID]]:
    """Each place with all that it lies in; a ring, which only a damaged record has, ends where it began."""
    parents = {id: parent for id, parent in session.execute(select(Place.id, Place.parent_id)) if parent}
    found = {}
    for place in parents:
        line: set[UUID] = set()
        step = parents.get(place)
        while step is not None and step not in line:
            line.add(step)
            step = parents.get(step)
        found[place] = frozenset(line)
    return found


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

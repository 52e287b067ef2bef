"""The figures of indicators, read once for as many periods and places as are asked of them, and what they come to.

An indicator comes to what its own figures do or, where it has none, to what those do that roll up into it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.base import there
from db.models.duties import ReceivedReport
from db.models.indicators import Indicator
from db.models.places import Place
from db.models.results import COUNTS, Result
from db.queries.history import as_of
from db.queries.paid import results_of
from db.queries.roll_up import NO_FIGURE, OTHER_UNIT, Figure, Part, Reason, Rule, Sum, over_places, roll_up
from db.queries.scope import Scope, within
from i18n import N_

PART_REFUSED = N_("“{indicator}” cannot be rolled up: {why}")


class Reader:
    """Figures of one nature, for one donor's or agreement's money, of a period and a place at most."""

    def __init__(self, session: Session, nature: str = "reached", money: Scope | None = None) -> None:
        money = money or Scope()
        self.session, self.nature, self.money = session, nature, money
        self._belongs = results_of(money)
        self._indicators: dict[UUID, Indicator] = {}
        self._figures: dict[UUID, tuple[Figure, ...]] = {}
        self._parts: dict[UUID, tuple[Indicator, ...]] = {}
        self._within: dict[UUID, frozenset[UUID]] = {}

    @cached_property
    def change(self) -> int:
        """The newest change that is taken into account."""
        return as_of(self.session)

    @cached_property
    def above(self) -> Mapping[UUID, frozenset[UUID]]:
        """Each place with all that it lies in; a ring, which only a damaged record has, ends where it began."""
        parents = {id: parent for id, parent in self.session.execute(select(Place.id, Place.parent_id)) if parent}
        found = {}
        for place in parents:
            line: set[UUID] = set()
            step = parents.get(place)
            while step is not None and step not in line:
                line.add(step)
                step = parents.get(step)
            found[place] = frozenset(line)
        return found

    def indicator(self, id: UUID) -> Indicator:
        """An indicator that is there."""
        if id not in self._indicators:
            self._indicators[id] = there(self.session, Indicator, id)
        return self._indicators[id]

    def sum(self, indicator: Indicator, first: date | None, last: date | None, place: UUID | None) -> Sum:
        """What an indicator comes to in a period, in a place and all that lies in it."""
        return self._sum(indicator, first, last, place, frozenset())

    def asked(
        self, indicator_id: UUID, first: date | None, last: date | None, place: UUID | None
    ) -> tuple[Figure, ...]:
        """An indicator's own figures that could count; what cannot overlap the period is not even left out."""
        inside = self._places_in(place) if place else None
        return tuple(
            figure
            for figure in self._read(indicator_id)
            if (first is None or figure.ends_on is None or figure.ends_on >= first)
            and (last is None or figure.starts_on is None or figure.starts_on <= last)
            and (inside is None or figure.place in inside)
        )

    def _sum(
        self, indicator: Indicator, first: date | None, last: date | None, place: UUID | None, met: frozenset[UUID]
    ) -> Sum:
        rule = Rule(indicator.roll_up_periods, indicator.roll_up_places, indicator.unit, indicator.counting == "stock")
        own = self.asked(indicator.id, first, last, place)
        parts: Sequence[Indicator] = () if own else self._parts_of(indicator.id)
        if not parts:
            return roll_up(own, rule, first, last, self.above)
        sums: list[Part] = []
        for part in parts:
            if part.id in met:
                continue
            found = self._sum(part, first, last, place, met | {indicator.id})
            if found.why is NO_FIGURE:
                found = replace(found, why=None)
            elif why := found.why or (OTHER_UNIT if part.unit != indicator.unit else None):
                found = replace(found, why=Reason(PART_REFUSED, (("indicator", part.name), ("why", why))))
            sums.append(((part.id,), None, found))
        return over_places(sums, rule, self.above)

    def _parts_of(self, indicator_id: UUID) -> tuple[Indicator, ...]:
        if indicator_id not in self._parts:
            self._parts[indicator_id] = tuple(
                self.session.scalars(
                    select(Indicator)
                    .where(Indicator.parent_id == indicator_id, Indicator.removed_at.is_(None))
                    .order_by(Indicator.code, Indicator.row)
                )
            )
        return self._parts[indicator_id]

    def _places_in(self, place: UUID) -> frozenset[UUID]:
        if place not in self._within:
            self._within[place] = frozenset(self.session.scalars(within(place)))
        return self._within[place]

    def _read(self, indicator_id: UUID) -> tuple[Figure, ...]:
        if indicator_id in self._figures:
            return self._figures[indicator_id]
        query = (
            select(*Result.__table__.c, ReceivedReport.organisation_id)
            .outerjoin(ReceivedReport, ReceivedReport.id == Result.report_id)
            .where(COUNTS, Result.indicator_id == indicator_id, Result.nature == self.nature, *self._belongs)
        )
        self._figures[indicator_id] = tuple(
            Figure(
                id=row.id,
                part=(row.organisation_id if row.agreement_id is None else None, row.agreement_id, row.activity_id),
                place=row.place_id,
                starts_on=row.starts_on,
                ends_on=row.ends_on,
                span=row.span,
                value=row.value,
                missing=row.missing,
                decimals=row.decimals,
                unit=row.unit,
                qualifier=row.qualifier,
                stock=row.counting == "stock" or row.span == "moment",
            )
            for row in self.session.execute(query)
        )
        return self._figures[indicator_id]

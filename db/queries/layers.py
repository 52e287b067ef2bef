"""To whom money went and through how many hands: shares to local, national and women-led partners, by layer.

One table is of one stage: commitments, disbursements and spending are three accounts of the same money. What a partner
passed on counts with whoever had it last: it leaves the first, on the day it moved, and is never counted twice. What
is not known (the kind of a partner, whether women lead it) is a slice of its own.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cache
from itertools import chain
from typing import Any, Literal
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, case, func, literal, null, select, union_all
from sqlalchemy.orm import Session, aliased

from db.layers import layers
from db.models.donors import Contribution
from db.models.money import Allocation
from db.models.organisations import Organisation
from db.models.women_led import WomenLedAssessment
from db.money import Money
from db.queries.allocations import PER_ALLOCATION, actor, layer_of, passes, with_hands, women_led_on
from db.queries.history import as_of
from db.queries.money import Leg, product, rates
from db.queries.selection import Behind
from db.queries.women_led import held
from i18n.currencies import decimals_of

LOCAL = ("local", "state")
At = Literal["report", "allocation"]
"""Whether women lead a partner: as assessed by the end of the period, or on the day of each allocation."""


@dataclass(frozen=True)
class FundingShare:
    """Money passed on, in the currency of the table, with the whole it is a part of and what stands behind it."""

    passed_on: Money
    total: Money
    behind: Behind

    @property
    def share(self) -> Decimal | None:
        """The part of the whole, or None where there is nothing to divide."""
        return self.passed_on.amount / self.total.amount if self.total.amount else None

    def over(self, other: "FundingShare") -> "FundingShare":
        """The same money as a part of another figure."""
        return replace(self, total=other.passed_on)


@dataclass(frozen=True)
class Slice:
    """The smallest piece that tables are added up from."""

    layer: str | None
    actor: str
    women_led: str
    overhead: bool
    money: Money


@dataclass(frozen=True)
class FundingShares:
    """All that was allocated at one stage in a period, in one currency; `rates` are those used, each once."""

    stage: str
    first: date
    last: date
    currency: str
    at: At
    slices: tuple[Slice, ...]
    rates: tuple[Leg, ...]
    rounding: Decimal
    as_of: int

    @property
    def total(self) -> Money:
        """All programme funds of the stage and the period, our own work included."""
        return self._sum(self.slices)

    def of(
        self,
        layers: Iterable[str] | None = None,
        actors: Iterable[str] | None = None,
        women_led: str | None = None,
        overhead: bool | None = None,
    ) -> FundingShare:
        """What went by these layers to these kinds of partners, as a share of all."""
        by, to = (None if each is None else tuple(each) for each in (layers, actors))
        chosen = (
            each
            for each in self.slices
            if (by is None or each.layer in by)
            and (to is None or each.actor in to)
            and (women_led is None or each.women_led == women_led)
            and (overhead is None or each.overhead == overhead)
        )
        return FundingShare(self._sum(chosen), self.total, self._behind(by, to, women_led, overhead))

    @property
    def counted(self) -> FundingShare:
        """What counts toward the 25 %: to local and national partners, by the layers that count."""
        return self.of((each.code for each in layers() if each.counts), LOCAL)

    @property
    def overheads(self) -> FundingShare:
        """Overheads passed on to local and national partners, as a part of their direct costs."""
        return self.of(actors=LOCAL, overhead=True).over(self.of(actors=LOCAL, overhead=False))

    def _sum(self, slices: Iterable[Slice]) -> Money:
        return Money(sum((each.money.amount for each in slices), Decimal()), self.currency)

    def _behind(
        self, by: tuple[str, ...] | None, to: tuple[str, ...] | None, women_led: str | None, overhead: bool | None
    ) -> Behind:
        chosen = {
            "stage": self.stage,
            "from": self.first.isoformat(),
            "to": self.last.isoformat(),
            "layer": by and ",".join(by),
            "actor": to and ",".join(to),
            "women_led": women_led,
            "overhead": None if overhead is None else str(int(overhead)),
            "status_on": self.last.isoformat() if self.at == "report" else PER_ALLOCATION,
        }
        share = ";".join(f"{key}={value}" for key, value in chosen.items() if value)
        return Behind("allocations", (("share", share),), self.as_of)


def shares(
    session: Session,
    stage: str,
    first: date,
    last: date,
    currency: str,
    rule: str | None = None,
    at: At = "report",
) -> FundingShares:
    """The shares of one stage in a period; amounts by each contribution's own rate rule, or all by one."""
    sums: dict[tuple[Any, ...], int] = defaultdict(int)
    ways, way = _steps(session, currency, rule)
    for *key, given, on, contribution, minor in session.execute(moved(stage, first, last, currency, rule, at)):
        # Thousands of rows share a few rates: they are added up first, and each rate is applied once.
        sums[*key, given, 0 if given == currency else way(given, on, contribution)] += minor
    exact: dict[tuple[Any, ...], Fraction] = defaultdict(Fraction)
    for (*key, given, number), minor in sums.items():
        exact[tuple(key)] += Fraction(Money.of(minor, given).amount) * product(ways[number])
    used = dict.fromkeys(chain.from_iterable(ways))
    digits = decimals_of(currency)
    slices = tuple(
        Slice(hands, whom, led, overhead, Money.of(round(value * 10**digits), currency))
        for (hands, whom, led, overhead), value in sorted(exact.items(), key=lambda item: tuple(map(str, item[0])))
        if value
    )
    shown = sum((Fraction(each.money.amount) for each in slices), Fraction())
    lost = sum(exact.values(), Fraction()) - shown
    rounding = (Decimal(lost.numerator) / Decimal(lost.denominator)).quantize(Decimal(1).scaleb(-digits - 4))
    return FundingShares(stage, first, last, currency, at, slices, tuple(used), rounding, as_of(session))


def definitions_used(
    session: Session, stage: str, first: date, last: date, at: At = "report"
) -> tuple[tuple[str, str], ...]:
    """By which definitions it is held whether women lead the recipients of a period: pairs of code and version."""
    day = (literal(last) if at == "report" else Allocation.on).label("day")
    columns: tuple[ColumnElement[Any], ...] = (Allocation.recipient_id.label("recipient"), day)
    period = (Allocation.removed_at.is_(None), Allocation.stage == stage, Allocation.on.between(first, last))
    each = with_hands(select(*columns).select_from(Allocation)).where(*period).distinct().subquery()
    named = (WomenLedAssessment.definition, WomenLedAssessment.definition_version)
    query = select(*(held(column, on=each.c.day) for column in named)).distinct().select_from(each)
    found = session.execute(query.join(Organisation, Organisation.id == each.c.recipient))
    return tuple(sorted((code, version) for code, version in found if code))


def _steps(
    session: Session, currency: str, rule: str | None
) -> tuple[list[tuple[Leg, ...]], Callable[[str, date, UUID | None], int]]:
    """The ways to the currency of the table, as they turn out to be needed, and which of them an amount takes."""
    ways: list[tuple[Leg, ...]] = [()]
    numbers: dict[tuple[Leg, ...], int] = {(): 0}
    known = cache(lambda: rates(session))  # read only where something has to be converted

    @cache
    def way(given: str, on: date, contribution: UUID | None) -> int:
        legs = known().legs(given, currency, on, rule, contribution)
        if legs not in numbers:
            numbers[legs] = len(ways)
            ways.append(legs)
        return numbers[legs]

    return ways, way


def moved(stage: str, first: date, last: date, currency: str, rule: str | None, at: At) -> Select[Any]:
    """What each kind of recipient received in the period less what it passed on, in sums that one rate converts."""
    child = aliased(Allocation)
    received = select(*_flow(Allocation, 1, currency, rule, at)).select_from(Allocation)
    passed_on = select(*_flow(child, -1, currency, rule, at)).select_from(child)
    passed_on = passed_on.join(Allocation, Allocation.id == child.parent_id)
    flows = union_all(
        *(
            with_hands(query).where(moving.removed_at.is_(None), moving.stage == stage, moving.on.between(first, last))
            for query, moving in ((received, Allocation), (passed_on, child))
        )
    ).subquery()
    sums = _added_up(select(flows)).subquery()
    kinds = select(
        layer_of(sums.c.recipient, sums.c.channel, sums.c.passes).label("layer"),
        actor.label("actor"),
        women_led_on(literal(last) if at == "report" else sums.c.day).label("women_led"),
        sums.c.overhead,
        sums.c.currency,
        sums.c.on,
        sums.c.contribution,
        sums.c.minor,
    ).select_from(sums.outerjoin(Organisation, Organisation.id == sums.c.recipient))
    return _added_up(kinds)  # once more, for one row a partner and day is more than anybody converts


def _added_up(query: Select[Any]) -> Select[Any]:
    """The minor units of the rows that are alike in everything else."""
    rows = query.subquery()
    alike = [column for column in rows.c if column.name != "minor"]
    return select(*alike, func.sum(rows.c.minor).label("minor")).group_by(*alike)


def _flow(moving: Any, sign: int, currency: str, rule: str | None, at: At) -> tuple[ColumnElement[Any], ...]:
    """What decides where an amount belongs, and, where it has to be converted, by which rate."""
    foreign = moving.currency != currency
    ruled = literal(rule != "of_month") if rule else func.coalesce(Contribution.rate_rule, "of_month") != "of_month"
    return (
        Allocation.recipient_id.label("recipient"),
        Contribution.channel.label("channel"),
        passes.label("passes"),
        Allocation.overhead.label("overhead"),
        moving.currency.label("currency"),
        case((foreign, moving.on)).label("on"),
        case((and_(foreign, ruled), moving.contribution_id)).label("contribution"),
        (Allocation.on if at == PER_ALLOCATION else null()).label("day"),
        (sign * moving.amount).label("minor"),
    )

"""The financial situation of a scope: what was budgeted, allocated, paid and accounted for, and what came in.

Each amount stands in its own currency, and beside it in one, at the rate of its contribution and day. What has no rate
is named and leaves the sums it belongs to without a figure. The rows of each kind are asked for once, here, for the
report and for the lists that its figures open.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from db.errors import RecordError
from db.models import Agreement, Allocation, BudgetLine, Contribution, Receipt, Tranche
from db.models.agreements import BEFORE_SIGNING
from db.models.donors import SECURED
from db.money import Money
from db.queries import selection
from db.queries.money import Leg, Rates
from db.queries.paid import agreements_of
from db.queries.roll_up import Reason
from db.queries.scope import Scope, scope_told, told
from db.queries.selection import Behind


def agreements(session: Session, scope: Scope) -> Sequence[Agreement]:
    """The signed agreements that were in force in the period, or the one asked for whatever its status."""
    found: list[ColumnElement[bool]] = [Agreement.id.in_(agreements_of(scope))]
    if scope.agreement is None:
        found.append(Agreement.status.not_in(BEFORE_SIGNING))
        if scope.ends_on:
            found.append(or_(Agreement.starts_on.is_(None), Agreement.starts_on <= scope.ends_on))
        if scope.starts_on:
            found.append(or_(Agreement.ends_on.is_(None), Agreement.ends_on >= scope.starts_on))
    return session.scalars(select(Agreement).where(*found).order_by(Agreement.starts_on, Agreement.row)).all()


def budget_lines(session: Session, scope: Scope) -> Sequence[BudgetLine]:
    """The budget lines of these agreements; of a contribution, those that it pays."""
    ids = [one.id for one in agreements(session, scope)]
    found: list[ColumnElement[bool]] = [BudgetLine.agreement_id.in_(ids), BudgetLine.removed_at.is_(None)]
    if scope.contribution:
        found.append(or_(BudgetLine.contribution_id.is_(None), BudgetLine.contribution_id == scope.contribution))
    return session.scalars(select(BudgetLine).where(*found).order_by(BudgetLine.position, BudgetLine.row)).all()


def tranches(session: Session, scope: Scope) -> Sequence[Tranche]:
    """The tranches of these agreements, whenever they are paid."""
    ids = [one.id for one in agreements(session, scope)]
    query = select(Tranche).where(Tranche.agreement_id.in_(ids), Tranche.removed_at.is_(None))
    return session.scalars(query.order_by(Tranche.number, Tranche.row)).all()


def allocations(session: Session, scope: Scope) -> Sequence[Allocation]:
    """The allocations of the period: of this money, to these agreements, to this partner."""
    found = [Allocation.removed_at.is_(None), *_contributions(scope), *_between(Allocation.on, scope)]
    if scope.agreement:
        found.append(Allocation.agreement_id == scope.agreement)
    if scope.partner:
        theirs = Allocation.agreement_id.in_(agreements_of(scope))
        found.append(or_(Allocation.recipient_id == scope.partner, theirs))
    query = select(Allocation).join(Contribution, Contribution.id == Allocation.contribution_id)
    query = query.where(*found, Contribution.stage.in_(SECURED))
    return session.scalars(query.order_by(Allocation.on, Allocation.row)).all()


def receipts(session: Session, scope: Scope) -> Sequence[Receipt]:
    """What came in in the period; what came in belongs to no agreement and to no partner."""
    if scope.agreement or scope.partner:
        return ()
    found = [Receipt.removed_at.is_(None), *_contributions(scope), *_between(Receipt.received_on, scope)]
    query = select(Receipt).join(Contribution, Contribution.id == Receipt.contribution_id).where(*found)
    return session.scalars(query.order_by(Receipt.received_on, Receipt.row)).all()


def _contributions(scope: Scope) -> Iterator[ColumnElement[bool]]:
    yield Contribution.removed_at.is_(None)
    if scope.contribution:
        yield Contribution.id == scope.contribution
    if scope.donor:
        yield Contribution.donor_id == scope.donor


def _between(day: Any, scope: Scope) -> Iterator[ColumnElement[bool]]:
    if scope.starts_on:
        yield day >= scope.starts_on
    if scope.ends_on:
        yield day <= scope.ends_on


_ROWS: Mapping[str, Callable[[Session, Scope], Sequence[Any]]] = {
    "budget-lines": budget_lines,
    "tranches": tranches,
    "allocations": allocations,
    "receipts": receipts,
}


def behind_money(kind: str, scope: Scope, change: int, **narrowed: object) -> Behind:
    """The selection behind an amount: rows of a kind in a scope, narrowed by values of their own fields."""
    own = {f"{key}.": "" if value is None else str(value) for key, value in narrowed.items()}
    figure = ";".join(f"{key}={value}" for key, value in (told(scope) | own).items())
    return Behind(kind, (("amount", figure),), change)


def amount_of(kind: str) -> Callable[[Session, str], Collection[UUID]]:
    """Finds the rows behind such an amount again."""

    def found(session: Session, figure: str) -> Collection[UUID]:
        with selection.read(figure) as asked:
            scope = scope_told(asked)
        own = {key.removesuffix("."): value for key, value in asked.items() if key.endswith(".")}
        rows = _ROWS[kind](session, scope)
        meant = {row.id for row in rows if all(_as_written(getattr(row, key)) == value for key, value in own.items())}
        # What a partner passed on is part of what it kept.
        return meant | {row.id for row in rows if getattr(row, "parent_id", None) in meant}

    return found


def _as_written(value: object) -> str:
    return "" if value is None else str(value)


@dataclass(frozen=True)
class Sum:
    """Money in each currency it is of, and all of it in one; without that, a rate is lacking."""

    amounts: tuple[Money, ...]
    together: Money | None


class Together:
    """Amounts put in one currency, with the rates used, what rounding took, and what has no rate."""

    def __init__(self, known: Rates, currency: str) -> None:
        self.currency = currency
        self._known = known
        self._legs: dict[Leg, None] = {}
        self._lacking: dict[Reason, None] = {}
        self.rounding = Decimal()

    @property
    def legs(self) -> tuple[Leg, ...]:
        """The rates that were used, each once."""
        return tuple(self._legs)

    @property
    def lacking(self) -> tuple[Reason, ...]:
        """Why some amounts could not be put in this currency."""
        return tuple(self._lacking)

    def of(self, money: Money, on: date, contribution: UUID | None = None) -> Money | None:
        """An amount of a day, by the rule of its contribution."""
        try:
            found = self._known.convert(money, self.currency, on, contribution=contribution)
        except RecordError as refused:
            self._lacking[Reason(refused.message, tuple(refused.gaps.items()))] = None
            return None
        self._legs |= dict.fromkeys(found.legs)
        self.rounding += found.rounding
        return found.money

    def sum(self, parts: Iterable[tuple[Money, Money | None]]) -> Sum:
        """Amounts with what each is in the one currency, added up."""
        parts = tuple(parts)
        currencies = sorted({money.currency for money, _one in parts})
        known = [one.amount for _money, one in parts if one is not None]
        whole = Money(sum(known, Decimal()), self.currency) if len(known) == len(parts) else None
        return Sum(tuple(added(money for money, _one in parts if money.currency == one) for one in currencies), whole)


def added(amounts: Iterable[Money]) -> Money:
    """Amounts of one currency, of which there is at least one."""
    known = tuple(amounts)
    return Money(sum((one.amount for one in known), Decimal()), known[0].currency)

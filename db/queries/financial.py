"""The financial situation of a scope: what was budgeted, allocated, paid and accounted for, and what came in.

Each amount stands in its own currency, and beside it in one, at the rate of its contribution and day. What has no rate
is named and leaves the sums it belongs to without a figure. The rows of each kind are asked for once, here, for the
report and for the lists that its figures open.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from db.base import Entity
from db.models import Agreement, Allocation, BudgetLine, Contribution, Receipt, Tranche
from db.models.agreements import BEFORE_SIGNING
from db.models.donors import SECURED
from db.queries import selection
from db.queries.called import Called, called
from db.queries.paid import agreements_of
from db.queries.scope import Scope, scope_told, told
from db.queries.selection import Behind
from db.queries.tranches import liquidated_by


@dataclass(frozen=True)
class AgreementRow:
    """An agreement with the overheads that were agreed, in percent of direct costs."""

    id: UUID
    title: str
    overhead_rate: Decimal | None


@dataclass(frozen=True)
class BudgetRow:
    """A budget line, its shares in minor units."""

    id: UUID
    agreement_id: UUID
    contribution_id: UUID | None
    code: str | None
    title: str
    currency: str
    donor_amount: int | None
    partner_amount: int | None
    in_kind_amount: int | None
    overhead: bool

    @property
    def total(self) -> int:
        """All shares together."""
        return (self.donor_amount or 0) + (self.partner_amount or 0) + (self.in_kind_amount or 0)


@dataclass(frozen=True)
class TrancheRow:
    """A tranche, its amounts in minor units."""

    id: UUID
    agreement_id: UUID
    number: int
    currency: str
    planned_on: date | None
    planned_amount: int | None
    paid_on: date | None
    paid_amount: int | None
    liquidated_on: date | None
    liquidated_amount: int | None
    overhead_amount: int | None

    def paid_by(self, on: date) -> int | None:
        """What had been paid by a day; None where nothing had."""
        return self.paid_amount if self.paid_on and self.paid_on <= on else None

    def settled_by(self, on: date) -> int:
        """What the partner had accounted for by a day."""
        return liquidated_by(self.liquidated_amount, self.liquidated_on, on)


@dataclass(frozen=True)
class AllocationRow:
    """An allocation, its amount in minor units."""

    id: UUID
    parent_id: UUID | None
    contribution_id: UUID
    recipient_id: UUID | None
    stage: str
    on: date
    amount: int
    currency: str


@dataclass(frozen=True)
class ReceiptRow:
    """Money that came in, in minor units."""

    id: UUID
    contribution_id: UUID
    received_on: date
    amount: int
    currency: str
    rate: Decimal | None


Row = TypeVar("Row", AgreementRow, BudgetRow, TrancheRow, AllocationRow, ReceiptRow)


def agreements(session: Session, scope: Scope) -> Sequence[AgreementRow]:
    """The signed agreements that were in force in the period, or the one asked for whatever its status."""
    found: list[ColumnElement[bool]] = [Agreement.id.in_(agreements_of(scope))]
    if scope.agreement is None:
        found.append(Agreement.status.not_in(BEFORE_SIGNING))
        if scope.ends_on:
            found.append(or_(Agreement.starts_on.is_(None), Agreement.starts_on <= scope.ends_on))
        if scope.starts_on:
            found.append(or_(Agreement.ends_on.is_(None), Agreement.ends_on >= scope.starts_on))
    return _read(session, AgreementRow, Agreement, found, Agreement.starts_on)


def budget_lines(session: Session, scope: Scope) -> Sequence[BudgetRow]:
    """The budget lines of these agreements; of a contribution or a donor, those that it pays."""
    ids = [one.id for one in agreements(session, scope)]
    found: list[ColumnElement[bool]] = [BudgetLine.agreement_id.in_(ids)]
    if scope.contribution or scope.donor:
        money = select(Contribution.id).where(*_contributions(scope))
        found.append(or_(BudgetLine.contribution_id.is_(None), BudgetLine.contribution_id.in_(money)))
    return _read(session, BudgetRow, BudgetLine, found, BudgetLine.position)


def tranches(session: Session, scope: Scope) -> Sequence[TrancheRow]:
    """The tranches of these agreements, whenever they are paid."""
    ids = [one.id for one in agreements(session, scope)]
    return _read(session, TrancheRow, Tranche, [Tranche.agreement_id.in_(ids)], Tranche.number)


def allocations(session: Session, scope: Scope) -> Sequence[AllocationRow]:
    """The allocations of the period: of this money, to these agreements, to this partner."""
    money = select(Contribution.id).where(*_contributions(scope), Contribution.stage.in_(SECURED))
    found = [Allocation.contribution_id.in_(money), *_between(Allocation.on, scope)]
    if scope.agreement:
        found.append(Allocation.agreement_id == scope.agreement)
    if scope.partner:
        theirs = Allocation.agreement_id.in_(agreements_of(scope))
        found.append(or_(Allocation.recipient_id == scope.partner, theirs))
    return _read(session, AllocationRow, Allocation, found, Allocation.on)


def receipts(session: Session, scope: Scope) -> Sequence[ReceiptRow]:
    """What came in in the period; what came in belongs to no agreement and to no partner."""
    if scope.agreement or scope.partner:
        return ()
    money = select(Contribution.id).where(*_contributions(scope))
    found = [Receipt.contribution_id.in_(money), *_between(Receipt.received_on, scope)]
    return _read(session, ReceiptRow, Receipt, found, Receipt.received_on)


def names(session: Session, rows: Iterable[AgreementRow]) -> Mapping[UUID, Called]:
    """The titles of agreements, in all languages."""
    return called(session, Agreement.title, Agreement.title_language, [one.id for one in rows])


def titles(session: Session, receipts: Iterable[ReceiptRow]) -> Mapping[UUID, str | None]:
    """What the contributions that this came from are called."""
    ids = {one.contribution_id for one in receipts}
    named = select(Contribution.id, Contribution.title).where(Contribution.id.in_(ids))
    found: dict[UUID, str | None] = dict(session.execute(named).all())
    return found


def _read(
    session: Session, row: type[Row], entity: type[Entity], found: Iterable[ColumnElement[bool]], order: Any
) -> Sequence[Row]:
    columns = (getattr(entity, each.name) for each in fields(row))
    query: Any = select(*columns).where(entity.removed_at.is_(None), *found).order_by(order, entity.row)
    return [row(*values) for values in session.execute(query)]


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

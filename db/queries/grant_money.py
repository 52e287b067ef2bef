"""The money of a donor's contributions: what was agreed by line, what went to whom at one stage, at which rates.

What a partner passed on counts with whoever had it last, so that the lines add up to what left the contribution. An
amount without a rate is named, never guessed, and leaves the sums it belongs to without a figure.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import Agreement, Allocation, BudgetLine
from db.money import Money
from db.queries.money import Leg, rates
from db.queries.paid import agreements_of
from db.queries.scope import Scope
from db.queries.together import Together


@dataclass(frozen=True)
class LineOfBudget:
    """A line of an agreement's budget, with who gives which part of it."""

    id: UUID
    agreement: UUID
    code: str | None
    title: str
    currency: str
    parts: tuple[Money | None, Money | None, Money | None]
    """Of the donor, of the partner, in kind."""
    overhead: bool


@dataclass(frozen=True)
class Flow:
    """What one recipient had at one stage; None is the office itself. Without an amount, a rate is lacking."""

    recipient: UUID | None
    in_period: Money | None
    to_date: Money | None


@dataclass(frozen=True)
class StageOfMoney:
    """All that left the contributions at one stage up to a day, in one currency."""

    stage: str
    currency: str
    flows: tuple[Flow, ...]
    in_period: Money | None
    to_date: Money | None
    legs: tuple[Leg, ...]
    rounding: Decimal
    unconverted: tuple[UUID, ...]
    """The allocations without a rate."""


def budget_of(session: Session, scope: Scope) -> tuple[LineOfBudget, ...]:
    """The budget lines that these contributions pay, agreement by agreement."""
    agreements = agreements_of(scope)
    rows = session.scalars(
        select(BudgetLine)
        .join(Agreement, Agreement.id == BudgetLine.agreement_id)
        .where(BudgetLine.agreement_id.in_(agreements), BudgetLine.removed_at.is_(None))
        .where(*([BudgetLine.contribution_id == scope.contribution] if scope.contribution else []))
        .order_by(Agreement.starts_on, Agreement.row, BudgetLine.position, BudgetLine.row)
    )

    def money(minor: int | None, currency: str) -> Money | None:
        return None if minor is None else Money.of(minor, currency)

    return tuple(
        LineOfBudget(
            one.id,
            one.agreement_id,
            one.code,
            one.title,
            one.currency,
            (
                money(one.donor_amount, one.currency),
                money(one.partner_amount, one.currency),
                money(one.in_kind_amount, one.currency),
            ),
            one.overhead,
        )
        for one in rows
    )


def stage_of(
    session: Session, contributions: Sequence[UUID], stage: str, currency: str, first: date | None, last: date | None
) -> StageOfMoney:
    """What left these contributions at a stage, by who had it last."""
    held = session.scalars(
        select(Allocation)
        .where(
            Allocation.contribution_id.in_(contributions), Allocation.stage == stage, Allocation.removed_at.is_(None)
        )
        .where(*([Allocation.on <= last] if last else []))
        .order_by(Allocation.on, Allocation.row)
    ).all()
    together = Together(rates(session), currency)
    given = {one.id: together.of(Money.of(one.amount, one.currency), one.on, one.contribution_id) for one in held}
    amounts = {id: money.amount if money else None for id, money in given.items()}
    sums: dict[UUID | None, list[tuple[date, Decimal | None]]] = defaultdict(list)
    recipients = {one.id: one.recipient_id for one in held}
    for one in held:
        amount = amounts[one.id]
        sums[one.recipient_id].append((one.on, amount))
        if one.parent_id in recipients:
            sums[recipients[one.parent_id]].append((one.on, None if amount is None else -amount))
    every = [entry for entries in sums.values() for entry in entries]
    return StageOfMoney(
        stage,
        currency,
        tuple(
            Flow(recipient, _sum(entries, currency, first), _sum(entries, currency, None))
            for recipient, entries in sums.items()
        ),
        _sum(every, currency, first),
        _sum(every, currency, None),
        together.legs,
        together.rounding,
        tuple(id for id, amount in amounts.items() if amount is None),
    )


def _sum(entries: Sequence[tuple[date, Decimal | None]], currency: str, first: date | None) -> Money | None:
    chosen = [amount for on, amount in entries if first is None or on >= first]
    if any(amount is None for amount in chosen):
        return None
    return Money(sum((amount for amount in chosen if amount is not None), Decimal()), currency)

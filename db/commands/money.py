"""What has to hold for money on its way: an allocation never takes more than there is, and goes where its papers say.

Each stage is an account of its own: what is committed, disbursed and spent of a contribution each stay within it. What
a partner passes on stays within what it received.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from db.commands.checking import once
from db.errors import InvalidValue
from db.fields import field_of, fields_of
from db.models.agreements import Agreement, BudgetLine
from db.models.donors import Contribution
from db.models.money import STAGES, Allocation, ExchangeRate, Receipt
from db.models.organisations import Organisation
from db.money import Money, NeedsCurrency
from db.queries.money import rates
from i18n import N_, Words
from i18n.currencies import decimals_of

_HALF = 2**32
_HALVES = func.sum(Allocation.amount // _HALF), func.sum(Allocation.amount % _HALF)
"""Added up apart, so that no amount a file may hold makes the sum larger than SQLite's integers."""
_AMOUNT, _PARENT = field_of(Allocation.amount).name, field_of(Allocation.parent_id).name


class MoreThanLeft(InvalidValue):
    message = N_("This is more than what is left of the contribution at this stage: {left}.")

    def __init__(self, field: str, left: Money) -> None:
        super().__init__(field)
        self.left = left

    def values(self, words: Words) -> dict[str, str]:
        shown = words.money(self.left.amount, self.left.currency, decimals_of(self.left.currency))
        return super().values(words) | {"left": shown}


class MoreThanReceived(MoreThanLeft):
    message = N_("A partner cannot pass on more than it has left of what it received: {left}.")


class LessThanAllocated(MoreThanLeft):
    message = N_("More than this is allocated already: {left}. Lower the allocations first.")


class NotMoney(InvalidValue):
    message = N_("“{field}” has to be more than zero.")


class Negative(InvalidValue):
    message = N_("“{field}” cannot be less than zero.")


class OtherRecipient(InvalidValue):
    message = N_("The agreement is with {partner}: the recipient has to be the same, or the agreement another one.")


class OtherWay(InvalidValue):
    message = N_(
        "What is passed on keeps the contribution, the stage and the agreement of the allocation it came from."
    )


class NobodyPassesOn(InvalidValue):
    message = N_("Only what a partner received can be passed on, and only to somebody else.")


class BeforeReceived(InvalidValue):
    message = N_("Money cannot be passed on before it was received, on {on}.")


class InARing(InvalidValue):
    message = N_("An allocation cannot come from itself. Choose another one in “{field}”.")


class OtherCurrency(InvalidValue):
    message = N_("Receipts are noted in the currency of their contribution: {currency}.")


class NotAPercentage(InvalidValue):
    message = N_("“{field}” is a percentage: at most 100.")


class NotTwoCurrencies(InvalidValue):
    message = N_("A rate compares two different currencies.")


def allocation_fits(session: Session, allocation: Allocation) -> None:
    """An allocation stays within what it comes from, leaves enough for what was passed on, and goes where it may."""
    if allocation.amount <= 0:
        raise NotMoney(_AMOUNT)
    others = (Allocation.contribution_id == allocation.contribution_id, Allocation.id != allocation.id)
    if allocation.parent_id is None:
        _goes_to_the_partner(session, allocation)
        contribution = session.scalars(select(Contribution).where(Contribution.id == allocation.contribution_id)).one()
        if whole := _whole(contribution):
            first = (Allocation.parent_id.is_(None), Allocation.stage == allocation.stage)
            _within(session, MoreThanLeft, whole, allocation, *others, *first)
    else:
        held = select(Allocation).where(Allocation.id == allocation.parent_id, Allocation.removed_at.is_(None), *others)
        parent = session.scalars(held).one_or_none()
        if parent is None:
            raise InARing(_PARENT) if allocation.parent_id == allocation.id else OtherWay(_PARENT)
        _is_passed_on(allocation, parent)
        _not_from_itself(session, allocation)
        received = Money.of(parent.amount, parent.currency)
        _within(session, MoreThanReceived, received, allocation, *others, Allocation.parent_id == parent.id)
    _leaves_what_was_passed_on(session, allocation)


def contribution_holds(session: Session, contribution: Contribution) -> None:
    """Its amount has a currency and covers, at every stage, what was allocated of it already."""
    if contribution.amount is not None and not contribution.currency:
        raise NeedsCurrency(field_of(Contribution.amount).name)
    if contribution.probability is not None and contribution.probability > 100:
        raise NotAPercentage(field_of(Contribution.probability).name)
    if contribution.contract_rate is not None and contribution.contract_rate <= 0:
        raise NotMoney(field_of(Contribution.contract_rate).name)
    if not (whole := _whole(contribution)):
        return
    first = (Allocation.contribution_id == contribution.id, Allocation.parent_id.is_(None))
    for stage, _title in STAGES:
        taken = _taken(session, whole.currency, *first, Allocation.stage == stage)
        if taken > whole.minor:
            raise LessThanAllocated(field_of(Contribution.amount).name, Money.of(taken, whole.currency))


def receipt_holds(session: Session, receipt: Receipt) -> None:
    """A receipt is in the currency of its contribution, at a rate that is one."""
    if receipt.rate is not None and receipt.rate <= 0:
        raise NotMoney(field_of(Receipt.rate).name)
    currency = session.scalar(select(Contribution.currency).where(Contribution.id == receipt.contribution_id))
    if currency and currency != receipt.currency:
        raise OtherCurrency(field_of(Receipt.currency).name, currency=currency)


def rate_holds(_session: Session, rate: ExchangeRate) -> None:
    """A rate compares two currencies."""
    if rate.rate <= 0:
        raise NotMoney(field_of(ExchangeRate.rate).name)
    if rate.currency == rate.base:
        raise NotTwoCurrencies(field_of(ExchangeRate.currency).name)


def budget_line_holds(_session: Session, line: BudgetLine) -> None:
    """A share of a budget is not negative."""
    for key in ("donor_amount", "partner_amount", "in_kind_amount"):
        if (getattr(line, key) or 0) < 0:
            raise Negative(fields_of(BudgetLine)[key].name)


def _goes_to_the_partner(session: Session, allocation: Allocation) -> None:
    if allocation.agreement_id is None:
        return
    partner = session.execute(
        select(Organisation.id, Organisation.name)
        .join(Agreement, Agreement.partner_id == Organisation.id)
        .where(Agreement.id == allocation.agreement_id)
    ).one()
    if allocation.recipient_id is None:
        allocation.recipient_id = partner.id  # what is under an agreement goes to its partner, said or not
    elif allocation.recipient_id != partner.id:
        raise OtherRecipient(field_of(Allocation.recipient_id).name, partner=partner.name)


def _is_passed_on(allocation: Allocation, parent: Allocation) -> None:
    if parent.recipient_id is None or allocation.recipient_id in (None, parent.recipient_id):
        raise NobodyPassesOn(field_of(Allocation.recipient_id).name)
    if allocation.stage != parent.stage or allocation.agreement_id not in (None, parent.agreement_id):
        raise OtherWay(_PARENT)
    if allocation.on < parent.on:
        raise BeforeReceived(field_of(Allocation.on).name, on=parent.on)


def _not_from_itself(session: Session, allocation: Allocation) -> None:
    step = select(Allocation.id, Allocation.parent_id).where(Allocation.removed_at.is_(None))
    above = step.where(Allocation.id == allocation.parent_id).cte(recursive=True)
    above = above.union(step.join(above, Allocation.id == above.c.parent_id))
    if session.scalar(select(above.c.id).where(above.c.id == allocation.id)):
        raise InARing(_PARENT)


def _leaves_what_was_passed_on(session: Session, allocation: Allocation) -> None:
    """What was passed on of it already has to fit in it still."""
    passed_on = session.scalars(
        select(Allocation).where(Allocation.parent_id == allocation.id, Allocation.removed_at.is_(None))
    ).all()
    for each in passed_on:
        if each.contribution_id != allocation.contribution_id:
            raise OtherWay(field_of(Allocation.contribution_id).name)
        _is_passed_on(each, allocation)
    taken = _taken(session, allocation.currency, Allocation.parent_id == allocation.id)
    if taken > allocation.amount:
        raise LessThanAllocated(_AMOUNT, Money.of(taken, allocation.currency))


def _within(
    session: Session,
    refusal: type[MoreThanLeft],
    whole: Money,
    allocation: Allocation,
    *beside: ColumnElement[bool],
) -> None:
    left = whole.minor - _taken(session, whole.currency, *beside)
    its = (allocation.contribution_id, allocation.currency, allocation.on, allocation.amount)
    if _sum(session, [its], whole.currency) > left:
        raise refusal(_AMOUNT, Money.of(left, whole.currency))


def _taken(session: Session, currency: str, *which: ColumnElement[bool]) -> int:
    """What these allocations come to. The record adds up what is in the currency already: a file brings hundreds."""
    which = (*which, Allocation.removed_at.is_(None))
    high, low = session.execute(select(*_HALVES).where(*which, Allocation.currency == currency)).one()
    columns = (Allocation.contribution_id, Allocation.currency, Allocation.on, Allocation.amount)
    others = session.execute(select(*columns).where(*which, Allocation.currency != currency))
    return (high or 0) * _HALF + (low or 0) + _sum(session, others, currency)


def _sum(session: Session, amounts: Iterable[tuple[UUID, str, date, int]], currency: str) -> int:
    """Minor units of the currency, each amount converted by the rule of its contribution on its day."""
    convert = None
    total = 0
    for contribution, given, on, minor in amounts:
        if given == currency:
            total += minor
        else:
            convert = convert or once(session, _converter)
            total += convert(contribution, given, on, minor, currency)
    return total


def _converter(session: Session) -> Callable[[UUID, str, date, int, str], int]:
    """What turns an amount into minor units of another currency; the same amount once, however many look at it."""
    known = rates(session)

    @cache
    def convert(contribution: UUID, given: str, on: date, minor: int, to: str) -> int:
        return known.convert(Money.of(minor, given), to, on, contribution=contribution).money.minor

    return convert


def _whole(contribution: Contribution) -> Money | None:
    if contribution.amount is None or not contribution.currency:
        return None
    return Money.of(contribution.amount, contribution.currency)


RULES: Mapping[type[Any], tuple[Any, ...]] = {
    Allocation: (allocation_fits,),
    Contribution: (contribution_holds,),
    ExchangeRate: (rate_holds,),
    Receipt: (receipt_holds,),
}

"""Tranches of agreements: what was paid, what the partner has accounted for, how old the rest is, what is late."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models.agreements import Agreement, Tranche
from db.models.organisations import Organisation
from db.money import Money
from i18n import N_

AGES = ((30, "0-30"), (60, "31-60"), (90, "61-90"))
OLDEST = "90+"
"""Days since a tranche was paid, as auditors ask for them; what is older than the last is the oldest."""

LATE = N_("A tranche is late")
RUNNING = ("approved", "signed", "active", "suspended", "ended")
"""Where money may still be owed; nobody waits for a tranche of a draft, nor of what was ended early."""


@dataclass(frozen=True)
class Tranches:
    """The tranches of one currency, as sums on a day."""

    planned: Money
    paid: Money
    liquidated: Money
    overheads_paid: Money | None
    """None where nobody said of a tranche that was paid how much of it was overheads."""

    @property
    def outstanding(self) -> Money:
        """Paid and not yet accounted for."""
        return Money(self.paid.amount - self.liquidated.amount, self.paid.currency)

    @property
    def overheads_rate(self) -> Decimal | None:
        """Overheads paid in percent of the direct costs paid; None where none were paid, or it is not known."""
        if self.overheads_paid is None:
            return None
        direct = self.paid.amount - self.overheads_paid.amount
        return self.overheads_paid.amount * 100 / direct if direct else None


@dataclass(frozen=True)
class LateTranche:
    """A tranche that was to be paid before a day and is not."""

    number: int
    planned_on: date
    money: Money | None


@dataclass(frozen=True)
class Outstanding:
    """A tranche that was paid and is not accounted for in full, with the days since it was paid."""

    tranche: UUID
    agreement: UUID
    title: str
    partner: str
    number: int
    paid_on: date
    days: int
    money: Money

    @property
    def age(self) -> str:
        """The class of age it falls in."""
        return next((name for last, name in AGES if self.days <= last), OLDEST)


@dataclass(frozen=True)
class Ageing:
    """All that is outstanding on a day, oldest first."""

    on: date
    rows: tuple[Outstanding, ...]

    def sums(self) -> Mapping[str, tuple[Money, ...]]:
        """For each class of age, what is outstanding in each currency; currencies are never added up."""
        found: dict[str, dict[str, Decimal]] = {name: defaultdict(Decimal) for _last, name in AGES}
        found[OLDEST] = defaultdict(Decimal)
        for row in self.rows:
            found[row.age][row.money.currency] += row.money.amount
        return {name: tuple(Money(sums[each], each) for each in sorted(sums)) for name, sums in found.items()}


def tranches_of(session: Session, agreement_id: UUID, on: date) -> tuple[Tranches, ...]:
    """What was planned, paid and accounted for by a day, in each currency."""
    rows = session.scalars(
        select(Tranche).where(Tranche.agreement_id == agreement_id, Tranche.removed_at.is_(None))
    ).all()
    found = []
    for currency in sorted({row.currency for row in rows}):
        mine = [row for row in rows if row.currency == currency]
        paid = [row for row in mine if row.paid_on is not None and row.paid_on <= on]
        sums = (
            sum(row.planned_amount or 0 for row in mine),
            sum(row.paid_amount or 0 for row in paid),
            sum(liquidated_by(row.liquidated_amount, row.liquidated_on, on) for row in paid),
        )
        overheads = [row.overhead_amount for row in paid if row.paid_amount]
        known = sum(each for each in overheads if each is not None) if None not in overheads else None
        said = None if known is None else Money.of(known, currency)
        planned, together, liquidated = (Money.of(each, currency) for each in sums)
        found.append(Tranches(planned, together, liquidated, said))
    return tuple(found)


def late_tranches(session: Session, agreement_id: UUID, on: date) -> tuple[LateTranche, ...]:
    """What an agreement in force should have had by a day and has not, the longest awaited first."""
    rows = session.scalars(
        select(Tranche)
        .join(Agreement, Agreement.id == Tranche.agreement_id)
        .where(Tranche.agreement_id == agreement_id, Tranche.removed_at.is_(None), Agreement.status.in_(RUNNING))
        .where(Tranche.planned_on < on, Tranche.paid_on.is_(None))
        .order_by(Tranche.planned_on, Tranche.row)
    )
    return tuple(
        LateTranche(
            row.number,
            row.planned_on,
            None if row.planned_amount is None else Money.of(row.planned_amount, row.currency),
        )
        for row in rows
        if row.planned_on is not None
    )


def ageing(session: Session, on: date, agreement_id: UUID | None = None) -> Ageing:
    """What partners have not accounted for on a day, of all agreements or of one."""
    query = (
        select(Tranche, Agreement.title, Organisation.name)
        .join(Agreement, Agreement.id == Tranche.agreement_id)
        .join(Organisation, Organisation.id == Agreement.partner_id)
        .where(Tranche.removed_at.is_(None), Tranche.paid_on <= on, Tranche.paid_amount > 0)
        .order_by(Tranche.paid_on, Tranche.row)
    )
    if agreement_id is not None:
        query = query.where(Tranche.agreement_id == agreement_id)
    rows = []
    for tranche, title, partner in session.execute(query):
        assert tranche.paid_on is not None and tranche.paid_amount is not None, "the query asks for both"
        if (left := tranche.paid_amount - liquidated_by(tranche.liquidated_amount, tranche.liquidated_on, on)) > 0:
            days, money = (on - tranche.paid_on).days, Money.of(left, tranche.currency)
            held = (tranche.id, tranche.agreement_id, title, partner, tranche.number, tranche.paid_on)
            rows.append(Outstanding(*held, days, money))
    return Ageing(on, tuple(rows))


def liquidated_by(amount: int | None, settled_on: date | None, on: date) -> int:
    """What the partner had accounted for by a day; a sum without its day counts, as it is in the record."""
    return 0 if settled_on is not None and settled_on > on else amount or 0

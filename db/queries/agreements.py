"""What is asked about agreements: whether an approval still fits, what was budgeted, paid and liquidated, what is late.

What somebody approved is known by a digest of the terms: the agreement, its budget lines and its planned tranches. What
follows from the terms (the status, payments, notes) is no part of it, so that paying a tranche undoes no approval.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from hashlib import sha256
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.base import Entity, there
from db.fields import fields_of
from db.models.agreements import TRANSITIONS, Agreement, Amendment, Approval, BudgetLine, Risk, Tranche
from db.models.organisations import Organisation
from db.models.people import Person
from db.money import Money
from db.queries.overallocated import Over, over_allocated
from db.queries.tranches import Ageing, LateTranche, Tranches, ageing, late_tranches, tranches_of

_NO_TERM: Mapping[type[Entity], frozenset[str]] = {
    Agreement: frozenset({"status", "signed_on", "person_id", "notes"}),
    BudgetLine: frozenset(),
    Tranche: frozenset(
        {"paid_on", "paid_amount", "liquidated_on", "liquidated_amount", "overhead_amount", "reference"}
    ),
}
"""The fields that can change without changing what was agreed."""


@dataclass(frozen=True)
class Decided:
    """A decision on an agreement; `stale` where the terms have changed since."""

    id: UUID
    on: date
    person: str | None
    decision: str
    stale: bool


@dataclass(frozen=True)
class Budget:
    """The budget lines of one currency, and what the agreement's amount leaves over: None where it cannot be told."""

    donor: Money
    partner: Money
    in_kind: Money
    overhead: Money
    difference: Money | None

    @property
    def total(self) -> Money:
        """The three shares together."""
        return Money(self.donor.amount + self.partner.amount + self.in_kind.amount, self.donor.currency)


@dataclass(frozen=True)
class AgreementPage:
    """What the page of an agreement shows besides its fields."""

    partner: str
    amount: Money | None
    next_statuses: tuple[str, ...]
    budgets: tuple[Budget, ...]
    tranches: tuple[Tranches, ...]
    late: tuple[LateTranche, ...]
    ageing: Ageing
    overheads_agreed: Decimal | None
    """In percent of direct costs, as agreed."""
    decisions: tuple[Decided, ...]
    amendments: int
    open_risks: int
    over: Over | None
    """Where more is allocated to it than was agreed."""

    @property
    def stale(self) -> tuple[Decided, ...]:
        """Approvals of terms that have changed since."""
        return tuple(each for each in self.decisions if each.stale and each.decision == "approved")


def agreement_page(session: Session, id: UUID, on: date) -> AgreementPage:
    """An agreement's money and decisions at a glance."""
    agreement = there(session, Agreement, id)
    amount = (
        None if agreement.amount is None or not agreement.currency else Money.of(agreement.amount, agreement.currency)
    )
    return AgreementPage(
        partner=session.scalar(select(Organisation.name).where(Organisation.id == agreement.partner_id)) or "",
        amount=amount,
        next_statuses=tuple(TRANSITIONS[agreement.status]),
        budgets=budgets(session, id, amount),
        tranches=tranches_of(session, id, on),
        late=late_tranches(session, id, on),
        ageing=ageing(session, on, id),
        overheads_agreed=agreement.overhead_rate,
        decisions=decisions(session, id),
        amendments=len(_ids(session, Amendment, id)),
        over=over_allocated(session, id),
        open_risks=len(
            session.scalars(
                select(Risk.id).where(Risk.agreement_id == id, Risk.removed_at.is_(None), Risk.status != "closed")
            ).all()
        ),
    )


def budgets(session: Session, id: UUID, amount: Money | None) -> tuple[Budget, ...]:
    """The budget in each of its currencies."""
    lines = session.scalars(
        select(BudgetLine).where(BudgetLine.agreement_id == id, BudgetLine.removed_at.is_(None))
    ).all()
    found = []
    for currency in sorted({line.currency for line in lines}):
        mine = [line for line in lines if line.currency == currency]
        shares = [
            sum(getattr(line, key) or 0 for line in mine)
            for key in ("donor_amount", "partner_amount", "in_kind_amount")
        ]
        overhead = sum(line.donor_amount or 0 for line in mine if line.overhead)
        same = amount is not None and amount.currency == currency
        difference = Money.of(amount.minor - sum(shares), currency) if amount is not None and same else None
        donor, partner, in_kind = (Money.of(share, currency) for share in shares)
        found.append(Budget(donor, partner, in_kind, Money.of(overhead, currency), difference))
    return tuple(found)


def decisions(session: Session, id: UUID) -> tuple[Decided, ...]:
    """Every decision on an agreement, newest first."""
    digest = digest_of(session, id)
    rows = session.execute(
        select(Approval, Person.name)
        .outerjoin(Person, Person.id == Approval.person_id)
        .where(Approval.agreement_id == id, Approval.removed_at.is_(None))
        .order_by(Approval.on.desc(), Approval.row.desc())
    )
    return tuple(Decided(each.id, each.on, name, each.decision, each.digest != digest) for each, name in rows)


def approved_as_it_is(session: Session, id: UUID) -> bool:
    """Whether the newest decision on the terms as they stand approves them."""
    newest = next((each for each in decisions(session, id) if not each.stale), None)
    return newest is not None and newest.decision == "approved"


def digest_of(session: Session, id: UUID) -> str:
    """The digest of the terms of an agreement: it changes when they do, and only then."""
    session.flush()
    terms: list[Any] = [_terms(there(session, Agreement, id))]
    for part in (BudgetLine, Tranche):
        rows = session.scalars(select(part).where(part.agreement_id == id, part.removed_at.is_(None)))
        terms.append(sorted((_terms(row) for row in rows), key=lambda term: str(term["id"])))
    return sha256(json.dumps(terms, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def _terms(row: Entity) -> dict[str, str | None]:
    kept = [key for key in fields_of(type(row)) if key not in _NO_TERM[type(row)]]
    return {"id": row.id.hex} | {key: text_of(getattr(row, key)) for key in kept}


def text_of(value: Any) -> str | None:
    """A value as canonical text: ISO days, digits without an exponent, ids as hex; one text for one value."""
    match value:
        case None:
            return None
        case Decimal():
            return f"{value.normalize() + 0:f}"
        case datetime() | date():
            return value.isoformat()
        case UUID():
            return value.hex
        case _:
            return str(value)


def _ids(session: Session, part: type[Amendment], id: UUID) -> list[UUID]:
    return list(session.scalars(select(part.id).where(part.agreement_id == id, part.removed_at.is_(None))))

"""Agreements to which more is allocated at one stage than was agreed: to be pointed out, never refused.

A contribution is never exceeded, for that is refused. An agreement may be for a while: its amendment is on its way, or
overheads come on top of it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.models.agreements import Agreement
from db.models.money import STAGES, Allocation
from db.models.organisations import Organisation
from db.money import Money
from db.queries.due import Due
from db.queries.money import NoContractRate, NoOfficeCurrency, NoRate, NoReceiptRate, rates
from i18n import N_


@dataclass(frozen=True)
class Over:
    """What was agreed, and what is allocated to it at one stage: more than that."""

    agreed: Money
    allocated: Money
    stage: str


def over_allocated(session: Session, agreement_id: UUID) -> Over | None:
    """The stage at which most is allocated to an agreement, where that is more than its amount."""
    if (agreed := _agreed(session, agreement_id)) is None:
        return None
    sums = [(_together(session, agreed.currency, _rows(session, agreement_id, stage)), stage) for stage, _t in STAGES]
    most, stage = max(sums)
    return Over(agreed, Money.of(most, agreed.currency), stage) if most > agreed.minor else None


def with_another(
    session: Session, agreement_id: UUID, stage: str, contribution: UUID | None, on: date, money: Money, id: UUID | None
) -> Over | None:
    """Whether an agreement would have more than its amount with this allocation, new or in place of the one held."""
    if (agreed := _agreed(session, agreement_id)) is None:
        return None
    others = _rows(session, agreement_id, stage, id)
    total = _together(session, agreed.currency, [*others, (contribution, money.currency, on, money.minor)])
    return Over(agreed, Money.of(total, agreed.currency), stage) if total > agreed.minor else None


def to_look_at(session: Session, until: date) -> Iterator[Due]:
    """A line of the work list for each such agreement, on the day of its last allocation."""
    mixed = func.max(Allocation.currency != Agreement.currency)
    query = (
        select(Agreement.id, Agreement.title, Organisation.name, Organisation.id, func.max(Allocation.on), mixed)
        .join(Allocation, Allocation.agreement_id == Agreement.id)
        .outerjoin(Organisation, Organisation.id == Agreement.partner_id)
        .where(*_FIRST_HAND, Agreement.removed_at.is_(None), Agreement.amount.is_not(None))
        .group_by(Agreement.id, Allocation.stage)
        # What is in another currency is converted, which the record cannot do by itself.
        .having((mixed == 1) | (func.sum(Allocation.amount) > Agreement.amount))
    )
    told: dict[UUID, Due] = {}
    for id, title, partner, partner_id, on, in_others in session.execute(query):
        if on <= until and (not in_others or over_allocated(session, id)):
            told[id] = Due("agreements", id, title, partner, on, MORE_ALLOCATED, partner_id)
    yield from told.values()


MORE_ALLOCATED = N_("More is allocated than was agreed")
_FIRST_HAND = (Allocation.parent_id.is_(None), Allocation.removed_at.is_(None))
"""What a partner passes on was allocated to it before."""


def _agreed(session: Session, agreement_id: UUID) -> Money | None:
    held = session.execute(select(Agreement.amount, Agreement.currency).where(Agreement.id == agreement_id)).first()
    return Money.of(held[0], held[1]) if held and held[0] is not None and held[1] else None


def _rows(session: Session, agreement_id: UUID, stage: str, besides: UUID | None = None) -> list[Any]:
    which = [*_FIRST_HAND, Allocation.agreement_id == agreement_id, Allocation.stage == stage]
    if besides is not None:
        which.append(Allocation.id != besides)
    columns = (Allocation.contribution_id, Allocation.currency, Allocation.on, Allocation.amount)
    return list(session.execute(select(*columns).where(*which)))


def _together(session: Session, to: str, rows: list[Any]) -> int:
    """What the rows come to; what no rate converts is not known, and left out."""
    total: int = sum(minor for _contribution, currency, _on, minor in rows if currency == to)
    others = [row for row in rows if row[1] != to]
    known = rates(session) if others else None
    for contribution, currency, on, minor in others:
        assert known is not None
        try:
            total += known.convert(Money.of(minor, currency), to, on, contribution=contribution).money.minor
        except (NoRate, NoContractRate, NoReceiptRate, NoOfficeCurrency):
            continue
    return total

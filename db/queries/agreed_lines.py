"""What was agreed line by line: the terms of an agreement's budget lines and of its planned tranches."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models.agreements import BEFORE_SIGNING, Agreement, BudgetLine, Tranche

Line = BudgetLine | Tranche
TERMS: Mapping[type[Line], tuple[str, ...]] = {
    BudgetLine: ("title", "currency", "donor_amount", "partner_amount", "in_kind_amount", "overhead"),
    Tranche: ("currency", "planned_on", "planned_amount", "condition"),
}
"""What an amendment changes of a line once the agreement is signed."""

PLANNED = ("planned_on", "planned_amount")
"""What makes a tranche one that was agreed."""


@dataclass(frozen=True)
class AgreedLine:
    """A line with its terms, by the name or the number that it has."""

    line: type[Line]
    id: UUID | None
    name: str | int | None
    terms: Mapping[str, Any]


def unplanned(line: type[Any], values: Mapping[str, Any]) -> bool:
    """Whether this is a payment that nobody planned: no change of what was agreed."""
    return line is Tranche and all(values.get(key) is None for key in PLANNED)


def is_signed(session: Session, agreement_id: UUID) -> bool:
    """Whether an agreement's terms are settled: an amendment changes them, and nobody types over them."""
    status = session.scalar(select(Agreement.status).where(Agreement.id == agreement_id))
    return status is not None and status not in BEFORE_SIGNING


def agreed_lines(session: Session, agreement_id: UUID) -> tuple[AgreedLine, ...]:
    """The budget lines of an agreement, then its tranches."""
    lines = session.scalars(
        select(BudgetLine)
        .where(BudgetLine.agreement_id == agreement_id, BudgetLine.removed_at.is_(None))
        .order_by(BudgetLine.position, BudgetLine.row)
    )
    tranches = session.scalars(
        select(Tranche)
        .where(Tranche.agreement_id == agreement_id, Tranche.removed_at.is_(None))
        .order_by(Tranche.number, Tranche.row)
    )
    return (
        *(AgreedLine(BudgetLine, each.id, each.title, _terms(each)) for each in lines),
        *(AgreedLine(Tranche, each.id, each.number, _terms(each)) for each in tranches),
    )


def _terms(line: Line) -> dict[str, Any]:
    return {key: getattr(line, key) for key in TERMS[type(line)]}

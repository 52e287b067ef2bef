"""What is settled, by its id: terms that were signed and findings that were reviewed change by their own deeds."""

from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from db.base import Entity
from db.models.agreements import BEFORE_SIGNING, Agreement, BudgetLine, Tranche
from db.models.women_led import Criterion, WomenLedAssessment


def settled(session: Session, entity: type[Entity]) -> frozenset[UUID]:
    """The things of this kind that are settled; none where nothing settles them."""
    query: Select[UUID]
    if entity is Agreement:
        query = select(Agreement.id).where(Agreement.status.not_in(BEFORE_SIGNING))
    elif entity is BudgetLine or entity is Tranche:
        line = BudgetLine if entity is BudgetLine else Tranche
        query = select(line.id).join(Agreement, line.agreement_id == Agreement.id)
        query = query.where(Agreement.status.not_in(BEFORE_SIGNING))
    elif entity is WomenLedAssessment:
        query = select(WomenLedAssessment.id).where(WomenLedAssessment.review.is_not(None))
    elif entity is Criterion:
        query = select(Criterion.id).join(WomenLedAssessment, Criterion.assessment_id == WomenLedAssessment.id)
        query = query.where(WomenLedAssessment.review.is_not(None))
    else:
        return frozenset()
    return frozenset(session.scalars(query))

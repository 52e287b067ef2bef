"""What is settled, by its id: terms that were signed and findings that were reviewed change by their own deeds.

What a part belongs to settles it, and takes in no more of its kind but by a deed: a line of the budget that was agreed,
an answer of an assessment that was reviewed, a step or a decision of any agreement that is held.
"""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from db.base import Entity
from db.models.agreements import BEFORE_SIGNING, Agreement, Amendment, Approval, BudgetLine, StatusChange, Tranche
from db.models.women_led import Criterion, WomenLedAssessment

_HELD = select(Agreement.id).where(Agreement.removed_at.is_(None))
_WHOLES: Mapping[type[Entity], Select[UUID]] = {
    Agreement: select(Agreement.id).where(Agreement.status.not_in(BEFORE_SIGNING)),
    WomenLedAssessment: select(WomenLedAssessment.id).where(WomenLedAssessment.review.is_not(None)),
}
_PARTS: Mapping[type[Entity], tuple[str, Select[UUID]]] = {
    BudgetLine: ("agreement_id", _WHOLES[Agreement]),
    Tranche: ("agreement_id", _WHOLES[Agreement]),
    Criterion: ("assessment_id", _WHOLES[WomenLedAssessment]),
    StatusChange: ("agreement_id", _HELD),
    Approval: ("agreement_id", _HELD),
    Amendment: ("agreement_id", _HELD),
}
WHOLE: Mapping[type[Entity], str] = {part: key for part, (key, _wholes) in _PARTS.items()}
"""By which field a part says what settles it."""


def settled(session: Session, entity: type[Entity]) -> frozenset[UUID]:
    """The things of this kind that are settled; none where nothing settles them."""
    query: Any = _WHOLES.get(entity)
    if entity in _PARTS:
        key, wholes = _PARTS[entity]
        query = select(entity.id).where(getattr(entity, key).in_(wholes))
    return frozenset() if query is None else frozenset(session.scalars(query))


def closed(session: Session, part: type[Entity]) -> frozenset[UUID]:
    """The wholes that take in no more parts of this kind but by a deed of their own."""
    return frozenset(session.scalars(_PARTS[part][1])) if part in _PARTS else frozenset()

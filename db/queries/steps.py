"""How far actions of roadmaps and plans have come: of each, what was said last."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models.indicators import Progress
from db.models.people import Person


@dataclass(frozen=True)
class Step:
    """How far an action had come on a day, and who said so."""

    status: str
    on: date
    person: str | None
    note: str | None


def steps_of(session: Session, items: Sequence[UUID], until: date | None = None) -> dict[UUID, Step]:
    """The newest step of each by a day: the latest, and of one day the one said last."""
    found = session.execute(
        select(Progress.item_id, Progress.status, Progress.on, Person.name, Progress.note)
        .outerjoin(Person, Person.id == Progress.person_id)
        .where(Progress.item_id.in_(items), Progress.removed_at.is_(None))
        .where(*([Progress.on <= until] if until else []))
        .order_by(Progress.on, Progress.row)
    )
    return {item: Step(status, on, person, note) for item, status, on, person, note in found}

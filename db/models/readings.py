"""Who opened what is sealed, and why: kept beside the record, and never taken back."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Mapped

from db.base import Note


class Reading(Note):
    """One opening of one sealed field by one person, with the reason given."""

    entity: Mapped[str]
    entity_id: Mapped[UUID]
    field: Mapped[str]
    person_id: Mapped[UUID]
    reason: Mapped[str]
    at: Mapped[datetime]

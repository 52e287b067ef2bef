"""What was typed and not yet saved, kept encrypted in the record so that locking it loses nothing."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Index
from sqlalchemy.orm import Mapped

from db.base import Note


class Draft(Note):
    """The unsaved values of one form, for one person, on one row or on a new one."""

    __table_args__ = (Index(None, "person_id", "form", "entity_id"),)

    person_id: Mapped[UUID]
    form: Mapped[str]
    entity_id: Mapped[UUID | None]
    body: Mapped[dict[str, Any]]
    saved_at: Mapped[datetime]

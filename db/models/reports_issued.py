"""What left the record: which report or export, for whom, by whom, and the digest of the file that was written."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Mapped, mapped_column

from db.base import Note


class Issued(Note):
    """One file that was written for somebody; `asked` holds the scope, so that it can be asked again."""

    name: Mapped[str] = mapped_column(index=True)
    language: Mapped[str]
    format: Mapped[str]
    audience: Mapped[str]
    asked: Mapped[dict[str, Any]]
    digest: Mapped[str]
    program: Mapped[str]
    person_id: Mapped[UUID]
    at: Mapped[datetime]

"""The change log: who changed what, when, and from which value to which.

Triggers write the rows, so bulk and raw changes are caught as well; the change set is sealed in Python just before the
commit. A set without its chain is the one being written; a row that belongs to no set was written past the door.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, Integer, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base, Note


class ChangeSet(Note):
    """One deed, one taking back or one doing again: all it changed was committed together."""

    __table_args__ = (
        UniqueConstraint("device_id", "number"),
        Index("ix_change_set_open", "row", sqlite_where=text("chain IS NULL")),
    )

    device_id: Mapped[UUID]
    number: Mapped[int]
    deed: Mapped[str]
    details: Mapped[dict[str, Any]]
    actor_id: Mapped[UUID]
    clock: Mapped[str]
    at: Mapped[datetime]
    act: Mapped[str]
    of_id: Mapped[UUID | None] = mapped_column(index=True)
    chain: Mapped[str | None]


class LogRow(Base):
    """One row of one table as one statement changed it, in canonical values; `before` is none for what is new."""

    __table_args__ = (Index(None, "entity", "entity_id"),)

    row: Mapped[int] = mapped_column(Integer, primary_key=True)
    change_set: Mapped[int | None] = mapped_column(ForeignKey("change_set.row"), index=True)
    entity: Mapped[str]
    entity_id: Mapped[UUID]
    before: Mapped[str | None]
    after: Mapped[str | None]
    salt: Mapped[str | None]
    digest: Mapped[str | None]


class Device(Note):
    """A copy of the record that people write in; the newest is this one. A copy brought back becomes a new device."""

    since: Mapped[datetime]

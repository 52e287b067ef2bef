"""What search looks through: each thing's words as matching compares them, kept in step by the record itself.

The full-text indexes have this table for their content, so that erasing a row leaves no trace of its words.
"""

from uuid import UUID

from sqlalchemy import Index, Integer
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base


class Indexed(Base):
    """The folded words of one row of one table; a later change gives it a higher `row`, so the newest come first."""

    __table_args__ = (Index(None, "entity", "entity_row"),)

    row: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=True)
    entity: Mapped[str]
    entity_row: Mapped[int]
    entity_id: Mapped[UUID] = mapped_column(unique=True)
    words: Mapped[str]
    names: Mapped[str]
    """What is short in it, without spaces, to be found by any part of a word."""

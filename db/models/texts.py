"""Texts of the record in other languages than their original, each with its standing."""

from uuid import UUID

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Entity
from db.fields import Kind, field
from i18n import N_

STATUSES = (
    ("original", N_("Original")),
    ("draft", N_("Draft translation")),
    ("reviewed", N_("Reviewed translation")),
    ("official", N_("Official text")),
)


class Text(Entity):
    """One field of one entity in one more language."""

    __table_args__ = (Index(None, "owner_id", "field", "language"),)

    owner: Mapped[str] = field(N_("Kind of record"), Kind.CODE)
    owner_id: Mapped[UUID] = mapped_column(info={"owner": True})
    language: Mapped[str] = field(N_("Language"), Kind.LANGUAGE)
    body: Mapped[str] = field(N_("Text"), Kind.LONG_TEXT)
    status: Mapped[str] = field(N_("Standing of the text"), Kind.CHOICE, choices=STATUSES)
    made_from: Mapped[str | None] = field(
        N_("Digest of the original it was made from"),
        Kind.CODE,
        help=N_("When the original changes, it is a draft again."),
    )
    field: Mapped[str] = field(N_("Field"), Kind.CODE)

"""How long kinds of record are kept where an office has its own rule, and what it keeps on for longer, and why."""

from datetime import date
from uuid import UUID

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Entity
from db.fields import Kind, field
from i18n import N_

WAYS = (
    ("erase", N_("Erase")),
    ("anonymise", N_("Anonymise: only country, month, type and counts stay")),
    ("keep", N_("Keep")),
)
"""What is done with what has been kept for as long as it may be."""


class RetentionRule(Entity):
    """The office's own rule for one kind of record, in place of the one that comes with Jalon."""

    kind: Mapped[str] = field(N_("Kind of record"), Kind.CODE, index=True)
    months: Mapped[int] = field(N_("Months it is kept"), Kind.COUNT)
    way: Mapped[str] = field(N_("What is done then"), Kind.CHOICE, choices=WAYS)
    reason: Mapped[str] = field(N_("Who decided so, and why"), Kind.LONG_TEXT)


class KeptOn(Entity):
    """One thing that is kept beyond its time, until another day, for a reason."""

    __table_args__ = (Index(None, "owner_id"),)

    owner: Mapped[str] = field(N_("Kind of record"), Kind.CODE)
    owner_id: Mapped[UUID] = mapped_column(info={"owner": True})
    until: Mapped[date] = field(N_("Kept until"), Kind.DATE)
    reason: Mapped[str] = field(N_("Why it is kept"), Kind.LONG_TEXT)

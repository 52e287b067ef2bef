"""Where things came from: the file, its reporter and period, the row of each thing, and how the file was read."""

from datetime import date
from uuid import UUID

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Entity, link
from db.fields import Kind, field
from i18n import N_

KINDS = (
    ("activities", N_("Activities")),
    ("monthly", N_("A partner's monthly sheet")),
    ("background", N_("Background figures")),
    ("places", N_("Places")),
    ("programme", N_("A programme's published figures")),
    ("log_frame", N_("A donor's log frame")),
    ("rates", N_("Exchange rates")),
    ("raw", N_("Records of another office, or filled-in workbooks")),
)


class Source(Entity):
    """A file that was brought in, or a publication that figures were taken from."""

    name: Mapped[str] = field(N_("File or publication"), Kind.TEXT)
    kind: Mapped[str] = field(N_("What it holds"), Kind.CHOICE, choices=KINDS)
    digest: Mapped[str | None] = field(N_("Digest of the file"), Kind.CODE, index=True)
    sheet: Mapped[str | None] = field(N_("Sheet"), Kind.TEXT)
    mapping: Mapped[str | None] = field(N_("Mapping used"), Kind.TEXT, index=True)
    reporter_id: Mapped[UUID | None] = field(N_("Reported by"), Kind.LINK, link("organisation.id"))
    starts_on: Mapped[date | None] = field(N_("Period from"), Kind.DATE)
    ends_on: Mapped[date | None] = field(N_("Period to"), Kind.DATE)
    received_on: Mapped[date | None] = field(N_("Received on"), Kind.DATE)
    identity: Mapped[str | None] = field(N_("How rows are recognised"), Kind.CODE)
    rows: Mapped[int | None] = field(N_("Rows"), Kind.COUNT)
    doubles: Mapped[int | None] = field(N_("Doubles left out"), Kind.COUNT)
    problems: Mapped[int | None] = field(N_("Rows left out"), Kind.COUNT)
    replaces_id: Mapped[UUID | None] = field(N_("Replaces"), Kind.LINK, link("source.id"))
    citation: Mapped[str | None] = field(N_("How to cite it"), Kind.TEXT)


class SourceRow(Entity):
    """The row of a source that something in the record came from; `key` recognises it in the source's later files."""

    __table_args__ = (Index(None, "source_id", "key"),)

    source_id: Mapped[UUID] = field(N_("Source"), Kind.LINK, link("source.id", owner=True))
    number: Mapped[int] = field(N_("Row"), Kind.COUNT)
    key: Mapped[str] = field(N_("Row identity"), Kind.CODE)
    digest: Mapped[str] = field(N_("Digest of the row"), Kind.CODE)
    entity: Mapped[str] = field(N_("Kind of record"), Kind.CODE)
    entity_id: Mapped[UUID] = mapped_column(index=True)


class SavedMapping(Entity):
    """How a kind of file is read, under a name people know; shared as a file between offices."""

    name: Mapped[str] = field(N_("Mapping"), Kind.TEXT)
    body: Mapped[str] = mapped_column()

"""Documents kept inside the record: what a file is, whom it may reach, and its bytes, kept once by their digest.

A document belongs to whatever it was dropped on. Its bytes are not logged: the log holds the digest, which names them.
"""

from datetime import date
from uuid import UUID

from sqlalchemy import Index, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base, Entity, link
from db.fields import Kind, field
from i18n import N_

KINDS = (
    ("evidence", N_("Evidence")),
    ("agreement", N_("Signed agreement")),
    ("amendment", N_("Signed amendment")),
    ("report", N_("Report")),
    ("form", N_("Form for reports")),
    ("minutes", N_("Minutes")),
    ("photograph", N_("Photograph")),
    ("analysis", N_("Analysis")),
    ("logo", N_("Logo")),
    ("outlines", N_("Outlines for maps")),
    ("other", N_("Other document")),
)

AUDIENCES = (
    ("internal", N_("Internal")),
    ("partner", N_("The partner concerned")),
    ("donor", N_("Donors")),
    ("public", N_("Public")),
)

CONSENTS = (
    ("given", N_("Consent given")),
    ("not_needed", N_("Consent not needed")),
    ("not_given", N_("Consent not given")),
)


class Content(Base):
    """The bytes of files, each once; only ever added to, until erasure takes them away."""

    digest: Mapped[str] = mapped_column(primary_key=True)
    size: Mapped[int]
    body: Mapped[bytes] = mapped_column(LargeBinary)


class Document(Entity):
    """A file in the record, and what it belongs to."""

    __table_args__ = (Index(None, "owner_id"),)

    owner: Mapped[str] = field(N_("Kind of record"), Kind.CODE)
    owner_id: Mapped[UUID] = mapped_column(info={"owner": True})
    title: Mapped[str] = field(N_("Title"), Kind.TEXT)
    file: Mapped[str] = field(N_("File name"), Kind.TEXT)
    kind: Mapped[str] = field(N_("Kind of document"), Kind.CHOICE, choices=KINDS, default="other")
    version: Mapped[str | None] = field(N_("Version"), Kind.TEXT)
    dated: Mapped[date | None] = field(N_("Date of the document"), Kind.DATE)
    language: Mapped[str | None] = field(N_("Language"), Kind.LANGUAGE)
    audience: Mapped[str] = field(N_("For whom"), Kind.CHOICE, choices=AUDIENCES, default="internal")
    consent: Mapped[str | None] = field(N_("Consent"), Kind.CHOICE, choices=CONSENTS)
    digest: Mapped[str] = field(N_("Digest of the file"), Kind.CODE, index=True)
    size: Mapped[int] = field(N_("Size in bytes"), Kind.COUNT)
    replaces_id: Mapped[UUID | None] = field(N_("Replaces"), Kind.LINK, link("document.id"))

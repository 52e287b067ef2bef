"""Keeping the outlines of places for maps: a document of the office, the next version of the one of the same title."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from db.commands.documents import add_document
from db.deeds import deed
from db.errors import RecordError
from db.models import Document, Office
from i18n import N_


class NoOfficeYet(RecordError):
    message = N_("The record does not know your office yet, to which outlines belong. Add it under All lists, Offices.")


@deed(N_("Keep the outlines {title}"))
def keep_outlines(session: Session, title: str, content: bytes) -> UUID:
    """Keep outlines as they were read from a file; those of the same title give way to them."""
    office = session.scalar(select(Office.id).where(Office.removed_at.is_(None)).order_by(Office.row))
    if office is None:
        raise NoOfficeYet
    later = aliased(Document)
    before = session.scalar(
        select(Document.id).where(
            Document.kind == "outlines",
            Document.title == title,
            Document.removed_at.is_(None),
            ~select(later.id).where(later.replaces_id == Document.id, later.removed_at.is_(None)).exists(),
        )
    )
    values = {"title": title, "kind": "outlines", "replaces_id": before}
    return add_document(session, Office, office, f"{title}.json", content, values)

"""The outlines of places that the office has put into the record, for maps."""

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from db.models import Content, Document


def kept_outlines(session: Session) -> tuple[bytes, ...]:
    """What every document of outlines holds, the oldest first; one replaced by a later version is not among them."""
    later = aliased(Document)
    replaced = select(later.id).where(later.replaces_id == Document.id, later.removed_at.is_(None)).exists()
    query = (
        select(Content.body)
        .join(Document, Document.digest == Content.digest)
        .where(Document.kind == "outlines", Document.removed_at.is_(None), ~replaced)
        .order_by(Document.row)
    )
    return tuple(session.scalars(query))

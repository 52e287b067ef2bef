"""The outlines of places that the office has put into the record, for maps."""

from collections.abc import Collection

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from db.models import Content, Document, Place

KIND = "outlines"


def kept_outlines(session: Session) -> tuple[bytes, ...]:
    """What every document of outlines holds, the oldest first; one replaced by a later version is not among them."""
    later = aliased(Document)
    replaced = select(later.id).where(later.replaces_id == Document.id, later.removed_at.is_(None)).exists()
    query = (
        select(Content.body)
        .join(Document, Document.digest == Content.digest)
        .where(Document.kind == KIND, Document.removed_at.is_(None), ~replaced)
        .order_by(Document.row)
    )
    return tuple(session.scalars(query))


def places_outlined(session: Session, codes: Collection[str]) -> int:
    """How many places of the record go by one of these P-codes."""
    wanted = {code.upper() for code in codes}
    held = session.scalars(select(func.upper(Place.pcode)).where(Place.pcode.is_not(None), Place.removed_at.is_(None)))
    return sum(code in wanted for code in held)

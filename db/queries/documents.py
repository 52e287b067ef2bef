"""The documents of a thing, and the bytes behind one."""

import hashlib
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from db.base import there
from db.errors import RecordError
from db.models import Content, Document, Source
from i18n import N_


class ContentMissing(RecordError):
    message = N_("The content of this document is missing or was altered. Bring back a back-up that still has it.")


@dataclass(frozen=True)
class Kept:
    """One document; `replaced` where a later version stands in its place."""

    id: UUID
    title: str
    file: str
    kind: str
    version: str | None
    dated: date | None
    language: str | None
    audience: str
    consent: str | None
    digest: str
    size: int
    replaced: bool


def documents_of(session: Session, owner_id: UUID) -> tuple[Kept, ...]:
    """What belongs to a thing, newest first."""
    later = aliased(Document)
    replaced = select(later.id).where(later.replaces_id == Document.id, later.removed_at.is_(None)).exists()
    query = select(
        Document.id,
        Document.title,
        Document.file,
        Document.kind,
        Document.version,
        Document.dated,
        Document.language,
        Document.audience,
        Document.consent,
        Document.digest,
        Document.size,
        replaced,
    ).where(Document.owner_id == owner_id, Document.removed_at.is_(None))
    rows: Any = session.execute(query.order_by(Document.row.desc()))
    return tuple(Kept(*row) for row in rows)


def kept_as(session: Session, id: UUID) -> Kept:
    """One document, as it is kept."""
    owner = there(session, Document, id).owner_id
    return next(kept for kept in documents_of(session, owner) if kept.id == id)


def content_of(session: Session, digest: str) -> bytes:
    """The bytes of a file, exactly as they were put in."""
    body = session.scalar(select(Content.body).where(Content.digest == digest))
    if body is None or digest_of(body) != digest:
        raise ContentMissing
    return body


def digest_of(content: bytes) -> str:
    """What a file is known by."""
    return hashlib.sha256(content).hexdigest()


def without_content(session: Session) -> list[UUID]:
    """The documents whose bytes are missing or are not those that were put in."""
    documents = select(Document.digest, Document.id).where(Document.removed_at.is_(None)).order_by(Document.digest)
    sound: dict[str, bool] = {}
    wrong = []
    for digest, id in session.execute(documents).all():
        if digest not in sound:
            body = session.scalar(select(Content.body).where(Content.digest == digest))
            sound[digest] = body is not None and digest_of(body) == digest
        if not sound[digest]:
            wrong.append(id)
    return wrong


def source_of(session: Session, digest: str) -> UUID | None:
    """The source that was brought in from a file of this digest, the newest where there are several."""
    held = select(Source.id).where(Source.digest == digest, Source.removed_at.is_(None))
    return session.scalar(held.order_by(Source.row.desc()).limit(1))

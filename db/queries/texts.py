"""Texts in the reader's language: the asked one, else the office's, else the original, and how far each can be trusted.

A translation names the original it was made from by its digest. When the original changes, the translation is a draft
again, until somebody looks at it; when the change is taken back, it is what it was.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Self
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.base import Entity
from db.models import Office, Person, Text, WrittenReport
from db.queries.columns import entity_of

ORIGINAL, DRAFT, OFFICIAL = "original", "draft", "official"


@dataclass(frozen=True)
class Translation:
    """A field's text in one more language; `outdated` where its original has changed since."""

    id: UUID
    field: str
    language: str
    body: str
    status: str
    outdated: bool

    @classmethod
    def of(cls, text: Text, original: str) -> Self:
        """A text as it stands beside its original, which is given by its digest."""
        outdated = text.made_from is not None and text.made_from != original
        return cls(text.id, text.field, text.language, text.body, DRAFT if outdated else text.status, outdated)


@dataclass(frozen=True)
class ShownText:
    """The text to show: in which language, with which standing, and whether that is the language asked for."""

    body: str | None
    language: str | None
    status: str
    asked: bool
    outdated: bool = False

    @property
    def unofficial(self) -> bool:
        """Whether a reader has to be told that this is a translation nobody made official."""
        return self.status not in (ORIGINAL, OFFICIAL)


def texts_of(session: Session, owner_id: UUID, field: str | None = None) -> tuple[Translation, ...]:
    """The translations of a thing's fields, by field and language."""
    query = select(Text).where(Text.owner_id == owner_id, Text.removed_at.is_(None))
    if field:
        query = query.where(Text.field == field)
    kept = session.scalars(query.order_by(Text.field, Text.language))
    return tuple(
        Translation.of(text, digest_of_original(session, text.owner, text.owner_id, text.field)) for text in kept
    )


def chosen(
    original: str | None, spoken: str | None, kept: Sequence[Translation], language: str, office: str | None
) -> ShownText:
    """Which of a text's languages is shown to somebody who reads one of them, in an office that works in another."""
    its_own = ShownText(original, spoken, ORIGINAL, _same(spoken, language))
    for wanted in (language, office):
        if _same(spoken, wanted):
            return its_own
        if found := _in(kept, wanted):
            return ShownText(found.body, found.language, found.status, _same(found.language, language), found.outdated)
    return its_own


def office_language(session: Session) -> str | None:
    """The language of the office of whoever asks, or of the first office."""
    offices = select(Office.language).where(Office.removed_at.is_(None), Office.language.is_not(None))
    own = offices.join(Person, Person.office_id == Office.id).where(Person.id == session.info.get("person"))
    return session.scalar(own) or session.scalar(offices.order_by(Office.row).limit(1))


def original_language(thing: Entity, field: str) -> str | None:
    """The language that a thing's own text is in, where the thing says so."""
    if isinstance(thing, WrittenReport):
        return thing.language
    language: str | None = getattr(thing, f"{field}_language", None)
    return language


def digest_of_original(session: Session, owner: str, owner_id: UUID, field: str) -> str:
    """What a translation remembers of its original."""
    entity: Any = entity_of(owner)
    return digest(session.scalar(select(getattr(entity, field)).where(entity.id == owner_id)))


def digest(original: str | None) -> str:
    """What a translation remembers of a text."""
    return hashlib.sha256((original or "").encode()).hexdigest()


def _in(kept: Sequence[Translation], language: str | None) -> Translation | None:
    exact = (text for text in kept if text.language == language)
    return next(exact, None) or next((text for text in kept if _same(text.language, language)), None)


def _same(kept: str | None, asked: str | None) -> bool:
    """Whether somebody who asked for one language can read the other: ar-EG is ar to a reader."""
    return kept is not None and asked is not None and kept.split("-")[0] == asked.split("-")[0]

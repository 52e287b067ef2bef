"""Title, summary and headings of a written report in its other languages: texts of the record, as everywhere."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import Text
from db.queries.texts import Translation, digest

LINES, HEADING = ("title", "summary"), "heading"
"""The fields of a report, and the one of its parts, that are put into its other languages as texts of the record."""


@dataclass(frozen=True)
class WrittenLine:
    """What of a report is no prose, in all its languages: its title, its summary, the heading of one of its parts."""

    field: str
    original: str
    texts: tuple[Translation, ...]
    part: str | None = None

    def text(self, language: str) -> Translation | None:
        """It in another language than the report's, where somebody wrote that."""
        return next((text for text in self.texts if text.language == language), None)


def approved_of(lines: Iterable[Translation]) -> list[tuple[str, str, str, str]]:
    """What is approved of lines in other languages; nothing where there are none, as before there could be any."""
    return [(text.field, text.language, text.status, text.body) for text in lines]


def lines_in(session: Session, originals: Mapping[UUID, str | None], field: str) -> dict[UUID, tuple[Translation, ...]]:
    """One field of these things in other languages, by whose it is."""
    found: dict[UUID, list[Translation]] = {id: [] for id in originals}
    kept = select(Text).where(Text.owner_id.in_(originals), Text.field == field, Text.removed_at.is_(None))
    for text in session.scalars(kept.order_by(Text.language)):
        found[text.owner_id].append(Translation.of(text, digest(originals[text.owner_id])))
    return {id: tuple(texts) for id, texts in found.items()}

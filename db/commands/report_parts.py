"""The parts of a written report as rows: those it begins with, one more, and the text of one in a language."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from db import prose
from db.base import new_id
from db.commands.checking import fill
from db.models import Section, SectionText, WrittenReport


@dataclass(frozen=True)
class StartedPart:
    """A part that a report begins with; `told` is its prose by language, as data."""

    part: str
    shown: bool = True
    heading: str | None = None
    words: int | None = None
    told: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)


def add_parts(session: Session, report: WrittenReport, parts: Sequence[StartedPart]) -> None:
    """Give a report that has none yet the parts it begins with."""
    for position, each in enumerate(parts):
        section = new_section(session, report.id, each.part, position)
        fill(section, {"shown": each.shown, "heading": each.heading, "words": each.words})
        # The original first: what is made from it remembers it.
        for language, body in sorted(each.told.items(), key=lambda one: one[0] != report.language):
            standing = "original" if language == report.language else "draft"
            add_text(session, section.id, language, prose.read(body), standing)


def new_section(session: Session, report_id: UUID, part: str, position: int) -> Section:
    """One more part of a report."""
    section = Section(id=new_id(), report_id=report_id)
    fill(section, {"part": part, "position": position})
    session.add(section)
    return section


def add_text(
    session: Session, section_id: UUID, language: str, said: prose.Prose, status: str, made_from: str | None = None
) -> UUID:
    """The text of a part in one language, in the place of the one there was; a translation remembers its original."""
    session.flush()
    held = {
        text.language: text
        for text in session.scalars(
            select(SectionText).where(SectionText.section_id == section_id, SectionText.removed_at.is_(None))
        )
    }
    text = held.get(language) or SectionText(id=new_id(), section_id=section_id)
    original = next((each for each in held.values() if each.status == "original" and each.language != language), None)
    if original and status != "original":
        made_from = made_from or prose.digest_of(prose.read(original.body))
    fill(text, {"language": language, "body": prose.data_of(said), "status": status, "made_from": made_from})
    session.add(text)
    session.flush()
    return text.id

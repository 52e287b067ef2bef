"""Title, summary and headings of a report in its other languages, put there together; a new version takes them along.

They are texts of the record like any other (`texts`): the original stands in the report itself and in its parts.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.base import new_id, now, there
from db.commands.checking import fill
from db.commands.frozen_stays import not_frozen
from db.commands.texts import OriginalStands, follow_original
from db.deeds import called, deed
from db.errors import NotThere
from db.fields import field_of
from db.models import Section, Text, WrittenReport
from db.queries.texts import DRAFT
from i18n import N_


@dataclass(frozen=True)
class Line:
    """One of them in a language: a field of the report, or the heading of a part; without words it is taken away."""

    field: str
    body: str | None
    status: str = DRAFT
    part: str | None = None


@deed(N_("Put title and headings of the report “{title}” into another language"))
def put_lines(session: Session, report_id: UUID, language: str, lines: Sequence[Line]) -> None:
    """Keep these lines in this language, in place of those before; what is approved has to be approved again."""
    report = there(session, WrittenReport, report_id)
    called(session, title=report.title)
    not_frozen(session, report)
    if language == report.language:
        raise OriginalStands(field_of(Text.language).name)
    if report.status == "approved":
        fill(report, {"status": "drafting"})
    parts = select(Section.part, Section.id).where(Section.report_id == report_id, Section.removed_at.is_(None))
    sections = dict(session.execute(parts).all())
    for line in lines:
        if line.part is not None and line.part not in sections:
            raise NotThere
        owner, owner_id = (Section, sections[line.part]) if line.part is not None else (WrittenReport, report_id)
        _put(session, owner, owner_id, language, line)


def carry_texts(session: Session, before: UUID, after: UUID) -> None:
    """Give a thing the texts that another one has; one of an original that changed since stays one of that."""
    for text in session.scalars(select(Text).where(Text.owner_id == before, Text.removed_at.is_(None))):
        copy = Text(id=new_id(), owner=text.owner, owner_id=after)
        kept = ("field", "language", "body", "status", "made_from")
        fill(copy, {key: getattr(text, key) for key in kept})
        session.add(copy)


def _put(
    session: Session, owner: type[Section] | type[WrittenReport], owner_id: UUID, language: str, line: Line
) -> None:
    held = select(Text).where(Text.owner_id == owner_id, Text.field == line.field, Text.language == language)
    text = session.scalars(held.where(Text.removed_at.is_(None)).order_by(Text.row.desc())).first()
    if not line.body:
        if text is not None:
            text.removed_at = now()
        return
    if text is not None and (text.body, text.status) == (line.body, line.status):
        return
    text = text or Text(id=new_id(), owner=owner.__tablename__, owner_id=owner_id)
    fill(text, {"field": line.field, "language": language, "body": line.body, "status": line.status})
    follow_original(session, text)
    session.add(text)

"""Templates: an office's own way of one kind of report, kept from a report and read with suspicion."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from db import prose
from db.base import Entity, new_id
from db.commands.checking import complete, fill
from db.commands.report_parts import StartedPart, add_parts
from db.commands.reports import named
from db.deeds import deed
from db.errors import RecordError
from db.fields import fields_of
from db.models import ReportTemplate, Section, WrittenReport
from db.queries.reports import sections_of
from i18n import N_


class NotATemplate(RecordError):
    message = N_("This is not a template of a report that this program can read.")


@deed(N_("Keep the report “{title}” as a template"))
def save_template(session: Session, report_id: UUID, name: str) -> UUID:
    """The arrangement of a report and the words it opens with, for those to come."""
    report = named(session, report_id)
    parts = [
        {
            "part": each.part,
            "shown": each.shown,
            "heading": each.heading,
            "words": each.words,
            "told": {text.language: prose.data_of(text.prose) for text in each.texts if text.prose},
        }
        for each in sections_of(session, report_id)
    ]
    template = ReportTemplate(id=new_id())
    fill(template, {"name": name, "report": report.report, "language": report.language, "body": {"parts": parts}})
    complete(template)
    session.add(template)
    return template.id


def template_parts(body: Any) -> tuple[StartedPart, ...]:
    """The parts that a template says, read with suspicion: templates are shared as files."""
    try:
        return tuple(_template_part(one) for one in body["parts"])
    except (TypeError, KeyError, AttributeError, prose.NotProse) as refused:
        raise NotATemplate from refused


def _template_part(one: Mapping[str, Any]) -> StartedPart:
    told = {str(language): prose.data_of(prose.read(body)) for language, body in one.get("told", {}).items()}
    part = StartedPart(one["part"], one.get("shown", True), one.get("heading"), one.get("words"), told)
    for key, value in (("part", part.part), ("shown", part.shown), ("heading", part.heading), ("words", part.words)):
        if problem := fields_of(Section)[key].problem(value):
            raise NotATemplate from problem
    return part


def begin_as_template(session: Session, report_id: UUID) -> None:
    """Give a report that came as a row of a file the parts and words of its template, unless they came along."""
    report = session.scalars(select(WrittenReport).where(WrittenReport.id == report_id)).one()
    template = session.scalar(select(ReportTemplate).where(ReportTemplate.id == report.template_id))
    held = session.scalar(select(Section.id).where(Section.report_id == report_id).limit(1))
    if template is not None and template.report == report.report and held is None:
        add_parts(session, report, template_parts(template.body))


def template_reads(_session: Session, template: ReportTemplate) -> None:
    """A template says parts and nothing else."""
    template_parts(template.body)


RULES: Mapping[type[Entity], tuple[Callable[[Session, Any], None], ...]] = {ReportTemplate: (template_reads,)}

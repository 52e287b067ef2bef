"""Beginning a written report with the parts that its kind has now: the window and the verbs come this way.

A donor's questions and log frame decide on some parts, so the report is gathered once before it is begun.
"""

from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid4

from db.commands.report_parts import StartedPart
from db.commands.report_templates import template_parts
from db.commands.reports import start_report
from db.fields import field_of, fields_of
from db.models import ReportTemplate, WrittenReport
from db.queries.entries import blank, entry_page
from db.queries.reports import Written
from db.record import Record
from desktop.deliver import Order, gather
from desktop.reports.building import ADDED, in_their_places
from desktop.reports.offer import report_called
from desktop.reports.written import asked_of, started


def begin(record: Record, values: Mapping[str, Any]) -> UUID:
    """Begin a report with its parts; the words and the order of its template come first."""
    given = {key: value for key, value in values.items() if value is not None}
    if problem := field_of(WrittenReport.report).problem(given.get("report")):
        raise problem
    fields: dict[str, Any] = dict.fromkeys(fields_of(WrittenReport)) | blank(WrittenReport) | given
    asked = asked_of(Written(uuid4(), fields, (), (), (), None))
    tables = gather(record, Order(fields["report"], asked, fields["language"], "pdf"))
    parts = {each.part: each for each in started(report_called(fields["report"]).parts(tables.plain))}
    kept: dict[str, StartedPart] = {}
    if template := given.get("template_id"):
        seen = record.read(entry_page, ReportTemplate, template)
        told = template_parts(seen.values["body"])
        kept = {each.part: each for each in told if each.part in parts or each.part.startswith(ADDED)}
    order = in_their_places(list(kept), list(parts))
    return record.write(start_report, given, [kept.get(name) or parts[name] for name in order])

"""Writing what is exchanged: the 5W, raw workbooks, sheets of partners, templates, calendars, copies of documents.

Each leaves by the same door as a report, and the register keeps that it left.
"""

import dataclasses
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path, PurePath
from typing import Any, cast
from uuid import UUID

from db.commands.documents import clean_name
from db.commands.issuing import Leaving
from db.queries.documents import Kept, content_of
from db.queries.due import Due
from db.queries.kinds import KINDS
from db.queries.partner_sheet import partner_sheet
from db.queries.raw import raw_fields
from db.queries.registered import register
from db.queries.released import INTERNAL
from db.record import Record
from desktop.deliver import beside_earlier, leave_file, refuse_what_cannot_be, told_scope, write
from desktop.exchange import fivew, raw
from desktop.exchange.ics import calendar
from desktop.exchange.partner_sheet import write_sheet
from desktop.guard.behind import permitted, rows_behind
from desktop.guard.release import release_and_tell
from desktop.guard.released import Notes
from desktop.render.sheet import write_csv, write_xlsx
from desktop.reports.registered import register_sheet
from desktop.reports.report import KEPT, Asked
from desktop.reports.sheet import Sheet
from desktop.reports.template_file import template_file
from i18n import Words


@dataclass(frozen=True)
class Exported:
    """How many rows an export has, and what the guard says of it."""

    rows: int
    notes: Notes


def export_fivew(record: Record, asked: Asked, language: str, path: Path) -> Exported:
    """Write the 5W with its HXL row, as CSV where the name says so, else as a workbook."""
    refuse_what_cannot_be(asked)
    words = Words.of(language)
    tables = beside_earlier(record, fivew.gather(record, asked), asked)
    # Rows that others count with are never rounded: nothing in the file could say so.
    released, counts = release_and_tell(tables, asked.audience, asked.scope.partner)
    sheet = fivew.sheet(released, words)
    form, content = _written(sheet, path)
    known_to = tables.earlier.known_to if tables.earlier else None
    told = {**told_scope(asked), **cast(Mapping[str, Any], tables.plain.get(KEPT, {}))}
    leaving = Leaving(
        "fivew",
        asked.audience.value,
        told,
        language,
        form,
        counts,
        known_to,
        rows_behind(tables),
        permitted(released.notes),
        len(sheet.rows),
        {sheet.name: sheet.headings},
    )
    leave_file(record, leaving, content, path)
    return Exported(len(sheet.rows), released.notes)


def export_raw(record: Record, kinds: Sequence[str], language: str, path: Path, *, blank: bool = False) -> int:
    """Write these kinds, or all, as one workbook to be worked on and brought back; answers how many rows."""
    gathered = raw.gather(record, kinds, blank=blank)
    content = write_xlsx(*raw.sheets(gathered, Words.of(language), date.today()))
    rows = sum(map(len, gathered.rows.values()))
    if blank:
        write(content, path)
    else:
        fields = {kind: tuple(raw_fields(KINDS[kind].entity)) for kind in gathered.rows}
        asked = {"kinds": list(gathered.rows)}
        leave_file(record, Leaving("raw", INTERNAL, asked, language, "xlsx", rows=rows, fields=fields), content, path)
    return rows


def export_partner_sheet(record: Record, organisation_id: UUID, path: Path) -> int:
    """Write the sheet of a partner for another office, and keep that it left; answers how many rows it has."""
    sheet = record.read(partner_sheet, organisation_id)
    content = write_sheet(sheet, date.today())
    asked = {"partner": str(organisation_id)}
    fields: dict[str, dict[str, None]] = {}
    for row in sheet.rows:
        fields.setdefault(row.entity, {}).update(dict.fromkeys(row.values))
    told = {kind: tuple(names) for kind, names in fields.items()}
    leaving = Leaving("partner-sheet", INTERNAL, asked, "", "json", rows=len(sheet.rows), fields=told)
    leave_file(record, leaving, content, path)
    return len(sheet.rows)


def export_template(record: Record, template_id: UUID, values: Mapping[str, Any], path: Path) -> None:
    """Write a template of a report for another office, and keep that it left."""
    asked, fields = {"template": str(template_id)}, {"template": tuple(values)}
    leaving = Leaving("report-template", INTERNAL, asked, values["language"] or "", "json", rows=1, fields=fields)
    leave_file(record, leaving, template_file(values), path)


def export_calendar(record: Record, dues: Sequence[Due], language: str, path: Path) -> None:
    """Write what is due as a calendar file, and keep that it left."""
    asked = {"due": [f"{due.kind}/{due.id}" for due in dues]}
    fields = {"due": tuple(field.name for field in dataclasses.fields(Due))}
    leaving = Leaving("calendar", INTERNAL, asked, language, "ics", rows=len(dues), fields=fields)
    leave_file(record, leaving, calendar(dues, Words.of(language)), path)


def export_register(record: Record, language: str, path: Path) -> int:
    """Write the whole register, as CSV where the name says so, else as a workbook; answers how many rows it has."""
    sheet = register_sheet(record.read(register, most=sys.maxsize), Words.of(language))
    form, content = _written(sheet, path)
    rows = len(sheet.rows)
    leaving = Leaving("register", INTERNAL, {}, language, form, rows=rows, fields={sheet.name: sheet.headings})
    leave_file(record, leaving, content, path)
    return rows


def export_document(record: Record, kept: Kept, path: Path) -> None:
    """Write a copy of a document, its bytes as they were put in, and keep that it left."""
    form = PurePath(clean_name(kept.file)).suffix.lower().lstrip(".")
    asked, fields = {"document": str(kept.id)}, {"document": (kept.file,)}
    leaving = Leaving(kept.title, INTERNAL, asked, kept.language or "", form, rows=1, fields=fields)
    leave_file(record, leaving, record.read(content_of, kept.digest), path)


def _written(sheet: Sheet, path: Path) -> tuple[str, bytes]:
    """As CSV where the name of the file says so, else as a workbook: which it is, and its bytes."""
    return ("csv", write_csv(sheet)) if path.suffix.lower() == ".csv" else ("xlsx", write_xlsx(sheet))

"""Whatever leaves the record stands in its register: each report, export and copy, by whom, when, and with its digest.

Every way out is a function of `desktop.exporting`, or one that writes a report; a new one falls short until it is here.
Weaker: files are written and nothing is noted.
"""

import ast
import hashlib
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any
from unittest.mock import patch
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.base import new_id
from db.commands.documents import add_document
from db.errors import RecordError
from db.models import Organisation
from db.models.reports_issued import Issued
from db.queries.documents import documents_of
from db.record import Record
from desktop import deliver as delivering
from desktop import exporting
from desktop.deliver import FORMS, Order
from desktop.guard.audiences import Audience
from desktop.opening import PRACTICE_PASSPHRASE
from desktop.reports.offer import REPORTS
from desktop.reports.report import Asked
from desktop.sample import make_practice_record
from tests.builders import add_partner
from tests.faults.figure import Count, fresh, opened, scratch
from tests.reports.every import asked_of

NUMBER = 28
DESKTOP = Path(delivering.__file__).parent
Way = Callable[[Path], object]
WHOLE = ("export_document", "export_template")
"""What leaves as it was put in, without rows."""
UNNOTED = {
    "exporting.py": "an empty raw workbook, which holds nothing of the record",
    "cli/imports.py": "rows of somebody's own file that have to be put right, and a mapping",
    "cli/raw.py": "rows of somebody's own file that have to be put right",
    "ui/dialogs/raw.py": "rows of somebody's own file that have to be put right",
    "ui/pages/import_.py": "rows of somebody's own file that have to be put right",
    "ui/pages/import_mappings.py": "a mapping",
    "ui/dialogs/told.py": "the licences of what Jalon is made of",
    "ui/dialogs/faults.py": "where in the program a fault happened, and no data",
    "ui/dialogs/code.py": "the page of a recovery code, which opens a record and holds nothing of it",
}
"""Who writes a file past the register, and what is in it."""


def count(quick: bool, weaker: bool) -> Count:
    """Let everything leave, and look for it in the register."""
    with scratch() as folder:
        path = fresh(folder / "record") if quick else make_practice_record(folder / "essai.jalon").record
        with (
            opened(path, *(() if quick else (PRACTICE_PASSPHRASE,))) as record,
            patch.object(delivering, "note_issued", _nothing if weaker else delivering.note_issued),
        ):
            record.reason = "Essai"
            used, left = set(), 0
            unnoted, unsaid, reasons = [], [], 0
            before = len(record.read(_noted, record.person))
            for name, way in _ways(record, quick):
                out = folder / f"left-{left}"
                try:
                    way(out)
                except RecordError:
                    continue  # the record holds nothing for it
                used.add(name.split(" ")[0])
                left += 1
                digest = hashlib.sha256(out.read_bytes()).hexdigest()
                held = record.read(_noted, record.person)[before:]
                before += len(held)
                if [one.digest for one in held] != [digest]:
                    unnoted.append(name)
                elif name not in WHOLE and (held[0].rows is None or bool(held[0].rows) > bool(held[0].fields)):
                    unsaid.append(name)
                reasons += bool(held and held[0].purpose)
    past = sorted(set(_writers()) - set(UNNOTED))
    missing = sorted({name for name in vars(exporting) if name.startswith("export_")} - used)
    told = f"{left} files left by {len(used)} ways: {left - len(unnoted)} in the register with person and digest, "
    told += f"{len(unsaid)} without rows and headings {unsaid[:4]}, {reasons} with a reason; "
    told += f"missing {unnoted[:4]}, ways never tried {missing}, written past it {past}"
    return Count(told, left > 5 and reasons == left and not (unnoted or unsaid or missing or past))


def _nothing(*_args: object) -> UUID:
    return new_id()


def _noted(session: Session, person: UUID) -> list[Any]:
    columns = (Issued.digest, Issued.rows, Issued.fields, Issued.purpose)
    return list(session.execute(select(*columns).where(Issued.person_id == person).order_by(Issued.row)))


def _ways(record: Record, quick: bool) -> Iterator[tuple[str, Way]]:
    """Each way out by its name, and how to take it to a file."""
    partner = record.read(lambda session: session.scalar(select(Organisation.id).limit(1)))
    partner = partner or record.write(add_partner, "Femmes debout")
    record.write(add_document, Organisation, partner, "statuts.txt", b"Article premier", {"title": "Statuts"})
    kept = record.read(documents_of, partner)[0]
    asked = Asked(audience=Audience.INTERNAL)
    template = {"name": "Modèle", "report": "held", "language": "fr", "notes": None, "body": {}}
    yield "export_fivew xlsx", lambda out: exporting.export_fivew(record, asked, "fr", out)
    yield "export_raw", lambda out: exporting.export_raw(record, (), "fr", out)
    yield "export_partner_sheet", lambda out: exporting.export_partner_sheet(record, partner, out)
    yield "export_template", lambda out: exporting.export_template(record, new_id(), template, out)
    yield "export_calendar", lambda out: exporting.export_calendar(record, (), "fr", out)
    yield "export_register", lambda out: exporting.export_register(record, "fr", out)
    yield "export_document", lambda out: exporting.export_document(record, kept, out)
    for report in REPORTS[:3] if quick else REPORTS:
        for audience in (Audience.INTERNAL,) if quick else Audience:
            for form in ("pdf",) if quick else FORMS:
                yield (
                    f"deliver {report.name} {audience.value} {form}",
                    partial(_deliver, record, report, audience, form),
                )


def _deliver(record: Record, report: object, audience: Audience, form: str, out: Path) -> None:
    order = Order(report.name, asked_of(record, report, audience), "fr", form)  # type: ignore[attr-defined, arg-type]
    delivering.deliver(record, order, out)


def _writers() -> Iterator[str]:
    """The modules that write a file by themselves."""
    for path in DESKTOP.rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        named = {
            alias.name
            for node in ast.walk(tree)
            if isinstance(node, ast.ImportFrom) and node.module in ("desktop.deliver", "db.durable")
            for alias in node.names
        }
        if named & {"write", "write_durably"} and path.name != "deliver.py":
            yield str(path.relative_to(DESKTOP))

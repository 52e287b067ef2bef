"""The whole matrix: every report on the practice record and the public DRC file, in every language and format."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pikepdf import pdfa
from sqlalchemy import select

from db.commands.arrivals import bring_in
from db.commands.entries import edit
from db.commands.frameworks import add_frameworks
from db.models import Office
from db.queries.arrivals import Held
from db.record import Record
from desktop.deliver import Order, clear, document, gather, made
from desktop.guard.audiences import Audience
from desktop.intake.planning import plan
from desktop.intake.profiles import mapping_for
from desktop.intake.workbook import read_workbook
from desktop.opening import PRACTICE_PASSPHRASE
from desktop.render import Form
from desktop.reports.offer import REPORTS, report_called
from i18n import LANGUAGES, Words
from tests.builders import new_record
from tests.reports.every import asked_of, not_found

pytestmark = pytest.mark.real

FORMS: tuple[Form, ...] = ("pdf", "docx", "xlsx")


@pytest.fixture(scope="module", params=["practice", "drc"])
def record(
    request: pytest.FixtureRequest, practice_file: Path, shared_data: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Record]:
    if request.param == "practice":
        with Record.open(practice_file, PRACTICE_PASSPHRASE, write=False) as record:
            yield record
        return
    workbook = read_workbook(shared_data / "drc-5w-2025-05.xlsx")
    record, _code = new_record(tmp_path_factory.mktemp("drc") / "drc.jalon")
    with record:
        record.write(add_frameworks)
        office = record.read(lambda session: session.scalars(select(Office.id)).one())
        record.write(edit, Office, office, {"currency": "USD"})
        record.write(bring_in, plan(workbook, mapping_for(workbook), Held()).arrival)
        yield record


@pytest.mark.parametrize("name", [report.name for report in REPORTS])
def test_every_language_and_format_says_every_number(record: Record, name: str, tmp_path: Path) -> None:
    report = report_called(name)
    asked = asked_of(record, report, report.only or (Audience.PARTNER if name == "held" else Audience.DONOR))
    lacking = [side for side in report.needs if getattr(asked.scope, side, getattr(asked, side, None)) is None]
    if lacking:
        pytest.skip(f"this record holds no {', '.join(lacking)}")
    cleared = clear(gather(record, Order(name, asked, "fr", "pdf")), asked)
    for language in LANGUAGES:
        words = Words.of(language)
        for form in FORMS:
            order = Order(name, asked, language, form)
            content = made(cleared, order).content
            assert not not_found(document(cleared, order), form, content, words), (language, form)
            if form == "pdf":
                path = tmp_path / f"{language}.pdf"
                path.write_bytes(content)
                checked = pdfa.validate_written(str(path), "3b")
                assert checked.passed, (language, checked.findings)

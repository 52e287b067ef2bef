"""The sheet for a stolen computer: a page of counts, for the office alone, brought to mind when it is old."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pypdfium2
import pytest
from sqlalchemy import select

from db.commands.entries import add, edit
from db.models import ConfidentialNote, Office, Organisation
from db.queries import loss
from db.queries.worklist import worklist
from db.record import Record
from desktop.deliver import Order, deliver
from desktop.guard.audiences import Audience
from desktop.reports.report import Asked, ForThemOnly
from tests.builders import new_record

TODAY = date.today()


@pytest.fixture
def record(tmp_path: Path) -> Iterator[Record]:
    made, _code = new_record(tmp_path / "essai.jalon")
    with made:
        yield made


def sheet(record: Record, path: Path, form: str = "text", audience: Audience = Audience.INTERNAL) -> bytes:
    order = Order(loss.SHEET, Asked(audience=audience), "en", form)  # type: ignore[arg-type]
    return deliver(record, order, path).content


def due(record: Record, on: date) -> list[date]:
    found = record.read(worklist, on)
    return [one.due_on for one in (*found.overdue, *found.within_30, *found.within_60, *found.within_90)]


def test_it_says_whom_to_call_what_was_held_and_what_to_bring_back_on_one_page(record: Record, tmp_path: Path) -> None:
    office = record.read(lambda session: session.scalars(select(Office.id)).one())
    record.write(edit, Office, office, {"alarm": "Sécurité: 000 111\nBureau pays: 000 222"})
    partner = record.write(add, Organisation, {"name": "Femmes debout"})
    values = {"organisation_id": partner, "written_on": TODAY, "body": "Une rumeur"}
    record.write(add, ConfidentialNote, values)
    copy = record.back_up()
    text = sheet(record, tmp_path / "sheet.txt").decode()
    for said in ("Sécurité: 000 111", "Bureau pays: 000 222", "passphrase", "printed recovery code", "at once"):
        assert said in text
    assert copy.path.name in text
    assert "Femmes debout" not in text and "Une rumeur" not in text
    found = record.read(loss.loss)
    assert [(one.count, one.confidential) for one in found.held if one.name == "Confidential notes"] == [(1, 1)]
    with pypdfium2.PdfDocument(sheet(record, tmp_path / "sheet.pdf", "pdf")) as pages:
        assert len(pages) == 1


def test_it_is_for_the_office_alone(record: Record, tmp_path: Path) -> None:
    with pytest.raises(ForThemOnly):
        sheet(record, tmp_path / "sheet.txt", audience=Audience.DONOR)


def test_it_is_brought_to_mind_once_it_is_old_and_once_much_has_changed(
    record: Record, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    record.write(add, Organisation, {"name": "Femmes debout"})
    assert due(record, TODAY) == []
    assert due(record, TODAY + timedelta(days=120)) == [TODAY + timedelta(days=90)]
    monkeypatch.setattr(loss, "CHANGED", 1)
    assert due(record, TODAY) == [TODAY]
    sheet(record, tmp_path / "sheet.txt")
    assert due(record, TODAY) == []
    for number in range(2):
        record.write(add, Organisation, {"name": f"Association {number}"})
    assert due(record, TODAY) == [TODAY]

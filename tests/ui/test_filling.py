"""A donor's own form filled in the window: what stayed empty is said before it is saved; a refusal loses nothing."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from uuid import UUID

import docx
import pytest
from PySide6.QtWidgets import QWidget

from db.queries.issued import issued_files
from db.queries.reports import written
from db.record import Record
from desktop.beginning import begin
from desktop.ui.desk import Desk
from desktop.ui.dialogs.filling import FillDialog
from desktop.ui.main_window import MainWindow


@pytest.fixture
def dialog(window: Callable[..., MainWindow], settled: Callable[[], None], desk: Desk, record: Record) -> FillDialog:
    asked = {"title": "Protection, premier semestre", "report": "protection-overview", "language": "fr"}
    id: UUID = begin(record, asked | {"starts_on": date(2026, 1, 1), "ends_on": date(2026, 6, 30)})
    over: QWidget = window("fr")
    shown = FillDialog(desk, record.read(written, id), (), over)
    settled()
    return shown


def form(path: Path, said: str) -> Path:
    made = docx.Document()
    made.add_paragraph(said)
    made.save(str(path))
    return path


@pytest.fixture
def choose(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[[str], None]:
    def chosen(said: str) -> None:
        path = form(tmp_path / "form.docx", said)
        monkeypatch.setattr("desktop.ui.dialogs.filling.QFileDialog.getOpenFileName", lambda *_asked: (str(path), ""))

    return chosen


def test_a_form_is_filled_looked_at_and_saved(
    dialog: FillDialog, choose: Callable[[str], None], settled: Callable[[], None], record: Record, tmp_path: Path
) -> None:
    choose("{{ title }} / {{ reference }} / {{ titel }}")
    dialog.fill()
    settled()
    assert all(name in dialog._note.text() for name in ("reference", "titel", "title"))
    before = len(record.read(issued_files))
    dialog.leave_to(tmp_path / "out.docx")
    settled()
    said = docx.Document(str(tmp_path / "out.docx")).paragraphs[0].text
    assert said.startswith("Protection, premier semestre / [")
    assert said.endswith("] / {{ titel }}")
    assert len(record.read(issued_files)) == before + 1


def test_a_malicious_form_is_refused_beside_the_choice_and_another_can_be_chosen(
    dialog: FillDialog, choose: Callable[[str], None], settled: Callable[[], None]
) -> None:
    choose("{{ ''.__class__.__mro__ }}")
    dialog.fill()
    settled()
    assert "__mro__" in dialog._note.text()
    assert dialog._fill.isEnabled() and dialog._done is None
    choose("{{ title }}")
    dialog.fill()
    settled()
    assert dialog._done is not None

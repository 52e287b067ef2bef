"""Files that leave are proposed under names that people read, and can be kept in the record where they were written."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget
from sqlalchemy import select

from db.models import Organisation
from db.queries.documents import documents_of
from db.record import Record
from desktop.ui.desk import Desk
from desktop.ui.dialogs.held import tell_organisation
from desktop.ui.dialogs.saving import WrittenDialog, proposed


def test_a_name_is_in_the_language_of_the_screen_and_what_any_system_keeps(tmp_path: Path) -> None:
    assert proposed(tmp_path, "ما نحتفظ به: عنهم", "pdf") == str(tmp_path / "ما نحتفظ به_ عنهم.pdf")


def test_what_is_held_is_proposed_in_french_and_can_be_kept_with_whom_it_is_about(
    desk: Desk, record: Record, settled: Callable[[], None], monkeypatch: pytest.MonkeyPatch, tmp_path: Path, qtbot
) -> None:
    names: list[str] = []

    def ask(_over: object, _title: str, start: str, _kinds: str) -> tuple[str, str]:
        names.append(Path(start).name)
        return "", ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", ask)
    record.reason = "Demande de la personne"
    partner = record.read(lambda session: session.scalars(select(Organisation.id)).first())
    over = QWidget()
    qtbot.addWidget(over)
    tell_organisation(desk, partner, over)
    settled()
    assert names == ["Ce que nous conservons à leur sujet.pdf"]
    (tmp_path / names[0]).write_bytes(b"%PDF")
    written = WrittenDialog(desk, tmp_path / names[0], "", (Organisation, partner), over)
    written.keep()
    settled()
    assert [kept.file for kept in record.read(documents_of, partner)] == names
    assert written._note.text() and not written._keep.isEnabled()
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda _url: False)
    written._open(tmp_path / names[0])
    assert names[0] in written._note.text(), "where it is, for whoever has no program that opens it"

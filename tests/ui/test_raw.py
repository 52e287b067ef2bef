"""The whole record out as a workbook and back in the window: what was changed in it is shown before it comes in."""

import zipfile
from collections.abc import Callable
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QLabel, QWidget
from sqlalchemy import select
from sqlalchemy.orm import Session

from db.fields import field_of
from db.models import Organisation
from db.record import Record
from desktop.exporting import export_raw
from desktop.intake.raw_sheets import raw_sheets
from desktop.intake.workbook import read_workbook
from desktop.ui.desk import Desk
from desktop.ui.dialogs.raw import RawDialog
from desktop.ui.dialogs.raw_export import ExportDialog
from desktop.ui.main_window import MainWindow
from desktop.ui.pages.import_ import DONE, FILE
from i18n import Words
from tests.builders import names, rename
from tests.ui import audit

OLD, NEW, OURS = "Élan des mères", "Élan des mères de Kasoro", "Élan de Kasoro"
PATIENCE = 20_000


def edited(path: Path, old: str, new: str) -> Path:
    """The workbook as a spreadsheet program would leave it with other words in a cell."""
    with zipfile.ZipFile(path) as before:
        parts = {name: before.read(name) for name in before.namelist()}
    found = sum(part.count(f">{old}<".encode()) for part in parts.values())
    assert found
    with zipfile.ZipFile(path, "w") as after:
        for name, part in parts.items():
            after.writestr(name, part.replace(f">{old}<".encode(), f">{new}<".encode()))
    return path


@pytest.fixture
def workbook(record: Record, tmp_path: Path) -> Path:
    """An Arabic export in which a partner got another name."""
    export_raw(record, ("organisations",), "ar", tmp_path / "tout.xlsx")
    return edited(tmp_path / "tout.xlsx", OLD, NEW)


@pytest.fixture
def opened(window: Callable[..., MainWindow], desk: Desk, qtbot) -> Callable[[Path, str], tuple[MainWindow, RawDialog]]:
    """Choose a file on the import page and wait for what it would do."""

    def take(path: Path, spoken: str) -> tuple[MainWindow, RawDialog]:
        shown = window(spoken)
        shown.go("import")
        shown.page.take(path)
        qtbot.waitUntil(lambda: shown.page.findChild(RawDialog) is not None and desk.tasks.idle, timeout=PATIENCE)
        return shown, shown.page.findChild(RawDialog)

    return take


def partner_called(session: Session, name: str) -> UUID:
    return session.scalars(select(Organisation.id).where(Organisation.name == name)).one()


def said(dialog: QWidget) -> str:
    return "\n".join(each.text() for each in dialog.findChildren(QLabel) if each.isVisible())


def rows(dialog: RawDialog) -> list[str]:
    return [dialog.rows.list.columns[-1].text(each) for each in dialog.rows.list.rows]


@pytest.mark.slow
def test_a_changed_cell_comes_back_by_the_import_page_and_the_keyboard(
    opened: Callable[..., tuple[MainWindow, RawDialog]], desk: Desk, workbook: Path, qtbot
) -> None:
    shown, dialog = opened(workbook, "en")
    assert "1 row comes in." in said(dialog)
    assert [NEW in each and OLD in each for each in rows(dialog)] == [True]
    assert not dialog.theirs.isVisible()
    assert shown.page._steps.currentIndex() == FILE
    assert OLD in desk.record.read(names)
    QTest.keyClick(dialog.focusWidget(), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: shown.page._steps.currentIndex() == DONE and desk.tasks.idle, timeout=PATIENCE)
    assert NEW in desk.record.read(names)
    assert OLD not in desk.record.read(names)


@pytest.mark.slow
@pytest.mark.parametrize("spoken", ["fr", "ar"])
def test_what_the_record_says_otherwise_stays_until_somebody_takes_theirs(
    opened: Callable[..., tuple[MainWindow, RawDialog]], desk: Desk, workbook: Path, settled, spoken: str, qtbot
) -> None:
    partner = desk.record.read(partner_called, OLD)
    desk.record.write(rename, partner, OURS)
    _shown, dialog = opened(workbook, spoken)
    assert dialog.theirs.isVisible()
    assert not dialog._doing.isEnabled()
    assert any(NEW in each and OURS in each for each in rows(dialog))
    assert not [*audit.unnamed(dialog), *audit.lost_by_keyboard(dialog)]
    qtbot.waitUntil(lambda: not audit.cut_off(dialog))
    dialog.theirs.click()
    settled()
    assert dialog._doing.isEnabled()
    dialog.bring_in()
    settled()
    assert NEW in desk.record.read(names)
    assert OURS not in desk.record.read(names)


@pytest.mark.slow
def test_a_row_that_cannot_come_in_is_said_in_words_and_saved_to_be_put_right(
    opened: Callable[..., tuple[MainWindow, RawDialog]],
    desk: Desk,
    workbook: Path,
    settled: Callable[[], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    kind = Words.of("ar").gettext(field_of(Organisation.type).title_of("national_ngo"))
    _shown, dialog = opened(edited(workbook, kind, "Confrérie"), "en")
    assert all("Confrérie" in each for each in rows(dialog))
    assert "Nothing can be brought in before these rows are put right." in said(dialog)
    assert not dialog._doing.isEnabled()
    out = workbook.with_name("à corriger.xlsx")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *asked: (str(out), ""))
    dialog._save.click()
    settled()
    assert raw_sheets(read_workbook(out))[0].kind == "organisations"
    assert out.name in said(dialog)


def test_the_tools_menu_writes_all_after_a_warning_that_nothing_is_encrypted(
    window: Callable[..., MainWindow],
    settled: Callable[[], None],
    desk: Desk,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    out = tmp_path / "sortie"
    # The system's own dialog stands here; it is not ours to test.
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *asked: (str(out), ""))
    told: list[str] = []
    desk.say = told.append
    shown = window("en")
    shown.actions_["raw"].trigger()
    dialog = shown.findChild(ExportDialog)
    assert "not encrypted" in said(dialog)
    assert not out.with_suffix(".xlsx").exists()
    QTest.keyClick(dialog.focusWidget(), Qt.Key.Key_Return)
    settled()
    assert zipfile.is_zipfile(out.with_suffix(".xlsx"))
    assert [out.name in each for each in told] == [True]

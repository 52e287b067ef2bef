"""A partner's monthly sheet comes in through the window, one row corrected, by keyboard alone."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QPushButton, QTabBar, QWidget
from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models.drafts import Draft
from db.queries.overview import overview
from desktop.sample import sheets
from desktop.ui.desk import Desk
from desktop.ui.dialogs.form_dialog import FormDialog
from desktop.ui.guide import GUIDE
from desktop.ui.main_window import MainWindow

SHEET = next(file for file in sheets("2026-03") if "AML" in file.name)
PATIENCE = 20_000


def tab_to(window: QWidget, wanted: Callable[[QWidget], bool]) -> QWidget:
    """Press Tab until something is reached."""
    for _step in range(80):
        QTest.keyClick(window.focusWidget(), Qt.Key.Key_Tab)
        if wanted(window.focusWidget()):
            return window.focusWidget()
    raise AssertionError("never reached")


def is_button(words: str) -> Callable[[QWidget], bool]:
    return lambda widget: isinstance(widget, QPushButton) and widget.text() == words


def drafts(session: Session) -> list[str]:
    return list(session.scalars(select(Draft.form).where(Draft.form != GUIDE)))


@pytest.mark.slow
def test_a_sheet_is_brought_in_with_one_row_corrected_by_keyboard_alone(
    window: Callable[..., MainWindow],
    settled: Callable[[], None],
    desk: Desk,
    press,
    qtbot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # The system's own dialog stands here; it is not ours to test.
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *asked: (str(SHEET), ""))
    before = desk.record.read(overview).activities
    shown = window("en")
    press(shown, "Ctrl+I")
    settled()
    QTest.keyClick(tab_to(shown, is_button("Choose a file…")), Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: shown.page._steps.currentIndex() == 1, timeout=PATIENCE)

    press(shown, "Ctrl+S")
    qtbot.waitUntil(lambda: shown.page._steps.currentIndex() == 2 and desk.tasks.idle, timeout=PATIENCE)
    assert shown.focusWidget() is shown.page._preview._problems
    QTest.keyClick(shown.focusWidget(), Qt.Key.Key_Return)
    dialog = shown.page.findChild(FormDialog)
    qtbot.waitUntil(dialog.isVisible)
    assert dialog.focusWidget().text() == "douze"
    QTest.keyClicks(dialog.focusWidget(), "12")
    dialog.keep_draft()
    settled()
    assert any(form.startswith("row ") for form in desk.record.read(drafts)), "a kill costs nobody what they typed"
    QTest.keyClick(dialog.focusWidget(), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: desk.tasks.idle and not shown.page._preview._problems.list.rows, timeout=PATIENCE)
    assert is_button("Bring in")(shown.focusWidget())
    (kept,) = desk.record.read(drafts)
    assert kept.startswith("file "), "nor what was settled of the file before it is brought in"
    shown.page.take(SHEET)  # as after a kill
    qtbot.waitUntil(lambda: shown.page._steps.currentIndex() == 1 and desk.tasks.idle, timeout=PATIENCE)
    press(shown, "Ctrl+S")
    qtbot.waitUntil(lambda: shown.page._steps.currentIndex() == 2 and desk.tasks.idle, timeout=PATIENCE)
    assert not shown.page._preview._problems.list.rows and shown.page._note.text()

    tabs = shown.page._preview.findChild(QTabBar)
    assert not tabs.isTabEnabled(1)
    for _held_down in range(2):
        press(shown, "Ctrl+S")
    qtbot.waitUntil(lambda: shown.page._steps.currentIndex() == 3, timeout=PATIENCE)
    assert desk.record.read(overview).activities == before + 30
    settled()
    assert not shown.page._note.text() and "30" not in shown.page._done._said.text(), "brought in once, and whole"
    assert not desk.record.read(drafts)

    press(shown, "Ctrl+N")
    qtbot.waitUntil(lambda: shown.page._steps.currentIndex() == 1 and desk.tasks.idle, timeout=PATIENCE)
    press(shown, "Ctrl+S")
    qtbot.waitUntil(lambda: shown.page._steps.currentIndex() == 2 and desk.tasks.idle, timeout=PATIENCE)
    assert desk.record.read(overview).activities == before + 30


@pytest.mark.slow
def test_a_file_that_is_no_table_is_refused_in_words_and_changes_nothing(
    window: Callable[..., MainWindow], desk: Desk, qtbot, tmp_path: Path
) -> None:
    picture = tmp_path / "photo.xlsx"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    shown = window("en")
    shown.go("import")
    shown.page.take(picture)
    qtbot.waitUntil(lambda: shown.page._note.isVisible(), timeout=PATIENCE)
    assert "photo.xlsx" in shown.page._note.text()
    assert shown.page._steps.currentIndex() == 0

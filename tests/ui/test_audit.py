"""Every page and dialog, in French and Arabic: named, reached and left by keyboard, and with room for longer words."""

import gc
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QTabWidget, QWidget

from db.queries.organisations import organisations_like
from desktop import settings
from desktop.ui import language
from desktop.ui.desk import Desk
from desktop.ui.dialogs import told
from desktop.ui.dialogs.create import CodeDialog, CreateDialog
from desktop.ui.dialogs.form_dialog import FormDialog
from desktop.ui.dialogs.leave import LeaveDialog
from desktop.ui.dialogs.opening import OpeningWindow
from desktop.ui.dialogs.search import SearchDialog
from desktop.ui.dialogs.settings import SettingsDialog
from desktop.ui.errors import BugDialog
from desktop.ui.forms.organisation import AssessmentForm, NameForm
from desktop.ui.main_window import MainWindow
from desktop.ui.pages import PAGES
from tests.ui import audit

DIALOGS: dict[str, Callable[[Desk], QWidget]] = {
    "opening": lambda desk: OpeningWindow(Path("essai.jalon"), locked=True),
    "opening-first": lambda desk: OpeningWindow(None),
    "create": lambda desk: CreateDialog(Path.home(), None),
    "code": lambda desk: CodeDialog("ABCD-" * 8 + "ABCD", None),
    "settings": lambda desk: SettingsDialog(settings.Settings(), lambda chosen: None, lambda keep: None, None),
    "assess": lambda desk: FormDialog("⟦~⟧", AssessmentForm(), lambda *asked: None, None),
    "name": lambda desk: FormDialog("⟦~⟧", NameForm(), lambda *asked: None, None),
    "leave": lambda desk: LeaveDialog(None),
    "search": lambda desk: SearchDialog(desk, None),
    "help": lambda desk: told.help_dialog(None),
    "about": lambda desk: told.about_dialog(None, "1"),
    "bug": lambda desk: BugDialog("⟦~⟧", None),
}


def lay_out(shown: QWidget) -> None:
    """Let layouts settle: each round may ask for another."""
    for _round in range(4):
        QApplication.sendPostedEvents()
        QApplication.processEvents()


def parts_of(page: QWidget) -> Iterator[None]:
    """A page as it stands, then each of its other tabs."""
    yield
    for tabs in page.findChildren(QTabWidget):
        for tab in range(1, tabs.count()):
            if tabs.isTabEnabled(tab):
                tabs.setCurrentIndex(tab)
                yield


@pytest.fixture
def about(desk: Desk) -> dict[str, object]:
    """What the pages on one thing are about."""
    from db.queries.listing import Asked, page, rows_in_order
    from db.queries.lists import ACTIVITIES

    numbers = desk.record.read(rows_in_order, ACTIVITIES, Asked("title"))
    rows = desk.record.read(page, ACTIVITIES, numbers)
    partner = next(id for id, name in desk.record.read(organisations_like, "") if "رائدات" in name)
    return {"activity": rows[numbers[0]][0], "partner": partner}


@pytest.mark.parametrize("spoken", ["fr", "ar"])
@pytest.mark.parametrize("key", list(PAGES))
def test_a_page_is_named_reached_and_left_by_keyboard(
    window: Callable[..., MainWindow], settled: Callable[[], None], about: dict[str, object], key: str, spoken: str
) -> None:
    shown = window(spoken)
    shown.go(key, about.get(key))
    settled()
    for _part in parts_of(shown.page):
        settled()
        assert not audit.unnamed(shown)
        assert not audit.traps(shown)
        assert not audit.unreachable(shown)


@pytest.mark.parametrize("mirrored", [False, True])
@pytest.mark.parametrize("key", list(PAGES))
def test_a_page_has_room_for_longer_words_and_no_word_of_its_own(
    window: Callable[..., MainWindow], settled: Callable[[], None], about: dict[str, object], key: str, mirrored: bool
) -> None:
    shown = window("x-pseudo")
    if mirrored:
        QApplication.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    assert shown.width() <= 1024
    assert shown.height() <= 560
    shown.go(key, about.get(key))
    settled()
    for _part in parts_of(shown.page):
        settled()
        lay_out(shown)
        assert not audit.cut_off(shown)
        assert not audit.not_translated(shown)


@pytest.mark.parametrize("spoken", ["fr", "ar", "x-pseudo"])
@pytest.mark.parametrize("name", list(DIALOGS))
def test_a_dialog_is_named_reached_left_and_roomy(
    desk: Desk, settled: Callable[[], None], qtbot, name: str, spoken: str
) -> None:
    language.switch(spoken)
    dialog = DIALOGS[name](desk)
    if isinstance(dialog, QDialog):
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(dialog)
    with qtbot.waitActive(dialog):
        dialog.show()
        dialog.activateWindow()
    settled()
    assert dialog.minimumSizeHint().width() <= 1024
    assert not audit.unnamed(dialog)
    assert not audit.traps(dialog)
    assert not audit.unreachable(dialog)
    lay_out(dialog)
    assert not audit.cut_off(dialog)
    if spoken == "x-pseudo":
        assert not audit.not_translated(dialog)
    gc.collect()

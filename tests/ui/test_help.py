"""Help is one key away from whatever it explains, in the language and the direction of the screen."""

import ast
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextListFormat
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QPushButton, QWidget

from db.queries.kinds import KINDS
from desktop.topics import KEYS, START, explaining, topics
from desktop.ui import help
from desktop.ui.dialogs.copies import CopiesDialog
from desktop.ui.dialogs.opening import OpeningWindow
from desktop.ui.help import HelpWindow, help_button, show_help, topic_at
from desktop.ui.language import _
from desktop.ui.main_window import MainWindow
from desktop.ui.pages import PAGES
from tests.syntax import ROOT, tree_of

GENERIC = {"form_dialog", "saving"}
"""They are what stands in them, or what they stand over."""


@pytest.fixture(autouse=True)
def closed() -> Iterator[None]:
    yield
    for each in shown():
        each.close()


def shown() -> list[HelpWindow]:
    return [each for each in QApplication.topLevelWidgets() if isinstance(each, HelpWindow) and each.isVisible()]


def test_every_page_has_its_topic() -> None:
    assert [key for key in (*KINDS, *PAGES) if explaining(key) is None] == []


def test_every_dialog_has_its_topic() -> None:
    without = [
        path.stem
        for path in (ROOT / "desktop/ui/dialogs").glob("*.py")
        if path.stem not in GENERIC
        and explaining(path.stem) is None
        and any(isinstance(node, ast.ClassDef) and _shows(node) for node in ast.walk(tree_of(path)))
    ]
    assert without == []


def _shows(node: ast.ClassDef) -> bool:
    return any(ast.unparse(base) in {"QDialog", "QWidget", "Form", "FormDialog"} for base in node.bases)


def test_what_is_explained_is_there() -> None:
    modules = {path.stem for path in (ROOT / "desktop/ui").rglob("*.py")}
    named = {name for topic in topics().values() for name in topic.explains}
    assert named <= modules | set(KINDS) | set(PAGES)


@pytest.mark.parametrize("spoken", ["fr", "ar"])
def test_f1_on_a_page_opens_its_topic_in_the_direction_of_the_screen(
    window: Callable[..., MainWindow], settled: Callable[[], None], press: Callable[[QWidget, str], None], spoken: str
) -> None:
    opened = window(spoken)
    opened.go("places")
    settled()
    press(opened, "F1")
    (told,) = shown()
    assert told._topic == "places"
    assert told.layoutDirection() == QApplication.layoutDirection()
    assert told._read.document().defaultTextOption().textDirection() == QApplication.layoutDirection()
    press(told, "Esc")
    assert shown() == []


def test_f1_in_a_dialog_opens_what_explains_the_dialog(
    speak: Callable[[str], None], qtbot, press: Callable[[QWidget, str], None], monkeypatch
) -> None:
    speak("fr")
    dialog = OpeningWindow(None)
    qtbot.addWidget(dialog)
    with qtbot.waitActive(dialog):
        dialog.show()
        dialog.activateWindow()
    help.listen(None, dialog)
    help.listen(None, dialog)
    press(dialog, "F1")
    (told,) = shown()
    assert told._topic == "opening"


def test_a_dialog_is_explained_before_the_page_it_stands_over(desk, qtbot) -> None:
    page = PAGES["home"](desk)
    qtbot.addWidget(page)
    assert topic_at(QLineEdit(page)) == START
    assert topic_at(CopiesDialog(desk, page)) == "copies"
    assert topic_at(QLineEdit(QDialog(page))) == START
    assert topic_at(None) == START


def test_a_question_mark_says_what_it_opens_and_there_is_one_window(speak: Callable[[str], None], qtbot) -> None:
    speak("fr")
    mark = help_button("women-led")
    qtbot.addWidget(mark)
    assert "Organisation dirigée par des femmes" in mark.accessibleName()
    mark.click()
    show_help(None, "copies")
    (told,) = shown()
    assert told._topic == "copies"
    told.back()
    assert told._topic == "women-led"


def test_a_search_lists_what_holds_the_words_and_enter_takes_the_first(
    speak: Callable[[str], None], press: Callable[[QWidget, str], None], qtbot
) -> None:
    speak("fr")
    told = show_help(None)
    press(told, "Ctrl+F")
    assert told.focusWidget() is told._search
    told._search.setText("organigramme")
    told._take_first()
    assert told._topic == "women-led"
    told._search.setText("zzzz")
    assert told._names.count() == 1
    assert told._topic == "women-led"


def test_whoever_has_no_mouse_follows_a_link_by_a_button(speak: Callable[[str], None], qtbot) -> None:
    speak("fr")
    told = show_help(None, "women-led")
    ways = {each.text(): each for each in told.findChildren(QPushButton) if each.property("is") == "link"}
    ways[next(title for title in ways)].click()
    assert told._topic == "money", "the first link of the text"


def test_in_another_language_the_open_help_speaks_it_too(speak: Callable[[str], None], qtbot) -> None:
    speak("fr")
    told = show_help(None, "keys")
    french = told._read.toPlainText()
    speak("ar")
    qtbot.waitUntil(
        lambda: told._search.placeholderText() == _("Search the help") and told._read.toPlainText() != french
    )
    assert told.layoutDirection() is Qt.LayoutDirection.RightToLeft


def test_the_keys_are_those_of_the_menus(speak: Callable[[str], None], qtbot) -> None:
    speak("fr")
    told = show_help(None, KEYS)
    assert [key for key in ("Ctrl+K", "F1", "Ctrl+Shift+Z") if key not in told._read.toPlainText()] == []
    assert "\u2066Ctrl+,\u2069" in told._read.toPlainText(), "its comma stays on its side in Arabic"


@pytest.mark.parametrize("language", ("fr", "ar"))
def test_the_dot_stands_after_the_number_from_whichever_side_one_reads(
    speak: Callable[[str], None], qtbot, language: str
) -> None:
    speak(language)
    told = show_help(None, KEYS)
    block, numbers = told._read.document().begin(), list[str]()
    while block.isValid():
        if block.textList() is not None and block.textList().format().style() is QTextListFormat.Style.ListDecimal:
            numbers.append(block.textList().itemText(block))  # in the order in which it is read
        block = block.next()
    assert numbers[:3] == ["1.", "2.", "3."]


def test_over_what_holds_the_whole_program_the_help_can_still_be_used(speak: Callable[[str], None], qtbot) -> None:
    speak("fr")
    dialog = QDialog()
    qtbot.addWidget(dialog)
    dialog.setModal(True)
    with qtbot.waitActive(dialog):
        dialog.show()
        dialog.activateWindow()
    assert show_help(dialog, "recovery-code").parentWidget() is dialog
    dialog.hide()
    assert show_help(None).parentWidget() is None

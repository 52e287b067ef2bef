"""The small parts of every page: buttons answer to Enter, and what is thrown away never shows by itself."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QFileDialog,
    QLabel,
    QPushButton,
    QScrollArea,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from db.errors import NeedsValue
from db.fields import Field, Kind
from desktop.ui.dialogs import create
from desktop.ui.dialogs.code import CodeDialog
from desktop.ui.dialogs.form_dialog import FormDialog
from desktop.ui.dialogs.leave import Leave
from desktop.ui.dialogs.opening import OpeningWindow
from desktop.ui.dialogs.told import news_dialog
from desktop.ui.flow import Flow
from desktop.ui.forms.editors import TextEdit
from desktop.ui.forms.form import Form
from desktop.ui.parts import button, empty, text
from desktop.ui.tabs import Tabs


@pytest.mark.parametrize("spoken", ["fr", "es", "ar"])
def test_qts_own_dialog_speaks_the_language_of_the_screen(spoken: str, speak, qtbot) -> None:
    speak(spoken)
    dialog = QFileDialog(None, "", "", "xlsx (*.xlsx)")
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    qtbot.addWidget(dialog)
    assert not {"&Look in:", "Files of &type:"} & {label.text() for label in dialog.findChildren(QLabel)}
    for kind in ("Folder", "%1 File", "Drive", "Unknown"):
        assert QCoreApplication.translate("QAbstractFileIconProvider", kind) != kind


def test_enter_presses_the_button_that_has_the_focus(qapp: QApplication) -> None:
    """By itself Qt leaves it to the desktop: GNOME's buttons answer to Enter, others only to the space bar."""
    assert button("Next", lambda: None).autoDefault()


def test_what_is_thrown_away_at_once_is_never_a_window_of_its_own(qtbot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    page.show()
    lines = QVBoxLayout(page)
    lines.addWidget(text("soon gone"))
    gone = lines.itemAt(0).widget()
    empty(lines)
    QApplication.sendPostedEvents(gone)
    assert not gone.isVisible()


def test_the_opening_window_has_a_ground_of_its_own(qtbot) -> None:
    """A window without one is black on a real screen."""
    opening = OpeningWindow(None)
    qtbot.addWidget(opening)
    opening.ensurePolished()
    assert opening.property("is") is None
    assert opening.palette().window().style() == Qt.BrushStyle.SolidPattern


def test_a_long_refusal_is_read_whole_in_the_opening_window(qtbot) -> None:
    opening = OpeningWindow(Path("essai.jalon"))
    qtbot.addWidget(opening)
    opening.show()
    opening.refuse("The file of keys is not there. " * 12)
    qtbot.waitUntil(lambda: opening._note.height() >= opening._note.heightForWidth(opening._note.width()))


@pytest.mark.parametrize("spoken", ["fr", "en", "es", "ar"])
def test_the_ways_to_begin_are_all_in_sight(spoken: str, speak, qtbot) -> None:
    speak(spoken)
    opening = OpeningWindow(None)
    qtbot.addWidget(opening)
    opening.resize(687, 100)  # as a screen's own measures may make it
    opening.show()
    (area,) = opening.findChildren(QScrollArea)
    qtbot.waitUntil(lambda: area.verticalScrollBar().maximum() == 0, timeout=1000)


@pytest.mark.parametrize(
    ("key", "held"),
    [
        (Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier),
        (Qt.Key.Key_Enter, Qt.KeyboardModifier.ControlModifier),
        (Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier),
    ],
)
def test_a_key_in_a_field_of_a_dialog_saves_it(qtbot, key: Qt.Key, held: Qt.KeyboardModifier) -> None:
    """The button that cancels comes first, and would be pressed if the dialog did not know its own."""
    saved: list[dict[str, object]] = []
    form = Form()
    typed = form.add("name", Field("Name", Kind.TEXT), TextEdit())
    dialog = FormDialog("One", form, lambda values, done, _refused: (saved.append(values), done(None)), None)
    with qtbot.waitActive(dialog):
        dialog.show()
        dialog.activateWindow()
    QTest.keyClicks(typed, "Kivara")
    with qtbot.waitSignal(dialog.accepted):
        QTest.keyClick(typed, key, held)
    assert saved == [{"name": "Kivara"}]


def test_the_key_that_saves_erases_nothing(qtbot) -> None:
    done: list[dict[str, object]] = []
    form = Form()
    typed = form.add("ground", Field("Ground", Kind.TEXT), TextEdit())
    erases = FormDialog("One", form, lambda values, done_, _refused: (done.append(values), done_(None)), None, "Erase")
    with qtbot.waitActive(erases):
        erases.show()
        erases.activateWindow()
    QTest.keyClick(typed, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert not done and erases.isVisible()
    with qtbot.waitSignal(erases.accepted):
        QTest.keyClick(typed, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert done


def test_what_is_sent_twice_is_done_once_and_again_only_after_a_refusal(qapp: QApplication) -> None:
    asked: list[Callable[[Exception], None]] = []
    form = Form()
    form.add("name", Field("Name", Kind.TEXT), TextEdit())
    dialog = FormDialog("One", form, lambda _values, _done, refused: asked.append(refused), None)
    dialog.show()
    dialog._save()
    dialog._save()
    assert len(asked) == 1
    dialog.reject()
    assert dialog.isVisible(), "what is answered now would be told to nobody"
    asked[0](NeedsValue("Name"))
    dialog._save()
    assert len(asked) == 2
    asked[1](NeedsValue("Name"))
    dialog.reject()
    assert not dialog.isVisible()


def test_a_fault_at_once_does_not_hold_a_dialog_open_for_ever(qapp: QApplication) -> None:
    def fails(*_asked: object) -> None:
        raise ZeroDivisionError

    dialog = FormDialog("One", Form(), fails, None)
    dialog.show()
    with pytest.raises(ZeroDivisionError):
        dialog._save()
    dialog.reject()
    assert not dialog.isVisible()


def test_what_was_typed_for_a_new_record_is_not_lost_by_escape(qtbot, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []
    monkeypatch.setattr(create, "ask_leave", lambda over, **_how: asked.append(over) or Leave.STAY)
    dialog = create.CreateDialog(Path(), None)
    qtbot.addWidget(dialog, before_close_func=lambda one: one._person.clear())
    dialog.show()
    dialog._person.setText("Amani Essai")
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert asked == [dialog] and dialog.isVisible()
    for each in (dialog._office, dialog._first, dialog._again):
        each.setText("Bureau inventé")
    dialog._make.click()
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert asked == [dialog] and dialog.isVisible(), "it is being made, and its code is told here"


@pytest.mark.parametrize(
    ("spoken", "said"), [("fr", "Pas encore"), ("en", "Not yet"), ("es", "Todavía no"), ("ar", "لم يتوفر بعد")]
)
def test_what_is_new_is_told_in_the_screens_language(spoken: str, said: str, speak, qtbot) -> None:
    speak(spoken)
    dialog = news_dialog(None)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(dialog)
    assert said in dialog.findChild(QTextBrowser).toPlainText()


def test_the_recovery_code_stays_until_it_is_written_down(qtbot) -> None:
    dialog = CodeDialog("AAAA-BBBB", None)
    dialog.show()
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.isVisible()
    with qtbot.waitSignal(dialog.accepted):
        next(each for each in dialog.findChildren(QPushButton) if each.property("is") == "primary").click()


def test_tabs_without_room_go_into_a_menu_and_the_chosen_one_stays_in_sight(speak, qtbot) -> None:
    speak("fr")
    tabs = Tabs()
    qtbot.addWidget(tabs)
    for name in ("Détails", *(f"Partie numéro {number}" for number in range(1, 13))):
        tabs.add(name, QWidget)
    tabs.go(0)
    tabs.resize(500, 300)
    tabs.show()
    hidden = tabs._more.menu().actions()
    assert hidden
    last = hidden[-1]
    assert last.text() == "Partie numéro 12"
    last.trigger()
    assert tabs.place == 12
    assert tabs._buttons[12].isVisible()
    for spoken, key in (("en", Qt.Key.Key_Right), ("ar", Qt.Key.Key_Left)):
        speak(spoken)
        tabs.go(0)
        for _part in range(tabs.count() - 1):
            QTest.keyClick(tabs._buttons[tabs.place], key)
        assert tabs.place == tabs.count() - 1, "past the end of a line, and into the menu"
        QTest.keyClick(tabs._buttons[tabs.place], key)
        assert tabs.place == 0
    tabs.resize(3000, 900)
    assert not tabs._more.isVisible()


@pytest.mark.parametrize("name", ["جمعية نساء الاختبار", "Association des mères de Lomasi", "Femmes"])
def test_a_title_beside_many_buttons_takes_two_lines_at_most(name: str, qtbot) -> None:
    page, title = QWidget(), text(name, "title")
    qtbot.addWidget(page)
    page.setLayout(Flow(title, *(QPushButton("Merge with another…") for _number in range(6))))
    page.resize(900, 400)
    page.show()
    inner = title.fontMetrics().boundingRect(0, 0, title.width(), 999, Qt.TextFlag.TextWordWrap, name)
    assert inner.height() <= 2 * title.fontMetrics().lineSpacing()

"""From the passphrase to the window and back: refused, opened, in another language, locked, opened again."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit

from db.commands.entries import add
from db.commands.people import give_passphrase
from db.errors import RecordLocked
from db.models import Contact, Organisation
from db.models.people import Person
from db.queries.organisations import organisations_like
from desktop import policies, settings
from desktop.ui import language
from desktop.ui.app import App
from desktop.ui.asleep import Asleep
from desktop.ui.dialogs.code import CodeDialog
from desktop.ui.dialogs.create import CreateDialog
from desktop.ui.dialogs.form_dialog import FormDialog
from desktop.ui.dialogs.told import Told
from desktop.ui.entries.entry import Related
from desktop.ui.errors import BugDialog, where
from desktop.ui.pages.related import RelatedPart
from desktop.ui.windows import beside, fit, put_away
from tests.builders import CHEAP, PASSPHRASE
from tests.ui.conftest import copy_record


@pytest.fixture
def app(qapp: QApplication, qtbot, filled: Path, tmp_path: Path) -> Iterator[App]:
    copy_record(filled, tmp_path)
    settings.save(settings.Settings(language="fr", recent=(str(tmp_path / filled.name),)))
    made = App(qapp)
    made.start(None)
    yield made
    made.windows.put_away()
    put_away(made.opening)
    made.end()
    # One program ends with its process; here the next would be heard and dressed together with this one.
    for part in (made._idle, made):
        if part is not None:
            shiboken6.delete(part)
    language.switch("en")


def unlock(app: App, qtbot, secret: str = PASSPHRASE) -> None:
    opening = app.opening
    assert opening is not None
    qtbot.waitUntil(opening._phrase.isEnabled, timeout=20_000)
    opening._phrase.setText(secret)
    QTest.keyClick(opening._phrase, Qt.Key.Key_Return)


def opened(app: App, qtbot) -> None:
    unlock(app, qtbot)
    qtbot.waitUntil(lambda: app.window is not None and app.window.isVisible(), timeout=20_000)
    qtbot.waitUntil(lambda: app.tasks.idle, timeout=20_000)


def test_a_wrong_passphrase_is_said_beside_it_and_can_be_typed_again(app: App, qtbot) -> None:
    unlock(app, qtbot, "pas celle-ci du tout")
    qtbot.waitUntil(lambda: app.opening._phrase.isEnabled(), timeout=20_000)
    assert app.opening._note.isVisible()
    assert app.window is None
    opened(app, qtbot)
    assert app.opening is None


def test_a_damaged_file_of_it_is_told_once_and_the_strictest_holds(
    app: App, qtbot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "policies.toml").write_text("keyring", encoding="utf-8")
    monkeypatch.setattr(policies, "machine_place", lambda: tmp_path / "policies.toml")
    opened(app, qtbot)
    told = [dialog for dialog in app.window.findChildren(Told) if "policies.toml" in dialog._body]
    assert len(told) == 1 and told[0].isVisible()
    assert app._idle._timer.interval() == 5 * 60_000
    app._choose(settings.Settings(language="fr", lock_after=60))
    assert app._idle._timer.interval() == 5 * 60_000
    app.lock()
    opened(app, qtbot)
    assert not [dialog for dialog in app.window.findChildren(Told) if dialog.isVisible()]


def test_the_language_changes_at_run_time_and_the_window_is_mirrored(app: App, qtbot) -> None:
    opened(app, qtbot)
    app.window.go("partners")
    before = app.window
    app._choose(settings.Settings(language="ar"))
    assert app.window is not before
    assert app.window.page.key == "partners"
    assert app.window.layoutDirection() == Qt.LayoutDirection.RightToLeft
    assert settings.load().language == "ar"
    app._choose(settings.Settings(language="fr"))
    assert app.window.layoutDirection() == Qt.LayoutDirection.LeftToRight


def test_locking_keeps_what_was_typed_in_the_record_and_forgets_the_key(app: App, qtbot) -> None:
    opened(app, qtbot)
    partner = app.desk.record.read(organisations_like, "Femmes Debout")[0][0]
    app.window.go("partners/one", partner)
    qtbot.waitUntil(lambda: app.tasks.idle)
    app.window.page.form._bound[0].editor.setText("Pas encore enregistré")
    app.findChild(Asleep).locked()
    asking = app.opening
    app.lock()  # nobody came back: it stays as it is
    assert app.opening is asking
    qtbot.waitUntil(lambda: app.tasks.idle)
    assert not app.window.isVisible()
    with pytest.raises(RecordLocked):
        app.desk.record.read(organisations_like, "")
    opened(app, qtbot)
    assert app.window.page.form._bound[0].editor.text() == "Pas encore enregistré"
    assert app.desk.record.read(organisations_like, "Femmes Debout")


def test_locking_keeps_what_was_typed_in_a_dialog(app: App, qtbot) -> None:
    opened(app, qtbot)
    partner = app.desk.record.read(organisations_like, "Femmes Debout")[0][0]
    app.window.go("partners/one", partner)
    qtbot.waitUntil(lambda: app.tasks.idle)

    def adding() -> FormDialog:
        part = RelatedPart(app.desk, Related("contacts", "organisation_id"))
        part.setParent(app.window.page)
        part.show_of(partner, "Femmes Debout")
        part.add()
        qtbot.waitUntil(lambda: app.tasks.idle)
        return part.findChild(FormDialog)

    adding()._form.editor(Contact.name).setText("Une personne inventée")
    app.lock()
    qtbot.waitUntil(lambda: app.tasks.idle)
    opened(app, qtbot)
    again = adding()
    assert again._form.editor(Contact.name).text() == "Une personne inventée"
    again.done(0)


def test_the_key_that_locks_is_heard_over_a_dialog(app: App, qtbot) -> None:
    opened(app, qtbot)
    dialog = QDialog(app.window)
    field = QLineEdit(dialog)
    dialog.open()
    QTest.keyClick(field, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: app.opening is not None and app.opening.isVisible())
    assert app.window is None or not app.window.isVisible()


def test_what_one_person_typed_is_not_on_show_when_another_opens_the_locked_record(app: App, qtbot) -> None:
    opened(app, qtbot)
    record = app.desk.record
    colleague = record.write(add, Person, {"name": "Une collègue inventée"})
    give_passphrase(record, colleague, "colline bleue tambour jeudi", cost=CHEAP)
    app.window.go("flags/one")
    qtbot.waitUntil(lambda: app.tasks.idle)
    flag = app.window
    typed = next(bound.editor for bound in flag.page.form._bound if bound.key == "body")
    typed.setPlainText("Ce que seules certaines personnes lisent")
    app.lock()
    unlock(app, qtbot, "colline bleue tambour jeudi")
    qtbot.waitUntil(lambda: app.opening is None, timeout=20_000)
    assert record.person == colleague
    assert app.window is not flag
    assert app.window.page.key == "home"


def test_undo_from_the_menu_takes_the_named_deed_back(app: App, qtbot) -> None:
    opened(app, qtbot)
    qtbot.waitUntil(lambda: app.window.actions_["undo"].isEnabled())
    named = app.window.actions_["undo"].text()
    assert "Espace ami des enfants" in named
    app.window.actions_["undo"].trigger()
    qtbot.waitUntil(lambda: app.window.actions_["redo"].isEnabled())
    assert "Espace ami des enfants" in app.window.actions_["redo"].text()
    assert "Espace ami des enfants" in app.window.statusBar().currentMessage()


def test_a_fault_is_shown_once_without_anybodys_words(app: App, qtbot) -> None:
    opened(app, qtbot)
    try:
        {"secret": 1}["Furaha M."]
    except KeyError as error:
        details = where(error)
        app._faults.report(error)
        app._faults.report(error)
    qtbot.waitUntil(lambda: bool([w for w in qapp_dialogs() if w.isVisible()]))
    assert len([w for w in qapp_dialogs() if w.isVisible()]) == 1
    assert "KeyError" in details
    assert "Furaha" not in details
    for dialog in qapp_dialogs():
        dialog.close()


def qapp_dialogs() -> list[BugDialog]:
    return [widget for widget in QApplication.topLevelWidgets() if isinstance(widget, BugDialog)]


def test_a_record_is_made_and_opened_once_its_recovery_code_was_written_down(app: App, qtbot, tmp_path: Path) -> None:
    qtbot.waitUntil(app.opening._phrase.isEnabled, timeout=20_000)
    app.opening.create_asked.emit()
    dialog = app.opening.findChild(CreateDialog)
    dialog._path = tmp_path / "nouveau.jalon"
    for editor, typed in (
        (dialog._person, "Amani Essai"),
        (dialog._office, "Bureau d'essai"),
        (dialog._first, PASSPHRASE),
        (dialog._again, PASSPHRASE),
    ):
        editor.setText(typed)
    shown = app.opening
    written = QTimer(interval=50)
    written.timeout.connect(lambda: [code.accept() for code in shown.findChildren(CodeDialog) if code.isVisible()])
    written.start()
    dialog._ask()
    qtbot.waitUntil(lambda: app.window is not None and app.window.isVisible(), timeout=20_000)
    written.stop()
    assert app.opening is None
    assert app.desk.record.path == tmp_path / "nouveau.jalon"


def test_another_record_is_opened_and_the_first_one_let_go(app: App, qtbot) -> None:
    opened(app, qtbot)
    app._open_another()
    assert app.window is None
    opened(app, qtbot)  # the same one again: nobody holds it any more
    assert app.window.isVisible()


def test_a_second_window_stands_on_the_same_record_and_goes_its_own_way(app: App, qtbot) -> None:
    opened(app, qtbot)
    first = app.window
    first.go("partners")
    app._one_more()
    second = app.windows._open[-1]
    assert second is not first and second.pos() != first.pos(), "nor does it cover the first one"
    assert second.page.key == "partners"
    second.actions_["back"].trigger()
    assert second.page.key == "home"
    second.go("history")
    assert first.page.key == "partners"
    second.close()
    assert app.window is first
    assert first.isVisible()


def test_a_partner_put_right_in_one_window_is_read_again_in_the_other(app: App, qtbot) -> None:
    opened(app, qtbot)
    partner = app.desk.record.read(organisations_like, "Femmes Debout")[0][0]
    first = app.window
    first.go("partners/one", partner)
    app._one_more()
    qtbot.waitUntil(lambda: app.tasks.idle)
    second = app.windows._open[-1]
    assert second.page.isAncestorOf(second.focusWidget()), "the keyboard is where one looks"
    second.page.form.editor(Organisation.acronym).setText("AFD")
    second.page.save()
    qtbot.waitUntil(lambda: app.tasks.idle)
    assert first.page.form.editor(Organisation.acronym).text() == "AFD"
    second.close()


def test_a_further_window_stands_aside_of_the_one_before_and_never_out_of_the_screen(qtbot) -> None:
    window = QDialog()
    qtbot.addWidget(window)
    window.resize(200, 100)
    room = window.screen().availableGeometry()
    window.move(room.topLeft())
    assert beside(window) == room.topLeft() + QPoint(32, 32)
    window.move(room.left(), room.bottom() - 110)
    assert beside(window) == room.topLeft() + QPoint(32, 0)


def test_no_window_is_larger_than_its_screen(qapp, qtbot) -> None:
    window = QDialog()
    qtbot.addWidget(window)
    room = window.screen().availableGeometry()
    window.resize(room.width() + 400, room.height() + 300)
    window.show()
    fit(None, window)
    assert window.frameGeometry().height() <= room.height() and window.frameGeometry().width() <= room.width()

"""The first window: in one's own language by one click, four ways to a record, and nothing cut off."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from db.backup import folder_of
from db.models import ConfidentialNote
from desktop import settings
from desktop.ui import theme
from desktop.ui.app import App
from desktop.ui.dialogs.leave import Leave
from desktop.ui.dialogs.opening import OpeningWindow
from desktop.ui.dialogs.restoring import RestoreDialog
from desktop.ui.language import OWN_NAMES, _
from desktop.ui.parts import Note
from tests.ui import audit
from tests.ui.test_app import app, opened, unlock  # noqa: F401

LONG = Path("/home/agent.humanitaire/Documents/Protection/Bureau inventé/Registres_partagés/partenaires-2026.jalon")


def notes(window: QWidget) -> list[str]:
    return [each.text() for each in audit.on_show(window) if isinstance(each, Note)]


def plain(text: str) -> str:
    return text.strip("\u2068\u2069")


def press(window: QWidget, name: str) -> None:
    next(each for each in window.findChildren(QPushButton) if plain(each.text()) == name).click()


@pytest.mark.parametrize("spoken", ["fr", "ar"])
@pytest.mark.parametrize("path", [None, LONG])
def test_nothing_is_cut_off_on_a_small_screen_in_large_text(
    qapp: QApplication, speak: Callable[[str], None], qtbot, spoken: str, path: Path | None
) -> None:
    families = theme.load_fonts()
    theme.apply(qapp, "light", 150, families)
    try:
        speak(spoken)
        window = OpeningWindow(path)
        qtbot.addWidget(window)
        assert window.minimumSizeHint().height() <= 560
        assert window.minimumWidth() <= 1024
        window.show()
        window.resize(1024, 560)
        qtbot.waitUntil(lambda: not audit.cut_off(window))
        shut = [each for each in audit.on_show(window) if isinstance(each, QPushButton)]
        assert [each.text() for each in shut if each.height() + 2 < each.sizeHint().height()] == []
    finally:
        theme.apply(qapp, "light", 100, families)


def test_what_is_under_way_and_why_it_failed_is_said_where_there_is_no_record_yet(speak, qtbot) -> None:
    speak("fr")
    window = OpeningWindow(None)
    qtbot.addWidget(window)
    window.show()
    window.wait()
    assert {plain(each.text()) for each in audit.on_show(window) if isinstance(each, Note)} == {
        _("Opening the record…")
    }
    window.refuse("Le disque est plein.")
    assert [each.text() for each in audit.on_show(window) if isinstance(each, Note)] == ["Le disque est plein."]


def test_the_machines_language_is_spoken_without_asking(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "es_CO.UTF-8")
    assert settings.screen_language() == "es"
    monkeypatch.setenv("LC_ALL", "ln_CD.UTF-8")
    monkeypatch.setenv("LC_MESSAGES", "")
    monkeypatch.setenv("LANG", "")
    assert settings.screen_language(["ln-CD", "ar-EG", "en"]) == "ar", "what the system says that a person prefers"


def test_each_language_is_one_click_away_by_its_own_name_and_what_was_typed_stays(app: App, qtbot) -> None:  # noqa: F811
    first = app.opening
    qtbot.waitUntil(lambda: app.tasks.idle, timeout=20_000)
    assert [
        name
        for name in OWN_NAMES.values()
        if name not in {plain(each.text()) for each in first.findChildren(QPushButton)}
    ] == []
    other = first.path.with_name("un-autre.jalon")
    first.take(other)
    first.type("pas encore tout")
    press(first, "العربية")
    window = app.opening
    assert window is not first
    assert window.layoutDirection() == Qt.LayoutDirection.RightToLeft
    assert window.isVisible()
    assert (window.path, window.typed) == (other, "pas encore tout")
    assert settings.load().language == "ar"


def test_a_record_is_brought_back_to_a_new_computer_from_a_copy_on_a_stick(
    app: App,  # noqa: F811
    qtbot,
    tmp_path: Path,
) -> None:
    here = app.opening.path
    (copy, *_more) = sorted(folder_of(here).glob("*.jalon"))
    new = tmp_path / "ailleurs"
    new.mkdir()
    app.opening.copy_asked.emit(copy, new)
    dialog = app.opening.findChild(RestoreDialog)
    qtbot.waitUntil(lambda: dialog.copies.current() is not None, timeout=20_000)
    assert dialog._path == new / here.name
    dialog.done(0)
    app.opening.copy_asked.emit(here, new)
    assert app.opening.path == here, "what is no copy is opened by its passphrase"


def test_another_language_over_unsaved_text_keeps_it_as_a_draft(app: App, qtbot) -> None:  # noqa: F811
    opened(app, qtbot)
    from db.queries.organisations import organisations_like

    partner = app.desk.record.read(organisations_like, "Femmes Debout")[0][0]
    app.window.go("partners/one", partner)
    qtbot.waitUntil(lambda: app.tasks.idle)
    app.window.page.form._bound[0].editor.setText("Pas encore enregistré")
    app._choose(settings.Settings(language="ar"))
    assert app.window.layoutDirection() == Qt.LayoutDirection.RightToLeft
    qtbot.waitUntil(lambda: app.tasks.idle and app.window.page.form._bound[0].editor.text() == "Pas encore enregistré")
    assert app.window.page.form.dirty
    app.window.page.form.load_state()


def test_text_that_no_draft_keeps_is_asked_about_before_the_language_changes(
    app: App,  # noqa: F811
    qtbot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    opened(app, qtbot)
    app.window.go("confidential-notes/one")
    qtbot.waitUntil(lambda: app.tasks.idle)
    form = app.window.page.form
    form.editor(ConfidentialNote.body).setPlainText("À sceller, inventé")
    asked: list[object] = []
    monkeypatch.setattr("desktop.ui.pages.form_page.ask_leave", lambda page: asked.append(page) or Leave.STAY)
    before = app.window
    app._choose(settings.Settings(language="ar"))
    assert asked == [before.page]
    assert app.window is before
    assert settings.load().language == "fr"
    assert form.editor(ConfidentialNote.body).toPlainText() == "À sceller, inventé"
    form.load_state()

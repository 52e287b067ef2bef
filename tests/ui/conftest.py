"""A window on a small record, in a settings folder of its own."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import asdict
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QDeadlineTimer, QEventLoop, QTimer
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QWidget

from db.backup import folder_of
from db.commands.activities import Around, add_activity
from db.commands.drafts import keep_draft
from db.commands.organisations import add_name, add_organisation
from db.commands.places import add_place
from db.commands.women_led import assess
from db.keys import keys_path
from db.record import Record
from desktop.ui import language, theme
from desktop.ui.desk import Desk
from desktop.ui.guide import GUIDE, Progress
from desktop.ui.main_window import MainWindow
from desktop.ui.pages.form_page import FormPage
from desktop.ui.refresh import Refresh
from desktop.ui.tasks import Tasks
from tests.builders import PASSPHRASE, new_record


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A record with a few partners, one assessment, two activities; copied for each test."""
    path = tmp_path_factory.mktemp("record") / "essai.jalon"
    record, _code = new_record(path)
    place = record.write(add_place, {"name": "Kasoro", "kind": "admin", "pcode": "ZZ01"})
    donor = record.write(add_organisation, {"name": "Fonds inventé"}, ("donor",))
    for name in ("Élan des mères", "Association Femmes Debout", "جمعية رائدات الصحراء"):
        partner = record.write(add_organisation, {"name": name, "type": "national_ngo"})
    record.write(add_name, partner, {"name": "Pionnières du désert", "language": "fr", "use": "official"})
    found = {"said": "yes", "definition": "WLO-50", "assessed_on": date(2026, 3, 8)}
    record.write(assess, partner, found, {"W-1": {"answer": "met", "evidence": "Liste du conseil"}})
    for title, declared in (("Écoute des survivantes", 1240), ("Espace ami des enfants", None)):
        values = {"title": title, "sector": "PRO-GBV", "partner_id": partner, "place_id": place}
        dates = {"starts_on": date(2026, 1, 5), "ends_on": date(2026, 6, 30)}
        record.write(add_activity, values | dates, Around("donor", donor, declared))
    # Whoever tests the guide forgets that it was closed; the others are not to look around it.
    record.note(keep_draft, record.person, GUIDE, None, asdict(Progress(0, 0, open=False)))
    record.close()
    return path


@pytest.fixture(scope="session", autouse=True)
def nobody_sits_here() -> Iterator[None]:
    """A dialog that waits for its answer is answered by its test, or it would wait for ever, also after a failure."""
    waits = QDialog.exec

    def not_for_ever(dialog: QDialog) -> int:
        def give_up() -> None:
            QDialog.done(dialog, 0)
            raise AssertionError(f"nobody answers {type(dialog).__name__}")

        QTimer.singleShot(30_000, dialog, give_up)
        return waits(dialog)

    def asked(*_of: object, **_more: object) -> None:
        raise AssertionError("nobody is there to choose a file")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(QDialog, "exec", not_for_ever)
        for name in ("getOpenFileName", "getOpenFileNames", "getSaveFileName", "getExistingDirectory"):
            patch.setattr(QFileDialog, name, asked)
        yield


@pytest.fixture(autouse=True)
def own_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody's choices are read or written."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "settings"))


@pytest.fixture(scope="session")
def dressed(qapp: QApplication) -> None:
    """The window's own looks and fonts."""
    theme.apply(qapp, "light", 100, theme.load_fonts())


@pytest.fixture
def speak(dressed: None) -> Iterator[Callable[[str], None]]:
    """Let the screen speak a language, and English again afterwards."""
    yield language.switch
    language.switch("en")


def copy_record(filled: Path, folder: Path) -> None:
    """Put the record there with its key file and its back-up, which closing would else make anew."""
    for file in (filled, keys_path(filled)):
        shutil.copy(file, folder / file.name)
    shutil.copytree(folder_of(filled), folder / folder_of(filled).name)


@pytest.fixture
def record(filled: Path, tmp_path: Path) -> Iterator[Record]:
    copy_record(filled, tmp_path)
    opened = Record.open(tmp_path / filled.name, PASSPHRASE)
    opened.reason = "Essai"
    yield opened
    opened._let_go()  # to close it would make a copy of it first


@pytest.fixture(scope="session")
def tasks(qapp: QApplication) -> Iterator[Tasks]:
    """One thread and one other process for all tests: to start that process costs more than most of them."""
    tasks = Tasks()
    yield tasks
    tasks.close()


@pytest.fixture
def desk(record: Record, speak: Callable[[str], None], tasks: Tasks, qtbot) -> Iterator[Desk]:
    speak("fr")
    desk = Desk(record, tasks, Refresh(record), practice=True)
    faults: list[Exception] = []
    note = faults.append
    tasks.failed.connect(note)
    yield desk
    settle(tasks)
    tasks.failed.disconnect(note)
    assert not faults


@pytest.fixture
def settled(desk: Desk) -> Callable[[], None]:
    """Wait until nothing is under way any more."""
    return lambda: settle(desk.tasks)


def settle(tasks: Tasks) -> None:
    """Let the window go on until the tasks say that all is done: to look every moment costs more than what is done."""
    loop, until = QEventLoop(), QDeadlineTimer(20_000)
    over = tasks.busy.connect(lambda busy: busy or loop.quit())
    while not tasks.idle and not until.hasExpired():
        QTimer.singleShot(until.remainingTime(), loop, loop.quit)
        loop.exec()
        QApplication.processEvents()
    tasks.busy.disconnect(over)
    assert tasks.idle


COMMANDS = ("open", "lock", "window", "undo", "redo", "settings", "news", "about")
"""What a window asks of the program."""


def throw_away(window: MainWindow) -> None:
    """Nobody is there to answer whether typed text should be saved."""
    for page in window.findChildren(FormPage):
        page.form.load_state()


@pytest.fixture
def window(desk: Desk, qtbot, settled: Callable[[], None]) -> Callable[..., MainWindow]:
    """Open the window in a language, as small as it may get."""

    before: list[MainWindow] = []

    def opened(spoken: str = "fr") -> MainWindow:
        for window in before:
            window.hide()
        language.switch(spoken)
        shown = MainWindow(desk, dict.fromkeys(COMMANDS, lambda: None), "Essai")
        before.append(shown)
        qtbot.addWidget(shown, before_close_func=throw_away)
        shown.resize(shown.minimumSize())
        with qtbot.waitActive(shown):
            shown.show()
            shown.activateWindow()
        settled()
        return shown

    return opened


@pytest.fixture
def press(qtbot) -> Callable[[QWidget, str], None]:
    """Press a shortcut in a window, once it is the one that hears keys."""

    def pressed(window: QWidget, keys: str) -> None:
        def heard() -> bool:
            window.activateWindow()
            return QApplication.activeWindow() is window

        qtbot.waitUntil(heard)
        combination = QKeySequence(keys)[0]
        QTest.keyClick(window, combination.key(), combination.keyboardModifiers())

    return pressed

"""What IT settled, as the window shows it; About with its licences; the check of this installation."""

import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QLineEdit

from desktop import policies, self_test, settings
from desktop.licences import carried
from desktop.self_test import Check, Found, Trial
from desktop.ui.dialogs import self_test as checking
from desktop.ui.dialogs.about import AboutDialog
from desktop.ui.dialogs.opening import language_choice
from desktop.ui.dialogs.self_test import SelfTestDialog
from desktop.ui.dialogs.settings import MINUTES, SettingsDialog, minutes_left
from desktop.ui.dialogs.told import rules_dialog
from desktop.ui.tasks import Tasks
from i18n import LANGUAGES

Speak = Callable[[str], None]


@pytest.fixture
def put(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Let IT settle this."""
    path = tmp_path / "etc" / "policies.toml"
    path.parent.mkdir(mode=0o755)
    monkeypatch.setattr(policies, "machine_place", lambda: path)
    monkeypatch.setattr(policies, "_ADMINISTRATOR", os.getuid() if hasattr(os, "getuid") else 0)

    def write(text: str) -> None:
        path.write_text(text, encoding="utf-8")
        path.chmod(0o644)

    return write


@pytest.fixture
def dialog(speak: Speak, qtbot) -> Callable[[], SettingsDialog]:
    """The settings, with what was applied in `saved`."""

    def opened() -> SettingsDialog:
        made = SettingsDialog(settings.load(), saved.append, kept.append, None)
        made.saved, made.kept = saved, kept
        qtbot.addWidget(made)
        made.show()
        return made

    saved: list[settings.Settings] = []
    kept: list[bool] = []
    speak("fr")
    return opened


def offered(box: QComboBox) -> list[Any]:
    return [box.itemData(place) for place in range(box.count())]


def test_where_it_settled_nothing_everything_can_be_chosen(put: Callable[[str], None], dialog) -> None:
    shown = dialog()
    assert offered(shown._lock) == list(MINUTES) and offered(shown._language) == list(LANGUAGES)
    assert shown._keep.isEnabled() and not shown.findChildren(QLineEdit)
    assert not [one for one in shown.findChildren(QComboBox) if one.accessibleDescription()]


def test_choices_are_narrowed_and_it_is_said_who_did_that(put: Callable[[str], None], dialog, qtbot) -> None:
    settings.save(settings.Settings(lock_after=60))
    put('languages = ["fr", "ar"]\nlock_after_at_most = 20\nkeyring = false\nupdates = false\npassphrase_at_least = 12')
    shown = dialog()
    assert offered(shown._lock) == [5, 10, 15, 20] and shown._lock.currentData() == 20
    assert offered(shown._language) == ["fr", "ar"] == offered(language_choice("fr"))
    for widget in (shown._lock, shown._language, shown._keep, *shown.findChildren(QLineEdit)):
        assert widget.accessibleDescription() and widget.toolTip()
        around = widget.parentWidget() if not isinstance(widget, QLineEdit) else widget.parentWidget().parentWidget()
        assert next(one.text() for one in around.findChildren(QLabel)) == widget.accessibleDescription(), "with it"
    assert shown.minimumSizeHint().height() < 400, "its answers are in reach on a small screen"
    shown.show_keyring(True)
    assert not shown._keep.isEnabled()
    lines = shown.findChildren(QLineEdit)
    assert len(lines) == 2 and not [line for line in lines if line.isEnabled()] and "12" in lines[0].text()
    with qtbot.waitActive(shown):
        shown.activateWindow()
    QTest.keyClick(shown._lock, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert shown.saved[0].lock_after == 20 and shown.kept == []


def test_a_single_choice_that_is_left_is_shown_and_cannot_be_changed(put: Callable[[str], None], dialog) -> None:
    put('languages = ["fr"]\nlock_after_at_most = 5')
    shown = dialog()
    assert not shown._lock.isEnabled() and not shown._language.isEnabled()
    shown._save()
    assert (shown.saved[0].language, shown.saved[0].lock_after) == ("fr", 5)


@pytest.mark.parametrize("most", [5, 7, 60, 61, 240])
def test_the_longest_time_that_it_allows_can_be_chosen(most: int) -> None:
    left = minutes_left(policies.Policies(lock_after_at_most=most))
    assert max(left) == most and left == sorted(set(left))


def test_rules_that_cannot_be_relied_on_are_told(put: Callable[[str], None], speak: Speak, qtbot) -> None:
    speak("ar")
    assert rules_dialog(None) is None
    put("keyring = maybe")
    told = rules_dialog(None)
    assert told is not None
    qtbot.addWidget(told)
    assert "policies.toml" in told._body


def test_about_shows_every_licence_and_how_the_copy_is_brought_up_to_date(speak: Speak, qtbot) -> None:
    speak("es")
    about = AboutDialog(None)
    qtbot.addWidget(about)
    assert about._parts.count() == len(carried()) > 30
    names = [about._parts.item(row).data(Qt.ItemDataRole.UserRole).name for row in range(about._parts.count())]
    about._parts.setCurrentRow(names.index("SQLAlchemy"))
    assert "Michael Bayer" in about._licence.toPlainText()
    about._parts.setCurrentRow(names.index("Noto"))
    assert "SIL OPEN FONT LICENSE" in about._licence.toPlainText()


def test_the_check_of_this_installation_tells_each_outcome_and_can_be_copied(
    speak: Speak, tasks: Tasks, qtbot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(trial: Trial) -> Found:
        trial.progress(0.5)
        raise OSError("broken on purpose")

    checks = (*(one for one in self_test.CHECKS if one.name in ("fonts", "solver")), Check("made", "Made", breaks))
    monkeypatch.setattr(self_test, "CHECKS", checks)
    monkeypatch.setattr(checking, "CHECKS", checks)
    speak("fr")
    dialog = SelfTestDialog(tasks, None)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.begin()
    qtbot.waitUntil(lambda: dialog._copy.isEnabled(), timeout=20_000)
    assert len(dialog.found.splitlines()) == 4 and "broken on purpose" in dialog.found
    assert dialog._note.property("is") == "error"
    dialog._copy.click()
    assert QApplication.clipboard().text() == dialog.found


def test_the_check_is_stopped_and_leaves_nothing(
    speak: Speak, tasks: Tasks, qtbot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))

    def waits(trial: Trial) -> Found:
        while not trial.cancelled():
            time.sleep(0.01)
        raise self_test.Stopped

    monkeypatch.setattr(self_test, "CHECKS", (Check("waits", "Waits", waits),))
    speak("en")
    dialog = SelfTestDialog(tasks, None)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.begin()
    qtbot.waitUntil(lambda: bool(list(tmp_path.glob("jalon-self-test-*"))), timeout=20_000)
    dialog._work.cancel()
    qtbot.waitUntil(lambda: tasks.idle, timeout=20_000)
    assert not list(tmp_path.glob("jalon-self-test-*"))
    assert dialog._note.text()

"""Help > Install an update: from the file to the version that waits, and what is told where there is none."""

import json
import shutil
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton, QTextBrowser

from db.backup import copies, folder_of
from desktop.ui.desk import Desk
from desktop.ui.dialogs import updating
from desktop.ui.dialogs.updating import UpdateDialog, sent_back_dialog
from desktop.ui.parts import Note
from desktop.updates.layout import REFUSED, VERSIONS, named, root_of
from desktop.updates.place import Place
from desktop.updates.staging import Progress, stage
from tests.updates.copies import FAILS, NEW, OLD, SOUND, installed, made, place_of, start, versions


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy that this process seems to run from; the other process is the Python that it is."""
    root = installed(tmp_path / "Jalon").root
    program = root / VERSIONS / OLD / "jalon"
    monkeypatch.setattr(updating, "here", lambda: place_of(root))
    monkeypatch.setattr(updating, "root_of", lambda _program: root_of(program))
    return root


def shown(dialog: UpdateDialog) -> list[str]:
    return [button.text() for button in dialog.findChildren(QPushButton) if button.isVisibleTo(dialog)]


def said(dialog: UpdateDialog) -> str:
    return dialog.findChildren(Note)[0].text()


def test_a_file_is_looked_at_then_the_record_copied_and_the_version_put_in_place(
    root: Path, tmp_path: Path, desk: Desk, settled: Callable[[], None]
) -> None:
    shutil.rmtree(folder_of(desk.record.path))
    dialog = UpdateDialog(desk, None)
    dialog.take(made(tmp_path))
    settled()
    assert NEW in said(dialog) and versions(root) == {OLD}
    dialog.install()
    settled()
    assert NEW in said(dialog) and len(copies(desk.record.path)) == 1
    assert len(shown(dialog)) == 2, "close it, or restart"
    assert start(root) == NEW


def test_what_does_not_fit_is_said_and_another_file_can_be_chosen(
    root: Path, tmp_path: Path, desk: Desk, settled: Callable[[], None]
) -> None:
    dialog = UpdateDialog(desk, None)
    dialog.take(made(tmp_path, "0.3.0"))
    settled()
    assert "0.3.0" in said(dialog) and len(shown(dialog)) == 3
    (broken := tmp_path / "broken.update").write_bytes(b"PK")
    dialog.take(broken)
    settled()
    assert "broken.update" in said(dialog)


def test_restarting_tries_the_new_version_first(
    root: Path, tmp_path: Path, desk: Desk, settled: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[Path, Path]] = []
    monkeypatch.setattr(updating, "restart", lambda *what: asked.append(what))
    for trial, starts in ((FAILS, OLD), (SOUND, NEW)):
        (folder := tmp_path / starts).mkdir()
        dialog = UpdateDialog(desk, None)
        dialog.take(made(folder, trial=trial))
        settled()
        dialog.install()
        settled()
        dialog.restart()
        settled()
        assert named(root / "current") == starts
        if starts == OLD:
            assert NEW in said(dialog) and "the fonts are missing" in said(dialog) and not asked
    assert asked == [(root, desk.record.path)]


def test_leaving_half_way_leaves_nothing(
    root: Path,
    tmp_path: Path,
    desk: Desk,
    settled: Callable[[], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    left = threading.Event()

    def staged(path: Path, place: Place, progress: Progress, stopped: Callable[[], bool]) -> str:
        assert left.wait(10)
        return stage(path, place, progress, stopped)

    monkeypatch.setattr(updating, "stage", staged)
    dialog = UpdateDialog(desk, None)
    dialog.take(made(tmp_path))
    settled()
    dialog.install()
    dialog.reject()
    left.set()
    settled()
    assert versions(root) == {OLD}


def test_a_copy_that_others_bring_up_to_date_says_who(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "platform", "linux")
    dialog = UpdateDialog(desk, None)
    assert len(shown(dialog)) == 1 and said(dialog)


def test_an_update_that_was_sent_back_is_told_once(root: Path, monkeypatch: pytest.MonkeyPatch, desk: Desk) -> None:
    assert sent_back_dialog(None) is None
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert sent_back_dialog(None) is None
    (root / REFUSED).write_text(json.dumps({"version": NEW, "why": "failed", "said": "fonts"}))
    told = sent_back_dialog(None)
    assert told is not None and NEW in (text := told.findChildren(QTextBrowser)[0].toPlainText()) and "fonts" in text
    assert sent_back_dialog(None) is None

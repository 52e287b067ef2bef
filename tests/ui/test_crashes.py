"""What went wrong is kept without data until the next start, shown once there, and saved or deleted."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QPlainTextEdit

from desktop.ui import crashes
from desktop.ui.clipboard import copy_secret
from desktop.ui.dialogs.faults import FaultsDialog
from desktop.ui.errors import Faults, where
from tests.syntax import ROOT

TYPED = "Femmes debout de Kasoro"


def fault() -> Exception:
    """A fault of ours that quotes what somebody typed."""
    try:
        raise ValueError(TYPED)
    except ValueError as error:
        return error


def test_a_fault_is_kept_once_without_what_was_typed_and_shown_at_the_next_start(
    speak: Callable[[str], None], settled: Callable[[], None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    speak("en")
    now = Faults()
    for _time in range(3):
        now.report(fault())
    settled()
    assert now._shown is not None
    now._shown.accept()
    kept = crashes.kept()
    assert kept.count("ValueError") == 1 and "test_crashes.py" in kept and kept.startswith("Jalon ")
    assert TYPED not in crashes.path().read_text() and str(ROOT) not in kept
    then = Faults()
    dialog = FaultsDialog(then.before(), None)
    assert then.before() == "", "it is shown once"
    assert "ValueError" in dialog.findChild(QPlainTextEdit).toPlainText()
    out = tmp_path / "faults.txt"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_asked: (str(out), ""))
    dialog.save()
    assert out.read_text() == kept and crashes.kept() == ""


def test_without_a_fault_nothing_is_shown(dressed: None) -> None:
    assert Faults().before() == ""


DYING = "import faulthandler; from desktop.ui import crashes; crashes.watch(); faulthandler._sigsegv()"


@pytest.mark.skipif(sys.platform == "win32", reason="the test kills itself by a signal")
def test_a_death_of_the_whole_program_leaves_its_trace_without_folders() -> None:
    assert subprocess.run([sys.executable, "-c", DYING], cwd=ROOT, check=False).returncode != 0
    assert "Segmentation fault" in crashes.kept()
    assert str(ROOT) not in crashes.kept()


def test_the_kinds_of_error_and_the_lines_are_told_never_the_message() -> None:
    assert TYPED not in where(fault()) and "test_crashes.py" in where(fault())


def test_a_secret_is_copied_with_the_mark_that_histories_of_the_clipboard_heed(dressed: None) -> None:
    clipboard = QGuiApplication.clipboard()
    copy_secret(clipboard, "ABCD-EFGH")
    copied = clipboard.mimeData()
    assert copied.text() == "ABCD-EFGH" and bytes(copied.data("x-kde-passwordManagerHint").data()) == b"secret"
    clipboard.clear()


LIMITED = """
import resource
from desktop.limits import no_dump
no_dump()
print(resource.getrlimit(resource.RLIMIT_CORE)[0])
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limit")
def test_a_program_that_dies_leaves_no_image_of_its_memory() -> None:
    said = subprocess.run([sys.executable, "-c", LIMITED], cwd=ROOT, check=True, capture_output=True, text=True)
    assert said.stdout.strip() == "0"

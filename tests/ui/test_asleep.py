"""The record is locked when the computer goes to sleep or its session is locked, whoever tells it."""

import ctypes
import os
import shutil
import subprocess
import sys
import time
from ctypes import wintypes
from pathlib import Path

import pytest

from desktop.ui.asleep import Asleep, Messages

LISTENING = """
import sys
from PySide6.QtCore import QCoreApplication, QTimer
from desktop.ui.asleep import Asleep
app = QCoreApplication([])
asleep, heard = Asleep(), []
def told():
    heard.append(1)
    print("left", flush=True)
    if len(heard) == 2:
        app.quit()
asleep.left.connect(told)
print("ready", flush=True)
QTimer.singleShot(20_000, app.quit)
app.exec()
"""


def test_a_clock_that_jumped_means_that_the_computer_slept(qtbot) -> None:
    asleep, left = Asleep(), []
    asleep.left.connect(lambda: left.append(1))
    asleep.look(time.time() + 20)
    asleep.look(time.time())
    assert not left, "the clock goes on, or is set back"
    asleep.look(time.time() + 300)
    assert left == [1]


def test_only_the_beginning_of_sleep_locks(qtbot) -> None:
    asleep, left = Asleep(), []
    asleep.left.connect(lambda: left.append(1))
    asleep.heard(False)
    assert not left
    asleep.heard(True)
    asleep.locked()
    assert left == [1, 1]


def test_what_windows_tells_is_understood() -> None:
    told: list[int] = []
    messages = Messages(lambda: told.append(1))
    for kind, number, parameter in (
        (b"windows_generic_MSG", 0x0218, 0x04),
        (b"windows_generic_MSG", 0x02B1, 0x07),
        (b"windows_generic_MSG", 0x02B1, 0x08),
        (b"windows_generic_MSG", 0x0200, 0x04),
        (b"xcb_generic_event_t", 0x0218, 0x04),
    ):
        message = wintypes.MSG()
        message.message, message.wParam = number, parameter
        assert messages.nativeEventFilter(kind, ctypes.addressof(message)) == (False, 0)
    assert len(told) == 2


@pytest.mark.skipif(not shutil.which("dbus-run-session"), reason="needs dbus-run-session and dbus-send (package dbus)")
def test_a_desktop_that_covers_its_screen_is_heard(tmp_path: Path) -> None:
    script = tmp_path / "bus.sh"
    script.write_text(
        """"$1" -c "$2" > "$3" &
for turn in $(seq 400); do if grep -q ready "$3" 2>/dev/null; then break; fi; sleep 0.05; done
for saver in gnome freedesktop; do
  dbus-send --session --type=signal / org.$saver.ScreenSaver.ActiveChanged boolean:false
  dbus-send --session --type=signal / org.$saver.ScreenSaver.ActiveChanged boolean:true
done
wait
"""
    )
    out = tmp_path / "told"
    ran = ["dbus-run-session", "--", "sh", str(script), sys.executable, LISTENING, str(out)]
    subprocess.run(ran, env=os.environ | {"QT_QPA_PLATFORM": "offscreen"}, check=True, timeout=30, capture_output=True)
    assert out.read_text().split() == ["ready", "left", "left"]

"""The longest that the window's thread works in one go while a record is opened: nothing moves on the screen meanwhile.

Run as: bash packaging/bench gap. From the passphrase to the first page of the practice record; CPU time of that thread
between two turns of its loop, beside the showing of a form of a hundred inputs by Qt alone. Aim: 50 ms on a laptop.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median

from db import keys
from desktop.opening import PRACTICE_PASSPHRASE
from desktop.sample import make_practice_record

TURNS = 5
ROOT = Path(__file__).resolve().parents[2]
_TICKING = """
import sys, time
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QFormLayout, QLineEdit, QWidget

app = QApplication([])
gaps, before = [], time.thread_time()

def tick():
    global before
    now = time.thread_time()
    gaps.append(now - before)
    before = time.thread_time()

ticking = QTimer(interval=0)
ticking.timeout.connect(tick)

def started():
    global before
    gaps.clear()
    before = time.thread_time()
    ticking.start()

def told():
    longest = sorted(gaps, reverse=True)[:3]
    print(*(f"{gap * 1000:.1f}" for gap in longest))
"""
_FORM = f"""{_TICKING}
def show():
    started()
    form = QWidget()
    lines = QFormLayout(form)
    for number in range(100):
        lines.addRow(str(number), QLineEdit(str(number)))
    form.show()
    app.form = form
QTimer.singleShot(0, show)
QTimer.singleShot(500, app.quit)
app.exec()
told()
"""
_OPENING = f"""{_TICKING}
from pathlib import Path
from desktop.ui.app import App

path = Path(sys.argv[1])
office = App(app)
office.start(path)

def go_on(until, then):
    QTimer.singleShot(20, then if until() else lambda: go_on(until, then))

def ask():
    started()
    office.opening.asked.emit(path, "mesure mesure")
    shown = lambda: office.window is not None and office.window.isVisible() and office.tasks.idle
    go_on(shown, lambda: QTimer.singleShot(200, app.quit))

go_on(lambda: "desktop.ui.main_window" in sys.modules and office.tasks.idle, ask)
app.exec()
told()
office.windows.put_away()
office.end()
"""


def longest(program: str, *arguments: str, environment: dict[str, str]) -> list[float]:
    """The three longest turns of a program's loop, in milliseconds of CPU."""
    done = subprocess.run(
        [sys.executable, "-c", program, *arguments],
        env=environment, cwd=ROOT, check=True, capture_output=True, text=True, timeout=120,
    )  # fmt: skip
    return [float(each) for each in done.stdout.split()]


def main() -> None:
    """Print the medians and their ratio."""
    with tempfile.TemporaryDirectory() as folder:
        own = dict.fromkeys(("HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"), folder)
        environment = os.environ | own | {"QT_QPA_PLATFORM": "offscreen"}
        record = make_practice_record(Path(folder, "mesure.jalon")).record
        # One to practise with opens by itself.
        keys.change_passphrase(record, keys.unlock(record, PRACTICE_PASSPHRASE), "mesure mesure")
        form = median(longest(_FORM, environment=environment)[0] for _turn in range(TURNS))
        turns = [longest(_OPENING, str(record), environment=environment) for _turn in range(TURNS)]
        ours = [median(turn[place] for turn in turns) for place in range(3)]
        told = ", ".join(f"{gap:.0f}" for gap in ours)
        print(
            f"longest turns of the window's thread while a record opens: {told} ms CPU (aim: 50); a form of Qt's"
            f" {form:.0f} ms: ratio {ours[0] / form:.1f}"
        )


if __name__ == "__main__":
    main()

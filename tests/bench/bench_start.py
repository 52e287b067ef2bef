"""From starting the program to its first painted window, beside an empty window of Qt.

Run as: bash packaging/bench start. Both are started in turn, warm and offscreen; each says when it has
painted. Aim: under twice the empty window.
"""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from i18n.catalogues import build

TURNS = 15
ROOT = Path(__file__).resolve().parents[2]
PAINTED = """
class Painted(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint:
            os.write(1, b"painted")
            os._exit(0)
        return False

painted = Painted()
app.installEventFilter(painted)
"""
EMPTY = f"""
import os
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QMainWindow
app = QApplication([])
{PAINTED}
window = QMainWindow()
window.show()
app.exec()
"""
OURS = f"""
import os
from desktop.ui.app import App
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication
app = QApplication([])
{PAINTED}
office = App(app)
office.start(None)
app.exec()
"""


def painted_after(program: str, environment: dict[str, str]) -> float:
    """Seconds from starting a program to its first paint."""
    begun = time.perf_counter()
    subprocess.run(
        [sys.executable, "-c", program], env=environment, cwd=ROOT, check=True, capture_output=True, timeout=60
    )
    return time.perf_counter() - begun


def main() -> None:
    """Print both medians and their ratio."""
    build()  # as set-up does
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "XDG_CONFIG_HOME": folder}
        times: dict[str, list[float]] = {EMPTY: [], OURS: []}
        for turn in range(TURNS + 1):
            for program, taken in times.items():
                seconds = painted_after(program, environment)
                if turn:  # the first turn warms the disk's cache
                    taken.append(seconds)
        empty, ours = (median(taken) for taken in times.values())
        print(f"empty window {empty * 1000:.0f} ms, Jalon {ours * 1000:.0f} ms: ratio {ours / empty:.2f} (aim: < 2)")


if __name__ == "__main__":
    main()

"""The passphrase window paints first; the rest is read behind it."""

import os
import subprocess
import sys
from pathlib import Path

SEES_FIRST_PAINT = """
import sys
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication
from desktop.ui.app import App

class First(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint:
            print(*{"sqlalchemy", "reportlab", "PIL", "sqlcipher3", "keyring"} & set(sys.modules))
            sys.stdout.flush()
            import os
            os._exit(0)
        return False

app = QApplication([])
first = First()
app.installEventFilter(first)
office = App(app)
office.start(None)
app.exec()
"""


def test_nothing_heavy_is_imported_before_the_first_paint(tmp_path: Path) -> None:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "XDG_CONFIG_HOME": str(tmp_path)}
    shown = subprocess.run(
        [sys.executable, "-c", SEES_FIRST_PAINT],
        capture_output=True,
        text=True,
        timeout=60,
        env=environment,
        cwd=Path(__file__).parents[2],
        check=False,
    )
    assert shown.returncode == 0, shown.stderr
    assert shown.stdout.split() == []

"""A window that nobody sees, drawn to find out whether this copy can: its platform, fonts, icons, words and printers.

Asked for by the self-test in a process of its own; the answer goes into a file.
"""

import json
from pathlib import Path

from PySide6.QtCore import QLibraryInfo, qVersion
from PySide6.QtGui import QFontDatabase, QImage
from PySide6.QtPrintSupport import QPrinterInfo
from PySide6.QtWidgets import QApplication

from desktop.ui import language, theme
from desktop.ui.dialogs.opening import OpeningWindow
from desktop.ui.icons import icon
from i18n import LANGUAGES

_COLOURS = 24
"""A page with letters on it has more than these: their edges are smoothed."""


def check_window(out: Path) -> int:
    """Draw the first window in every language, and write down what came of it."""
    app = QApplication.instance() or QApplication(["jalon"])
    assert isinstance(app, QApplication)
    families = theme.load_fonts()
    theme.apply(app, "light", 100, families)
    drawn = []
    for spoken in LANGUAGES:
        language.switch(spoken)
        window = OpeningWindow(None)
        if len(_colours(window.grab().toImage())) >= _COLOURS:
            drawn.append(spoken)
        window.deleteLater()
    writes = {system for family in families for system in QFontDatabase.writingSystems(family)}
    qts = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))
    found = {
        "platform": app.platformName(),
        "qt": qVersion(),
        "languages": drawn,
        "scripts": sorted(system.name for system in writes),
        "icons": len(_colours(icon("shield").pixmap(32).toImage())) > 1,
        "own_words": [spoken for spoken in LANGUAGES if (qts / f"qtbase_{spoken}.qm").is_file()],
        "printers": QPrinterInfo.availablePrinterNames(),
    }
    out.write_text(json.dumps(found, ensure_ascii=False), encoding="utf-8")
    return 0


def _colours(picture: QImage) -> set[int]:
    return {picture.pixel(x, y) for x in range(picture.width()) for y in range(picture.height())}

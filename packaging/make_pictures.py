"""Takes the small pictures of every page that the README shows, in French and Arabic, of the practice record.

    python packaging/make_pictures.py [FOLDER]

Pictures follow the program, so they are made again and looked at whenever a page changes; small, because everybody who
clones the project fetches them.
"""

import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from PySide6.QtGui import QPixmap

    from db.record import Record

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # before anything imports Qt
ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
WIDTH, HEIGHT, SHOWN_WIDTH, COLOURS = 1180, 720, 900, 96
LONGEST_WAIT = 60
COMMANDS = ("open", "lock", "undo", "redo", "search", "settings", "help", "news", "about")


def take(folder: Path) -> None:
    """Every page in both languages."""
    from PySide6.QtWidgets import QApplication

    from desktop.opening import open_record
    from desktop.sample import make_practice_record
    from desktop.ui import theme

    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        os.environ["XDG_CONFIG_HOME"] = scratch  # nobody's own choices show
        app = QApplication([])
        families = theme.load_fonts()
        made = make_practice_record(Path(scratch) / "exercice.jalon")
        with open_record(made.record).record as record:
            for spoken, mode in (("fr", "light"), ("ar", "dark")):
                theme.apply(app, mode, 100, families)
                for name, picture in pages(record, spoken, made.to_import[0]):
                    keep(picture, folder / f"{name}-{spoken}.png")


def pages(record: "Record", spoken: str, sheet: Path) -> Iterator[tuple[str, "QPixmap"]]:
    """Each page as it looks when it has settled."""
    from db.queries.organisations import organisations_like
    from desktop.ui import language
    from desktop.ui.desk import Desk
    from desktop.ui.dialogs.opening import OpeningWindow
    from desktop.ui.main_window import MainWindow
    from desktop.ui.refresh import Refresh
    from desktop.ui.tasks import Tasks

    language.switch(spoken)
    opening = OpeningWindow(Path("exercice.jalon"), locked=True)
    opening.show()
    wait(lambda: True)
    yield "opening", opening.grab()
    opening.deleteLater()
    tasks = Tasks()
    desk = Desk(record, tasks, Refresh(record), practice=True)
    window = MainWindow(desk, {name: lambda: None for name in COMMANDS}, "Jalon")
    window.resize(WIDTH, HEIGHT)
    window.show()
    partner = next(id for id, name in record.read(organisations_like, "") if name.startswith("Femmes debout"))
    for key, about in {"home": None, "partners": None, "partner": partner, "activities": None, "history": None}.items():
        window.go(key, about)
        wait(lambda: tasks.idle)
        yield key, window.grab()
    window.go("import")
    page: Any = window.page
    page.take(sheet)
    wait(lambda: tasks.idle)
    yield "import-columns", window.grab()
    page.save()
    wait(lambda: tasks.idle)
    yield "import-preview", window.grab()
    window.go("reports")
    page = window.page
    wait(lambda: tasks.idle)
    page.preview()
    wait(lambda: tasks.idle)
    yield "reports", window.grab()
    window.close()
    tasks.close()


def wait(settled: Callable[[], bool]) -> None:
    """Let the program go on until nothing is under way, and a moment longer for what is still being drawn."""
    from PySide6.QtTest import QTest

    until = time.monotonic() + LONGEST_WAIT
    QTest.qWait(200)
    while not settled() and time.monotonic() < until:
        QTest.qWait(50)
    QTest.qWait(400)


def keep(picture: "QPixmap", path: Path) -> None:
    """A picture as a small file."""
    from PIL import Image
    from PySide6.QtCore import QBuffer, QIODevice

    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    picture.save(buffer, "PNG")
    with Image.open(BytesIO(bytes(buffer.data().data()))) as image:
        width = min(SHOWN_WIDTH, image.width)
        small = image.convert("RGB").resize(
            (width, round(image.height * width / image.width)), Image.Resampling.LANCZOS
        )
        small.quantize(COLOURS, dither=Image.Dither.NONE).save(path, optimize=True)


if __name__ == "__main__":
    take(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "resources" / "pictures")

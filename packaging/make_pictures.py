"""Takes small pictures of the pages that tell what Jalon does, in French and Arabic, of the practice record.

    python packaging/make_pictures.py [FOLDER]

Pictures follow the program, so they are made again and looked at whenever a page changes; small, because everybody who
clones the project fetches them.
"""

import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date
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
COMMANDS = ("open", "lock", "undo", "redo", "settings", "news", "about", "window")
PARTNER, DONOR = "Femmes debout de Kivara", "Coopération d’Arvanie"
AGREEMENT, ENGAGEMENT = "Espaces sûrs pour les femmes déplacées", "Réunion de suivi"
TWICE = "Femmes debout du Kivara"
REPORT = "Note à la Coopération d’Arvanie"
SAID = ("Les espaces sûrs restent ouverts malgré la saison des pluies.", "Nous demandons deux dates de visite en mars.")
PERIOD = (date(2026, 1, 1), date(2026, 6, 30))
LOOKED_FOR = {"fr": "femmes deplacees", "ar": "كيفارا"}


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
                    keep(png(picture), folder / f"{name}-{spoken}.png")
                for name, printed in reports(record, spoken):
                    keep(printed, folder / f"{name}-{spoken}.png")


def pages(record: "Record", spoken: str, sheet: Path) -> Iterator[tuple[str, "QPixmap"]]:
    """Each page as it looks when it has settled."""
    from PySide6.QtTest import QTest

    from db.models import Organisation
    from desktop.ui import language
    from desktop.ui.desk import ONE, Desk
    from desktop.ui.dialogs.merge import ORGANISATIONS, MergeDialog, values_of
    from desktop.ui.main_window import MainWindow
    from desktop.ui.refresh import Refresh
    from desktop.ui.tasks import Tasks

    language.switch(spoken)
    tasks = Tasks()
    desk = Desk(record, tasks, Refresh(record), practice=True)
    window = MainWindow(desk, {name: lambda: None for name in COMMANDS}, "Jalon")
    window.resize(WIDTH, HEIGHT)
    window.show()
    for name, (key, about, part) in shown(record).items():
        window.go(key, about)
        wait(lambda: tasks.idle)
        if part:
            look_at(window.page, part)
            wait(lambda: tasks.idle)
        yield name, window.grab()
    window.go("import")
    page: Any = window.page
    page.take(sheet)
    wait(lambda: tasks.idle)
    page.save()
    wait(lambda: tasks.idle)
    yield "import-preview", window.grab()
    window.go("reports" + ONE, written(record))
    wait(lambda: tasks.idle)
    wait(lambda: tasks.idle)
    yield "writing", window.grab()
    window.go("home")
    wait(lambda: tasks.idle)
    window.activateWindow()
    QTest.qWaitForWindowActive(window)
    window.search.begin()
    window.search.insert(LOOKED_FOR[spoken])
    wait(lambda: tasks.idle)
    yield "search", window.grab()
    window.search.clear()
    window.go("partners")
    wait(lambda: tasks.idle)
    pair = the_same_twice(record)
    both = record.read(values_of, Organisation, *pair)
    yield "merge", over(window, MergeDialog(desk, ORGANISATIONS, pair, both, window))
    window.close()
    tasks.close()


def shown(record: "Record") -> dict[str, tuple[str, Any, str]]:
    """What is shown: by the name of its picture, the page, the thing on it, and the part that is opened."""
    from db.queries.entries import entries_like
    from desktop.ui.desk import ONE

    def one(table: str, name: str) -> Any:
        return record.read(entries_like, table, name)[0][0]

    return {
        "home": ("home", None, ""),
        "calendar": ("calendar", None, ""),
        "partners": ("partners", None, ""),
        "women-led": ("partners" + ONE, one("organisation", PARTNER), "WomenLedPart"),
        "agreement": ("agreements" + ONE, one("agreement", AGREEMENT), "GlancePart"),
        "donor": ("donors" + ONE, one("organisation", DONOR), "GlancePart"),
        "engagement": ("engagements" + ONE, one("engagement", ENGAGEMENT), ""),
        "shares": ("shares", None, ""),
    }


def look_at(page: Any, part: str) -> None:
    """Open the part of a page that is made by this class."""
    places = range(page.tabs.count())
    page.tabs.go(next(place for place in places if type(page.tabs.part(place)).__name__ == part))
    page.tabs.begin()


def written(record: "Record") -> Any:
    """A report that somebody writes, with a figure cited; begun once for all languages."""
    from db import prose
    from db.commands.reports import start_report, write_text
    from db.queries.entries import entries_like
    from db.queries.reports import written as read
    from desktop.deliver import Order, gather
    from desktop.reports.offer import report_called
    from desktop.reports.written import asked_of

    if found := record.read(entries_like, "written_report", REPORT):
        return found[0][0]
    donor = record.read(entries_like, "organisation", DONOR)[0][0]
    values = {"title": REPORT, "report": "donor-briefing", "donor_id": donor, "language": "fr", "languages": "ar"}
    id = record.write(start_report, values, [])
    asked = asked_of(record.read(read, id))
    parts = report_called("donor-briefing").parts(gather(record, Order("donor-briefing", asked, "fr", "pdf")).plain)
    for part, said in zip(parts, SAID, strict=False):
        record.write(write_text, id, part.name, "fr", prose.data_of(prose.plain(said)))
    return id


def the_same_twice(record: "Record") -> tuple[Any, Any]:
    """The partner, and what a colleague may have added besides; added once for all languages."""
    from db.commands.entries import add
    from db.models import Organisation
    from db.queries.entries import entries_like

    found = [id for id, *_ in record.read(entries_like, "organisation", TWICE)]
    again = found[0] if found else record.write(add, Organisation, {"name": TWICE, "country": "CD", "acronym": "FDK"})
    return record.read(entries_like, "organisation", PARTNER)[0][0], again


def over(window: Any, dialog: Any) -> "QPixmap":
    """A dialog over its window, as people see it."""
    from PySide6.QtGui import QColor, QPainter

    dialog.open()
    wait(lambda: True)
    picture: QPixmap = window.grab()
    on_top = dialog.grab()
    painter = QPainter(picture)
    painter.fillRect(picture.rect(), QColor(0, 0, 0, 90))
    painter.drawPixmap((picture.width() - on_top.width()) // 2, (picture.height() - on_top.height()) // 2, on_top)
    painter.end()
    dialog.reject()
    return picture


def wait(settled: Callable[[], bool]) -> None:
    """Let the program go on until nothing is under way, and a moment longer for what is still being drawn."""
    from PySide6.QtTest import QTest

    until = time.monotonic() + LONGEST_WAIT
    QTest.qWait(200)
    while not settled() and time.monotonic() < until:
        QTest.qWait(50)
    QTest.qWait(400)


def reports(record: "Record", spoken: str) -> Iterator[tuple[str, bytes]]:
    """The first two pages of the reports that are sent most, as they are printed."""
    import pypdfium2
    from PIL import Image

    from db.queries.entries import entries_like
    from db.queries.scope import Scope
    from desktop.deliver import Order, gather, make
    from desktop.reports.report import Asked

    donor = record.read(entries_like, "organisation", DONOR)[0][0]
    for name, first in (("donor-briefing", 0), ("donor-narrative", 2)):
        order = Order(name, Asked(Scope(*PERIOD, donor=donor)), spoken, "pdf")
        printed = pypdfium2.PdfDocument(make(gather(record, order), order).content)
        sides = [printed[number].render(scale=1.4).to_pil() for number in (first, first + 1)]
        sheet = Image.new("RGB", (sum(side.width for side in sides), sides[0].height), "white")
        for place, side in enumerate(sides if spoken != "ar" else sides[::-1]):
            sheet.paste(side, (place * side.width, 0))
        target = BytesIO()
        sheet.save(target, "PNG")
        yield name, target.getvalue()


def png(picture: "QPixmap") -> bytes:
    """A picture of the window as a file."""
    from PySide6.QtCore import QBuffer, QIODevice

    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    picture.save(buffer, "PNG")
    return bytes(buffer.data().data())


def keep(picture: bytes, path: Path) -> None:
    """A picture as a small file."""
    from PIL import Image

    with Image.open(BytesIO(picture)) as image:
        width = min(SHOWN_WIDTH, image.width)
        small = image.convert("RGB").resize(
            (width, round(image.height * width / image.width)), Image.Resampling.LANCZOS
        )
        small.quantize(COLOURS, dither=Image.Dither.NONE).save(path, optimize=True)


if __name__ == "__main__":
    take(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "resources" / "pictures")

"""A report made in the window leaves, is kept in the register, and its writer is told of what earlier files forbid."""

from collections.abc import Callable
from pathlib import Path

from db.commands.activities import Around, add_activity
from db.queries.released import Reader, earlier
from desktop.deliver import Order
from desktop.guard.audiences import Audience
from desktop.reports.report import Asked
from desktop.ui.desk import Desk
from desktop.ui.pages.reports import QuickReportPage


def test_the_writer_is_told_what_files_that_left_before_forbid(
    desk: Desk, speak: Callable[[str], None], settled: Callable[[], None], tmp_path: Path
) -> None:
    speak("en")
    page = QuickReportPage(desk)
    order = Order("protection-overview", Asked(audience=Audience.DONOR), "en", "text")
    page.make_file(order, tmp_path / "first.txt")
    settled()
    assert len(desk.record.read(earlier, Reader("donor")).files) == 1
    assert "left earlier" not in page._note.text()
    values = {"title": "Trois personnes de plus", "sector": "PRO-GBV"}
    desk.record.write(add_activity, values, Around("own", None, 3))
    page.make_file(order, tmp_path / "second.txt")
    settled()
    assert "left earlier: Protection overview" in page._note.text()
    assert page._note.property("is") == "warning"
    page.close()

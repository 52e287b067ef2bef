"""The office's own words while one writes a report: another agency's are pointed out."""

from collections.abc import Callable
from uuid import UUID

from PySide6.QtTest import QTest
from sqlalchemy import select

from db.commands.entries import edit
from db.models import Office
from db.record import Record
from desktop.beginning import begin
from desktop.ui.desk import Desk
from desktop.ui.main_window import MainWindow
from desktop.ui.pages.written import WrittenPage


def test_another_agencys_words_are_pointed_out_while_one_writes(
    window: Callable[..., MainWindow], settled: Callable[[], None], desk: Desk, record: Record
) -> None:
    office: UUID = record.read(lambda session: session.scalars(select(Office.id)).first())
    record.write(edit, Office, office, {"usage": "iom"})
    report = begin(record, {"title": "Essai", "report": "protection-overview", "language": "fr"})
    shown = window("fr")
    desk.open("reports", report)
    settled()
    assert isinstance(shown.page, WrittenPage) and shown.page.writing is not None
    text = shown.page.writing.text
    QTest.keyClicks(text.edit, "La coordination et le cluster")
    text.edit.paused.emit()
    settled()
    assert "groupe sectoriel" in text._remarks.text()

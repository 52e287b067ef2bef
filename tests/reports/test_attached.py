"""What travels inside a report opens in a spreadsheet without running anything."""

import csv
import io
from datetime import date

import pytest

from desktop.reports.attached import with_data
from desktop.reports.document import Column, Count, Document, Row, Said, Table
from i18n import Words


@pytest.mark.parametrize("name", ["=cmd|' /c calc'!A1", "+1", "-2", "@sum", "\t=1", "\r=1"])
def test_a_name_is_never_taken_for_a_formula(name: str) -> None:
    table = Table("Title", (Column("Partner"), Column("=heading")), (Row((Said(name), Count(-3))),), name="partners")
    document = with_data(Document("Essai", "en", date(2026, 6, 30), (table,)), Words.of("en"))
    content = next(file.content for file in document.attachments if file.name.endswith(".csv"))
    (line,) = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))[1:]
    assert line == ["partners", f"'{name}", "'=heading", "-3", "shown"]

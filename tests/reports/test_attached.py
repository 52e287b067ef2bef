"""What travels inside a report opens in a spreadsheet without running anything."""

import csv
import hashlib
import io
from datetime import date

import pytest

from desktop.reports.attached import with_data
from desktop.reports.document import Bullets, Column, Count, Document, Row, Said, Table
from i18n import Words


@pytest.mark.parametrize("name", ["=cmd|' /c calc'!A1", "+1", "-2", "@sum", "\t=1", "\r=1"])
def test_a_name_is_never_taken_for_a_formula(name: str) -> None:
    table = Table("Title", (Column("Partner"), Column("=heading")), (Row((Said(name), Count(-3))),), name="partners")
    document = with_data(Document("Essai", "en", date(2026, 6, 30), (table,)), Words.of("en"))
    content = next(file.content for file in document.attachments if file.name.endswith(".csv"))
    (line,) = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))[1:]
    assert line == ["partners", f"'{name}", "'=heading", "-3", "shown"]


def test_the_notes_say_what_the_attached_files_digest_to() -> None:
    """So that somebody who has both can tell whether they belong together."""
    table = Table("Title", (Column("Partner"), Column("People")), (Row((Said("Essai"), Count(3))),), name="partners")
    document = with_data(Document("Essai", "en", date(2026, 6, 30), (table,)), Words.of("en"))
    (digests,) = [block for block in document.blocks if isinstance(block, Bullets)]
    for file, (said,) in zip(document.attachments, digests.items, strict=True):
        assert file.name in str(said) and hashlib.sha256(file.content).hexdigest() in str(said)

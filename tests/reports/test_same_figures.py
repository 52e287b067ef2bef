"""One report says the same figures in every format and language: read back from the cells, the pages and the lines."""

import io
import zipfile
from decimal import Decimal

import pypdfium2
import pytest
from python_calamine import CalamineWorkbook

from desktop.deliver import FORMS, Order, gather, make
from desktop.guard.audiences import Audience
from desktop.guard.release import release
from desktop.reports.building import build
from desktop.reports.document import Count, Table
from desktop.reports.offer import report_called
from desktop.reports.report import Asked
from i18n import LANGUAGES, Words
from tests.reports.conftest import Protection


def bare(text: str) -> str:
    """A text without the marks of direction and the spaces inside numbers."""
    return "".join(letter for letter in text if letter not in "\u2066\u2067\u2068\u2069\u200e\u200f\u202f\u00a0 \n\r")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_format_prints_the_released_counts(protection: Protection, language: str) -> None:
    words = Words.of(language)
    asked = Asked(audience=Audience.INTERNAL)
    tables = gather(protection.record, Order("protection-overview", asked, language, "pdf"))
    document = build(report_called("protection-overview"), release(tables, asked.audience), words)
    counts = {
        cell.value
        for block in document.blocks
        if isinstance(block, Table)
        for row in block.rows
        for cell in row.cells
        if isinstance(cell, Count)
    }
    assert {103, 500, 60, 25} <= counts
    written = {bare(words.number(count)) for count in counts}

    made = {form: make(tables, Order("protection-overview", asked, language, form)).content for form in FORMS}
    pages = pypdfium2.PdfDocument(made["pdf"])
    told = {
        "pdf": "".join(page.get_textpage().get_text_range() for page in pages),
        "docx": zipfile.ZipFile(io.BytesIO(made["docx"])).read("word/document.xml").decode(),
        "text": made["text"].decode(),
    }
    for form, text in told.items():
        missing = {number for number in written if number not in bare(text)}
        assert not missing, (form, missing)

    workbook = CalamineWorkbook.from_filelike(io.BytesIO(made["xlsx"]))
    cells = {
        Decimal(str(cell))
        for name in workbook.sheet_names
        for row in workbook.get_sheet_by_name(name).to_python()
        for cell in row
        if isinstance(cell, int | float)
    }
    assert {Decimal(count) for count in counts} <= cells

"""What tests of renderers read out of a file that was made."""

import io
import zipfile
from datetime import date
from typing import Any

import pypdfium2

from desktop.render import render
from desktop.reports.document import Block, Document


def document(*blocks: Block, language: str = "fr", **more: Any) -> Document:
    """A short report around these blocks."""
    return Document("Titre", language, date(2026, 6, 30), blocks, **{"contents": False, **more})


def part(content: bytes, name: str) -> str:
    """A part of a Word file or a workbook."""
    return zipfile.ZipFile(io.BytesIO(content)).read(name).decode()


def parts(content: bytes) -> list[str]:
    """The names of all parts."""
    return zipfile.ZipFile(io.BytesIO(content)).namelist()


def pages(asked: Document, **how: Any) -> list[str]:
    """The text of each page of the PDF, as a reader copies it."""
    opened = pypdfium2.PdfDocument(render(asked, "pdf", **how))
    return [page.get_textpage().get_text_range().replace("\r\n", "\n") for page in opened]


def sizes(asked: Document) -> list[tuple[float, float]]:
    """The width and height of each page, in whole points."""
    return [tuple(round(side) for side in page.get_size()) for page in pypdfium2.PdfDocument(render(asked, "pdf"))]


def operators(asked: Document) -> bytes:
    """What the first page draws."""
    import pikepdf

    with pikepdf.open(io.BytesIO(render(asked, "pdf"))) as made:
        return made.pages[0].Contents.read_bytes()

"""A report of the practice record as a document, its tables and figures by name, and the rows behind a figure."""

from datetime import date

from db.queries.kinds import KINDS
from db.queries.listing import RowsAsked, rows_in_order
from db.queries.scope import Scope
from db.queries.selection import Behind
from db.record import Record
from desktop.deliver import Order, clear, document, gather
from desktop.guard.audiences import Audience
from desktop.reports.document import Count, Document, KeyFigures, Table
from desktop.reports.report import Asked

YEAR = Scope(date(2026, 1, 1), date(2026, 12, 31))


def made(record: Record, name: str, asked: Asked, language: str = "en") -> Document:
    """The report as the window shows it."""
    order = Order(name, asked, language, "text")
    return document(clear(gather(record, order), asked), order)


def internal(scope: Scope = YEAR) -> Asked:
    """For the office, about a scope."""
    return Asked(scope, Audience.INTERNAL)


def table(found: Document, name: str) -> Table:
    """One table of a document."""
    return next(block for block in found.blocks if isinstance(block, Table) and block.name == name)


def tables(found: Document) -> dict[str, Table]:
    """All tables by their names."""
    return {block.name: block for block in found.blocks if isinstance(block, Table)}


def key_figures(found: Document) -> dict[str, object]:
    """The key figures by their labels."""
    block = next(block for block in found.blocks if isinstance(block, KeyFigures))
    return {figure.label: figure.value for figure in block.figures}


def opened(record: Record, behind: object) -> int:
    """How many rows a figure opens."""
    assert isinstance(behind, Behind)
    listed = KINDS[behind.kind]
    asked = RowsAsked(listed.order, filters={**listed.filters, **dict(behind.filters)})
    return len(record.read(rows_in_order, listed.listing, asked))


def counts(found: Document) -> list[Count]:
    """Every count in a table or key figure that says what is behind it."""
    cells = [cell for one in tables(found).values() for row in one.rows for cell in row.cells]
    cells += key_figures(found).values()  # type: ignore[arg-type]
    return [cell for cell in cells if isinstance(cell, Count) and cell.behind is not None]

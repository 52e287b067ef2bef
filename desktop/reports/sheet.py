"""A released sheet: rows of typed values under headings, written as a workbook or as CSV by `render`.

It stands beside the document tree because the standards in `exchange` fill it and the writers in `render` print it, and
neither knows the other.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

Cell = str | int | Decimal | date | None
"""What may stand in a cell; None is an empty one."""


@dataclass(frozen=True)
class Sheet:
    """One sheet, already in the reader's language; `tags` is the HXL row under the headings, one a column, or none."""

    name: str
    headings: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    direction: Literal["ltr", "rtl"]
    as_of: date
    """The moment of the data, never the moment of writing, so that the same rows give the same bytes."""
    tags: tuple[str, ...] = ()
    choices: tuple[tuple[int, tuple[str, ...]], ...] = ()
    """What may be chosen in a column, by its place: a list to pick from in the workbook."""
    to_read: bool = False
    """Sentences rather than rows: they wrap, and nothing filters them."""

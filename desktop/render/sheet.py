"""Released sheets as a workbook or as CSV: what another office's program, or our own, reads back unchanged.

No number is dressed up, no day is turned into words, and no text is ever taken for a formula.
"""

import csv
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from io import StringIO
from itertools import zip_longest
from math import ceil

from desktop.render.cells import DANGEROUS, sheet_names
from desktop.render.direction import plain
from desktop.render.raw_workbook import HEADING, READ, TAG, TEXT, RawSheet, letters, raw_workbook
from desktop.reports.sheet import Cell, Sheet

_WIDEST, _READING, _LINE_HEIGHT = 40, 80, 15.5
_BELOW = 500
"""Rows under the last one that offer their choices, too."""


def write_xlsx(*sheets: Sheet) -> bytes:
    """The sheets as one workbook; the same sheets give the same bytes."""
    offered = list(dict.fromkeys(titles for sheet in sheets for _column, titles in sheet.choices))
    *names, lists = sheet_names([*(sheet.name for sheet in sheets), "…"])
    written = [_raw(sheet, name, offered, lists) for sheet, name in zip(sheets, names, strict=True)]
    if offered:
        rows = zip_longest(*offered)
        written.append(RawSheet(lists, ((row, TEXT, 0.0) for row in rows), hidden=True))
    return raw_workbook(written, sheets[0].name, sheets[0].as_of)


def _raw(sheet: Sheet, name: str, offered: list[tuple[str, ...]], lists: str) -> RawSheet:
    first = _first_row(sheet)
    last = first + len(sheet.rows)
    columns = len(sheet.headings)
    choices = []
    for column, titles in sheet.choices:
        place, source = letters(column), letters(offered.index(titles))
        span = f"'{lists}'!${source}$1:${source}${len(titles)}"
        choices.append((f"{place}{first + 1}:{place}{last + _BELOW + 1}", span))
    return RawSheet(
        name,
        _rows(sheet),
        [_width(sheet, column, heading) for column, heading in enumerate(sheet.headings)],
        frozen=first,
        rtl=sheet.direction == "rtl",
        filtered="" if sheet.to_read or not columns else f"A{first}:{letters(columns - 1)}{max(last, first)}",
        choices=choices,
    )


def _rows(sheet: Sheet) -> Iterator[tuple[Sequence[Cell], int, float]]:
    yield sheet.headings, HEADING, 0.0
    if sheet.tags:
        yield sheet.tags, TAG, 0.0
    if not sheet.to_read:
        yield from ((row, TEXT, 0.0) for row in sheet.rows)
        return
    for row in sheet.rows:
        lines = max(1, *(ceil(len(_written(cell)) / _READING) for cell in row))
        yield row, READ, _LINE_HEIGHT * lines


def _width(sheet: Sheet, column: int, heading: str) -> int:
    """Wide enough for what stands in the first rows."""
    longest = max((len(_written(row[column])) for row in sheet.rows[:200]), default=0)
    return min(max(10, len(heading) // 2, longest), _READING if sheet.to_read else _WIDEST) + 2


def _first_row(sheet: Sheet) -> int:
    return 2 if sheet.tags else 1


def write_csv(sheet: Sheet) -> bytes:
    """The sheet as CSV in UTF-8, with the mark that spreadsheets need to see that it is."""
    target = StringIO(newline="")
    writer = csv.writer(target)
    writer.writerow([_unarmed(plain(heading)) for heading in sheet.headings])
    if sheet.tags:
        writer.writerow(sheet.tags)
    for row in sheet.rows:
        writer.writerow([_unarmed(_written(cell)) if isinstance(cell, str) else _written(cell) for cell in row])
    return b"\xef\xbb\xbf" + target.getvalue().encode()


def _written(cell: Cell) -> str:
    match cell:
        case None:
            return ""
        case str():
            return "\n".join(map(plain, cell.splitlines()))
        case date():
            return cell.isoformat()
        case int() | Decimal():
            return format(cell, "f") if isinstance(cell, Decimal) else str(cell)


def _unarmed(text: str) -> str:
    """The text so that a spreadsheet does not run it: an apostrophe before what could start a formula."""
    return f"'{text}" if text.startswith(DANGEROUS) else text

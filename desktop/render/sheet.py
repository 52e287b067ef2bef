"""Released sheets as a workbook or as CSV: what another office's program, or our own, reads back unchanged.

No number is dressed up, no day is turned into words, and no text is ever taken for a formula.
"""

import csv
from datetime import date
from decimal import Decimal
from io import BytesIO, StringIO
from math import ceil

from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from desktop.render.cells import DANGEROUS, Formats, new_workbook, put_text, sheet_names
from desktop.render.direction import plain
from desktop.render.theme import ACCENT, GREY, PAPER
from desktop.reports.sheet import Cell, Sheet

_WIDEST, _READING, _LINE_HEIGHT = 40, 80, 15.5
_BELOW = 500
"""Rows under the last one that offer their choices, too."""


def write_xlsx(*sheets: Sheet) -> bytes:
    """The sheets as one workbook; the same sheets give the same bytes."""
    target = BytesIO()
    book, formats = new_workbook(target, sheets[0].as_of, title=plain(sheets[0].name))
    offered = list(dict.fromkeys(titles for sheet in sheets for _column, titles in sheet.choices))
    *names, lists = sheet_names([*(sheet.name for sheet in sheets), "…"])
    for sheet, name in zip(sheets, names, strict=True):
        written = book.add_worksheet(name)
        _fill(written, sheet, formats)
        for column, titles in sheet.choices:
            place = xl_col_to_name(offered.index(titles), col_abs=True)
            first, last = _first_row(sheet), _first_row(sheet) + len(sheet.rows) + _BELOW
            source = f"='{lists}'!{place}$1:{place}${len(titles)}"
            written.data_validation(first, column, last, column, {"validate": "list", "source": source})
    if offered:
        hidden = book.add_worksheet(lists)
        hidden.hide()
        for column, titles in enumerate(offered):
            for row, title in enumerate(titles):
                put_text(hidden, row, column, plain(title), formats)
    book.close()
    return target.getvalue()


def _fill(written: Worksheet, sheet: Sheet, formats: Formats) -> None:
    if sheet.direction == "rtl":
        written.right_to_left()
    for column, heading in enumerate(sheet.headings):
        put_text(
            written, 0, column, plain(heading), formats, bold=True, bg_color=ACCENT, font_color=PAPER, text_wrap=True
        )
        longest = max((len(_written(row[column])) for row in sheet.rows[:200]), default=0)
        written.set_column(
            column, column, min(max(10, len(heading) // 2, longest), _READING if sheet.to_read else _WIDEST) + 2
        )
    for column, tag in enumerate(sheet.tags):
        put_text(written, 1, column, tag, formats, font_color=GREY)
    first = _first_row(sheet)
    day, text = formats(num_format="yyyy-mm-dd"), formats(**({"text_wrap": True} if sheet.to_read else {}))
    for at, row in enumerate(sheet.rows, first):
        if sheet.to_read:
            written.set_row(at, _LINE_HEIGHT * max(1, *(ceil(len(_written(cell)) / _READING) for cell in row)))
        for column, cell in enumerate(row):
            match cell:
                case None:
                    pass
                case int() | Decimal():
                    written.write_number(at, column, cell)
                case date() if cell.year >= 1900:
                    written.write_datetime(at, column, cell, day)
                case _:
                    value = _written(cell)
                    if value.startswith(DANGEROUS):
                        put_text(written, at, column, value, formats)
                    else:
                        written.write_string(at, column, value, text)
    written.freeze_panes(first, 0)
    if not sheet.to_read:
        written.autofilter(first - 1, 0, first - 1 + len(sheet.rows), len(sheet.headings) - 1)


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

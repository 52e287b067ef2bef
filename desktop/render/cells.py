"""One value in one cell of a workbook: a number stays a number, and no text is ever taken for a formula or a link.

Shared by the workbook of a report, the data behind a live chart and released sheets.
"""

import re
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, time
from decimal import Decimal
from functools import cache
from io import BytesIO
from typing import Any, assert_never

from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from desktop.render.direction import marked, plain
from desktop.render.values import shown
from desktop.reports.document import Count, Day, Hidden, Measure, Missing, Money, Said, Share, Value
from i18n import Words

DANGEROUS = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet may take for the start of a formula."""
LONGEST = 32_767
DAY_FORMAT = "dd/mm/yyyy"
_EXACT = 10**15
_NAME_LENGTH = 31
_NOT_IN_A_NAME = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_CURRENCY = re.compile("[A-Z]{3}")
_FIRST_DAY = date(1900, 3, 1)
Formats = Callable[..., Format]


def new_workbook(target: BytesIO, as_of: date, **properties: str) -> tuple[Workbook, Formats]:
    """A workbook that believes no text, dated by its data and not by the clock, and its formats by their properties."""
    book = Workbook(
        target,
        {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False},
    )
    book.set_properties({**properties, "created": datetime.combine(as_of, time(), UTC)})

    @cache
    def formats(**asked: Any) -> Format:
        return book.add_format({"valign": "top", **asked})

    return book, formats


def put(sheet: Worksheet, row: int, column: int, value: Value, words: Words, formats: Formats, **look: Any) -> None:
    """Write one value; a number that a spreadsheet would round is written as text instead."""
    match value:
        case Count(number) if abs(number) < _EXACT:
            sheet.write_number(row, column, number, formats(num_format=number_format(value), **look))
        case Share(ratio, decimals):
            # Rounded as it is printed: the digits behind a printed percentage can give a hidden count away.
            kept = float(round(ratio, decimals + 2))
            sheet.write_number(row, column, kept, formats(num_format=number_format(value), **look))
        case Money(amount) if abs(amount) < _EXACT:
            sheet.write_number(row, column, float(amount), formats(num_format=number_format(value), **look))
        case Day(on) if on >= _FIRST_DAY:
            sheet.write_datetime(row, column, on, formats(num_format=DAY_FORMAT, **look))
        case Said(text):
            put_text(sheet, row, column, plain(text), formats, **look)
        case str() | Count() | Money() | Day() | Hidden() | Missing():
            # A sentence keeps to the page's direction even where it opens with a foreign name.
            order = {"reading_order": 2} if words.direction == "rtl" else {}
            put_text(
                sheet, row, column, marked(shown(value, words), words.direction == "rtl"), formats, **order, **look
            )
        case _:
            assert_never(value)


def number_format(value: Measure) -> str:
    """How a spreadsheet writes a value; for what is no number, nothing."""
    match value:
        case Count():
            return "#,##0"
        case Share(decimals=decimals):
            return f"0{_decimals(decimals)}%"
        case Money(amount, currency):
            return _money(amount, currency)
        case Hidden() | Missing():
            return ""
        case _:
            assert_never(value)


def put_text(sheet: Worksheet, row: int, column: int, text: str, formats: Formats, **look: Any) -> None:
    """Write a text so that it stays text, even after someone has edited the cell."""
    quoted = {"quote_prefix": True} if text.startswith(DANGEROUS) else {}
    sheet.write_string(row, column, text[:LONGEST], formats(**quoted, **look))


def sheet_names(titles: Sequence[str]) -> list[str]:
    """A valid name of its own for each sheet, as near to its title as a workbook allows."""
    names: list[str] = []
    for title in titles:
        readable = " ".join(_NOT_IN_A_NAME.sub(" ", plain(title)).split()).strip("'") or "-"
        name, taken = _cut(readable, _NAME_LENGTH), {one.casefold() for one in (*names, "History")}
        number = 1
        while name.casefold() in taken:
            number += 1
            tail = f" ({number})"
            name = _cut(readable, _NAME_LENGTH - len(tail)) + tail
        names.append(name)
    return names


def _cut(text: str, length: int) -> str:
    """The text in so many units of UTF-16 at most, which is how a workbook counts letters."""
    if len(text.encode("utf-16-le")) <= 2 * length:
        return text
    return text.encode("utf-16-le")[: 2 * length - 2].decode("utf-16-le", "ignore").rstrip(" '") + "…"


def _decimals(count: int) -> str:
    return f".{'0' * count}" if count else ""


def _money(amount: Decimal, currency: str) -> str:
    exponent = amount.as_tuple().exponent
    decimals = _decimals(min(max(-exponent, 0), 4)) if isinstance(exponent, int) else ""
    return f'#,##0{decimals}" {currency}"' if _CURRENCY.fullmatch(currency) else f"#,##0{decimals}"

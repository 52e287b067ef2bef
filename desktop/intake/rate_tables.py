"""Rates as they stand in a file: where the table is, of which day each rate is, and which number it is.

Publishers have changed their headings and their order more than once, so columns are found by their headings and proved
by what stands under them. The month may stand in a column, over the table, or in the name of the sheet or the file.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from desktop.intake.errors import FileRefused
from desktop.intake.findings import Finding, finding
from desktop.intake.read import text_of
from desktop.intake.workbook import Cell, Sheet
from i18n import N_
from i18n.date_parsing import DateOrder, date_order_of, parse_date, parse_month
from i18n.folding import search_form
from i18n.parsing import decimal_mark_of, parse_number

_CODE = re.compile(r"[A-Z]{3}")
_MONTH = re.compile(
    r"(?<!\d)((?:19|20)\d\d)[-_. ]?(0[1-9]|1[0-2])(?!\d)|(?<!\d)(0[1-9]|1[0-2])[-_. ]((?:19|20)\d\d)(?!\d)"
)
_LARGEST, _HEADINGS_WITHIN = Decimal(10) ** 12, 40
_CODES = frozenset(
    "abbreviation|abbrev|iso a3 code|isoa3code|iso code|iso|iso 4217|currency code|code|currency|code iso|devise|"
    "code devise|monnaie|codigo|codigo iso|moneda".split("|")
)
_RATES = frozenset(
    "rate|operational rate|value|exchange rate|rate per usd|rate per eur|units per usd|units per eur|amount|"
    "taux|taux de change|taux operationnel|valeur|tasa|tipo de cambio|valor".split("|")
)
_DAYS = frozenset("effective date|date|month|valid from|date d effet|mois|fecha|fecha efectiva|mes".split("|"))

NOT_A_RATE = N_("The rate of {currency} says {value}, which is no rate.")
RATE_TWO_WAYS = N_("The rate of {currency} says {value}, which may be two numbers. Write it without a separator.")
NOT_ITS_DAY = N_("The date of {currency} says {value}, which is no date that can be told.")


class NoMonth(FileRefused):
    message = N_(
        "{name} does not say of which month its rates are. Say the month, or put it into the name of the file: 2026-03."
    )


@dataclass(frozen=True)
class Rate:
    """A rate as the file has it."""

    currency: str
    on: date
    rate: Decimal


@dataclass(frozen=True)
class Table:
    """A table of rates in a sheet: the row of its headings and its columns."""

    sheet: Sheet
    head: int
    code: int
    rate: int
    day: int | None


def table_of(sheet: Sheet) -> Table | None:
    """Where the headings are: the first row with a rate and a code, the codes proved by what stands under them."""
    for number, row in enumerate(sheet.rows[:_HEADINGS_WITHIN]):
        heads = [_heading(cell) for cell in row]
        rates = [index for index, head in enumerate(heads) if head in _RATES]
        if not rates:
            continue
        codes = [index for index, head in enumerate(heads) if head in _CODES and index != rates[0]]
        below = sheet.rows[number + 1 :]
        proved = [index for index in codes if _mostly_codes(row[index] for row in below)]
        if proved:
            days = [index for index, head in enumerate(heads) if head in _DAYS]
            return Table(sheet, number, proved[0], rates[0], days[0] if days else None)
    return None


def _heading(cell: Cell) -> str:
    return " ".join(re.sub(r"[\W_]+", " ", search_form(text_of(cell)[:100])).split())


def _mostly_codes(cells: Iterable[Cell]) -> bool:
    written = [text for cell in cells if (text := text_of(cell))]
    return 2 * sum(_CODE.fullmatch(text) is not None for text in written) > len(written)


def month_of(name: str, table: Table) -> date | None:
    """The month that stands over the table, in the name of its sheet or in that of the file."""
    above = [cell for row in table.sheet.rows[: table.head] for cell in row if cell != ""]
    for cell in (*above, table.sheet.name, name):
        if isinstance(cell, date):
            return date(cell.year, cell.month, 1)
        text = text_of(cell)
        if found := parse_month(text).value or parse_date(text).value:
            return found.replace(day=1)
        if match := _MONTH.search(text):
            return date(int(match[1] or match[4]), int(match[2] or match[3]), 1)
    return None


def read_rates(name: str, table: Table, month: date | None) -> tuple[list[tuple[int, Rate]], list[tuple[int, Finding]]]:
    rows = [
        (number, row)
        for number, row in enumerate(table.sheet.rows[table.head + 1 :], start=table.head + 2)
        if _CODE.fullmatch(text_of(row[table.code]))
    ]
    if table.day is None and month is None:
        raise NoMonth(name=name)
    mark = decimal_mark_of({cell for _number, row in rows if isinstance(cell := row[table.rate], str)})
    order = None
    if table.day is not None:
        order = date_order_of({cell for _number, row in rows if isinstance(cell := row[table.day], str)})
    read, problems = [], []
    for number, row in rows:
        currency = text_of(row[table.code])
        on = month if table.day is None else _day(row[table.day], order)
        rate = _rate(currency, row[table.rate], mark)
        if on is None:
            assert table.day is not None
            problems.append((number, finding(NOT_ITS_DAY, currency=currency, value=text_of(row[table.day]))))
        elif isinstance(rate, Finding):
            problems.append((number, rate))
        else:
            read.append((number, Rate(currency, on, rate)))
    return read, problems


def _day(cell: Cell, order: DateOrder | None) -> date | None:
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    text = text_of(cell)
    reading = parse_date(text, order)
    # Rates begin with a month: of two readings the first of a month is meant, where only one of them is.
    firsts = [day for day in reading.alternatives if day.day == 1]
    return reading.value or (firsts[0] if len(firsts) == 1 else None) or parse_month(text).value


def _rate(currency: str, cell: Cell, mark: str | None) -> Decimal | Finding:
    text = text_of(cell)
    number: Decimal | None = None
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        number = Decimal(repr(cell))
    elif isinstance(cell, str):
        reading = parse_number(text, mark)
        if reading.ambiguous:
            return finding(RATE_TWO_WAYS, currency=currency, value=text)
        number = reading.value
    if number is None or not number.is_finite() or not 1 / _LARGEST < number < _LARGEST:
        return finding(NOT_A_RATE, currency=currency, value=text)
    return number

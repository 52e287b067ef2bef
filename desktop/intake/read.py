"""Typed values out of what people type: a whole column at a time, because a column settles what one cell leaves open.

"29,117" may be 29117 or 29.117 and 04/05 may be April or May: the other cells of the column say which, or the mapping
does, and else the row is a problem. Nothing is guessed. A blank is None, never zero.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import chain
from math import isfinite
from typing import Any

from desktop.intake import findings
from desktop.intake.fields import LONGEST, READS, Reads
from desktop.intake.findings import Field, Finding, finding
from desktop.intake.mapping import Mapping
from desktop.intake.vocabulary import code_of, says_nothing
from desktop.intake.workbook import Cell
from i18n.date_parsing import DateOrder, date_order_of, parse_date, parse_month
from i18n.parsing import decimal_mark_of, parse_number

_UNSEEN = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u202d\u202e\ud800-\udfff\ufffe\uffff]")
_IDLE = re.compile("[\u200b\u200e\u200f\u202a-\u202c\u2066-\u2069\ufeff\u00ad]|_x000D_")
_SUSPECT = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufffe\uffff_]"
)
_EXCEL_BEGINS = date(1899, 12, 30)
_EXCEL_DAYS = range(20_000, 80_000)
_MOST_PEOPLE = 10_000_000_000
Value = str | int | date | bool | None


@dataclass
class Columns:
    """The typed values of a table, by field, and what is wrong with which row. Filled once, then only read."""

    values: dict[str, list[Value]] = field(default_factory=dict)
    problems: dict[int, list[Finding]] = field(default_factory=dict)
    unusable: dict[str, dict[int, str]] = field(default_factory=dict)
    """Days that stand in the file as something that is no day, such as a time: missing, with what was there."""

    def get(self, field: str, index: int) -> Any:
        """The value of a field in a row; None where the file has no such column."""
        column = self.values.get(field)
        return None if column is None else column[index]


def read_columns(
    rows: Sequence[tuple[Cell, ...]], columns: dict[str, int], mapping: Mapping, headings: Sequence[str] = ()
) -> Columns:
    """Every mapped column as typed values; constants of the mapping fill the fields that have no column."""
    read = Columns()
    cells = {
        name: [row[position] if position < len(row) else "" for row in rows]
        for name, position in columns.items()
        if name in READS
    }
    # A register that begins everything on a first of the month proves its order by the ends.
    days = chain.from_iterable(column for name, column in cells.items() if READS[name] is Reads.DAY)
    order = mapping.date_order or _order_in(days)
    for name, column in cells.items():
        position = columns[name]
        named = Field(name, headings[position] if position < len(headings) else "")
        _read(read, named, column, mapping, order)
    for name, text in mapping.constants:
        if name in READS and name not in columns:
            constant = Columns()
            _read(constant, Field(name), [text], mapping, order)
            read.values[name] = [constant.values[name][0]] * len(rows)
            for found in constant.problems.get(0, []):
                for index in range(len(rows)):
                    read.problems.setdefault(index, []).append(found)
    return read


def _order_in(cells: Iterable[Cell]) -> DateOrder | None:
    """The order of day and month that some cells prove."""
    return date_order_of({cell for cell in cells if isinstance(cell, str) and cell})


def _read(read: Columns, named: Field, cells: list[Cell], mapping: Mapping, order: DateOrder | None) -> None:
    name = named.code
    kind = READS[name]
    reader: Callable[[Cell], Value | Finding | _Unusable]
    match kind:
        case Reads.COUNT:
            mark = mapping.decimal_mark or decimal_mark_of({cell for cell in cells if isinstance(cell, str) and cell})
            reader = _counts(named, mark)
        case Reads.DAY:
            reader = _days(named, mapping.date_order or _order_in(cells) or order)
        case Reads.MONTH:
            reader = _months(named)
        case Reads.YES_NO:
            reader = _yes_no(named)
        case Reads.NAME | Reads.TEXT | Reads.CODE:
            reader = _texts(named, kind)
    # Cells repeat: most columns of a register hold a few hundred different values. 1 and True are not the same cell.
    typed = list(zip(map(type, cells), cells, strict=True))
    known = {one: reader(one[1]) for one in set(typed)}
    odd = {one for one, found in known.items() if isinstance(found, Finding | _Unusable)}
    read.values[name] = [None if one in odd else known[one] for one in typed]  # type: ignore[misc]
    for index, one in enumerate(typed if odd else ()):
        found = known[one]
        if isinstance(found, Finding):
            read.problems.setdefault(index, []).append(found)
        elif isinstance(found, _Unusable):
            read.unusable.setdefault(name, {})[index] = found.text


@dataclass(frozen=True)
class _Unusable:
    text: str


def text_of(cell: Cell) -> str:
    """A cell as a person would type it."""
    match cell:
        case str():
            return cell.strip()
        case bool():
            return str(cell)
        case float():
            return str(int(cell)) if cell.is_integer() else repr(cell)
        case datetime():
            return cell.date().isoformat() if cell.time() == time() else cell.isoformat(" ")
        case date():
            return cell.isoformat()
        case time() | timedelta() | int():
            return str(cell)


def _texts(named: Field, kind: Reads) -> Callable[[Cell], Value | Finding]:
    longest = LONGEST[kind]

    def read(cell: Cell) -> Value | Finding:
        text = text_of(cell)
        if _SUSPECT.search(text):
            text = _IDLE.sub("", text)
            if _UNSEEN.search(text):
                return finding(findings.UNSEEN, field=named)
        text = text.replace("\t", " ").strip() if kind is Reads.TEXT else " ".join(text.split())
        if len(text) > longest:
            return finding(findings.TOO_LONG, field=named, longest=longest)
        # "NA" is the code of Namibia: a code is blank only where nothing is written.
        return None if not text or (kind is not Reads.CODE and says_nothing(text)) else text

    return read


def _counts(named: Field, mark: str | None) -> Callable[[Cell], Value | Finding]:
    def read(cell: Cell) -> Value | Finding:
        written = text_of(cell)
        number: Decimal | None
        if isinstance(cell, int | float) and not isinstance(cell, bool):
            number = Decimal(str(cell)) if abs(cell) < _MOST_PEOPLE else Decimal(_MOST_PEOPLE)
        elif isinstance(cell, str):
            if says_nothing(written):
                return None
            reading = parse_number(written, mark)
            if reading.ambiguous:
                return finding(findings.COUNT_TWO_WAYS, field=named, value=written)
            number = reading.value
        else:
            number = None
        if number is None or number != number.to_integral_value():
            return finding(findings.NOT_A_COUNT, field=named, value=written)
        if number < 0:
            return finding(findings.BELOW_ZERO, field=named, value=written)
        if number >= _MOST_PEOPLE:
            return finding(findings.TOO_LARGE, field=named, value=written)
        return int(number)

    return read


def _days(named: Field, order: Any) -> Callable[[Cell], Value | Finding | _Unusable]:
    def read(cell: Cell) -> Value | Finding | _Unusable:
        match cell:
            case datetime():
                return cell.date()
            case date():
                return cell
            case time() | timedelta():
                return _Unusable(text_of(cell))
            case bool():
                return finding(findings.NOT_A_DAY, field=named, value=text_of(cell))
            case int() | float():
                if isfinite(cell) and int(cell) in _EXCEL_DAYS:
                    return _EXCEL_BEGINS + timedelta(int(cell))
                return finding(findings.NOT_A_DAY, field=named, value=text_of(cell)) if cell else _Unusable("0")
            case str():
                if says_nothing(cell.strip()):
                    return None
                reading = parse_date(cell, order)
                if reading.ambiguous:
                    return finding(findings.DAY_TWO_WAYS, field=named, value=cell)
                return reading.value or finding(findings.NOT_A_DAY, field=named, value=cell)

    return read


def _months(named: Field) -> Callable[[Cell], Value | Finding]:
    def read(cell: Cell) -> Value | Finding:
        if isinstance(cell, date):
            return date(cell.year, cell.month, 1)
        text = text_of(cell)
        if not text:
            return None
        found = parse_month(text).value or parse_date(text).value
        return found.replace(day=1) if found else finding(findings.NOT_A_MONTH, field=named, value=text)

    return read


def _yes_no(named: Field) -> Callable[[Cell], Value | Finding]:
    def read(cell: Cell) -> Value | Finding:
        text = text_of(cell)
        if says_nothing(text):
            return None
        code = code_of("yes_no", text)
        return finding(findings.NOT_YES_OR_NO, field=named, value=text) if code is None else code == "yes"

    return read

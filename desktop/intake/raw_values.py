"""One cell of a raw workbook as the value that its field holds, or why it is none.

What reads the same is the same: spaces, marks of direction and line ends that a spreadsheet changes by itself change
nothing in the record. A link stays the text it is typed as until all sheets are read.
"""

import json
import re
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache
from typing import Any

from db.errors import InvalidValue
from db.fields import Field, Kind
from db.money import minor_of
from desktop.intake import findings, raw_findings
from desktop.intake.findings import Field as Named
from desktop.intake.findings import Finding, Ours, finding
from desktop.intake.read import text_of
from desktop.intake.vocabulary import code_of
from desktop.intake.workbook import Cell
from i18n import LANGUAGES, Words
from i18n.date_parsing import parse_date
from i18n.folding import fold
from i18n.parsing import parse_number

_LEFT_BEHIND = re.compile("_x000D_|[\u200b\u202a-\u202e\u2066-\u2069\ufeff]")
_PLAIN = re.compile(r"-?\d{1,40}(\.\d{1,40})?")
_EXACT = 15
"""Digits that a spreadsheet keeps; our own export writes longer numbers as text."""


@dataclass(frozen=True)
class Link:
    """What a link's cell says: an id, a name, an acronym or a code."""

    text: str


def read_cell(field: Field, heading: str, cells: Sequence[Cell]) -> Any:
    """The value in one cell, or in the cells that one long text takes; a `Finding` where there is none."""
    named = Named("", heading or field.name)
    if all(cell == "" for cell in cells):
        return None
    match field.kind:
        case Kind.LINK:
            return Link(text_of(cells[0]))
        case Kind.CHOICE:
            return _choice(field, named, text_of(cells[0]))
        case Kind.YES_NO:
            code = code_of("yes_no", text_of(cells[0]))
            not_so = finding(findings.NOT_YES_OR_NO, field=named, value=text_of(cells[0]))
            return not_so if code is None else code == "yes"
        case Kind.DATE:
            return _day(named, cells[0])
        case Kind.MOMENT:
            return _moment(named, cells[0])
        case Kind.COUNT | Kind.INTEGER:
            number = _number(named, cells[0])
            if isinstance(number, Decimal) and number != number.to_integral_value():
                return finding(findings.NOT_A_COUNT, field=named, value=text_of(cells[0]))
            return int(number) if isinstance(number, Decimal) else number
        case Kind.MONEY | Kind.DECIMAL:
            return _number(named, cells[0])
        case Kind.DATA:
            return _data(named, _written(cells))
        case _:
            written = _written(cells)
            return _LEFT_BEHIND.sub("", written).replace("\r\n", "\n").strip() or None


def in_minor_units(field: Field, amount: Any, currency: Any) -> Any:
    """An amount that was read, as its field holds it; a `Finding` where it cannot be that money."""
    if not isinstance(amount, Decimal):
        return amount
    try:
        return minor_of(field.name, amount, currency if isinstance(currency, str) else None)
    except InvalidValue as problem:
        return of_error(problem)


def problem_with(field: Field, value: Any) -> Finding | None:
    """Why a value that was read cannot stand in its field."""
    problem = field.problem(value)
    return of_error(problem) if problem else None


def of_error(problem: InvalidValue) -> Finding:
    """What the record would say, as a remark on a cell."""
    gaps = {name: value for name, value in problem.gaps.items() if isinstance(value, str | int | date)}
    return finding(problem.message, field=Ours(problem.field), **gaps)


def same(one: Any, other: Any) -> bool:
    """Whether two values read the same."""
    return bool(one == other or canonical(one) == canonical(other))


def canonical(value: Any) -> Any:
    """A value without what a spreadsheet changes by itself."""
    if not isinstance(value, str):
        return value
    if value.isprintable() and "  " not in value and "_x000D_" not in value:
        return value.strip() or None
    lines = _LEFT_BEHIND.sub("", value).splitlines()
    return "\n".join(" ".join(_seen(line).split()) for line in lines).strip() or None


def _seen(line: str) -> str:
    return line if line.isprintable() else "".join(letter if letter.isprintable() else " " for letter in line)


def _written(cells: Sequence[Cell]) -> str:
    return "".join(cell if isinstance(cell, str) else text_of(cell) for cell in cells)


def _data(named: Named, text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return finding(raw_findings.NOT_AS_WRITTEN, field=named)


def _choice(field: Field, named: Named, text: str) -> str | Finding:
    known = _choices(field)
    if code := known.get(text) or known.get(fold(text)):
        return code
    if text == "" or not known:
        return text
    return finding(raw_findings.NOT_A_CHOICE, field=named, value=text)


@cache
def _choices(field: Field) -> dict[str, str]:
    """The codes of a field by themselves and by what each language calls them, where that is clear."""
    said: dict[str, set[str]] = {}
    for language in LANGUAGES:
        for code, title in field.choices:
            said.setdefault(fold(Words.of(language).gettext(title)), set()).add(code)
    clear = {title: min(codes) for title, codes in said.items() if len(codes) == 1}
    return clear | {code: code for code, _title in field.choices}


def _day(named: Named, cell: Cell) -> date | Finding:
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    if not isinstance(cell, str):
        return finding(findings.NOT_A_DAY, field=named, value=text_of(cell))
    with suppress(ValueError):
        return date.fromisoformat(cell.strip())
    reading = parse_date(cell, None)
    if reading.ambiguous:
        return finding(findings.DAY_TWO_WAYS, field=named, value=cell)
    return reading.value or finding(findings.NOT_A_DAY, field=named, value=cell)


def _moment(named: Named, cell: Cell) -> datetime | Finding:
    try:
        moment = cell if isinstance(cell, datetime) else datetime.fromisoformat(text_of(cell))
    except ValueError:
        return finding(findings.NOT_A_DAY, field=named, value=text_of(cell))
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _number(named: Named, cell: Cell) -> Decimal | Finding:
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        # What a spreadsheet shows of a sum: the digits after these are the computer's.
        return (
            Decimal(f"{cell:.{_EXACT}g}")
            if abs(cell) < 10**_EXACT
            else finding(raw_findings.TOO_MANY_DIGITS, field=named)
        )
    if len(text_of(cell)) > _EXACT and _PLAIN.fullmatch(text_of(cell)):
        return Decimal(text_of(cell))
    reading = parse_number(text_of(cell), None)
    if reading.ambiguous:
        return finding(findings.COUNT_TWO_WAYS, field=named, value=text_of(cell))
    return (
        finding(raw_findings.NOT_A_NUMBER, field=named, value=text_of(cell)) if reading.value is None else reading.value
    )

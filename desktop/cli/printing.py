"""Sentences, tables and values for a terminal, and values for a machine."""

import re
import sys
import unicodedata
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from db.fields import Field, Kind
from db.money import Money
from i18n import Words

WIDEST = 60
_MOST_LINES = 50
_PLAIN = re.compile("\u2068([ -~]*)\u2069")


def say(text: str, *, aside: bool = False) -> None:
    """Print a text, `aside` on standard error. What is plain ASCII loses its marks, which would be copied along."""
    print(_PLAIN.sub(r"\1", text), file=sys.stderr if aside else sys.stdout)


def say_some(lines: Sequence[str], words: Words) -> None:
    """Print the first lines of a kind, and how many more there are."""
    for line in lines[:_MOST_LINES]:
        say(line)
    if more := len(lines[_MOST_LINES:]):
        say(
            words.ngettext("{count} more like this.", "{count} more like these.", more).format(count=words.number(more))
        )


def table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Aligned columns under their heads; a cell wider than 60 characters is cut with an ellipsis."""
    cells = [[_cut(cell) for cell in row] for row in (heads, *rows)]
    widths = [max(map(_width, column)) for column in zip(*cells, strict=True)]
    lines = ["  ".join(_padded(cell, width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in cells]
    lines.insert(1, "  ".join("─" * width for width in widths))
    return "\n".join(lines)


def _cut(cell: str) -> str:
    if _width(cell) <= WIDEST:
        return cell
    kept = cell[: WIDEST - 1] + "…"
    return kept + "\u2069" * (kept.count("\u2068") - kept.count("\u2069"))


def _padded(cell: str, width: int) -> str:
    return cell + " " * (width - _width(cell))


def _width(text: str) -> int:
    """Columns that a text takes: none for marks and direction signs, two for wide letters."""
    return sum(
        0
        if unicodedata.category(letter) in ("Mn", "Me", "Cf")
        else 2
        if unicodedata.east_asian_width(letter) in "WF"
        else 1
        for letter in text
    )


def for_people(value: Any, field: Field, words: Words) -> str:
    """A value as the reader writes it, by its field."""
    match value:
        case None:
            return ""
        case bool():
            return words.gettext("Yes") if value else words.gettext("No")
        case int() | Decimal():
            return words.number(value)
        case Money(amount, currency):
            return words.money(amount, currency)
        case datetime():
            return words.date(value.astimezone().date())
        case date():
            return words.date(value)
        case _ if field.choices:
            return words.gettext(field.title_of(str(value)))
        case _ if field.kind == Kind.LANGUAGE:
            return words.language_name(str(value))
        case _ if field.kind == Kind.COUNTRY:
            return words.territory_name(str(value))
        case _:
            return words.isolate(" ".join(str(value).split()))


def for_machines(value: Any) -> Any:
    """A value as JSON has it: amounts as text with their currency, days in ISO order, ids as text."""
    match value:
        case None | bool() | int():
            return value
        case Money(amount, currency):
            return {"amount": str(amount), "currency": currency}
        case date() | datetime():
            return value.isoformat()
        case _:
            return str(value)

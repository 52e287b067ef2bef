"""Sentences and tables for a terminal."""

import re
import sys
import unicodedata
from collections.abc import Sequence

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

"""A document as plain text that reads well in a terminal and in a message.

Columns line up in letters of one width. A table too wide for the page is wrapped inside its columns, and where even
that does not fit, its columns go in bands one under the other: a figure cut in two would be worse than a longer text.
"""

import unicodedata
from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import assert_never

from desktop.render.direction import marked
from desktop.render.tabular import chart_table, map_table, signatures_table
from desktop.render.values import clean, running, shown, spoken
from desktop.reports.document import (
    Align,
    Block,
    Bullets,
    Chart,
    Document,
    Heading,
    Image,
    KeyFigures,
    Map,
    PageBreak,
    Paragraph,
    RowKind,
    Signatures,
    Table,
    Value,
)
from i18n import Words

WIDTH = 100
_GAP = "  "
_FSI, _PDI, _RLM = "\u2068", "\u2069", "\u200f"
_LONGEST_WORD = 24
_ZERO_WIDTH = {"Mn", "Me", "Cf"}


def render_text(document: Document, words: Words, width: int = WIDTH) -> str:
    """The whole document; no line is wider than the page."""
    cover = [[_cell(label, words), _cell(value, words)] for label, value in document.cover]
    lines = [
        *_wrapped(_sentence(document.banner, words), width),
        *_titled(document.title, "=", words, width),
        *_wrapped(_sentence(document.subtitle, words), width),
        "",
        *_grid(cover, (Align.START, Align.START), words, width),
    ]
    for block in document.blocks:
        lines += ["", *_block(block, words, width)]
    if document.running_foot not in ("", document.title):
        lines += ["", "---", *_wrapped(_sentence(document.running_foot, words), width)]
    start = _RLM if words.direction == "rtl" else ""
    return "".join(f"{start if line else ''}{line.rstrip()}\n" for line in _single_gaps(lines))


def _block(block: Block, words: Words, width: int) -> Iterator[str]:
    match block:
        case Heading(text, level):
            yield from _titled(text, "=" if level == 1 else "-", words, width)
        case Paragraph():
            yield from _wrapped(_sentence(running(spoken(block, words), words), words), width)
        case Bullets(items):
            for item in items:
                for at, line in enumerate(_wrapped(_sentence(running(item, words), words), width - 2)):
                    yield f"{'  ' if at else '- '}{line}"
        case KeyFigures(figures):
            cells = [[_cell(text, words) for text in (one.value, one.label, one.note)] for one in figures]
            yield from _grid(cells, (Align.END, Align.START, Align.START), words, width)
        case Table():
            yield from _table(block, words, width)
        case Chart(description=description):
            yield from _table(chart_table(block), words, width)
            yield from ["", *_wrapped(_sentence(description, words), width)]
        case Map(description=description):
            yield from _table(map_table(block, words), words, width)
            yield from ["", *_wrapped(_sentence(description, words), width)]
        case Image(description=description):
            yield from _wrapped(_sentence(description, words), width)
        case Signatures():
            yield from _table(signatures_table(block, words), words, width)
        case PageBreak():
            pass
        case _:
            assert_never(block)


def _table(table: Table, words: Words, width: int) -> Iterator[str]:
    yield from _wrapped(_sentence(table.title, words), width)
    head = [_cell(column.heading, words) for column in table.columns]
    rows = [[_cell(value, words) for value in row.cells] for row in table.rows]
    for band in _bands([head, *rows], width):
        widths = _widths([[cells[at] for at in band] for cells in (head, *rows)], width)
        rule = _GAP.join("-" * one for one in widths)
        aligns = [table.columns[at].align for at in band]
        yield ""
        yield from _laid([head[at] for at in band], aligns, widths, words)
        yield rule
        for row, cells in zip(table.rows, rows, strict=True):
            if row.kind is not RowKind.BODY:
                yield rule
            yield from _laid([cells[at] for at in band], aligns, widths, words)
    if table.note:
        yield from ["", *_wrapped(_sentence(table.note, words), width)]


def _grid(rows: list[list[str]], aligns: Sequence[Align], words: Words, width: int) -> Iterator[str]:
    """Rows without a head."""
    if rows:
        widths = _widths(rows, width)
        yield from (line for cells in rows for line in _laid(cells, aligns, widths, words))


def _bands(rows: list[list[str]], width: int) -> Iterator[list[int]]:
    """Which columns stand side by side: as many as fit without cutting a word, the first one beside each band."""
    least = [_least(column) for column in zip(*rows, strict=True)]
    band = [0]
    for at in range(1, len(least)):
        if len(band) > 1 and sum(least[one] + len(_GAP) for one in band) + least[at] > width:
            yield band
            band = [0]
        band.append(at)
    yield band


def _widths(rows: list[list[str]], width: int) -> list[int]:
    """How wide each column stands; where it is too much, the column gives way in which fewest cells are cut by it."""
    columns = [[_breadth(cell) for cell in column] for column in zip(*rows, strict=True)]
    least = [_least(column) for column in zip(*rows, strict=True)]
    widths = [min(max(column), width) for column in columns]
    while sum(widths) + len(_GAP) * (len(widths) - 1) > width and widths != least:
        givers = [at for at in range(len(widths)) if widths[at] > least[at]]
        widths[min(givers, key=lambda at: (sum(one >= widths[at] for one in columns[at]), -widths[at]))] -= 1
    return widths


def _least(column: Sequence[str]) -> int:
    return min(max((_breadth(word) for cell in column for word in cell.split(" ")), default=0), _LONGEST_WORD)


def _laid(cells: list[str], aligns: Sequence[Align], widths: list[int], words: Words) -> Iterator[str]:
    """One row, each cell wrapped in its column and, where the page runs right to left, isolated from its neighbours."""
    wrapped = [_wrapped(cell, width) for cell, width in zip(cells, widths, strict=True)]
    for lines in zip_longest(*wrapped, fillvalue=""):
        pieces = []
        for line, align, width in zip(lines, aligns, widths, strict=True):
            padding = " " * (width - _breadth(line))
            isolated = f"{_FSI}{line}{_PDI}" if line and words.direction == "rtl" else line
            pieces.append(isolated + padding if align is Align.START else padding + isolated)
        yield _GAP.join(pieces)


def _wrapped(text: str, width: int) -> list[str]:
    lines, line = [], ""
    for word in text.split(" "):
        if line and _breadth(line) + 1 + _breadth(word) > width:
            lines.append(line)
            line = ""
        *full, rest = _cut(word, width)
        lines += full
        line = f"{line} {rest}" if line else rest
    return _closed([*lines, line])


def _cut(word: str, width: int) -> list[str]:
    """A word in pieces no wider than the page."""
    if _breadth(word) <= width:
        return [word]
    return [word[at : at + width] for at in range(0, len(word), width)]


def _closed(lines: list[str]) -> list[str]:
    """Lines whose isolates end where the line does, and go on in the next."""
    closed, going_on = [], False
    for line in lines:
        begun = _FSI + line if going_on else line
        going_on = begun.count(_FSI) > begun.count(_PDI)
        closed.append(begun + _PDI if going_on else begun)
    return closed


def _single_gaps(lines: list[str]) -> list[str]:
    return [line for line, before in zip(lines, ["", *lines], strict=False) if line or before]


def _titled(title: str, rule: str, words: Words, width: int) -> list[str]:
    lines = _wrapped(_sentence(title, words), width)
    return [*lines, rule * max(map(_breadth, lines))]


def _cell(value: Value, words: Words) -> str:
    return _sentence(shown(value, words), words)


def _sentence(text: str, words: Words) -> str:
    return clean(text) if words.direction == "rtl" else marked(text, rtl=False)


def _breadth(text: str) -> int:
    """How many letters wide the text stands: marks take no room, wide letters of Chinese or Japanese two."""
    return sum(
        0 if unicodedata.category(letter) in _ZERO_WIDTH else 2 if unicodedata.east_asian_width(letter) in "WF" else 1
        for letter in text
    )

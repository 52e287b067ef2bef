"""Tables in a Word file: how wide their columns are, and where one sheet does not hold them side by side."""

import re
from collections.abc import Iterator

from desktop.render import theme
from desktop.render.docx_text import note, paragraph, table, value, written
from desktop.render.tabular import band, bands
from desktop.render.values import shown
from desktop.reports.document import RowKind, Table
from i18n import Words

_SHADES = {RowKind.BODY: "", RowKind.SUBTOTAL: theme.SUBTOTAL.lstrip("#"), RowKind.TOTAL: theme.TOTAL.lstrip("#")}
_ROOMY_COLUMNS = 8
_LETTER, _NARROW_LETTER = 90, 78
"""The usual width of a letter in the two sizes of a table's text, in twentieths of a point."""
_BREAKS = re.compile("[ -]")


def too_wide(block: Table, words: Words, width: int) -> bool:
    """Whether some word or figure would be cut in a space this wide."""
    return len(block.columns) > 1 and sum(_needs(block, words, width)) > _room(block, width)


def report_table(block: Table, words: Words, width: int) -> Iterator[str]:
    """A table with its title and note, in bands of columns where the sheet does not hold them all."""
    if too_wide(block, words, width):
        parts = bands(_needs(block, words, width), _room(block, width))
        if len(parts) > 1:
            for number, columns in enumerate(parts, 1):
                yield from report_table(band(block, columns, number, len(parts), words), words, width)
            return
    narrow = "Narrow" if len(block.columns) > _ROOMY_COLUMNS else ""
    yield paragraph("Caption", written(block.title, words), words)
    head = [
        paragraph(f"TableHead{narrow}", written(column.heading, words), words, column.align) for column in block.columns
    ]
    rows: list[tuple[list[str], str]] = [(head, "")]
    for row in block.rows:
        style = "" if row.kind is RowKind.BODY else "Strong"
        cells = [
            paragraph(f"TableText{narrow}", value(cell, words, style), words, column.align)
            for cell, column in zip(row.cells, block.columns, strict=True)
        ]
        rows.append((cells, _SHADES[row.kind]))
    yield table("ReportTable", _widths(block, words, width), rows, words, description=block.title)
    yield from note(block.note or " ", words)


def _room(block: Table, width: int) -> float:
    """How many letters stand side by side."""
    return width / (_NARROW_LETTER if len(block.columns) > _ROOMY_COLUMNS else _LETTER)


def _texts(block: Table, words: Words) -> list[list[str]]:
    """What stands in each column."""
    return [
        [shown(column.heading, words), *(shown(row.cells[at], words) for row in block.rows)]
        for at, column in enumerate(block.columns)
    ]


def _needs(block: Table, words: Words, width: int) -> list[float]:
    """How many letters the longest word of each column has; a third of the page is enough for any."""
    # Whatever font stands in for the Arabic one of Word draws wider letters.
    beside, most = 4 if words.direction == "rtl" else 2, _room(block, width) / 3
    return [
        min(beside + max(len(word) for text in texts for word in _BREAKS.split(text)), most)
        for texts in _texts(block, words)
    ]


def _widths(block: Table, words: Words, width: int) -> list[int]:
    """The page shared out: each column gets its longest word, and what is left goes where there is most to say."""
    room, needs = _room(block, width), _needs(block, words, width)
    # One long text among many short ones may wrap: nine in ten decide.
    usual = [sorted(map(len, texts))[int(0.9 * (len(texts) - 1))] for texts in _texts(block, words)]
    wishes = [max(need, min(2 + length, room / 2)) for need, length in zip(needs, usual, strict=True)]
    wanting = sum(wishes) - sum(needs)
    if sum(wishes) <= room:
        weights = sum(column.weight for column in block.columns)
        spare = room - sum(wishes)
        shares = [wish + spare * column.weight / weights for wish, column in zip(wishes, block.columns, strict=True)]
    else:
        given = max(0.0, room - sum(needs)) / wanting if wanting else 0
        shares = [need + (wish - need) * given for need, wish in zip(needs, wishes, strict=True)]
    return [round(width * share / sum(shares)) for share in shares]

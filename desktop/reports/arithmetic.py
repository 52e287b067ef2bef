"""The arithmetic of every share of a report, on its last page: what was divided by what, as far as readers may know.

Only values that were released stand in it: a share that is shown has a part and a whole that are shown too (`guard`).
A report may word some of it itself (`notes.WORKED`); whatever share else it prints is found where it stands.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from desktop.reports.document import (
    Align,
    Block,
    Bullets,
    Column,
    Count,
    KeyFigures,
    Money,
    Row,
    Said,
    Share,
    Table,
    Value,
)
from i18n import Words

NOTES = "notes"
"""The name of the part that closes a report."""
WORKED = "worked"
"""The name of the table, and of the grid in which a report words some of it."""
_FEW = 2
"""So many are said in sentences: a table would cost a short report a page."""


def worked_table(rows: Sequence[Row], words: Words) -> Table:
    """How shares were worked out: what it is, the part, the whole, and what comes of it."""
    columns = (
        Column(words.gettext("Figure"), weight=3),
        Column(words.gettext("Part"), Align.END),
        Column(words.gettext("Whole"), Align.END),
        Column(words.gettext("Result"), Align.END),
    )
    return Table(words.gettext("How the shares were worked out"), columns, tuple(rows), name=WORKED)


def with_arithmetic(notes: Sequence[Block], said: Sequence[Block], words: Words) -> list[Block]:
    """The last part with the arithmetic of all shares in these blocks, those that it tells already left as they are."""
    own = next((one for one in notes if isinstance(one, Table) and one.name == WORKED), None)
    rows: list[Row] = []
    for found in (_of_figures(said), _of_tables(said, words)):
        # What has a name of its own is not told again by where else it stands.
        known = {row.cells[1:] for row in (*(own.rows if own else ()), *rows)}
        rows += (row for row in dict.fromkeys(found) if row.cells[1:] not in known)
    if not rows:
        return list(notes)
    if own is not None:
        return [replace(one, rows=(*own.rows, *rows)) if one is own else one for one in notes]
    if len(rows) <= _FEW:
        points = tuple((_sentence(row, words),) for row in rows)
        if notes and isinstance(notes[0], Bullets):
            return [Bullets((*notes[0].items, *points)), *notes[1:]]
        return [Bullets(points), *notes]
    at = next((place for place, one in enumerate(notes) if isinstance(one, Table)), len(notes))
    return [*notes[:at], worked_table(rows, words), *notes[at:]]


def _sentence(row: Row, words: Words) -> str:
    figure, part, whole, share = row.cells
    assert isinstance(share, Share)
    said = words.gettext("{figure}: {share} = {part} of {whole}.")
    return said.format(
        figure=figure,
        share=words.percent(share.ratio, share.decimals),
        part=_number(part, words),
        whole=_number(whole, words),
    )


def _number(value: Value, words: Words) -> str:
    match value:
        case Count(number):
            return words.number(number)
        case Money(amount, currency):
            return words.money(amount, currency)
        case _:
            raise TypeError(f"no part of a share: {type(value).__name__}")


def _of_figures(blocks: Sequence[Block]) -> Iterator[Row]:
    for block in blocks:
        if isinstance(block, KeyFigures):
            yield from (row for one in block.figures for row in _row(one.label, one.value))


def _of_tables(blocks: Sequence[Block], words: Words) -> Iterator[Row]:
    """That of all cells but those of nothing, which go without saying."""
    tables = (block for block in blocks if isinstance(block, Table) and block.name != WORKED)
    for columns, line in ((one.columns, line) for one in tables for line in one.rows):
        for column, value in zip(columns, line.cells, strict=True):
            if isinstance(value, Share) and value.ratio:
                named = words.gettext("{row}, {column}")
                yield from _row(named.format(row=_head(line, words), column=column.heading), value)


def _row(named: str, value: Value) -> Iterator[Row]:
    if isinstance(value, Share) and value.of:
        yield Row((named, *value.of, value))


def _head(line: Row, words: Words) -> str:
    """What a row is of: the first of its cells that says something in words."""
    texts = (
        words.isolate(one.text) if isinstance(one, Said) else one for one in line.cells if isinstance(one, Said | str)
    )
    return next(filter(None, texts), "–")

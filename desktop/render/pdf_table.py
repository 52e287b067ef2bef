"""Tables on pages: widths from what the columns hold, a head on every page, rows cut where no page can hold them.

Columns stand in reading order, so a right-to-left table is a mirror of the other. Every cell is told to screen readers
with its heading; the head repeated on a later page is decoration.
"""

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache, partial
from typing import NamedTuple

from desktop.render import theme
from desktop.render.layout import Line, Style
from desktop.render.pdf_blocks import BLOCK_TITLE_STYLE, SMALL_STYLE, Press, baseline, space, text_boxes
from desktop.render.pdf_columns import FIGURES, PAD, Grid, Place, measure, needs
from desktop.render.pdf_page import BOTTOM, REPEATED, Box, Page
from desktop.render.pdf_tags import Node
from desktop.render.pdf_text import colour
from desktop.render.tabular import band, bands
from desktop.render.values import clean, shown
from desktop.reports.document import Hidden, Missing, Row, RowKind, Table

_ROW_HEAD = "/O/Table/Scope/Row"
_QUIET = (Hidden, Missing)
_FILLS = {RowKind.SUBTOTAL: theme.SUBTOTAL, RowKind.TOTAL: theme.TOTAL}
_MOST_HEAD_LINES = 8
_ROWS_AT_THE_END = 3
_ROWS_KEPT = 8
"""A table of no more rows than this is not cut."""
_MOST_LINES_KEPT = 24
"""A row of more lines than this is cut wherever the page ends."""


class _Cell(NamedTuple):
    node: Node
    lines: list[Line]
    figure: bool = False


def table(press: Press, section: Node, asked: Table) -> Iterator[Box]:
    """A table with its title above and its note below; one too wide for the sheet lies, or stands in bands."""
    texts = [tuple(shown(cell, press.words) for cell in row.cells) for row in asked.rows]
    headings = tuple(clean(column.heading) for column in asked.columns)
    grid = measure(press, asked, headings, texts)
    if grid.fits or press.sheet.lying:
        yield from _set(press, section, asked, headings, texts, grid)
        return
    lying = replace(press, sheet=press.sheet.laid())
    parts = bands(needs(lying, asked, headings, texts), lying.sheet.body)
    for number, columns in enumerate(parts, 1):
        part = asked if len(parts) == 1 else band(asked, columns, number, len(parts), press.words)
        yield from (box._replace(lying=True) for box in table(lying, section, part))


def _set(
    press: Press,
    section: Node,
    asked: Table,
    headings: tuple[str, ...],
    texts: list[tuple[str, ...]],
    grid: Grid,
) -> Iterator[Box]:
    node = section.add("Table")
    if asked.title:
        caption = node.add("Caption")
        yield from text_boxes(press, caption, [(clean(asked.title), BLOCK_TITLE_STYLE)], gap=16.0, glued=True)
        yield space(3.0, glued=True)
    head_row = node.add("TR")
    scope = "/O/Table/Scope/Column"
    first_head = _head(press, grid, headings, [head_row.add("TH", attributes=scope) for _heading in headings])
    again = (_head(press, grid, headings, [REPEATED] * len(headings)),)
    yield first_head._replace(gap=0.0 if asked.title else 12.0, glued=bool(asked.rows))
    last = len(asked.rows) - 1
    striped = 0
    for i, (row, cells) in enumerate(zip(asked.rows, texts, strict=True)):
        striped = striped + 1 if row.kind is RowKind.BODY else 0
        boxes = _row(press, grid, node.add("TR"), row, cells, again, _FILLS.get(row.kind) or _stripe(striped))
        glued = i < last and (i == 0 or i > last - _ROWS_AT_THE_END or last < _ROWS_KEPT)
        yield from boxes[:-1]
        yield boxes[-1]._replace(glued=glued or (bool(asked.note) and i == last))
    if asked.note:
        yield space(4.0, glued=True)
        yield from text_boxes(press, section.add("P"), [(clean(asked.note), SMALL_STYLE)], leading=1.4)


def _stripe(number: int) -> str | None:
    return None if number % 2 else theme.ZEBRA


def _head(press: Press, grid: Grid, headings: tuple[str, ...], nodes: list[Node]) -> Box:
    style = Style(grid.size, True, theme.PAPER)
    cells = [
        _Cell(node, press.setter.fitted(text, style, place.width, _MOST_HEAD_LINES))
        for text, node, place in zip(headings, nodes, grid.places, strict=True)
    ]
    height = _height(grid, max((len(cell.lines) for cell in cells), default=1)) + 2

    def draw(page: Page, top: float) -> None:
        page.add(None, press.rectangle(0, press.sheet.body, top - height, height, theme.ACCENT))
        for cell, place in zip(cells, grid.places, strict=True):
            above = height - PAD - len(cell.lines) * grid.leading - 1
            y = baseline(top - above, grid.size, grid.leading)
            _print_lines(press, grid, page, cell, cell.lines, place, y)

    return Box(height, draw)


def _row(
    press: Press,
    grid: Grid,
    node: Node,
    row: Row,
    texts: tuple[str, ...],
    head: tuple[Box, ...],
    fill: str | None,
) -> list[Box]:
    """The boxes of one row: one, or where it is very tall as many as it has lines."""
    strong = row.kind is not RowKind.BODY
    cells = []
    for i, (value, text, place) in enumerate(zip(row.cells, texts, grid.places, strict=True)):
        style = _style(grid.size, strong, isinstance(value, _QUIET))
        cell = node.adopt(Node("TD") if i else Node("TH", attributes=_ROW_HEAD))
        cells.append(_Cell(cell, press.setter.cell(text, style, place.width), isinstance(value, FIGURES)))
    count = max((len(cell.lines) for cell in cells), default=1)
    room = press.sheet.top - BOTTOM - head[0].height
    if count <= _MOST_LINES_KEPT and _height(grid, count) <= room:
        return [Box(_height(grid, count), partial(_draw_row, press, grid, cells, 0, count, fill, True), head=head)]
    return [
        Box(
            grid.leading + (PAD if line == 0 else 0) + (PAD if line == count - 1 else 0),
            partial(_draw_row, press, grid, cells, line, 1, fill, line == count - 1),
            head=head,
        )
        for line in range(count)
    ]


@lru_cache
def _style(size: float, strong: bool, quiet: bool) -> Style:
    return Style(size, strong and not quiet, theme.GREY if quiet else theme.INK)


def _draw_row(
    press: Press,
    grid: Grid,
    cells: list[_Cell],
    first: int,
    count: int,
    fill: str | None,
    closes: bool,
    page: Page,
    top: float,
) -> None:
    """Draw some lines of a row's cells, on its ground and above its rule."""
    opens = first == 0
    height = count * grid.leading + (PAD if opens else 0) + (PAD if closes else 0)
    if fill:
        page.add(None, press.rectangle(0, press.sheet.body, top - height, height, fill))
    if closes:
        left, right = press.left(0, press.sheet.body), press.left(0, press.sheet.body) + press.sheet.body
        y = top - height
        page.add(None, f"{colour(theme.RULE)} RG .4 w {left:.2f} {y:.2f} m {right:.2f} {y:.2f} l S")
    first_line = baseline(top - (PAD if opens else 0), grid.size, grid.leading)
    for cell, place in zip(cells, grid.places, strict=True):
        _print_lines(press, grid, page, cell, cell.lines[first : first + count], place, first_line)


def _print_lines(press: Press, grid: Grid, page: Page, cell: _Cell, lines: list[Line], place: Place, y: float) -> None:
    """Print lines of a cell, the first of them on the base line `y`."""
    start, width, end, figures = place
    rtl = press.setter.rtl
    if end and cell.figure and rtl and figures <= width:
        start, width, end = start + width - figures, figures, False
    left = press.left(start, width)
    # Every cell of every table comes this way.
    for line in lines:
        page.add(cell.node, press.ink.line(line, left + width - line.width if end is not rtl else left, y))
        y -= grid.leading


def _height(grid: Grid, lines: int) -> float:
    return lines * grid.leading + 2 * PAD

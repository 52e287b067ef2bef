"""Tables on pages: widths from what the columns hold, a head on every page, rows cut where no page can hold them.

Columns stand in reading order, so a right-to-left table is a mirror of the other. Every cell is told to screen readers
with its heading; the head repeated on a later page is decoration.
"""

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache, partial

from desktop.render import theme
from desktop.render.layout import Line, Style
from desktop.render.pdf_blocks import BLOCK_TITLE_STYLE, SMALL_STYLE, Press, baseline, space, text_boxes
from desktop.render.pdf_columns import FIGURES, PAD, Edge, Grid, measure, needs
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


_Cell = tuple[Node, list[Line], Edge]
"""What a cell is to screen readers, its lines, and where they stand."""


def table(press: Press, section: Node, asked: Table) -> Iterator[Box]:
    """A table with its title above and its note below; one too wide for the sheet lies, or stands in bands."""
    words = press.words
    texts = [tuple([shown(cell, words) for cell in row.cells]) for row in asked.rows]
    headings = tuple(clean(column.heading) for column in asked.columns)
    grid = measure(press, asked, headings, texts)
    if grid.fits or press.sheet.lying:
        yield from _set(press, section, asked, headings, texts, grid)
        return
    lying = replace(press, sheet=press.sheet.laid())
    parts = bands(needs(lying, asked, headings, texts), lying.sheet.body)
    for number, columns in enumerate(parts, 1):
        part = asked if len(parts) == 1 else band(asked, columns, number, len(parts), words)
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
        body = row.kind is RowKind.BODY
        striped = striped + 1 if body else 0
        fill = _stripe(striped) if body else _FILLS[row.kind]
        glued = bool(asked.note) if i == last else i == 0 or i > last - _ROWS_AT_THE_END or last < _ROWS_KEPT
        yield from _row(press, grid, node.add("TR") if press.tagged else node, row, cells, again, fill, glued)
    if asked.note:
        yield space(4.0, glued=True)
        yield from text_boxes(press, section.add("P"), [(clean(asked.note), SMALL_STYLE)], leading=1.4)


def _stripe(number: int) -> str | None:
    return None if number % 2 else theme.ZEBRA


def _head(press: Press, grid: Grid, headings: tuple[str, ...], nodes: list[Node]) -> Box:
    style = Style(grid.size, True, theme.PAPER)
    cells = [
        (node, press.setter.fitted(text, style, place.width, _MOST_HEAD_LINES), place.text)
        for text, node, place in zip(headings, nodes, grid.places, strict=True)
    ]
    height = _height(grid, max((len(lines) for _node, lines, _edge in cells), default=1)) + 2

    def draw(page: Page, top: float) -> None:
        page.add(None, press.rectangle(0, press.sheet.body, top - height, height, theme.ACCENT))
        for cell in cells:
            above = height - PAD - len(cell[1]) * grid.leading - 1
            _print(press, page, [cell], baseline(top - above, grid.size, grid.leading), grid.leading)

    return Box(height, draw)


def _row(
    press: Press,
    grid: Grid,
    node: Node,
    row: Row,
    texts: tuple[str, ...],
    head: tuple[Box, ...],
    fill: str | None,
    glued: bool,
) -> list[Box]:
    """The boxes of one row: one, or where it is very tall as many as it has lines."""
    style, quiet = _styles(grid.size, row.kind is not RowKind.BODY)
    lay, tagged = press.setter.cell, press.tagged
    cells: list[_Cell] = []
    for value, text, place in zip(row.cells, texts, grid.places, strict=True):
        cell = node
        if tagged:
            cell = node.adopt(Node("TD") if cells else Node("TH", attributes=_ROW_HEAD))
        if isinstance(value, FIGURES):
            look, edge = style, place.figure
        else:
            look, edge = quiet if isinstance(value, _QUIET) else style, place.text
        lines = lay(text, look, place.width)
        cells.append((cell, lines, edge))
    count = max([len(lines) for _node, lines, _edge in cells], default=1)
    height = _height(grid, count)
    if count <= _MOST_LINES_KEPT and height <= press.sheet.top - BOTTOM - head[0].height:
        return [Box(height, partial(_draw_row, press, grid, cells, height, fill, True, True), 0.0, glued, head)]
    boxes = []
    for line in range(count):
        opens, closes = line == 0, line == count - 1
        height = grid.leading + (PAD if opens else 0) + (PAD if closes else 0)
        here = [(cell, lines[line : line + 1], edge) for cell, lines, edge in cells]
        draw = partial(_draw_row, press, grid, here, height, fill, opens, closes)
        boxes.append(Box(height, draw, 0.0, glued and closes, head))
    return boxes


@lru_cache
def _styles(size: float, strong: bool) -> tuple[Style, Style]:
    """The looks of what a cell says, and of why it says nothing."""
    return Style(size, strong, theme.INK), Style(size, False, theme.GREY)


def _draw_row(
    press: Press,
    grid: Grid,
    cells: list[_Cell],
    height: float,
    fill: str | None,
    opens: bool,
    closes: bool,
    page: Page,
    top: float,
) -> None:
    """Draw a row's cells, or one line of them, on its ground and above its rule."""
    left, width, bottom = press.left(0, press.sheet.body), press.sheet.body, top - height
    ground = press.rectangle(0, width, bottom, height, fill) if fill else ""
    if closes:
        low = f"{bottom:.2f}"
        ground += f" {colour(theme.RULE)} RG .4 w {left:.2f} {low} m {left + width:.2f} {low} l S"
    page.add(None, ground)
    _print(press, page, cells, baseline(top - (PAD if opens else 0), grid.size, grid.leading), grid.leading)


def _print(press: Press, page: Page, cells: list[_Cell], y: float, leading: float) -> None:
    """Print cells side by side as one text, their first lines on the base line `y`."""
    # Every cell of every table comes this way: each line is placed from where the one before began.
    show, tagged, code = press.ink.show, press.tagged, page.code
    look, at_x, at_y = "", -page.shift, 0.0
    page.close()
    code.append("BT")
    for node, lines, (edge, ends) in cells:
        line_y = y
        for line in lines:
            shown, look = show(line, look)
            if shown:
                if tagged:
                    page.open(node)
                x = edge - line.width if ends else edge
                down = f"{line_y - at_y:.2f}" if line_y != at_y else "0"
                code.append(f"{x - at_x:.2f} {down} Td {shown}")
                at_x, at_y = x, line_y
            line_y -= leading
    page.close()
    code.append("ET")


def _height(grid: Grid, lines: int) -> float:
    return lines * grid.leading + 2 * PAD

"""Tables on pages: widths from what the columns hold, a head on every page, rows cut where no page can hold them.

Columns stand in reading order, so a right-to-left table is a mirror of the other. Every cell is told to screen readers
with its heading; the head repeated on a later page is decoration.
"""

from collections.abc import Iterator
from functools import partial
from typing import NamedTuple

from desktop.render import theme
from desktop.render.layout import Line, Style
from desktop.render.pdf_blocks import BLOCK_TITLE_STYLE, SMALL_STYLE, Press, baseline, text_boxes
from desktop.render.pdf_page import BODY, BOTTOM, TOP, Box, Page
from desktop.render.pdf_tags import Node
from desktop.render.pdf_text import colour
from desktop.render.values import clean, shown
from desktop.reports.document import Align, Hidden, Missing, Row, RowKind, Table

_PAD = 4.0
_LEADING = 1.38
_SMALLEST = 6.5
_FILLS = {RowKind.SUBTOTAL: theme.SUBTOTAL, RowKind.TOTAL: theme.TOTAL}
_MOST_LINES_KEPT = 24
"""A row of more lines than this is cut wherever the page ends."""


class _Grid(NamedTuple):
    """A table's measures: size of letters; where each column starts, its inner width, whether it is end-aligned."""

    size: float
    columns: tuple[tuple[float, float, bool], ...]

    @property
    def leading(self) -> float:
        return self.size * _LEADING


class _Cell(NamedTuple):
    node: Node | None
    lines: list[Line]


def table(press: Press, section: Node, asked: Table) -> Iterator[Box]:
    """A table with its title above and its note below."""
    node = section.add("Table")
    texts = [tuple(shown(cell, press.words) for cell in row.cells) for row in asked.rows]
    headings = tuple(clean(column.heading) for column in asked.columns)
    grid = _measure(press, asked, headings, texts)
    if asked.title:
        caption = node.add("Caption")
        yield from text_boxes(press, caption, [(clean(asked.title), BLOCK_TITLE_STYLE)], gap=16.0, glued=True)
        yield Box(3.0, lambda page, top: None, glued=True)
    head_row = node.add("TR")
    scope = "/O/Table/Scope/Column"
    first_head = _head(press, grid, headings, [head_row.add("TH", attributes=scope) for _heading in headings])
    again = (_head(press, grid, headings, [None] * len(headings)),)
    yield first_head._replace(gap=0.0 if asked.title else 12.0, glued=bool(asked.rows))
    last = len(asked.rows) - 1
    striped = 0
    for i, (row, cells) in enumerate(zip(asked.rows, texts, strict=True)):
        striped = striped + 1 if row.kind is RowKind.BODY else 0
        boxes = _row(press, grid, node.add("TR"), row, cells, again, _FILLS.get(row.kind) or _stripe(striped))
        glued = i in (0, last - 1) and last > 0
        yield from boxes[:-1]
        yield boxes[-1]._replace(glued=glued or (bool(asked.note) and i == last))
    if asked.note:
        yield Box(4.0, lambda page, top: None, glued=True)
        yield from text_boxes(press, section.add("P"), [(clean(asked.note), SMALL_STYLE)], leading=1.4)


def _stripe(number: int) -> str | None:
    return None if number % 2 else theme.ZEBRA


def _head(press: Press, grid: _Grid, headings: tuple[str, ...], nodes: list[Node] | list[None]) -> Box:
    style = Style(grid.size, True, theme.PAPER)
    cells = [
        _Cell(node, press.setter.cell(text, style, width))
        for text, node, (_start, width, _end) in zip(headings, nodes, grid.columns, strict=True)
    ]
    height = _height(grid, max((len(cell.lines) for cell in cells), default=1)) + 2

    def draw(page: Page, top: float) -> None:
        page.add(None, press.rectangle(0, BODY, top - height, height, theme.ACCENT))
        for cell, (start, width, end) in zip(cells, grid.columns, strict=True):
            bottom_up = height - _PAD - len(cell.lines) * grid.leading - 1
            _print_lines(press, grid, page, cell, cell.lines, start, width, end, top - bottom_up)

    return Box(height, draw)


def _row(
    press: Press,
    grid: _Grid,
    node: Node,
    row: Row,
    texts: tuple[str, ...],
    head: tuple[Box, ...],
    fill: str | None,
) -> list[Box]:
    """The boxes of one row: one, or where it is very tall as many as it has lines."""
    strong = row.kind is not RowKind.BODY
    cells = []
    for i, (value, text, (_start, width, _end)) in enumerate(zip(row.cells, texts, grid.columns, strict=True)):
        quiet = isinstance(value, Hidden | Missing)
        style = Style(grid.size, strong and not quiet, theme.GREY if quiet else theme.INK)
        cell = node.add("TD") if i else node.add("TH", attributes="/O/Table/Scope/Row")
        cells.append(_Cell(cell, press.setter.cell(text, style, width)))
    count = max((len(cell.lines) for cell in cells), default=1)
    room = TOP - BOTTOM - head[0].height
    if count <= _MOST_LINES_KEPT and _height(grid, count) <= room:
        return [Box(_height(grid, count), partial(_draw_row, press, grid, cells, 0, count, fill, True), head=head)]
    return [
        Box(
            grid.leading + (_PAD if line == 0 else 0) + (_PAD if line == count - 1 else 0),
            partial(_draw_row, press, grid, cells, line, 1, fill, line == count - 1),
            head=head,
        )
        for line in range(count)
    ]


def _draw_row(
    press: Press,
    grid: _Grid,
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
    height = count * grid.leading + (_PAD if opens else 0) + (_PAD if closes else 0)
    if fill:
        page.add(None, press.rectangle(0, BODY, top - height, height, fill))
    if closes:
        left = press.left(0, BODY)
        page.add(
            None,
            f"{colour(theme.RULE)} RG .4 w {left:.2f} {top - height:.2f} m {left + BODY:.2f} {top - height:.2f} l S",
        )
    if opens:
        top -= _PAD
    for cell, (start, width, end) in zip(cells, grid.columns, strict=True):
        _print_lines(press, grid, page, cell, cell.lines[first : first + count], start, width, end, top)


def _print_lines(
    press: Press,
    grid: _Grid,
    page: Page,
    cell: _Cell,
    lines: list[Line],
    start: float,
    width: float,
    end: bool,
    top: float,
) -> None:
    for line in lines:
        page.add(cell.node, press.text(line, start, width, baseline(top, grid.size, grid.leading), end))
        top -= grid.leading


def _height(grid: _Grid, lines: int) -> float:
    return lines * grid.leading + 2 * _PAD


def _measure(press: Press, asked: Table, headings: tuple[str, ...], texts: list[tuple[str, ...]]) -> _Grid:
    """Widths by the columns' wishes, but none narrower than its longest figure or word while the page can hold it.

    Letters shrink, a little, before anything is broken.
    """
    count = len(headings)
    size = theme.TABLE_SIZE
    while True:
        least = [
            _least(press, size, headings[i], [row[i] for row in texts], asked.columns[i].align) for i in range(count)
        ]
        if sum(least) + 2 * _PAD * count <= BODY or size <= _SMALLEST:
            break
        size -= 0.5
    widths = _share(BODY - 2 * _PAD * count, least, [column.weight for column in asked.columns])
    columns, start = [], 0.0
    for width, column in zip(widths, asked.columns, strict=True):
        columns.append((start + _PAD, width, column.align is Align.END))
        start += width + 2 * _PAD
    return _Grid(size, tuple(columns))


def _least(press: Press, size: float, heading: str, texts: list[str], align: Align) -> float:
    """The width under which a column would break a figure, or a word of its heading."""
    bold = Style(size, True)
    whole = {text for text in texts if align is Align.END or " " not in text}
    longest = sorted(whole, key=len)[-6:]
    words = [word for text in (heading, *([] if align is Align.END else texts[:200])) for word in text.split(" ")]
    longest += sorted(set(words), key=len)[-3:]
    return min(max((press.setter.cell(text, bold, BODY)[0].width for text in longest), default=0.0) + 0.5, BODY / 2)


def _share(room: float, least: list[float], weights: list[float]) -> list[float]:
    """Room by weight; a column whose part is too small gets the least it needs, and the others share the rest."""
    if sum(least) >= room:
        return [room * one / sum(least) for one in least]
    fixed: dict[int, float] = {}
    while True:
        free = [i for i in range(len(least)) if i not in fixed]
        rest, weight = room - sum(fixed.values()), sum(weights[i] for i in free)
        parts = {i: rest * weights[i] / weight for i in free}
        short = [i for i in free if parts[i] < least[i]]
        if not short:
            return [fixed.get(i, parts.get(i, 0.0)) for i in range(len(least))]
        fixed |= {i: least[i] for i in short}

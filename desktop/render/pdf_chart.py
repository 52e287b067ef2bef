"""Bar charts as vectors: bars lie along the reading direction, so that long names of places stand in full beside them.

A hidden count is a stub of one length whatever it hides; a missing one is its reason in words. Nothing is worked out
here: what a chart prints are the values it was given.
"""

from collections.abc import Iterator, Sequence
from functools import partial
from typing import NamedTuple

from desktop.render import theme
from desktop.render.layout import Line, Style
from desktop.render.pdf_blocks import BLOCK_TITLE_STYLE, SMALL_STYLE, Press, baseline, text_boxes
from desktop.render.pdf_page import BODY, BOTTOM, TOP, Box, Page
from desktop.render.pdf_patterns import Bounds, filled, hidden, rectangle, series_look
from desktop.render.pdf_tags import Node
from desktop.render.pdf_text import colour
from desktop.render.values import clean, hidden_mark, shown
from desktop.reports.document import Chart, ChartKind, Count, Hidden, Missing

_LABEL = Style(theme.SMALL_SIZE, False, theme.INK)
_FIGURE = Style(7.0, False, theme.INK)
_QUIET = Style(7.0, False, theme.GREY)
_STUB = 16.0
_BETWEEN = 7.0
_AXIS = 16.0
_SWATCH = 9.0
_LIGHT = frozenset(("#D98200", "#8DB3DE"))


class _Plot(NamedTuple):
    """Where bars begin, how far they may reach, and how many units that is."""

    start: float
    reach: float
    step: int
    limit: int
    thickness: float

    def length(self, value: int) -> float:
        return self.reach * value / self.limit


def chart(press: Press, section: Node, asked: Chart) -> Iterator[Box]:
    """A chart with its title above, its legend, and its note below; cut between categories where a page ends."""
    if asked.title:
        title = [(clean(asked.title), BLOCK_TITLE_STYLE)]
        yield from text_boxes(press, section.add("P"), title, gap=16.0, glued=True)
    labels = [shown(category, press.words) for category in asked.categories]
    plot = _measure(press, asked, labels)
    names = [press.setter.fitted(label, _LABEL, plot.start - 10.0, 3) for label in labels]
    bars = 1 if (asked.kind is ChartKind.STACKED) else max(len(asked.series), 1)
    heights = [max(bars * plot.thickness, len(lines) * _LABEL.size * 1.3) + _BETWEEN for lines in names]
    figure = section.add("Figure", alt=clean(asked.description))
    legend = list(_legend(press, asked, figure))
    yield from legend
    room = TOP - BOTTOM - _AXIS - 60.0 - sum(box.height for box in legend)
    for first, last in _parts(heights, room):
        height = sum(heights[first:last]) + _AXIS
        draw = partial(_draw, press, figure, asked, plot, names, heights, first, last)
        yield Box(height, draw, gap=6.0, glued=bool(asked.note) and last == len(labels))
    if asked.note:
        yield from text_boxes(press, section.add("P"), [(clean(asked.note), SMALL_STYLE)], gap=4.0, leading=1.4)


def _parts(heights: Sequence[float], room: float) -> Iterator[tuple[int, int]]:
    """The categories that share a page."""
    first, used = 0, 0.0
    for i, height in enumerate(heights):
        if used and used + height > room:
            yield first, i
            first, used = i, 0.0
        used += height
    if heights:
        yield first, len(heights)


def _measure(press: Press, asked: Chart, labels: list[str]) -> _Plot:
    widest = max((press.setter.width(label, _LABEL) for label in labels), default=0.0)
    start = min(widest + 10.0, BODY * 0.36)
    counts = [[v.value for v in one.values if isinstance(v, Count)] for one in asked.series]
    if asked.kind is ChartKind.STACKED:
        columns = zip(*(one.values for one in asked.series), strict=True)
        most = max((sum(v.value for v in column if isinstance(v, Count)) for column in columns), default=0)
    else:
        most = max((max(one, default=0) for one in counts), default=0)
    step = _step(most)
    limit = step * max(1, -(-most // step))
    aside = max(
        (press.setter.width(text, _FIGURE) for text in _aside(press, asked)),
        default=0.0,
    )
    thickness = (
        13.0 if (asked.kind is ChartKind.STACKED) or len(asked.series) == 1 else 10.0 if len(asked.series) < 4 else 8.0
    )
    return _Plot(start, BODY - start - min(aside, BODY / 4) - _STUB - 6.0, step, limit, thickness)


def _aside(press: Press, asked: Chart) -> set[str]:
    """What may stand at the end of a bar."""
    values = {value for one in asked.series for value in one.values}
    return {
        shown(value, press.words)
        for value in values
        if not ((asked.kind is ChartKind.STACKED) and isinstance(value, Count))
    }


def _step(most: int) -> int:
    """A round distance between the lines of the axis that makes four to eight of them."""
    step = 1
    while most > 0:
        for factor in (1, 2, 5):
            if most / (step * factor) <= 6:
                return step * factor
        step *= 10
    return step


def _legend(press: Press, asked: Chart, figure: Node) -> Iterator[Box]:
    entries: list[tuple[int | None, str]] = []
    if len(asked.series) > 1:
        entries += [(i, clean(one.label)) for i, one in enumerate(asked.series)]
    if any(isinstance(value, Hidden) for one in asked.series for value in one.values):
        mark = hidden_mark(press.words)
        entries.append((None, press.words.gettext("{mark}: hidden to protect people").format(mark=mark)))
    rows: list[list[tuple[float, int | None, Line]]] = []
    start = BODY
    for look, text in entries:
        line = press.setter.fitted(text, _LABEL, BODY - 30.0)[0]
        if start + _SWATCH + 5.0 + line.width > BODY:
            rows.append([])
            start = 0.0
        rows[-1].append((start, look, line))
        start += _SWATCH + 5.0 + line.width + 18.0

    def draw(row: list[tuple[float, int | None, Line]], page: Page, top: float) -> None:
        for start, look, line in row:
            bounds = _bounds(press, start, _SWATCH, top - 2.0 - _SWATCH, _SWATCH)
            page.add(figure, _patch(bounds, look))
            y = baseline(top, _LABEL.size, _SWATCH + 4.0)
            page.add(figure, press.text(line, start + _SWATCH + 5.0, line.width, y))

    for row in rows:
        yield Box(_SWATCH + 5.0, partial(draw, row), gap=5.0, glued=True)


def _patch(bounds: Bounds, look: int | None) -> str:
    """A filled patch of a series, or of a hidden count."""
    if look is None:
        return hidden(rectangle(bounds), bounds)
    fill, pattern = series_look(look)
    return filled(rectangle(bounds), bounds, fill, pattern)


def _bounds(press: Press, start: float, width: float, bottom: float, height: float) -> Bounds:
    left = press.left(start, width)
    return left, bottom, left + width, bottom + height


def _draw(
    press: Press,
    figure: Node,
    asked: Chart,
    plot: _Plot,
    names: list[list[Line]],
    heights: list[float],
    first: int,
    last: int,
    page: Page,
    top: float,
) -> None:
    """Draw some categories with the axis under them."""
    bottom = top - sum(heights[first:last])
    _draw_axis(press, figure, plot, page, top, bottom)
    for i in range(first, last):
        height = heights[i]
        leading = _LABEL.size * 1.3
        y = top - (height - len(names[i]) * leading) / 2
        for line in names[i]:
            page.add(figure, press.text(line, 0, plot.start - 8.0, baseline(y, _LABEL.size, leading), end=True))
            y -= leading
        bars = 1 if (asked.kind is ChartKind.STACKED) else len(asked.series)
        _draw_bars(press, figure, asked, plot, i, page, top - (height - bars * plot.thickness) / 2)
        top -= height


def _draw_axis(press: Press, figure: Node, plot: _Plot, page: Page, top: float, bottom: float) -> None:
    for value in range(0, plot.limit + 1, plot.step):
        x = press.left(plot.start + plot.length(value), 0)
        shade = theme.GREY if value == 0 else theme.RULE
        page.add(None, f"{colour(shade)} RG .5 w {x:.2f} {bottom:.2f} m {x:.2f} {top:.2f} l S")
        number = press.setter.lines([(press.words.number(value), _QUIET)])[0]
        start = plot.start + plot.length(value) - number.width / 2
        page.add(figure, press.text(number, start, number.width, bottom - 10.0))


def _draw_bars(press: Press, figure: Node, asked: Chart, plot: _Plot, category: int, page: Page, top: float) -> None:
    """The bars of one category: one under the other, or one after the other."""
    reached = 0.0
    asides: list[str] = []
    for i, one in enumerate(asked.series):
        value = one.values[category]
        start = plot.start + (reached if (asked.kind is ChartKind.STACKED) else 0.0)
        bottom = top - plot.thickness + (0.0 if (asked.kind is ChartKind.STACKED) else 0.8)
        height = top - bottom
        text = shown(value, press.words)
        match value:
            case Count(number):
                length = plot.length(number)
                bounds = _bounds(press, start, length, bottom, height)
                if length > 0:
                    page.add(figure, _patch(bounds, i))
                if asked.kind is ChartKind.STACKED:
                    _print_inside(press, figure, page, text, i, start, length, bottom, height)
                else:
                    _print_aside(press, figure, page, text, _FIGURE, start + length, bottom, height)
                reached += length
            case Hidden():
                if asked.kind is not ChartKind.STACKED:
                    page.add(figure, _patch(_bounds(press, start, _STUB, bottom, height), None))
                    _print_aside(press, figure, page, text, _QUIET, start + _STUB, bottom, height)
                elif text not in asides:
                    asides.insert(0, text)
            case Missing():
                if asked.kind is not ChartKind.STACKED:
                    _print_aside(press, figure, page, text, _QUIET, start, bottom, height)
                elif text not in asides:
                    asides.append(text)
        if asked.kind is not ChartKind.STACKED:
            top -= plot.thickness
    if asides:
        start, bottom = plot.start + reached, top - plot.thickness
        if asides[0] == hidden_mark(press.words):
            page.add(figure, _patch(_bounds(press, start, _STUB, bottom, plot.thickness), None))
            start += _STUB
        _print_aside(press, figure, page, press.words.list(asides), _QUIET, start, bottom, plot.thickness)


def _print_aside(
    press: Press, figure: Node, page: Page, text: str, style: Style, start: float, bottom: float, height: float
) -> None:
    line = press.setter.fitted(text, style, min(BODY / 4, BODY - start - 4.0))[0]
    y = baseline(bottom + height, style.size, height)
    page.add(figure, press.text(line, start + 4.0, line.width, y))


def _print_inside(
    press: Press,
    figure: Node,
    page: Page,
    text: str,
    look: int,
    start: float,
    length: float,
    bottom: float,
    height: float,
) -> None:
    """A value inside its bar, on a plain ground, where the bar is long enough."""
    fill, _pattern = series_look(look)
    line = press.setter.lines([(text, Style(7.0, True, theme.INK if fill in _LIGHT else theme.PAPER))])[0]
    if line.width + 6.0 > length:
        return
    middle = start + (length - line.width) / 2
    page.add(figure, press.rectangle(middle - 2.0, line.width + 4.0, bottom + 1.5, height - 3.0, fill))
    page.add(figure, press.text(line, middle, line.width, baseline(bottom + height, 7.0, height)))

"""Bars that lie along the reading direction, so that long names of places stand in full beside them.

Side by side, end to end, or as the parts of a whole. Of a whole with a hidden part nothing can be drawn that does not
give that part away: its bar is one hidden patch from end to end.
"""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import partial
from typing import NamedTuple

from desktop.render.layout import Line
from desktop.render.pdf_blocks import Press, baseline
from desktop.render.pdf_page import BOTTOM, Box, Page
from desktop.render.pdf_plot import AXIS, BETWEEN, FIGURE, LABEL, LEADING, STUB, Drawing, fits
from desktop.render.scale import Scale, measured
from desktop.render.values import clean, shown
from desktop.reports.document import Chart, ChartKind, Hidden, Missing

_ASIDE = 0.3
"""The part of the page that stands open for values at the ends of bars."""


class _Plot(NamedTuple):
    """Where bars begin, how far they may reach, how thick they are, and what their lengths mean."""

    start: float
    reach: float
    thickness: float
    scale: Scale
    asides: tuple[str, ...]
    """What stands after the bar of each category, where bars lie end to end."""
    whole: bool
    """Whether every value has its room."""

    def length(self, value: Decimal) -> float:
        return self.reach * self.scale.part(value)


def bars(drawing: Drawing, scale: Scale, above: float) -> tuple[list[Box], bool]:
    """The bars with their axis, a box a page they need, and whether every value stands beside or in them.

    `above` is what else stands on their first page.
    """
    press, asked = drawing.press, drawing.asked
    labels = [shown(category, press.words) for category in asked.categories]
    plot = _measured(press, asked, labels, scale)
    names = [press.setter.fitted(label, LABEL, plot.start - 10.0, 3) for label in labels]
    count = max(len(asked.series), 1) if asked.kind is ChartKind.BARS else 1
    heights = [max(count * plot.thickness, len(lines) * LEADING) + BETWEEN for lines in names]
    boxes = []
    for first, last in parts(heights, press.sheet.top - BOTTOM - AXIS - above):
        draw = partial(_draw, drawing, plot, names, heights, first, last, count)
        boxes.append(Box(sum(heights[first:last]) + AXIS, draw, gap=6.0))
    return boxes, plot.whole


def parts(heights: Sequence[float], room: float) -> Iterator[tuple[int, int]]:
    """The categories that share a page."""
    first, used = 0, 0.0
    for i, height in enumerate(heights):
        if used and used + height > room:
            yield first, i
            first, used = i, 0.0
        used += height
    if heights:
        yield first, len(heights)


def _measured(press: Press, asked: Chart, labels: list[str], scale: Scale) -> _Plot:
    body = press.sheet.body
    widest = max((press.setter.width(label, LABEL) for label in labels), default=0.0)
    start = min(widest + 10.5, body * 0.36)  # a hair more than the names are given, lest rounding break the widest one
    room = body - start - STUB - 6.0
    if asked.kind is ChartKind.BARS:
        values = {value for one in asked.series for value in one.values}
        aside = max((press.setter.width(shown(value, press.words), FIGURE) for value in values), default=0.0)
        thickness = 13.0 if len(asked.series) == 1 else 10.0 if len(asked.series) < 4 else 8.0
        return _Plot(start, room - min(aside, body / 4), thickness, scale, (), whole=True)
    # What no bar has room for stands after it, which makes bars shorter: a few turns settle it. Where that would leave
    # too little of them, only marks stand there, and the values in a table.
    plot = _Plot(start, room, 13.0, scale, (), whole=True)
    for marks_only in (False, False, False, True):
        asides = tuple(_aside(press, asked, plot, category, marks_only) for category in range(len(labels)))
        aside = max((press.setter.width(text, FIGURE) for text in asides), default=0.0)
        plot = plot._replace(reach=room - min(aside, body * _ASIDE), asides=asides, whole=not marks_only)
        if aside <= body * _ASIDE and _settled(press, asked, plot):
            break
    return plot


def _settled(press: Press, asked: Chart, plot: _Plot) -> bool:
    """Whether the bars are as long as what stands after them leaves them."""
    return plot.asides == tuple(_aside(press, asked, plot, category) for category in range(len(plot.asides)))


def _aside(press: Press, asked: Chart, plot: _Plot, category: int, marks_only: bool = False) -> str:
    """What stands after a bar: what is hidden or missing, and the values that have no room in it."""
    words = press.words
    values = [one.values[category] for one in asked.series]
    numbers = [max(measured(value) or Decimal(), Decimal()) for value in values]
    total = sum(numbers) if asked.kind is ChartKind.SHARES else Decimal(1)
    unknown = [value for value in values if measured(value) is None]
    broken = asked.kind is ChartKind.SHARES and bool(unknown)
    told = dict.fromkeys(shown(value, words) for value in sorted(unknown, key=lambda one: isinstance(one, Missing)))
    for one, value, number in zip(asked.series, values, numbers, strict=True):
        text = shown(value, words)
        room = plot.length(number / total) if number and not broken else 0.0
        if number and not marks_only and not fits(press, text, room):
            told[words.gettext("{name}: {value}").format(name=clean(one.label), value=text)] = None
    return words.list(list(told)) if told else ""


def _draw(
    drawing: Drawing,
    plot: _Plot,
    names: list[list[Line]],
    heights: list[float],
    first: int,
    last: int,
    count: int,
    page: Page,
    top: float,
) -> None:
    """Draw some categories with the axis under them."""
    bottom = top - sum(heights[first:last])
    for tick in plot.scale.ticks():
        said = plot.scale.said(tick, drawing.press.words)
        drawing.tick(page, said, plot.start + plot.length(tick), top, bottom, not tick)
    draw = {ChartKind.BARS: _apart, ChartKind.STACKED: _stacked}.get(drawing.asked.kind, _of_whole)
    for i in range(first, last):
        y = top - (heights[i] - len(names[i]) * LEADING) / 2
        for line in names[i]:
            drawing.text(page, line, 0, plot.start - 8.0, baseline(y, LABEL.size, LEADING), end=True)
            y -= LEADING
        draw(drawing, plot, i, page, top - (heights[i] - count * plot.thickness) / 2)
        top -= heights[i]


def _apart(drawing: Drawing, plot: _Plot, category: int, page: Page, top: float) -> None:
    """The bars of one category, one under the other."""
    height = plot.thickness - 0.8
    for i, one in enumerate(drawing.asked.series):
        bottom = top - plot.thickness + 0.8
        value = one.values[category]
        number, text = measured(value), shown(value, drawing.press.words)
        if number is not None:
            length = plot.length(number)
            if length > 0:
                drawing.patch(page, i, plot.start, length, bottom, height)
            drawing.aside(page, text, plot.start + length, bottom, height)
        elif isinstance(value, Hidden):
            drawing.patch(page, "hidden", plot.start, STUB, bottom, height)
            drawing.aside(page, text, plot.start + STUB, bottom, height, quiet=True)
        else:
            drawing.aside(page, text, plot.start, bottom, height, quiet=True)
        top -= plot.thickness


def _stacked(drawing: Drawing, plot: _Plot, category: int, page: Page, top: float) -> None:
    """The bars of one category end to end; what is hidden or missing is told after the last."""
    start, bottom = plot.start, top - plot.thickness
    values = [one.values[category] for one in drawing.asked.series]
    for i, value in enumerate(values):
        length = plot.length(measured(value) or Decimal())
        start += _part(drawing, page, i, shown(value, drawing.press.words), start, length, bottom, plot)
    if any(isinstance(value, Hidden) for value in values):
        drawing.patch(page, "hidden", start, STUB, bottom, plot.thickness)
        start += STUB
    _tell(drawing, plot, category, page, start, bottom)


def _of_whole(drawing: Drawing, plot: _Plot, category: int, page: Page, top: float) -> None:
    """The parts of one category as one whole."""
    start, bottom = plot.start, top - plot.thickness
    values = [one.values[category] for one in drawing.asked.series]
    numbers = [max(measured(value) or Decimal(), Decimal()) for value in values]
    total = sum(numbers)
    if any(isinstance(value, Hidden) for value in values):
        drawing.patch(page, "hidden", start, plot.reach, bottom, plot.thickness)
        start += plot.reach
    elif total and not any(isinstance(value, Missing) for value in values):
        for i, (value, number) in enumerate(zip(values, numbers, strict=True)):
            length = plot.length(number / total)
            start += _part(drawing, page, i, shown(value, drawing.press.words), start, length, bottom, plot)
    _tell(drawing, plot, category, page, start, bottom)


def _part(
    drawing: Drawing, page: Page, look: int, text: str, start: float, length: float, bottom: float, plot: _Plot
) -> float:
    """Draw one part of a bar; answers its length."""
    if length > 0:
        drawing.patch(page, look, start, length, bottom, plot.thickness)
        drawing.inside(page, text, look, start, length, bottom, plot.thickness)
    return length


def _tell(drawing: Drawing, plot: _Plot, category: int, page: Page, start: float, bottom: float) -> None:
    if told := plot.asides[category]:
        drawing.aside(page, told, start, bottom, plot.thickness, quiet=True, most=_ASIDE)

"""Series as lines over categories that follow one another, such as months; time runs the way the page is read.

A line breaks where a value is hidden or missing: its mark stands on the axis, where it says nothing of the height.
"""

from collections.abc import Iterator
from functools import partial
from typing import NamedTuple

from desktop.render.layout import Line
from desktop.render.pdf_blocks import baseline
from desktop.render.pdf_page import Box, Page
from desktop.render.pdf_patterns import rectangle
from desktop.render.pdf_plot import FIGURE, LABEL, LEADING, QUIET, Drawing, marker, pen
from desktop.render.scale import Scale, measured
from desktop.render.values import shown
from desktop.reports.document import Hidden

_HEIGHT = 170.0
_NARROWEST = 34.0
_MARK = 7.0
_Area = tuple[float, float, float, float]


class _Figure(NamedTuple):
    """A value at its point: its line, and what it covers, measured from the axis."""

    line: Line
    area: _Area


class _Plot(NamedTuple):
    """Where the lines begin, how much of the page each category has, and how often a name fits under them."""

    start: float
    band: float
    every: int
    names: list[list[Line]]
    scale: Scale

    def across(self, category: int) -> float:
        return self.start + (category + 0.5) * self.band


def lines(drawing: Drawing, scale: Scale) -> tuple[Box, bool]:
    """The lines in one box with their axes, and whether every value and name stands in it."""
    press, asked = drawing.press, drawing.asked
    ticks = [scale.said(tick, press.words) for tick in scale.ticks()]
    start = max(press.setter.width(text, QUIET) for text in ticks) + 8.0
    band = (press.sheet.body - start) / len(asked.categories)
    every = max(1, -(-int(_NARROWEST) // max(int(band), 1)))
    names = [press.setter.fitted(shown(one, press.words), LABEL, band * every - 4.0, 3) for one in asked.categories]
    below = max(len(name) for name in names) * LEADING + 6.0
    plot = _Plot(start, band, every, names, scale)
    figures = list(_figures(drawing, plot))
    values = [value for one in asked.series for value in one.values if measured(value) is not None]
    draw = partial(_draw, drawing, plot, figures)
    return Box(_HEIGHT + 12.0 + below, draw, gap=6.0), len(figures) == len(values) and every == 1


def _draw(drawing: Drawing, plot: _Plot, figures: list[_Figure], page: Page, top: float) -> None:
    bottom = top - 12.0 - _HEIGHT
    width = drawing.press.sheet.body - plot.start
    for tick in plot.scale.ticks():
        y = bottom + _HEIGHT * plot.scale.part(tick)
        drawing.level(page, plot.scale.said(tick, drawing.press.words), plot.start, width, y, not tick)
    for category in range(0, len(plot.names), plot.every):
        y = bottom - 5.0
        for line in plot.names[category]:
            start = plot.across(category) - line.width / 2
            drawing.text(page, line, start, line.width, baseline(y, LABEL.size, LEADING))
            y -= LEADING
    for number in range(len(drawing.asked.series)):
        _draw_line(drawing, plot, number, page, bottom)
    for line, (left, low, right, high) in figures:
        page.add(drawing.figure, f"1 1 1 rg {rectangle((left, bottom + low, right, bottom + high))} f")
        page.add(drawing.figure, drawing.press.ink.line(line, left + 1.0, bottom + low + 1.5))


def _points(drawing: Drawing, plot: _Plot, number: int, bottom: float) -> list[tuple[float, float] | None]:
    found: list[tuple[float, float] | None] = []
    for category, value in enumerate(drawing.asked.series[number].values):
        known = measured(value)
        x = drawing.press.left(plot.across(category), 0.0)
        found.append(None if known is None else (x, bottom + _HEIGHT * plot.scale.part(known)))
    return found


def _draw_line(drawing: Drawing, plot: _Plot, number: int, page: Page, bottom: float) -> None:
    """The line of one series, its points over it, and its marks on the axis beside those of the others."""
    points = _points(drawing, plot, number, bottom)
    path, going_on = "", False
    for point in points:
        if point:
            path += f"{point[0]:.2f} {point[1]:.2f} {'l' if going_on else 'm'} "
        going_on = point is not None
    if path:
        page.add(drawing.figure, f"q 1 j {pen(number)} {path}S Q")
        page.add(drawing.figure, " ".join(marker(number, *point) for point in points if point))
    count = len(drawing.asked.series)
    for category, value in enumerate(drawing.asked.series[number].values):
        if measured(value) is None:
            start = plot.across(category) + (number - count / 2) * (_MARK + 1.0)
            drawing.patch(page, "hidden" if isinstance(value, Hidden) else "missing", start, _MARK, bottom, _MARK)


def _figures(drawing: Drawing, plot: _Plot) -> Iterator[_Figure]:
    """The value of each point over it or under it, where it covers nothing; the last points come first."""
    every = [_points(drawing, plot, number, 0.0) for number in range(len(drawing.asked.series))]
    taken: list[_Area] = [(p[0] - 3, p[1] - 3, p[0] + 3, p[1] + 3) for points in every for p in points if p]
    for category in reversed(range(len(drawing.asked.categories))):
        for number, points in enumerate(every):
            point = points[category]
            if point is None:
                continue
            value = shown(drawing.asked.series[number].values[category], drawing.press.words)
            line = drawing.press.setter.lines([(value, FIGURE)])[0]
            left = point[0] - line.width / 2
            for low in (point[1] + 4.5, point[1] - 11.0):
                area = (left - 1.0, low, left + line.width + 1.0, low + FIGURE.size)
                if low > 0 and not any(_meet(area, other) for other in taken):
                    taken.append(area)
                    yield _Figure(line, area)
                    break


def _meet(one: _Area, other: _Area) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]

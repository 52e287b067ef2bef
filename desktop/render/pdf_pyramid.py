"""Two series back to back, such as women and men by age: the first category stands lowest, as age pyramids do.

The names of the categories stand between the two sides, the first series on the side where reading starts.
"""

from functools import partial
from typing import NamedTuple

from desktop.render import theme
from desktop.render.layout import Line, Style
from desktop.render.pdf_bars import parts
from desktop.render.pdf_blocks import baseline
from desktop.render.pdf_page import BOTTOM, Box, Page
from desktop.render.pdf_plot import AXIS, FIGURE, LABEL, LEADING, STUB, Drawing
from desktop.render.scale import Scale, measured
from desktop.render.values import clean, shown
from desktop.reports.document import Hidden

_BAR, _GAP = 12.0, 4.0
_HEADING = 14.0
_HEADING_STYLE = Style(LABEL.size, True, theme.INK)


class _Plot(NamedTuple):
    """Where the two sides begin, and how far they may reach."""

    low: float
    high: float
    reach: float
    scale: Scale


def pyramid(drawing: Drawing, scale: Scale, above: float) -> list[Box]:
    """The two sides with an axis each, a box a page they need."""
    press, asked = drawing.press, drawing.asked
    body = press.sheet.body
    labels = [shown(category, press.words) for category in asked.categories]
    middle = min(max((press.setter.width(label, LABEL) for label in labels), default=0.0) + 16.0, body * 0.3)
    names = [press.setter.fitted(label, LABEL, middle - 12.0, 3) for label in labels]
    values = {value for one in asked.series for value in one.values}
    aside = max((press.setter.width(shown(value, press.words), FIGURE) for value in values), default=0.0)
    low, high = (body - middle) / 2, (body + middle) / 2
    plot = _Plot(low, high, max(low - min(aside, body / 5) - STUB, 40.0), scale)
    heights = [max(_BAR, len(lines) * LEADING) + _GAP for lines in reversed(names)]
    boxes = []
    for first, last in parts(heights, press.sheet.top - BOTTOM - AXIS - _HEADING - above):
        bands = [(len(labels) - 1 - i, names[len(labels) - 1 - i], heights[i]) for i in range(first, last)]
        height = sum(heights[first:last]) + AXIS + _HEADING
        boxes.append(Box(height, partial(_draw, drawing, plot, bands), gap=6.0))
    return boxes


def _draw(drawing: Drawing, plot: _Plot, bands: list[tuple[int, list[Line], float]], page: Page, top: float) -> None:
    for side, one in enumerate(drawing.asked.series):
        line = drawing.press.setter.fitted(clean(one.label), _HEADING_STYLE, plot.low - 4.0)[0]
        start = plot.high if side else plot.low - line.width
        drawing.text(page, line, start, line.width, baseline(top, LABEL.size, _HEADING - 2.0))
    top -= _HEADING
    bottom = top - sum(height for _category, _name, height in bands)
    for tick in plot.scale.ticks():
        away = plot.reach * plot.scale.part(tick)
        for start in (plot.low - away, plot.high + away):
            drawing.tick(page, plot.scale.said(tick, drawing.press.words), start, top, bottom, not tick)
    for category, name, height in bands:
        y = top - (height - len(name) * LEADING) / 2
        for line in name:
            start = (plot.low + plot.high - line.width) / 2
            drawing.text(page, line, start, line.width, baseline(y, LABEL.size, LEADING))
            y -= LEADING
        for side in (0, 1):
            _draw_side(drawing, plot, side, category, page, top - (height + _BAR) / 2)
        top -= height


def _draw_side(drawing: Drawing, plot: _Plot, side: int, category: int, page: Page, bottom: float) -> None:
    """One bar and its value, which on the first side stands before it."""
    value = drawing.asked.series[side].values[category]
    number, text = measured(value), shown(value, drawing.press.words)
    length = STUB if isinstance(value, Hidden) else 0.0 if number is None else plot.reach * plot.scale.part(number)
    start = plot.high if side else plot.low - length
    if length > 0:
        drawing.patch(page, "hidden" if number is None else side, start, length, bottom, _BAR)
    if side:
        drawing.aside(page, text, start + length, bottom, _BAR, quiet=number is None)
    else:
        line = drawing.press.setter.fitted(text, FIGURE, max(start - 4.0, 20.0))[0]
        before = max(start - 4.0 - line.width, 0.0)
        drawing.text(page, line, before, line.width, baseline(bottom + _BAR, FIGURE.size, _BAR))

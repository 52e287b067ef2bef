"""The parts that every chart on paper is made of: its looks, its legend, patches, labels and the lines of an axis.

A hidden value is a patch of one size whatever it hides; a missing one is its reason in words. Nothing is worked out
here: what a chart prints are the values it was given.
"""

from collections.abc import Iterator
from functools import partial
from typing import Literal, NamedTuple

from desktop.render import theme
from desktop.render.layout import Line, Style
from desktop.render.pdf_blocks import Press, baseline
from desktop.render.pdf_page import Box, Page
from desktop.render.pdf_patterns import Bounds, Pattern, filled, hidden, rectangle, series_look
from desktop.render.pdf_tags import Node
from desktop.render.pdf_text import colour
from desktop.render.values import clean, hidden_mark
from desktop.reports.document import Chart, ChartKind, Hidden, Missing

LABEL = Style(theme.SMALL_SIZE, False, theme.INK)
FIGURE = Style(7.0, False, theme.INK)
QUIET = Style(7.0, False, theme.GREY)
INSIDE = Style(7.0, True, theme.PAPER)
LEADING = LABEL.size * 1.3
STUB = 16.0
BETWEEN = 7.0
AXIS = 16.0
SWATCH = 9.0


Look = int | Literal["hidden", "missing"]
"""How a patch is filled: like the series of this number, or as what may not or cannot be shown."""


class Drawing(NamedTuple):
    """One chart being drawn: where its marks belong, and what it shows."""

    press: Press
    figure: Node
    asked: Chart

    def text(self, page: Page, line: Line, start: float, width: float, y: float, end: bool = False) -> None:
        """Print a line in a space this wide."""
        page.add(self.figure, self.press.text(line, start, width, y, end))

    def patch(self, page: Page, look: Look, start: float, width: float, bottom: float, height: float) -> None:
        """Fill a rectangle with a look."""
        left = self.press.left(start, width)
        bounds = left, bottom, left + width, bottom + height
        page.add(self.figure, _filled(bounds, look))

    def aside(
        self, page: Page, text: str, start: float, bottom: float, height: float, quiet: bool = False, most: float = 0.25
    ) -> None:
        """Print a value after the end of its bar, in this part of the page at most."""
        room = self.press.sheet.body - start - 4.0
        if room > 0:
            style = QUIET if quiet else FIGURE
            line = self.press.setter.fitted(text, style, min(self.press.sheet.body * most + STUB, room))[0]
            self.text(page, line, start + 4.0, line.width, baseline(bottom + height, style.size, height))

    def inside(
        self, page: Page, text: str, look: int, start: float, length: float, bottom: float, height: float
    ) -> None:
        """Print a value in its bar, on a plain ground, where the bar is long enough."""
        fill, _pattern = series_look(look)
        if not fits(self.press, text, length):
            return
        line = self.press.setter.lines([(text, INSIDE)])[0]
        middle = start + (length - line.width) / 2
        ground = self.press.rectangle(middle - 2.0, line.width + 4.0, bottom + 1.5, height - 3.0, fill)
        page.add(self.figure, ground)
        self.text(page, line, middle, line.width, baseline(bottom + height, FIGURE.size, height))

    def tick(self, page: Page, text: str, start: float, top: float, bottom: float, first: bool) -> None:
        """An upright line of the axis with its number under it."""
        x = self.press.left(start, 0)
        page.add(None, _stroke(x, bottom, x, top, theme.GREY if first else theme.RULE))
        number = self.press.setter.lines([(text, QUIET)])[0]
        self.text(page, number, start - number.width / 2, number.width, bottom - 10.0)

    def level(self, page: Page, text: str, start: float, width: float, y: float, first: bool) -> None:
        """A level line of the axis with its number before it."""
        left = self.press.left(start, width)
        page.add(None, _stroke(left, y, left + width, y, theme.GREY if first else theme.RULE))
        number = self.press.setter.lines([(text, QUIET)])[0]
        self.text(page, number, 0.0, start - 5.0, y - 2.5, end=True)


def fits(press: Press, text: str, length: float) -> bool:
    """Whether a value can stand in its bar."""
    return press.setter.width(text, INSIDE) + 6.0 <= length


def legend(drawing: Drawing) -> Iterator[Box]:
    """What the looks mean: the series where there is more than one, hidden values, and reasons where lines break."""
    press, asked = drawing.press, drawing.asked
    values = [value for one in asked.series for value in one.values]
    entries: list[tuple[Look, str]] = []
    if len(asked.series) > 1:
        entries += [(i, clean(one.label)) for i, one in enumerate(asked.series)]
    if any(isinstance(value, Hidden) for value in values):
        mark = hidden_mark(press.words)
        entries.append(("hidden", press.words.gettext("{mark}: hidden to protect people").format(mark=mark)))
    reasons = dict.fromkeys(clean(value.reason) for value in values if isinstance(value, Missing))
    if asked.kind is ChartKind.LINES and reasons:
        entries.append(("missing", press.words.list(list(reasons))))
    rows: list[list[tuple[float, Look, Line]]] = []
    body = press.sheet.body
    start = body
    for look, text in entries:
        line = press.setter.fitted(text, LABEL, body - 40.0)[0]
        if start + SWATCH + 5.0 + line.width > body:
            rows.append([])
            start = 0.0
        rows[-1].append((start, look, line))
        start += 2 * SWATCH + 5.0 + line.width + 18.0
    for row in rows:
        yield Box(SWATCH + 5.0, partial(_draw_legend, drawing, row), gap=5.0, glued=True)


def _draw_legend(drawing: Drawing, row: list[tuple[float, Look, Line]], page: Page, top: float) -> None:
    for start, look, line in row:
        if isinstance(look, int) and drawing.asked.kind is ChartKind.LINES:
            x = drawing.press.left(start, 2 * SWATCH)
            y = top - 2.0 - SWATCH / 2
            page.add(drawing.figure, f"{pen(look)} {x:.2f} {y:.2f} m {x + 2 * SWATCH:.2f} {y:.2f} l S [] 0 d")
            page.add(drawing.figure, marker(look, x + SWATCH, y))
            after = start + 2 * SWATCH + 5.0
        else:
            left = drawing.press.left(start, SWATCH)
            bounds = left, top - 2.0 - SWATCH, left + SWATCH, top - 2.0
            page.add(drawing.figure, _filled(bounds, look))
            after = start + SWATCH + 5.0
        drawing.text(page, line, after, line.width, baseline(top, LABEL.size, SWATCH + 4.0))


def pen(number: int) -> str:
    """The line of a series: its colour, and dashes that tell it from the others without colour."""
    dashes = ("", "6 3", "2 2", "8 3 2 3", "1 3", "12 4")[number % 6]
    return f"{colour(series_look(number)[0])} RG 1.6 w [{dashes}] 0 d"


def marker(number: int, x: float, y: float) -> str:
    """The point of a series on its line, each series with a shape of its own."""
    r = 2.8
    shapes = (
        [(-r, -r), (r, -r), (r, r), (-r, r)],
        [(-r, -r), (r, -r), (0, r)],
        [(0, -r - 1), (r + 1, 0), (0, r + 1), (-r - 1, 0)],
        [(-r, r), (r, r), (0, -r)],
        [(-r - 1, -r / 2), (r + 1, -r / 2), (r + 1, r / 2), (-r - 1, r / 2)],
        [(-r / 2, -r - 1), (r / 2, -r - 1), (r / 2, r + 1), (-r / 2, r + 1)],
    )
    first, *others = ((x + dx, y + dy) for dx, dy in shapes[number % 6])
    path = f"{first[0]:.2f} {first[1]:.2f} m " + " ".join(f"{a:.2f} {b:.2f} l" for a, b in others)
    return f"{colour(series_look(number)[0])} rg {colour(theme.PAPER)} RG .7 w {path} h B"


def _filled(bounds: Bounds, look: Look) -> str:
    path = rectangle(bounds)
    if look == "hidden":
        return hidden(path, bounds)
    if look == "missing":
        return filled(path, bounds, theme.PAPER, Pattern.LEVEL, theme.GREY) + f" {colour(theme.GREY)} RG .4 w {path} S"
    fill, pattern = series_look(look)
    return filled(path, bounds, fill, pattern)


def _stroke(x0: float, y0: float, x1: float, y1: float, shade: str) -> str:
    return f"{colour(shade)} RG .5 w {x0:.2f} {y0:.2f} m {x1:.2f} {y1:.2f} l S"

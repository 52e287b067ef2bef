"""Places shaded by a count, drawn from their outlines; without outlines, the same places as a table."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import cos, isfinite, radians
from typing import NamedTuple

from desktop.render import theme
from desktop.render.layout import Style
from desktop.render.pdf_blocks import BLOCK_TITLE_STYLE, SMALL_STYLE, Press, baseline, text_boxes
from desktop.render.pdf_page import Box, Page
from desktop.render.pdf_patterns import Bounds, Pattern, filled, hidden, rectangle
from desktop.render.pdf_table import table
from desktop.render.pdf_tags import Node
from desktop.render.pdf_text import colour
from desktop.render.tabular import map_table
from desktop.render.values import clean, hidden_mark, shown
from desktop.reports.document import Area, Count, Hidden, Map, Missing

_WIDEST, _TALLEST = 0.66, 330.0
_LEGEND_GAP = 22.0
_LEGEND = Style(theme.SMALL_SIZE, False, theme.INK)
_ELSEWHERE = "#EDF0F3"
_FAINT = "#9AA5B1"
_PALE = frozenset(theme.SHADES[:3])


class _Look(NamedTuple):
    """How a place is filled: a shade, or None for a hidden count; and its pattern."""

    fill: str | None
    pattern: Pattern = Pattern.PLAIN


_MISSING = _Look(theme.PAPER, Pattern.LEVEL)


class _Shape(NamedTuple):
    """A place on the page, measured from the map's lower left corner."""

    area: Area
    rings: list[list[tuple[float, float]]]

    def bounds(self) -> Bounds:
        xs = [x for ring in self.rings for x, _y in ring]
        ys = [y for ring in self.rings for _x, y in ring]
        return min(xs), min(ys), max(xs), max(ys)


def shaded_map(press: Press, section: Node, asked: Map) -> Iterator[Box]:
    """The map with its title, legend and note, kept on one page."""
    widest = press.sheet.body * _WIDEST
    shapes, width, height = _projected(asked.areas, widest)
    if not shapes:
        yield from table(press, section, map_table(asked, press.words))
        return
    if asked.title:
        title = [(clean(asked.title), BLOCK_TITLE_STYLE)]
        yield from text_boxes(press, section.add("P"), title, gap=16.0, glued=True)
    figure = section.add("Figure", alt=clean(asked.description))
    classes = _classes([area.value.value for area in asked.areas if isinstance(area.value, Count)])
    legend = _legend(press, asked, classes)
    beside = press.sheet.body - widest - _LEGEND_GAP
    entries = [(look, press.setter.fitted(text, _LEGEND, beside - 16.0, 4)) for look, text in legend]
    leading = _LEGEND.size * 1.35

    def draw(page: Page, top: float) -> None:
        left = press.left((widest - width) / 2, width)
        for shape in shapes:
            _draw_shape(press, figure, page, shape, classes, left, top - height)
        y = top - 4.0
        for look, lines in entries:
            bounds = _swatch(press, widest, y - 9.0)
            page.add(figure, _filled(rectangle(bounds), bounds, look))
            for line in lines:
                start = widest + _LEGEND_GAP + 16.0
                page.add(figure, press.text(line, start, beside - 16.0, baseline(y + 1.0, _LEGEND.size, leading)))
                y -= leading
            y -= 5.0

    tall = 4.0 + sum(len(lines) * leading + 5.0 for _look, lines in entries)
    yield Box(max(height, tall), draw, gap=8.0, glued=bool(asked.note))
    if asked.note:
        yield from text_boxes(press, section.add("P"), [(clean(asked.note), SMALL_STYLE)], gap=4.0, leading=1.4)


def _projected(areas: Sequence[Area], widest: float) -> tuple[list[_Shape], float, float]:
    """The outlines in points, north up whichever way the page is read, and the size they take."""
    kept = [(area, [[(x, y) for x, y in ring if isfinite(x) and isfinite(y)] for ring in area.rings]) for area in areas]
    kept = [(area, [ring for ring in rings if len(ring) > 2]) for area, rings in kept]
    points = [point for _area, rings in kept for ring in rings for point in ring]
    if not points:
        return [], 0.0, 0.0
    west, east = min(x for x, _y in points), max(x for x, _y in points)
    south, north = min(y for _x, y in points), max(y for _x, y in points)
    narrow = cos(radians(max(-80.0, min(80.0, (south + north) / 2))))
    across, along = max((east - west) * narrow, 1e-9), max(north - south, 1e-9)
    scale = min(widest / across, _TALLEST / along)
    shapes = [
        _Shape(area, [[((x - west) * narrow * scale, (y - south) * scale) for x, y in ring] for ring in rings])
        for area, rings in kept
        if rings
    ]
    return shapes, across * scale, along * scale


def _classes(values: list[int]) -> list[tuple[int, int]]:
    """The lowest and highest value of each shade; as many places in each as can be."""
    distinct = sorted(set(values))
    count = min(len(theme.SHADES), len(distinct))
    cuts = [len(distinct) * i // count for i in range(count + 1)] if count else []
    return [(distinct[a], distinct[b - 1]) for a, b in pairwise(cuts)]


def _shade(number: int, count: int) -> str:
    return theme.SHADES[-1] if count == 1 else theme.SHADES[number * (len(theme.SHADES) - 1) // (count - 1)]


def _look(area: Area, classes: list[tuple[int, int]]) -> _Look:
    match area.value:
        case Count(value):
            number = next(i for i, (_low, high) in enumerate(classes) if value <= high)
            return _Look(_shade(number, len(classes)))
        case Hidden():
            return _Look(None)
        case Missing():
            return _MISSING
        case None:
            return _Look(_ELSEWHERE)


def _legend(press: Press, asked: Map, classes: list[tuple[int, int]]) -> list[tuple[_Look, str]]:
    words = press.words
    entries = []
    for number, (low, high) in enumerate(classes):
        text = words.number(low)
        if high > low:
            text = words.gettext("{low} to {high}").format(low=text, high=words.number(high))
        entries.append((_Look(_shade(number, len(classes))), text))
    values = [area.value for area in asked.areas]
    if any(isinstance(value, Hidden) for value in values):
        text = words.gettext("{mark}: hidden to protect people").format(mark=hidden_mark(words))
        entries.append((_Look(None), text))
    reasons = dict.fromkeys(clean(value.reason) for value in values if isinstance(value, Missing))
    entries += [(_MISSING, reason) for reason in reasons]
    if any(value is None for value in values):
        entries.append((_Look(_ELSEWHERE), words.gettext("Outside this report")))
    return entries


def _swatch(press: Press, widest: float, bottom: float) -> Bounds:
    left = press.left(widest + _LEGEND_GAP, 10.0)
    return left, bottom, left + 10.0, bottom + 10.0


def _filled(path: str, bounds: Bounds, look: _Look) -> str:
    edge = f"{colour(theme.GREY)} RG .4 w {path} s"
    if look.fill is None:
        return hidden(path, bounds)
    return f"{filled(path, bounds, look.fill, look.pattern, _FAINT)} {edge}"


def _draw_shape(
    press: Press,
    figure: Node,
    page: Page,
    shape: _Shape,
    classes: list[tuple[int, int]],
    left: float,
    bottom: float,
) -> None:
    x0, y0, x1, y1 = shape.bounds()
    bounds = (x0 + left, y0 + bottom, x1 + left, y1 + bottom)
    path = " ".join(
        " ".join(f"{x + left:.1f} {y + bottom:.1f} {'l' if i else 'm'}" for i, (x, y) in enumerate(ring)) + " h"
        for ring in shape.rings
    )
    look = _look(shape.area, classes)
    page.add(figure, _filled(path, bounds, look))
    if shape.area.value is None:
        return
    ink = theme.INK if look.fill is None or look.fill in _PALE or look is _MISSING else theme.PAPER
    name = press.setter.lines([(shown(shape.area.name, press.words), Style(7.0, True, ink))])[0]
    value = press.setter.lines([(shown(shape.area.value, press.words), Style(7.0, False, ink))])[0]
    lines = [name] if isinstance(shape.area.value, Missing) else [name, value]
    widest = max(line.width for line in lines)
    if widest > (x1 - x0) * 0.9 or (y1 - y0) < 26.0:
        return
    middle, y = (bounds[0] + bounds[2]) / 2, (bounds[1] + bounds[3]) / 2 + 2.0
    if look.pattern is not Pattern.PLAIN or look.fill is None:
        plate = (middle - widest / 2 - 2.0, y + 6.0 - 9.0 * len(lines), middle + widest / 2 + 2.0, y + 8.0)
        page.add(figure, f"{colour(theme.PAPER)} rg {rectangle(plate)} f")
    for line in lines:
        page.add(figure, press.ink.line(line, middle - line.width / 2, y))
        y -= 9.0

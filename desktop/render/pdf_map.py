"""Places shaded by a count, drawn from their outlines; without outlines, the same places as a table."""

from collections.abc import Iterator

from desktop.render import theme
from desktop.render.layout import Style
from desktop.render.maps import MISSING, Look, Shape, classes_of, legend_of, look_of, projected
from desktop.render.pdf_blocks import BLOCK_TITLE_STYLE, SMALL_STYLE, Press, baseline, text_boxes
from desktop.render.pdf_page import Box, Page
from desktop.render.pdf_patterns import Bounds, Pattern, filled, hidden, rectangle
from desktop.render.pdf_table import table
from desktop.render.pdf_tags import Node
from desktop.render.pdf_text import colour
from desktop.render.tabular import map_table
from desktop.render.values import clean, shown
from desktop.reports.document import Map, Missing

_WIDEST, _TALLEST = 0.66, 330.0
_LEGEND_GAP = 22.0
_LEGEND = Style(theme.SMALL_SIZE, False, theme.INK)
_FAINT = "#9AA5B1"
_PALE = frozenset(theme.SHADES[:3])


def shaded_map(press: Press, section: Node, asked: Map) -> Iterator[Box]:
    """The map with its title, legend and note, kept on one page."""
    widest = press.sheet.body * _WIDEST
    shapes, width, height = projected(asked.areas, widest, _TALLEST)
    if not shapes:
        yield from table(press, section, map_table(asked, press.words))
        return
    if asked.title:
        title = [(clean(asked.title), BLOCK_TITLE_STYLE)]
        yield from text_boxes(press, section.add("P"), title, gap=16.0, glued=True)
    figure = section.add("Figure", alt=clean(asked.description))
    classes = classes_of(asked.areas)
    legend = legend_of(asked, classes, press.words)
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

    tall = 4.0 + sum(len(lines) * leading + 5.0 for look, lines in entries)
    yield Box(max(height, tall), draw, gap=8.0, glued=bool(asked.note))
    if asked.note:
        yield from text_boxes(press, section.add("P"), [(clean(asked.note), SMALL_STYLE)], gap=4.0, leading=1.4)


def _swatch(press: Press, widest: float, bottom: float) -> Bounds:
    left = press.left(widest + _LEGEND_GAP, 10.0)
    return left, bottom, left + 10.0, bottom + 10.0


def _filled(path: str, bounds: Bounds, look: Look) -> str:
    edge = f"{colour(theme.GREY)} RG .4 w {path} s"
    if look.fill is None:
        return hidden(path, bounds)
    return f"{filled(path, bounds, look.fill, look.pattern, _FAINT)} {edge}"


def _draw_shape(
    press: Press,
    figure: Node,
    page: Page,
    shape: Shape,
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
    look = look_of(shape.area, classes)
    page.add(figure, _filled(path, bounds, look))
    if shape.area.value is None:
        return
    ink = theme.INK if look.fill is None or look.fill in _PALE or look is MISSING else theme.PAPER
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

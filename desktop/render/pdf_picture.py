"""Pictures on pages: a logo above the title, a picture between paragraphs."""

from collections.abc import Iterator, Sequence

from desktop.render.pdf_blocks import Press
from desktop.render.pdf_page import BOTTOM, Box, Page
from desktop.render.pdf_tags import Node
from desktop.render.pictures import Picture, opened
from desktop.render.values import clean
from desktop.reports.document import Image

_TALLEST_LOGO = 56.0
_GUTTER = 18.0
_DOT = 72 / 96
"""No picture is blown up: a dot of it takes a dot of a screen at most."""


def picture(press: Press, section: Node, asked: Image) -> Box:
    """A picture on a line of its own."""
    figure = section.add("Figure", alt=clean(asked.description))
    held, width, height = _sized(press, asked, (press.sheet.top - BOTTOM) * 0.8)

    def draw(page: Page, top: float) -> None:
        _draw(press, figure, held, width, height, 0.0, page, top)

    return Box(height, draw, gap=10.0)


def logos(press: Press, root: Node, asked: Sequence[Image]) -> Iterator[Box]:
    """Logos side by side from the edge where reading starts; what does not fit beside the others goes below them."""
    row: list[tuple[Node, Picture, float, float, float]] = []
    start = 0.0
    for one in asked:
        held, width, height = _sized(press, one, _TALLEST_LOGO)
        if row and start + width > press.sheet.body:
            yield _row(press, row)
            row, start = [], 0.0
        row.append((root.add("Figure", alt=clean(one.description)), held, width, height, start))
        start += width + _GUTTER
    if row:
        yield _row(press, row)


def _row(press: Press, row: list[tuple[Node, Picture, float, float, float]]) -> Box:
    tall = max(height for _figure, _held, _width, height, _start in row)

    def draw(page: Page, top: float) -> None:
        for figure, held, width, height, start in row:
            _draw(press, figure, held, width, height, start, page, top - (tall - height) / 2)

    return Box(tall + 12.0, draw, glued=True)


def _sized(press: Press, asked: Image, tallest: float) -> tuple[Picture, float, float]:
    held = opened(asked.content)
    widest = press.sheet.body * min(max(asked.width, 0.02), 1.0)
    scale = min(_DOT, widest / held.width, tallest / held.height)
    return held, held.width * scale, held.height * scale


def _draw(
    press: Press, figure: Node, held: Picture, width: float, height: float, start: float, page: Page, top: float
) -> None:
    name = press.pictures.setdefault(held, f"P{len(press.pictures)}")
    left = press.left(start, width)
    page.add(figure, f"q {width:.2f} 0 0 {height:.2f} {left:.2f} {top - height:.2f} cm /{name} Do Q")

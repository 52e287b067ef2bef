"""Charts as vectors, with their title above, their legend, and their note below."""

from collections.abc import Iterator
from dataclasses import replace
from typing import assert_never

from desktop.render.pdf_bars import bars
from desktop.render.pdf_blocks import BLOCK_TITLE_STYLE, SMALL_STYLE, Press, text_boxes
from desktop.render.pdf_lines import lines
from desktop.render.pdf_page import Box
from desktop.render.pdf_plot import Drawing, legend
from desktop.render.pdf_pyramid import pyramid
from desktop.render.pdf_table import table
from desktop.render.pdf_tags import Node
from desktop.render.scale import scale_of
from desktop.render.tabular import chart_table
from desktop.render.values import clean
from desktop.reports.document import Chart, ChartKind


def chart(press: Press, section: Node, asked: Chart) -> Iterator[Box]:
    """A chart of any kind; cut between categories where a page ends."""
    if asked.title:
        title = [(clean(asked.title), BLOCK_TITLE_STYLE)]
        yield from text_boxes(press, section.add("P"), title, gap=16.0, glued=True)
    figure = section.add("Figure", alt=clean(asked.description))
    drawing = Drawing(press, figure, asked)
    above = list(legend(drawing))
    yield from above
    drawn, whole = _drawn(drawing, 60.0 + sum(box.height for box in above))
    yield from drawn[:-1]
    yield from (box._replace(glued=bool(asked.note)) for box in drawn[-1:])
    if not whole and not asked.tabled:
        yield from table(press, section, replace(chart_table(asked), title="", note=""))
    if asked.note:
        yield from text_boxes(press, section.add("P"), [(clean(asked.note), SMALL_STYLE)], gap=4.0, leading=1.4)


def _drawn(drawing: Drawing, above: float) -> tuple[list[Box], bool]:
    """The drawing, and whether it has room for every value; where it has not, they stand in a table under it."""
    if not drawing.asked.categories:
        return [], True
    scale = scale_of(drawing.asked)
    match drawing.asked.kind:
        case ChartKind.BARS | ChartKind.STACKED | ChartKind.SHARES:
            return bars(drawing, scale, above)
        case ChartKind.PYRAMID:
            return pyramid(drawing, scale, above), True
        case ChartKind.LINES:
            box, whole = lines(drawing, scale)
            return [box], whole
        case _:
            assert_never(drawing.asked.kind)

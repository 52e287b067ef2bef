"""A chart that lives from cells: the same bars in a workbook and, with the workbook inside it, in a Word file.

Bars lie, since names of places are long, and grow from the side where reading starts. A hidden or missing count has no
length: its mark stands in the place of the bar.
"""

from typing import Any

from xlsxwriter.chart import Chart as LiveChart
from xlsxwriter.workbook import Workbook

from desktop.render.direction import marked
from desktop.render.theme import BARS, GREY, INK, RULE
from desktop.render.values import shown
from desktop.reports.document import Chart, ChartKind, Count
from i18n import Words

WIDTH, ROW_HEIGHT, FRAME_HEIGHT = 640, 22, 70
"""In the pixels of a workbook, 96 an inch; a chart is as high as its bars are many."""


def live_chart(book: Workbook, chart: Chart, sheet: str, head_row: int, words: Words) -> LiveChart:
    """Bars over the cells of a table that stands in `sheet`, its head in `head_row`, categories in the first column."""
    rtl = words.direction == "rtl"
    stacked = (chart.kind is ChartKind.STACKED) and len(chart.series) > 1
    drawn = book.add_chart({"type": "bar", "subtype": "stacked"} if stacked else {"type": "bar"})
    font = {"size": 8, "color": INK}
    look = {"font": font, "num_format": "#,##0"}
    first, last = head_row + 1, head_row + len(chart.categories)
    for at, series in enumerate(chart.series):
        marks: list[dict[str, Any] | None] = [
            None if isinstance(value, Count) else {"value": marked(shown(value, words), rtl)} for value in series.values
        ]
        drawn.add_series(
            {
                "name": [sheet, head_row, at + 1],
                "categories": [sheet, first, 0, last, 0],
                "values": [sheet, first, at + 1, last, at + 1],
                "fill": {"color": BARS[at % len(BARS)]},
                "gap": 45,
                # On bars laid end to end, figures would cover one another: there the table beside them tells.
                "data_labels": {} if stacked else {"value": True, **look, "custom": marks},
            }
        )
    drawn.set_title({"none": True})
    drawn.set_y_axis({"reverse": True, "num_font": font, "line": {"color": GREY}, "major_tick_mark": "none"})
    drawn.set_x_axis(
        {
            "reverse": rtl,
            "min": 0,
            "major_unit": _step(chart),
            "num_format": "#,##0",
            "num_font": font,
            "label_position": "high",
            "line": {"none": True},
            "major_gridlines": {"visible": True, "line": {"color": RULE}},
        }
    )
    drawn.set_legend({"position": "bottom", "font": font} if len(chart.series) > 1 else {"none": True})
    drawn.set_chartarea({"border": {"none": True}})
    drawn.set_size({"width": WIDTH, "height": height(chart)})
    return drawn


def height(chart: Chart) -> int:
    """How high the chart stands, in pixels."""
    bars = 1 if (chart.kind is ChartKind.STACKED) else len(chart.series)
    return FRAME_HEIGHT + ROW_HEIGHT * len(chart.categories) * (1 + bars // 2)


def _step(chart: Chart) -> int:
    """A round number of which three to six make the longest bar, so that the figures of the axis have room."""
    rows = [[value.value if isinstance(value, Count) else 0 for value in series.values] for series in chart.series]
    longest = max(
        (sum(bars) if (chart.kind is ChartKind.STACKED) else max(bars) for bars in zip(*rows, strict=True)), default=0
    )
    tens = int("1" + "0" * (len(str(longest)) - 1))
    return max(1, next(step for step in (tens // 5, tens // 2, tens, 2 * tens) if step * 6 >= longest))

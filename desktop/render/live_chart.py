"""A chart that lives from cells: the same in a workbook and, with the workbook inside it, in a Word file.

Bars lie, since names of places are long, and grow from the side where reading starts.
"""

from typing import Any, assert_never

from xlsxwriter.chart import Chart as LiveChart
from xlsxwriter.workbook import Workbook

from desktop.render.cells import number_format
from desktop.render.direction import marked
from desktop.render.plotted import Look, Places
from desktop.render.scale import measured, scale_of
from desktop.render.theme import BARS, GREY, INK, PAPER, RULE
from desktop.render.values import shown
from desktop.reports.document import Chart, ChartKind
from i18n import Words

WIDTH, ROW_HEIGHT, FRAME_HEIGHT = 640, 22, 70
"""In the pixels of a workbook, 96 an inch; a chart is as high as its bars are many."""
_LINES_HEIGHT = 300
_MOST = 24_000
_PATTERNS = (None, "wide_upward_diagonal", "narrow_horizontal", "wide_downward_diagonal", "narrow_vertical")
_DASHES = ("solid", "dash", "round_dot", "dash_dot", "square_dot", "long_dash")
_MARKERS = ("square", "triangle", "diamond", "circle", "long_dash", "x")


def live_chart(book: Workbook, chart: Chart, places: Places, words: Words) -> LiveChart:
    """The chart over what `write_plotted` wrote."""
    drawn = book.add_chart(_type(chart))
    scale = scale_of(chart)
    axis = "0%" if scale.of_whole else "#,##0"
    if chart.kind is ChartKind.PYRAMID:
        axis = f"{axis};{axis}"
    for one in places.series:
        given: dict[str, Any] = {
            "name": one.name,
            "categories": places.categories,
            "values": one.values,
            "values_data": one.data,
        }
        given |= _look(chart, one.look)
        if isinstance(one.look, int):
            given["data_labels"] = _labels(chart, one.look, words)
        drawn.add_series(given)
    # Left unsaid, these mean one thing to Excel and another to LibreOffice.
    drawn._write_c_smooth = lambda _smooth: drawn._xml_empty_tag("c:smooth", [("val", 0)])
    drawn._write_disp_blanks_as = lambda: drawn._xml_empty_tag("c:dispBlanksAs", [("val", "gap")])
    drawn.show_hidden_data()
    drawn.set_title({"none": True})
    # Figures at the ends of bars need room there.
    limit = float(scale.limit + (scale.step if chart.kind in (ChartKind.BARS, ChartKind.PYRAMID) else 0))
    font = {"size": 8, "color": INK}
    rtl = words.direction == "rtl"
    values = {
        "min": -limit if chart.kind is ChartKind.PYRAMID else 0,
        "max": limit,
        "major_unit": float(scale.step),
        "num_format": axis,
        "num_font": font,
        "line": {"none": True},
        "major_gridlines": {"visible": True, "line": {"color": RULE}},
    }
    names = {"num_font": font, "line": {"color": GREY}, "major_tick_mark": "none", "label_position": "low"}
    match chart.kind:
        case ChartKind.LINES:
            drawn.set_x_axis({**names, "reverse": rtl})
            drawn.set_y_axis(values)
        case ChartKind.PYRAMID:
            drawn.set_y_axis(names)
            drawn.set_x_axis({**values, "reverse": rtl})
        case ChartKind.BARS | ChartKind.STACKED | ChartKind.SHARES:
            drawn.set_y_axis({**names, "reverse": True})
            drawn.set_x_axis({**values, "reverse": rtl, "label_position": "high"})
        case _:
            assert_never(chart.kind)
    legend = {"position": "bottom", "font": font, "delete_series": _repeated(places)}
    drawn.set_legend(legend if len(places.series) > 1 else {"none": True})
    drawn.set_chartarea({"border": {"none": True}})
    drawn.set_size({"width": WIDTH, "height": height(chart)})
    return drawn


def height(chart: Chart) -> int:
    """How high the chart stands, in pixels."""
    if chart.kind is ChartKind.LINES:
        return _LINES_HEIGHT
    bars = len(chart.series) if chart.kind is ChartKind.BARS else 1
    return min(FRAME_HEIGHT + ROW_HEIGHT * len(chart.categories) * (1 + bars // 2), _MOST)


def _type(chart: Chart) -> dict[str, str]:
    match chart.kind:
        case ChartKind.BARS | ChartKind.PYRAMID:
            return {"type": "bar"}
        case ChartKind.STACKED:
            return {"type": "bar", "subtype": "stacked"}
        case ChartKind.SHARES:
            return {"type": "bar", "subtype": "percent_stacked"}
        case ChartKind.LINES:
            return {"type": "line"}
        case _:
            assert_never(chart.kind)


def _look(chart: Chart, look: Look) -> dict[str, Any]:
    """How a series is told from the others: by its colour, and without it."""
    pyramid = {"overlap": 100} if chart.kind is ChartKind.PYRAMID else {}
    if isinstance(look, str):
        grey = {"color": GREY}
        if chart.kind is ChartKind.LINES:
            shape = {"hidden": "x", "missing": "long_dash"}[look]
            return {"line": {"none": True}, "marker": {"type": shape, "size": 7, "fill": grey, "border": grey}}
        pattern = {"hidden": "outlined_diamond", "missing": "narrow_horizontal"}[look]
        lines = {"pattern": pattern, "fg_color": GREY, "bg_color": PAPER}
        return {"pattern": lines, "border": grey, "gap": 45, **pyramid}
    colour = BARS[look % len(BARS)]
    if chart.kind is ChartKind.LINES:
        whole = {"color": colour}
        return {
            "line": {"color": colour, "width": 2, "dash_type": _DASHES[look % len(_DASHES)]},
            "marker": {"type": _MARKERS[look % len(_MARKERS)], "size": 7, "fill": whole, "border": whole},
        }
    patterned = _PATTERNS[look % len(_PATTERNS)]
    if patterned is None:
        return {"fill": {"color": colour}, "gap": 45, **pyramid}
    return {"pattern": {"pattern": patterned, "fg_color": PAPER, "bg_color": colour}, "gap": 45, **pyramid}


def _labels(chart: Chart, at: int, words: Words) -> dict[str, Any]:
    """The values at their bars and points; on bars laid end to end they would cover one another."""
    if chart.kind in (ChartKind.STACKED, ChartKind.SHARES):
        return {}
    values = chart.series[at].values
    look = max((number_format(value) for value in values), key=len, default="General")
    if chart.kind is ChartKind.PYRAMID:
        look = f"{look};{look}"
    marks: dict[str, Any] = {}
    if chart.kind is ChartKind.BARS:
        rtl = words.direction == "rtl"
        marks["custom"] = [
            None if measured(value) is not None else {"value": marked(shown(value, words), rtl)} for value in values
        ]
    place = "above" if chart.kind is ChartKind.LINES else "outside_end"
    return {"value": True, "font": {"size": 8, "color": INK}, "num_format": look, "position": place, **marks}


def _repeated(places: Places) -> list[int]:
    """The series whose name stands in the legend already."""
    names = [str(one.name) for one in places.series]
    return [at for at, name in enumerate(names) if name in names[:at]]

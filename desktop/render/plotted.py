"""What a live chart is drawn from: columns beside its table that follow the table's cells, where nobody sees them.

A spreadsheet draws a text as nothing at all, and a line as falling to it. So what is hidden or missing is a series of
its own: a patch, or a point on the axis, of one size whatever it stands for.
"""

from collections.abc import Sequence
from typing import Literal, NamedTuple

from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from desktop.render.cells import Formats
from desktop.render.direction import marked
from desktop.render.scale import measured, scale_of
from desktop.render.values import shown
from desktop.reports.document import Chart, ChartKind, Hidden
from i18n import Words

Range = list[str | int]
Look = int | Literal["hidden", "missing"]
_STUB = 0.04
"""The part of the axis that a hidden or missing value takes."""
_RLM = "\u200f"


class Plotted(NamedTuple):
    """One series as it is drawn: where its name and values stand, and how it looks."""

    name: Range | str
    values: Range
    data: list[float | str | None]
    """What the values come to, for the copy that a chart keeps: where there is nothing, nothing is drawn."""
    look: Look


class Places(NamedTuple):
    """Where everything stands that a chart is drawn from, and the first column that is free."""

    categories: Range
    series: list[Plotted]
    free: int


class _Cell(NamedTuple):
    """A cell nobody sees: a formula, and what it comes to."""

    formula: str
    value: float | str


def write_plotted(chart: Chart, sheet: Worksheet, head_row: int, words: Words, formats: Formats) -> Places:
    """Write what the chart over this table needs; its head stands in `head_row`, its categories in the first column."""
    rows = range(head_row + 1, head_row + 1 + len(chart.categories))
    free = len(chart.series) + 1

    def place(cells: Sequence[_Cell | float | None]) -> tuple[Range, list[float | str | None]]:
        nonlocal free
        for row, cell in zip(rows, cells, strict=True):
            if isinstance(cell, _Cell):
                sheet.write_formula(row, free, cell.formula, formats(), cell.value)
            elif cell is not None:
                sheet.write_number(row, free, cell, formats())
        sheet.set_column(free, free, None, None, {"hidden": True})
        free += 1
        come_to = [cell.value if isinstance(cell, _Cell) else cell for cell in cells]
        return _range(sheet, rows, free - 1), come_to

    categories = _range(sheet, rows, 0)
    if words.direction == "rtl":
        # A label of a chart reads the way its first letter does: a number would turn it round.
        texts = [_RLM + marked(shown(one, words), rtl=True) for one in chart.categories]
        categories, _texts = place(
            [_Cell(f'="{_RLM}"&{xl_rowcol_to_cell(row, 0)}', text) for row, text in zip(rows, texts, strict=True)]
        )
    series: list[Plotted] = []
    data: list[float | str | None]
    for at in range(len(chart.series)):
        cells = _drawn(chart, at, rows)
        if chart.kind is ChartKind.BARS:
            # A text in a row of bars is a bar without length, which carries its mark.
            values, data = _range(sheet, rows, at + 1), [0 if cell is None else cell.value for cell in cells]
        else:
            values, data = place(cells)
        series.append(Plotted([sheet.name, head_row, at + 1], values, data, at))
    if chart.kind is not ChartKind.BARS:
        for mark, look in _marks(chart, words).items():
            for side in (0, 1) if chart.kind is ChartKind.PYRAMID else (None,):
                marks = _marked(chart, mark, side, words)
                if any(one is not None for one in marks):
                    series.append(Plotted(mark, *place(marks), look))
    return Places(categories, series, free)


def _drawn(chart: Chart, at: int, rows: range) -> list[_Cell | None]:
    """One series as it follows its cells; nothing where a whole has a part that is not known."""
    sign = -1 if chart.kind is ChartKind.PYRAMID and at == 0 else 1
    cells: list[_Cell | None] = []
    for category, row in enumerate(rows):
        number = measured(chart.series[at].values[category])
        broken = chart.kind is ChartKind.SHARES and _unknown(chart, category)
        if number is None or broken:
            cells.append(None)
        else:
            cells.append(
                _Cell(
                    f"={'-' if sign < 0 else ''}{xl_rowcol_to_cell(row, at + 1)}",
                    sign * (int(number) if number == int(number) else float(number)),
                )
            )
    return cells


def _unknown(chart: Chart, category: int) -> bool:
    return any(measured(one.values[category]) is None for one in chart.series)


def _marks(chart: Chart, words: Words) -> dict[str, Look]:
    """What stands in the chart for what is not known, and how it looks; hidden before missing."""
    unknown = [value for one in chart.series for value in one.values if measured(value) is None]
    looks: list[tuple[str, Look]] = [
        (marked(shown(value, words), words.direction == "rtl"), "hidden" if isinstance(value, Hidden) else "missing")
        for value in unknown
    ]
    return dict(sorted(looks, key=lambda one: one[1]))


def _marked(chart: Chart, mark: str, side: int | None, words: Words) -> list[float | None]:
    """Where a mark stands: on the axis of lines, as a stub of a bar, or in place of a whole that is not known."""
    stub = float(scale_of(chart).limit) * _STUB
    length = {ChartKind.LINES: 0.0, ChartKind.SHARES: 1.0}.get(chart.kind, -stub if side == 0 else stub)
    asked = chart.series if side is None else chart.series[side : side + 1]
    rtl = words.direction == "rtl"
    return [
        length
        if any(
            measured(one.values[category]) is None and marked(shown(one.values[category], words), rtl) == mark
            for one in asked
        )
        else None
        for category in range(len(chart.categories))
    ]


def _range(sheet: Worksheet, rows: range, column: int) -> Range:
    return [sheet.name, rows.start, column, rows.stop - 1, column]

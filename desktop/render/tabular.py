"""Charts and maps as tables, for formats that do not draw them and for readers who want the figures."""

from desktop.reports.document import Align, Chart, Column, Map, Row, Table
from i18n import Words


def chart_table(chart: Chart) -> Table:
    """The chart's figures, a row a category and a column a series."""
    return Table(
        title=chart.title,
        columns=(Column(""), *(Column(series.label, Align.END) for series in chart.series)),
        rows=tuple(
            Row((category, *(series.values[at] for series in chart.series)))
            for at, category in enumerate(chart.categories)
        ),
        note=chart.note,
    )


def map_table(drawn: Map, words: Words) -> Table:
    """The places that the map is about, in its order, with their figures."""
    return Table(
        title=drawn.title,
        columns=(Column(words.gettext("Place")), Column(words.gettext("Count"), Align.END)),
        rows=tuple(Row((area.name, area.value)) for area in drawn.areas if area.value is not None),
        note=drawn.note,
    )

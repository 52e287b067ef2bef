"""Charts, maps and lines to sign on as tables, for formats that do not draw them and for who wants the figures."""

from desktop.reports.document import Align, Chart, Column, Day, Map, Row, Said, Signatures, Table
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


def signatures_table(asked: Signatures, words: Words) -> Table:
    """The lines to sign on, with room for a signature in each."""
    return Table(
        title="",
        columns=(
            Column(words.gettext("Role"), weight=2),
            Column(words.gettext("Name"), weight=2),
            Column(words.gettext("Date")),
            Column(words.gettext("Signature"), weight=3),
        ),
        rows=tuple(
            Row((Said(line.role), Said(line.name), Day(line.on) if line.on else "", "")) for line in asked.lines
        ),
    )

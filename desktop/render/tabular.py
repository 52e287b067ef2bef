"""Charts, maps and lines to sign on as tables, for formats that do not draw them and for who wants the figures."""

from collections.abc import Sequence
from math import ceil

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


def bands(needs: Sequence[float], room: float) -> list[list[int]]:
    """The columns that stand side by side where one sheet cannot hold all: the first one beside each band."""
    others = len(needs) - 1
    fitting = max(1, int((room - needs[0]) // (sum(needs[1:]) / others))) if others else 1
    most = ceil(others / ceil(others / fitting)) if others else 1
    found, band = [], [0]
    for i in range(1, len(needs)):
        full = len(band) > most or sum(needs[one] for one in band) + needs[i] > room
        if len(band) > 1 and full:
            found.append(band)
            band = [0]
        band.append(i)
    return [*found, band]


def band(table: Table, columns: Sequence[int], number: int, count: int, words: Words) -> Table:
    """Some columns of a table as a table of its own; only the last has the note."""
    title = words.gettext("{title} ({number} of {count})").format(
        title=table.title, number=words.number(number), count=words.number(count)
    )
    return Table(
        title,
        tuple(table.columns[i] for i in columns),
        tuple(Row(tuple(row.cells[i] for i in columns), row.kind) for row in table.rows),
        table.note if number == count else "",
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

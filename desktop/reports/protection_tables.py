"""The tables, the chart and the map of the protection overview."""

from collections.abc import Sequence
from typing import cast

from db.models.activities import SECTORS
from db.models.donors import FUNDING_KINDS
from db.models.organisations import TYPES
from db.models.results import NATURES
from db.queries.protection import NamedPlace
from desktop.guard.released import Released, ReleasedLine
from desktop.reports.blocks import chart
from desktop.reports.document import (
    Align,
    Block,
    Column,
    Map,
    Row,
    RowKind,
    Said,
    Table,
    Value,
)
from desktop.reports.place_map import place_map
from desktop.reports.protection_overview import TOTAL, Overview
from desktop.reports.saying import Choices, said, title, women_led
from i18n import Words


def areas(released: Released, words: Words) -> list[Block]:
    """People by area of responsibility and place: a chart, a table for each nature of figure, and a map."""
    overview = _overview(released)
    names = [title(area, SECTORS, words) for area in overview.areas]
    totals = {nature: released.grids[f"places_{nature}"][-1].cells[1:-1] for nature in overview.natures}
    blocks: list[Block] = [
        chart(
            words.gettext("People by area of responsibility"),
            names,
            [(title(nature, NATURES, words), cells) for nature, cells in totals.items()],
            words,
        ),
    ]
    for nature in overview.natures:
        lines = released.grids[f"places_{nature}"]
        blocks.append(
            Table(
                words.gettext("{figures}, by place and area of responsibility").format(
                    figures=title(nature, NATURES, words)
                ),
                (
                    Column(words.gettext("Place"), weight=1.6),
                    *(Column(name, Align.END) for name in names),
                    Column(words.gettext("Total"), Align.END),
                ),
                tuple(_row(line, _place(line.cells[0], words), words) for line in lines),
                name=f"places_{nature}",
            )
        )
        blocks += _map(nature, lines, released, words)
    return blocks


def partners(released: Released, words: Words) -> list[Block]:
    """People by type of partner and by women-led status, then every partner."""
    overview = _overview(released)
    activities = Column(words.gettext("Activities"), Align.END)
    people = _people(overview, words)
    kind = words.gettext("Type of partner")
    return [
        Table(
            words.gettext("By type of partner"),
            (Column(kind, weight=2), activities, *people),
            tuple(_row(line, _head(line.cells[0], TYPES, words), words) for line in released.grids["types"]),
            name="types",
        ),
        Table(
            words.gettext("By women-led status"),
            (
                Column(words.gettext("Assessed women-led status"), weight=2),
                Column(words.gettext("Partners"), Align.END),
                activities,
                *people,
            ),
            tuple(_row(line, women_led(str(line.cells[0]), words), words) for line in released.grids["women_led"]),
            _definitions(overview, words),
            "women_led",
        ),
        Table(
            words.gettext("Partners, with type and women-led status"),
            (
                Column(words.gettext("Partner"), weight=3),
                Column(kind, weight=1.6),
                Column(words.gettext("Women-led status"), weight=1.3),
                activities,
                *people,
            ),
            tuple(
                Row(
                    (
                        said(line.cells[0], words),
                        _head(line.cells[1], TYPES, words),
                        women_led(str(line.cells[2]), words),
                        *(said(cell, words) for cell in line.cells[3:]),
                    )
                )
                for line in released.grids["partners"]
            ),
            name="partners",
        ),
    ]


def donors(released: Released, words: Words) -> list[Block]:
    """People by donor, without a total: an activity counts whole under each of its donors."""
    overview = _overview(released)
    return [
        Table(
            words.gettext("By donor"),
            (
                Column(words.gettext("Donor or source of funding"), weight=2.4),
                Column(words.gettext("Activities"), Align.END),
                *_people(overview, words),
            ),
            tuple(_row(line, _head(line.cells[0], FUNDING_KINDS, words), words) for line in released.grids["donors"]),
            words.gettext(
                "An activity counts whole under each of its donors, so the lines do not add up and have no total."
            ),
            "donors",
        ),
    ]


def _overview(released: Released) -> Overview:
    return cast(Overview, released.plain["overview"])


def _people(overview: Overview, words: Words) -> list[Column]:
    return [Column(title(nature, NATURES, words), Align.END, 1.3) for nature in overview.natures]


def _row(line: ReleasedLine, head: Value, words: Words) -> Row:
    cells = tuple(said(cell, words) for cell in line.cells[1:])
    return Row((head, *cells), RowKind.TOTAL if line.total else RowKind.BODY)


def _head(head: object, among: Choices, words: Words) -> Value:
    """The first cell of a line: a name as it is, a code in words."""
    if isinstance(head, Said):
        return head
    return words.gettext("Total") if head == TOTAL else title(str(head) or None, among, words)


def _place(head: object, words: Words) -> Value:
    if isinstance(head, NamedPlace):
        return Said(head.name, head.language)
    return words.gettext("Total") if head == TOTAL else words.gettext("Place not stated")


def _map(nature: str, lines: Sequence[ReleasedLine], released: Released, words: Words) -> list[Map]:
    """Shaded places where outlines are at hand; the table above is the list where they are not."""
    heading = words.gettext("{figures}, by place").format(figures=title(nature, NATURES, words))
    values = ((line.cells[0], said(line.cells[-1], words)) for line in lines)
    named = ((place, value) for place, value in values if isinstance(place, NamedPlace))
    return place_map(heading, named, released, words)


def _definitions(overview: Overview, words: Words) -> str:
    if not overview.definitions:
        return words.gettext("No partner has been assessed. Unknown does not mean no.")
    return words.gettext("Definitions used: {definitions}. Unknown does not mean no.").format(
        definitions=words.list([words.isolate(one) for one in overview.definitions])
    )

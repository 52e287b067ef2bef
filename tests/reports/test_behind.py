"""Every count of the protection overview opens the activities behind it, and those alone."""

from db.queries.kinds import KINDS
from db.queries.listing import RowsAsked, rows_in_order
from desktop.deliver import Order, gather
from desktop.guard.audiences import Audience
from desktop.guard.release import release
from desktop.guard.released import Known
from desktop.reports.report import Asked
from tests.reports.conftest import Protection

HEADS = {"places_reached": 1, "places_declared": 1, "types": 2, "donors": 2, "women_led": 3, "partners": 4}


def test_a_figure_opens_as_many_activities_as_its_line_says(protection: Protection) -> None:
    record = protection.record
    tables = gather(record, Order("protection-overview", Asked(audience=Audience.INTERNAL), "fr", "pdf"))
    released = release(tables, Audience.INTERNAL)
    opened = {}
    for name in HEADS:
        for line in released.grids[name]:
            for cell in line.cells:
                if isinstance(cell, Known) and cell.behind is not None:
                    behind = cell.behind
                    rows = record.read(
                        rows_in_order, KINDS[behind.kind].listing, RowsAsked("title", filters=dict(behind.filters))
                    )
                    opened[behind.filters] = (cell.count, len(rows))
    assert opened and all((count > 0) <= (rows > 0) for count, rows in opened.values())
    whole = next(rows for filters, (count, rows) in opened.items() if filters == (("figure", "nature=reached"),))
    assert whole == 3


def test_the_activities_behind_a_cell_are_those_of_its_line_and_column(protection: Protection) -> None:
    figure = f"from=2026-01-01;to=2026-12-31;nature=reached;place={protection.north};area=PRO-GBV"
    rows = protection.record.read(
        rows_in_order, KINDS["activities"].listing, RowsAsked("title", filters={"figure": figure})
    )
    assert len(rows) == 1

"""Every count of the protection overview opens the activities behind it, and those alone."""

from datetime import date

from sqlalchemy.orm import Session

from db.deeds import deed
from db.models import Activity
from db.queries.kinds import KINDS
from db.queries.listing import RowsAsked, rows_in_order
from db.queries.protection_figures import behind
from db.queries.scope import Scope
from db.queries.selection import Behind
from desktop.deliver import Order, gather
from desktop.guard.audiences import Audience
from desktop.guard.release import release
from desktop.guard.released import Known
from desktop.reports.document import Count
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
                    assert isinstance(cell.behind, Behind)
                    kind, filters = KINDS[cell.behind.kind], cell.behind.filters
                    rows = record.read(rows_in_order, kind.listing, RowsAsked("title", filters=dict(filters)))
                    opened[filters] = (cell.count, len(rows))
    assert opened and all((count > 0) <= (rows > 0) for count, rows in opened.values())
    whole = next(rows for filters, (count, rows) in opened.items() if filters == (("figure", "nature=reached"),))
    assert whole == 3


def test_the_activities_behind_a_cell_are_those_of_its_line_and_column(protection: Protection) -> None:
    figure = f"from=2026-01-01;to=2026-12-31;nature=reached;place={protection.north};area=PRO-GBV"
    rows = protection.record.read(
        rows_in_order, KINDS["activities"].listing, RowsAsked("title", filters={"figure": figure})
    )
    assert len(rows) == 1


@deed("Add an activity of which little is known")
def little_known(session: Session) -> None:
    session.add(Activity(title="Sans partenaire, lieu ni source", sector="PRO"))


def test_every_number_of_activities_opens_so_many(small: Protection) -> None:
    small.record.write(little_known)
    asked = Asked(Scope(starts_on=date(2025, 6, 1)), audience=Audience.INTERNAL)
    grids = release(gather(small.record, Order("protection-overview", asked, "fr", "pdf")), Audience.INTERNAL).grids
    cells = [cell for name in ("types", "donors", "partners") for line in grids[name] for cell in line.cells]
    numbers = [cell for cell in cells if isinstance(cell, Count) and isinstance(cell.behind, Behind)]
    figures = [dict(cell.behind.filters)["figure"] for cell in numbers if isinstance(cell.behind, Behind)]
    assert {"type=", "funding=not_stated"} <= {part for figure in figures for part in figure.split(";")}
    assert [len(small.record.read(behind, figure)) for figure in figures] == [cell.value for cell in numbers]

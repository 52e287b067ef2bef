"""The public files of `shared/data`, with the figures their README gives."""

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from db.commands.arrivals import bring_in
from db.models import Activity, Organisation, Place, Result
from db.models.activities import PROTECTION
from db.queries.arrivals import Held, held
from db.record import Record
from desktop.intake.headings import propose
from desktop.intake.plan import Plan, Verdict
from desktop.intake.planning import plan
from desktop.intake.profiles import mapping_for
from desktop.intake.workbook import Workbook, read_workbook
from tests.drc import ACTIVITIES, AREAS, FILE, PROVINCES
from tests.intake.files import held_values

pytestmark = pytest.mark.real


@pytest.fixture(scope="session")
def drc(shared_data: Path) -> Workbook:
    return read_workbook(shared_data / FILE)


def planned(record: Record | None, workbook: Workbook, sheet: str | None = None) -> Plan:
    mapping = mapping_for(workbook, sheet=sheet)
    known = record.read(held, mapping.holds.value) if record else Held()
    return plan(workbook, mapping, known, sheet=sheet)


def test_the_plan_of_the_drc_file(drc: Workbook) -> None:
    found = planned(None, drc)
    summary: Any = found.summary()
    adds = summary.pop("adds")
    assert found.mapping.name == "RDC 5W (OCHA)"
    assert summary == {
        "rows": 4343,
        "doubles": 390,
        "problems": 9,
        # 27 without a start, 4 with over a fifth of their cluster, 325 with a figure that repeats over places.
        "warnings": 27 + 4 + 325,
        "held": 0,
        "changes": 0,
    }
    assert (adds["activity"], adds["organisation"], adds["place"]) == (3944, 247, 332)
    assert 0 < adds["donor"] < 188


def test_the_drc_file_says_the_same_to_headings_alone(drc: Workbook) -> None:
    summary: Any = plan(drc, propose(drc), Held()).summary()
    assert (summary["doubles"], summary["problems"], summary["warnings"]) == (390, 9, 356)
    assert (summary["adds"]["organisation"], summary["adds"]["place"]) == (247, 332)


def test_the_places_of_the_drc_file_stand_under_one_another(drc: Workbook) -> None:
    added = planned(None, drc).arrival.added
    places = [one.values for one in added if one.entity == "place"]
    assert Counter(place["level"] for place in places) == {1: 22, 2: 85, 3: 225}
    assert {place["kind"] for place in places if place["level"] == 3} == {"health_zone"}
    assert {place["country"] for place in places} == {"CD"}
    by_key = {one.key: one.values for one in added if one.entity == "place"}
    for place in places:
        if place["level"] > 1:
            assert place["pcode"].startswith(by_key[place["parent_id"].key]["pcode"])


def test_what_the_drc_file_brings_in(drc: Workbook, record: Record) -> None:
    record.write(bring_in, planned(record, drc).arrival)
    sums = dict(
        record.read(
            lambda session: session.execute(
                select(Activity.sector, func.sum(Result.value))
                .join(Result, Result.activity_id == Activity.id)
                .where(Activity.sector.in_(PROTECTION), Result.nature == "declared")
                .group_by(Activity.sector)
            ).all()
        )
    )
    assert sums == AREAS
    activities = held_values(record, Activity)
    assert sum(activity["sector"] in PROTECTION for activity in activities) == ACTIVITIES
    missing = Counter(activity["starts_on_missing"] for activity in activities)
    assert missing == {None: 3_917, "not_stated": 25, "unreadable": 2}
    assert sum("caritas" in one["name"].casefold() for one in held_values(record, Organisation)) >= 5
    assert all(one["may_be_named"] for one in held_values(record, Organisation))
    assert by_province(record) == PROVINCES
    again = planned(record, drc)
    assert again.summary()["held"] == 3_944 and again.arrival.empty and again.warnings == 0
    record.undo()
    assert not held_values(record, Activity) and not held_values(record, Place)
    record.redo()
    assert planned(record, drc).summary()["held"] == 3_944


def by_province(record: Record) -> dict[str, int]:
    """People declared in protection by the first division that their place lies in."""

    def asked(session: Any) -> dict[str, int]:
        parents = dict(session.execute(select(Place.id, Place.parent_id)).all())
        names = dict(session.execute(select(Place.id, Place.name)).all())
        sums: Counter[str] = Counter()
        for place, value in session.execute(
            select(Activity.place_id, Result.value)
            .join(Result, Result.activity_id == Activity.id)
            .where(Activity.sector.in_(PROTECTION))
        ):
            while place and parents[place]:
                place = parents[place]  # noqa: PLW2901
            if place:
                sums[names[place]] += value
        return dict(sums)

    return record.read(asked)


@pytest.mark.parametrize(("sheet", "rows", "doubles"), [("3W Opérationnelle", 1556, 0), ("3W Physique", 760, 6)])
def test_both_sheets_of_the_chad_file(shared_data: Path, sheet: str, rows: int, doubles: int) -> None:
    found = planned(None, read_workbook(shared_data / "tcd-3w-2025-04.xlsx"), sheet)
    assert found.mapping.name.startswith("Tchad 3W") and found.table.sheet == sheet
    assert (len(found.rows), found.count(Verdict.DOUBLE), found.count(Verdict.PROBLEM)) == (rows, doubles, 0)
    assert found.count(Verdict.ADD) == rows - doubles


def test_background_figures_find_the_places_of_the_other_vintage(shared_data: Path, record: Record) -> None:
    codes = read_workbook(shared_data / "pcodes-adm1-2.csv")
    chad = tuple(row for row in codes.sheets[0].rows if row[0] in ("Location", "TCD", "AFG", "HTI"))
    fewer = Workbook(codes.name, (type(codes.sheets[0])(codes.sheets[0].name, chad),), codes.digest)
    record.write(bring_in, planned(record, fewer).arrival)
    displaced = planned(record, read_workbook(shared_data / "iom-dtm-admin0-2.csv"))
    summary: Any = displaced.summary()
    assert displaced.mapping.name == "DTM (OIM)" and summary["rows"] == 13_367
    assert summary["adds"]["result"] == 13_367 and summary["adds"]["activity"] == 0
    # Only the three countries are new: the regions of Chad are TD07 here and TCD07 there.
    assert summary["adds"]["place"] == 3
    natures = {one.values["nature"] for one in displaced.arrival.added if one.entity == "result"}
    assert natures == {"background"}

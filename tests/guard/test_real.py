"""The guard on the public DRC 5W, through the record and the protection overview's own tables."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from db.commands.arrivals import bring_in
from db.queries.arrivals import Held
from desktop.guard.audiences import Audience
from desktop.guard.audit import audit
from desktop.guard.release import release
from desktop.guard.released import Known, Released, ReleasedCell, Withheld
from desktop.guard.tables import Counted, Tables
from desktop.intake.planning import plan
from desktop.intake.profiles import mapping_for
from desktop.intake.workbook import read_workbook
from desktop.reports.protection_overview import gather
from desktop.reports.report import Asked
from tests.builders import new_record

pytestmark = pytest.mark.real


@pytest.fixture(scope="module")
def tables(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tables]:
    """The overview's tables, with rows left in the order they are asked in."""
    workbook = read_workbook(shared_data / "drc-5w-2025-05.xlsx")
    record, _code = new_record(tmp_path_factory.mktemp("drc") / "drc.jalon")
    with record:
        record.write(bring_in, plan(workbook, mapping_for(workbook), Held()).arrival)
        asked = gather(record, Asked())
    yield replace(asked, grids={name: replace(grid, descending=None) for name, grid in asked.grids.items()})


def printed(tables: Tables, released: Released) -> Iterator[tuple[str, frozenset[int], int | None]]:
    """Every printed count: its table, what it is a sum of, and its value unless hidden."""
    for name, grid in tables.grids.items():
        for asked, line in zip(grid.lines, released.grids[name], strict=True):
            for entry, value in zip(asked.cells, line.cells, strict=True):
                if isinstance(entry, Counted) and entry.atoms:
                    assert isinstance(value, Known | Withheld)
                    yield name, entry.atoms, value.count if isinstance(value, Known) else None


def hidden(tables: Tables, released: Released) -> list[tuple[str, int]]:
    """What the hidden counts are in truth."""
    return [
        (name, sum(tables.atoms[index].value or 0 for index in atoms))
        for name, atoms, value in printed(tables, released)
        if value is None
    ]


def test_the_eight_of_kasai_oriental_are_hidden_wherever_they_stand(tables: Tables) -> None:
    found = hidden(tables, release(tables, Audience.PUBLIC))
    assert ("places_declared", 8) in found
    assert ("donors", 8) in found
    assert len([value for name, value in found if name == "places_declared"]) == 4


@pytest.mark.parametrize(("audience", "small"), [(Audience.DONOR, 5), (Audience.PUBLIC, 8)])
def test_no_hidden_count_of_the_overview_can_be_worked_out(tables: Tables, audience: Audience, small: int) -> None:
    released = release(tables, audience)
    assert released.notes.small == small
    assert released.notes.complementary <= 5
    width = released.profile.ordinary.width
    seen = {atoms: ReleasedCell(atoms, value, 1, width) for _name, atoms, value in printed(tables, released)}
    found = audit(list(seen.values()))
    assert found
    assert not [interval for interval in found if interval.narrow]


def test_the_same_attacker_works_out_what_only_the_small_were_hidden_from(tables: Tables) -> None:
    released = release(tables, Audience.PUBLIC, complementary=False)
    assert any(interval.low == interval.high for interval in audit(released.cells))

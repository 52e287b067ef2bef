"""Every report on offer, one after the other for the same reader: together they give no hidden count away.

The attacker here is handed what each figure of each report is a sum of, in every version, and what was printed for it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select

from db.commands.entries import add
from db.models import Result
from db.models.results import COUNTS, PEOPLE
from db.record import Record
from desktop.deliver import Order, clear, gather, leave, made
from desktop.guard.audiences import Audience, profile
from desktop.guard.audit import audit
from desktop.guard.release import release
from desktop.guard.released import Known, Ratio, ReleasedCell, Withheld
from desktop.guard.tables import Counted, Grid, Line, Part, Tables
from desktop.opening import PRACTICE_PASSPHRASE
from desktop.reports.offer import REPORTS
from tests.builders import copied
from tests.reports.every import asked_of

DONOR = Audience.DONOR
Version = tuple[str, str]


@pytest.fixture
def practice(practice_file: Path, tmp_path: Path) -> Iterator[Record]:
    """A practice record of its own."""
    with Record.open(copied(practice_file, tmp_path / "practice.jalon"), PRACTICE_PASSPHRASE) as record:
        yield record


def bare(tables: Tables) -> Tables:
    """The counts of people alone, in the order in which they were gathered."""
    counts = {
        name: Grid(
            tuple(
                Line(tuple(cell for cell in line.cells if isinstance(cell, Counted | Part)), line.total)
                for line in grid.lines
            )
        )
        for name, grid in tables.grids.items()
    }
    return replace(tables, grids=counts)


class Attacker:
    """Who holds all of them; of two versions of a count, the smaller is taken to lie within the larger."""

    def __init__(self) -> None:
        self._prints: list[tuple[dict[Version, int], int | None]] = []

    def reads(self, tables: Tables, complementary: bool) -> None:
        released = release(tables, DONOR, complementary=complementary)
        for name, grid in tables.grids.items():
            for line, given_out in zip(grid.lines, released.grids[name], strict=True):
                for entry, value in zip(line.cells, given_out.cells, strict=True):
                    self._note(tables, entry, value)
        for name, entry in tables.figures.items():
            self._note(tables, entry, released.figures[name])

    def cells(self) -> list[ReleasedCell]:
        values: dict[Version, set[int]] = {}
        for told, _shown in self._prints:
            for version, value in told.items():
                values.setdefault(version, {0}).add(value)
        steps = {step: number for number, step in enumerate((name, one) for name in values for one in values[name])}
        rule = profile(DONOR).ordinary
        return [
            ReleasedCell(
                frozenset(n for (name, value), n in steps.items() if value <= told.get(name, -1)), shown, 1, rule.width
            )
            for told, shown in self._prints
        ]

    def _note(self, tables: Tables, entry: object, value: object) -> None:
        if isinstance(entry, Part) and isinstance(value, Ratio):
            # Who reads a share is granted to know what it is of what, to the last person.
            for side in (entry.part, entry.whole):
                self._note(tables, side, Known(sum(tables.atoms[index].value or 0 for index in side.atoms)))
        if isinstance(entry, Counted) and isinstance(value, Known | Withheld):
            atoms = [tables.atoms[index] for index in entry.atoms]
            told = {(str(one.key), one.part): one.value for one in atoms if one.value is not None and not one.sensitive}
            if told:
                self._prints.append((told, value.count if isinstance(value, Known) else None))


@pytest.mark.parametrize("complementary", [True, False])
def test_all_reports_together_give_no_hidden_count_away(practice: Record, tmp_path: Path, complementary: bool) -> None:
    attacker, path = Attacker(), tmp_path / "out.txt"

    def all_leave(starts_on: date | None, ends_on: date | None) -> None:
        for report in REPORTS:
            if report.name == "held" or report.only:
                continue
            asked = asked_of(practice, report, DONOR)
            scope = replace(asked.scope, starts_on=starts_on or asked.scope.starts_on)
            asked = replace(asked, scope=replace(scope, ends_on=ends_on or asked.scope.ends_on))
            order = Order(report.name, asked, "en", "text")
            tables = gather(practice, order)
            attacker.reads(bare(tables), complementary)
            if complementary:
                leave(practice, order, made(clear(tables, asked), order), path)

    all_leave(date(2026, 1, 1), date(2026, 3, 31))
    all_leave(None, None)
    for correction in _corrections(practice):
        practice.write(add, Result, correction)
    all_leave(None, None)
    cells = attacker.cells()
    told = {cell.pieces for cell in cells if cell.value is not None}
    found = [one for one in audit(cells) if cells[one.cell].pieces not in told]
    assert len(cells) > 200
    assert found
    exact = [one for one in found if one.low == one.high]
    assert bool(exact) is not complementary, "the same attacker finds them where only the small ones are hidden"
    assert complementary is not any(one.narrow for one in found)


def _corrections(record: Record) -> list[Mapping[str, object]]:
    """Two people more in three figures."""
    keys = "activity_id indicator_id item_id agreement_id report_id place_id nature unit span counting".split()
    results = record.read(
        lambda session: list(
            session.scalars(select(Result).where(COUNTS, Result.unit.in_(PEOPLE), Result.value > 20).limit(3))
        )
    )
    return [
        {key: value for key in (*keys, "starts_on", "ends_on") if (value := getattr(one, key)) is not None}
        | {"value": (one.value or 0) + 2, "corrects_id": one.id}
        for one in results
    ]

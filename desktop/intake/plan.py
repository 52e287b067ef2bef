"""What bringing a file in would do, row by row and why, before anything is done.

A plan is a pure function of the file, its mapping, what a person decided and what the record holds. Every row is one to
add, one that changes something, one that is held already, a double, or a problem; a remark keeps no row back.
"""

from collections.abc import Mapping as Map
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from uuid import UUID

from db.commands.arrivals import Arrival
from db.queries.arrivals import HeldSource
from desktop.intake.findings import Finding
from desktop.intake.headings import Table
from desktop.intake.mapping import Mapping
from desktop.intake.matching import Proposal, TakenAsOne, Told


class Verdict(StrEnum):
    """What becomes of a row."""

    ADD = "add"
    CHANGE = "change"
    HELD = "held"
    DOUBLE = "double"
    PROBLEM = "problem"


@dataclass(frozen=True)
class Decisions:
    """What a person settled for one file."""

    keep_doubles: frozenset[int] = frozenset()
    """First rows of the groups of doubles that are kept."""
    corrections: Map[tuple[int, int], str] = field(default_factory=dict)
    """Row and column, numbered as in the sheet from 1, and what should stand there."""
    told: Told = field(default_factory=Told)
    replaces: UUID | None = None
    received_on: date | None = None


@dataclass(frozen=True)
class PlannedRow:
    """A row of the file by its number in the sheet, what becomes of it, and what there is to say about it."""

    number: int
    verdict: Verdict
    problems: tuple[Finding, ...] = ()
    remarks: tuple[Finding, ...] = ()
    changes: tuple[Finding, ...] = ()
    """What a row that changes something changes: each field, what it was and what it becomes."""


@dataclass(frozen=True)
class Doubles:
    """Equal rows: the first is brought in, the others only when the group is kept."""

    first: int
    others: tuple[int, ...]
    kept: bool


@dataclass(frozen=True)
class Gone:
    """Something an earlier file brought and the one that replaces it no longer has."""

    number: int
    entity: str
    id: UUID
    name: str
    """What people know it by: the activity's title, the place's name."""


@dataclass(frozen=True)
class Plan:
    """Everything a person is shown before a file is brought in, and what will be done."""

    file: str
    mapping: Mapping
    table: Table
    rows: tuple[PlannedRow, ...]
    doubles: tuple[Doubles, ...]
    adds: Map[str, int]
    taken_as_one: tuple[TakenAsOne, ...]
    proposals: tuple[Proposal, ...]
    notes: tuple[Finding, ...]
    replaceable: tuple[HeldSource, ...]
    """Earlier files of the same source and reporter, the newest last."""
    gone: tuple[Gone, ...]
    arrival: Arrival

    def count(self, verdict: Verdict) -> int:
        """How many rows have this verdict."""
        return sum(row.verdict is verdict for row in self.rows)

    @property
    def warnings(self) -> int:
        """Rows brought in with a remark; a row with two counts once."""
        return sum(bool(row.remarks) and row.verdict in (Verdict.ADD, Verdict.CHANGE) for row in self.rows)

    def summary(self) -> dict[str, int | dict[str, int]]:
        """The plan in numbers, for machines."""
        return {
            "rows": len(self.rows),
            "doubles": self.count(Verdict.DOUBLE),
            "problems": self.count(Verdict.PROBLEM),
            "warnings": self.warnings,
            "held": self.count(Verdict.HELD),
            "adds": dict(self.adds),
            "changes": self.count(Verdict.CHANGE),
        }

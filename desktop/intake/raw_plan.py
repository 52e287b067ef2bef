"""The plan of a raw workbook: each row and what becomes of it, shown before anything is done."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from db.commands.arrivals import Arrival
from desktop.intake.findings import Finding
from desktop.intake.plan import Verdict


@dataclass(frozen=True)
class RawRow:
    """A row by its sheet and number, what becomes of it, and what there is to say about it."""

    sheet: str
    number: int
    verdict: Verdict
    problems: tuple[Finding, ...] = ()
    changes: tuple[Finding, ...] = ()
    conflicts: tuple[Finding, ...] = ()
    remarks: tuple[Finding, ...] = ()


@dataclass(frozen=True)
class RawPlan:
    """Everything that is shown before a raw workbook is brought in, and what will be done."""

    file: str
    kinds: Mapping[str, str]
    """The kind of each sheet, by its name in the file."""
    rows: tuple[RawRow, ...]
    notes: tuple[Finding, ...]
    arrival: Arrival

    def count(self, verdict: Verdict, sheet: str | None = None) -> int:
        """How many rows have this verdict."""
        return sum(row.verdict is verdict and sheet in (None, row.sheet) for row in self.rows)

    @property
    def conflicts(self) -> int:
        """Rows in which the record says otherwise."""
        return sum(bool(row.conflicts) for row in self.rows)

    @property
    def warnings(self) -> int:
        """Rows with a remark."""
        return sum(bool(row.remarks) for row in self.rows)

    def summary(self) -> dict[str, Any]:
        """The plan in numbers, for machines."""
        adds: dict[str, int] = defaultdict(int)
        for row in self.rows:
            adds[self.kinds[row.sheet]] += row.verdict is Verdict.ADD
        return {
            "rows": len(self.rows),
            "problems": self.count(Verdict.PROBLEM),
            "held": self.count(Verdict.HELD),
            "adds": {kind: count for kind, count in adds.items() if count},
            "changes": self.count(Verdict.CHANGE),
            "conflicts": self.conflicts,
            "warnings": self.warnings,
        }

"""What the type of an organisation is called elsewhere, and whether it counts as a local or national actor.

The mapping is data (`resources/organisation_types.csv`). A local or national non-state actor has its head office and
its work in its own country, is of one of the classes that count, and is not affiliated to an international NGO: a
national registration alone never makes a branch local. What was not said stays unknown.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from db.carried import rows
from db.definitions import MET, NOT_MET, UNKNOWN, all_of


@dataclass(frozen=True)
class Standing:
    """Codes for the UN Partner Portal and IATI, the level it works at, and two questions: met, not met or unknown."""

    unpp: str | None
    iati: str | None
    level: str | None
    local_non_state: str
    local_state: str


def mapped(type: str | None, reach: str | None, affiliated: bool | None) -> Standing:
    """What follows from an organisation's type, its reach, and whether it belongs to an international NGO."""
    table = _table()
    row = table.get((type or "", reach or "")) or table.get((type or "", "")) or table["", reach or ""]
    independent = UNKNOWN if affiliated is None else NOT_MET if affiliated else MET
    return Standing(
        row["unpp"] or None,
        row["iati"] or None,
        row["level"] or None,
        all_of((row["local_non_state"], independent)),
        row["local_state"],
    )


@lru_cache
def _table() -> Mapping[tuple[str, str], Mapping[str, str]]:
    return {(row["type"], row["reach"]): row for row in rows("organisation_types.csv")}

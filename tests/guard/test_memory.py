"""What left earlier is not given away by what leaves later: overlapping scopes, exports, revisions, several readers.

The attacker here lays side by side what the files of one reader print. It knows which count stands in which cell, which
counts were changed between two files and in which direction, that counts are whole and what a hidden one is at least.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import pairwise
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db.queries.released import Earlier, FileReleased, Reader, packed, unpacked
from desktop.guard.audiences import Audience, profile
from desktop.guard.audit import Interval, audit
from desktop.guard.release import release_and_tell
from desktop.guard.released import Known, Released, ReleasedCell, Withheld
from desktop.guard.tables import Atom, Counted, Grid, Line, Tables

SMALL = st.sampled_from([0, 1, 2, 3, 4, 5, 7, 8, 11, 12, 15, 19, 40, 230])
MANY = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
NOBODY = Reader("public")


@dataclass(frozen=True)
class Count:
    """A count of people in a place, month and area, split by sex or not."""

    name: str
    place: int
    month: int
    area: int
    parts: tuple[tuple[str, int], ...]


def count(name: str, value: int, place: int = 0, month: int = 0, area: int = 0) -> Count:
    return Count(name, place, month, area, (("", value),))


def overview(counts: Sequence[Count]) -> Tables:
    """By place and area, by month, and by sex, with all totals."""
    return _tables(
        counts,
        lambda one, part: [
            ("place", one.place),
            ("area", one.area),
            ("both", (one.place, one.area)),
            ("month", one.month),
            ("total", 0),
            *([("sex", part)] if part else []),
        ],
    )


def rows(counts: Sequence[Count]) -> Tables:
    """Each count in a row of its own, with its parts."""
    return _tables(counts, lambda one, part: [("row", one.name), *([("part", (one.name, part))] if part else [])])


def _tables(counts: Sequence[Count], keys: object) -> Tables:
    atoms, sets = list[Atom](), dict[tuple[str, object], set[int]]()
    for one in counts:
        for part, value in one.parts:
            for key in keys(one, part):  # type: ignore[operator]
                sets.setdefault(key, set()).add(len(atoms))
            atoms.append(Atom(one.name, value, part=part))
    return Tables(tuple(atoms), {"t": Grid(tuple(Line((Counted(frozenset(found)),)) for found in sets.values()))})


class Shelf:
    """Files as they left one after the other, and what they print."""

    def __init__(self, remembers: bool = True) -> None:
        self.files: list[FileReleased] = []
        self.prints: list[tuple[Reader, Tables, Released]] = []
        self._remembers = remembers

    def leave(self, tables: Tables, audience: Audience = Audience.DONOR, whom: str | None = None) -> Released:
        reader = Reader(audience.value, whom)
        asked = replace(tables, earlier=Earlier(reader, tuple(self.files))) if self._remembers else tables
        released, counts = release_and_tell(asked, audience, whom)
        rows = list(range(1, len(counts.atoms) + 1))
        kept = unpacked(packed(counts, rows), dict(zip(rows, counts.atoms, strict=True)))
        at = datetime(2026, 1, 1 + len(self.files), tzinfo=UTC)
        self.files.append(FileReleased(UUID(int=len(self.files)), "a", "fr", "pdf", reader, at, kept))
        self.prints.append((reader, tables, released))
        return released

    def printed(
        self, reader: Reader, last_blank: bool = False
    ) -> Iterable[tuple[Reader, dict[tuple[str, str], int], int | None]]:
        """Every count printed in the files of this reader: which values it is a sum of, and itself unless hidden."""
        for number, (other, tables, released) in enumerate(self.prints, start=1):
            for asked, line in (
                zip(tables.grids["t"].lines, released.grids["t"], strict=True) if reader.reads(other) else ()
            ):
                (entry,), (value,) = asked.cells, line.cells
                assert isinstance(entry, Counted)
                assert isinstance(value, Known | Withheld)
                atoms = {(str(a.key), a.part): a.value or 0 for a in (tables.atoms[index] for index in entry.atoms)}
                blank = last_blank and number == len(self.prints) and any(atoms.values())
                yield other, atoms, value.count if isinstance(value, Known) and not blank else None

    def worked_out(self, reader: Reader, last_blank: bool = False) -> dict[int, Interval]:
        """What comes out for the hidden counts of the reader's own audience; also had the last file told nothing."""
        cells = list(self.printed(reader, last_blank))
        values: dict[tuple[str, str], set[int]] = {}
        for _other, atoms, _value in cells:
            for name, value in atoms.items():
                values.setdefault(name, {0}).add(value)
        steps = {
            (n, step): i for i, (n, step) in enumerate((n, p) for n, v in values.items() for p in pairwise(sorted(v)))
        }
        zeros = {name: len(steps) + index for index, name in enumerate(values)}
        rule, seen = profile(Audience(reader.audience)).ordinary, list[ReleasedCell]()
        for other, atoms, value in cells:
            below = {i for (name, (_low, high)), i in steps.items() if name in atoms and high <= atoms[name]}
            below |= {zeros[name] for name, inside in atoms.items() if not inside}
            seen.append(
                ReleasedCell(frozenset(below), value, 1, rule.width if other.audience == reader.audience else 0)
            )
        return {found.cell: found for found in audit(seen)}

    def given_away(self, reader: Reader) -> list[Interval]:
        """Hidden counts that come out closer than the rules say, and closer than if the last file told nothing."""
        best = self.worked_out(reader, last_blank=True)
        return [
            found
            for number, found in self.worked_out(reader).items()
            if found.narrow and _width(found) < _width(best[number])
        ]

    def differences(self, reader: Reader) -> list[int]:
        """Every small count that is one shown figure less another within it, of another file or another version."""
        shown = [
            (frozenset(atoms.items()), value) for _other, atoms, value in self.printed(reader) if value is not None
        ]
        found = {(more, less): a - b for more, a in shown for less, b in shown if less < more}
        return [value for value in found.values() if profile(Audience(reader.audience)).ordinary.hides(value)]


def _width(found: Interval) -> float:
    return float("inf") if found.high is None else found.high - found.low


@st.composite
def histories(draw: st.DrawFn) -> list[tuple[bool, list[Count]]]:
    """Files about some of the counts each, counts being corrected, split and added to in between."""
    counts = []
    for number in range(draw(st.integers(2, 7))):
        parts = [("f", draw(SMALL)), ("m", draw(SMALL)), ("", draw(SMALL))]
        split = draw(st.booleans())
        where = draw(st.integers(0, 2)), draw(st.integers(0, 2)), draw(st.integers(0, 1))
        counts.append(Count(f"c{number}", *where, tuple(parts if split else parts[:1] and [("", parts[0][1])])))
    files = []
    for _file in range(draw(st.integers(2, 4))):
        for number in draw(st.sets(st.integers(0, len(counts) - 1), max_size=1)):
            changed = tuple((part, draw(SMALL)) for part, _value in counts[number].parts)
            counts[number] = replace(counts[number], parts=changed)
        months = draw(st.sets(st.integers(0, 2), min_size=1))
        places = draw(st.sets(st.integers(0, 2), min_size=1))
        scope = [one for one in counts if one.month in months and one.place in places]
        files.append((draw(st.booleans()), scope))
    return files


@MANY
@given(histories(), st.sampled_from([Audience.DONOR, Audience.PUBLIC]))
def test_no_hidden_count_can_be_worked_out_from_all_that_left(
    history: list[tuple[bool, list[Count]]], audience: Audience
) -> None:
    shelf = Shelf()
    for by_row, counts in history:
        shelf.leave(rows(counts) if by_row else overview(counts), audience)
        assert not shelf.given_away(Reader(audience.value))

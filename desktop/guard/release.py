"""The one way out for counts of people: hides what an audience may not be told, and what would give it away.

Every count and share of the report is weighed at once (`cells`, `suppress`), together with all that left earlier for
the same readers (`memory`), and then each table is written anew, cell by cell, with the marks of `released`. Names of
partners that may not be named become numbers.
"""

import hashlib
from collections.abc import Collection, Hashable, Iterator
from decimal import ROUND_HALF_EVEN, Decimal
from uuid import UUID

from db.errors import RecordError
from db.queries.released import Counts
from desktop.guard.audiences import SUPPRESS, Audience, Leaves, profile
from desktop.guard.cells import Reading, rest
from desktop.guard.memory import weigh
from desktop.guard.released import Absent, Known, Notes, Ratio, Released, ReleasedLine, Standing, Unnamed, Withheld
from desktop.guard.tables import Counted, Grid, Line, Named, Part, Tables
from i18n import N_

MOST_CROSSED = 3
"""Tables of four ways and more are useless once they are safe: more than half of their cells would be hidden."""
LEFT_OUT = N_("does not leave: sensitive")
NOTHING_TO_DIVIDE = N_("nothing to divide")


def release(
    tables: Tables,
    audience: Audience,
    partner: Hashable = None,
    method: str = SUPPRESS,
    complementary: bool = True,
) -> Released:
    """Hide what this audience may not be told.

    `partner` is whose report it is, for the audience `PARTNER`. Without `complementary` hidden counts can be worked
    out: only to prove in tests that an attacker could.
    """
    return release_and_tell(tables, audience, partner, method, complementary)[0]


def release_and_tell(
    tables: Tables,
    audience: Audience,
    partner: Hashable = None,
    method: str = SUPPRESS,
    complementary: bool = True,
) -> tuple[Released, Counts]:
    """The same, with what the register keeps of it; that stays in the record, since it holds what is hidden."""
    if audience is Audience.PARTNER and partner is None:
        raise ValueError("a report for a partner names the partner")
    if audience is not Audience.INTERNAL and any(len(one.crosses) > MOST_CROSSED for one in tables.grids.values()):
        raise TooManyDimensions(most=MOST_CROSSED)
    made = _Release(tables, audience, partner, method, complementary)
    return made.released(), made.counts()


class TooManyDimensions(RecordError):
    message = N_("A table of this report is split by more than {most} things at once. Ask for fewer of them.")


class _Release:
    def __init__(self, tables: Tables, audience: Audience, partner: Hashable, method: str, complementary: bool) -> None:
        self._tables = tables
        self._profile = profile(audience, method)
        self._partner = partner
        self._reading = Reading(tables, self._profile, partner)
        self._verdict = weigh(self._reading, self._profile, partner, tables.earlier, complementary)
        self._excepted = self._reading.below() - self._verdict.hidden
        unnamed = {named.partner for named in _names(tables) if not self._may_be_named(named)}
        # By digest, so that the order tells neither the alphabet nor the size.
        ordered = sorted(unnamed, key=lambda key: hashlib.sha256(str(key).encode()).digest())
        self._unnamed = {key: number for number, key in enumerate(ordered, start=1)}

    def counts(self) -> Counts:
        return self._reading.counts(self._verdict.hidden, self._verdict.blank)

    def released(self) -> Released:
        verdict = self._verdict
        return Released(
            profile=self._profile,
            grids={name: self._grid(grid) for name, grid in self._tables.grids.items()},
            figures={name: self._entry(entry) for name, entry in self._tables.figures.items()},
            plain=dict(self._tables.plain),
            notes=Notes(
                cells=len(self._reading.weights),
                small=len(verdict.small),
                complementary=len(verdict.complementary),
                left_out=len(self._reading.left_out),
                missing=len(self._reading.missing),
                unnamed=len(self._unnamed),
                earlier=len(verdict.earlier),
                held_back=tuple(self._standing(verdict.earlier)),
                because_of=verdict.because_of,
                given_away=len(verdict.given_away),
                not_weighed=verdict.not_weighed,
                excepted=tuple(self._standing(self._excepted)),
                permitted=tuple(self._permitted()),
                rounded_to=self._profile.ordinary.rounded_to,
            ),
            cells=verdict.cells,
        )

    def _permitted(self) -> Iterator[UUID]:
        """The authorisations without which less would be shown."""
        permits, atoms = self._tables.permits, self._tables.atoms
        needed = self._profile.sensitive.leaves is Leaves.AUTHORISED
        if needed and any(self._reading.sensitive(one) for one in self._reading.weights):
            yield from permits.sensitive[:1]
        cells = list(self._reading.weights)
        used = {atoms[index].indicator for number in self._excepted for index in cells[number]}
        yield from (by for indicator, by in permits.exceptions.items() if indicator in used)

    def _standing(self, cells: Collection[int]) -> Iterator[Standing]:
        """These counts, by the tables and figures they stand in."""
        standing = [(name, entry) for name, entry in self._tables.figures.items()]
        for name, grid in self._tables.grids.items():
            standing += [(name, entry) for line in grid.lines for entry in line.cells]
        for name, entry in standing:
            if isinstance(entry, Counted) and self._reading.cell(entry) in cells:
                yield Standing(name, entry.behind)

    def _may_be_named(self, named: Named) -> bool:
        concerned = self._profile.audience is Audience.PARTNER and named.partner == self._partner
        return concerned or self._profile.may_be_named(named.may_be_named)

    def _grid(self, grid: Grid) -> tuple[ReleasedLine, ...]:
        lines: list[ReleasedLine] = []
        body: list[ReleasedLine] = []
        for line in (*grid.lines, None):
            if line is None or line.total:
                lines += sorted(body, key=lambda one: _place(one, grid.descending))
                body = []
            if line is not None:
                (lines if line.total else body).append(self._line(line))
        return tuple(lines)

    def _line(self, line: Line) -> ReleasedLine:
        return ReleasedLine(tuple(self._entry(entry) for entry in line.cells), line.total)

    def _entry(self, entry: object) -> object:
        match entry:
            case Counted():
                return self._count(entry)
            case Part():
                return self._share(entry)
            case Named():
                return entry.name if self._may_be_named(entry) else Unnamed(self._unnamed[entry.partner])
            case _:
                return entry

    def _count(self, counted: Counted) -> Known | Withheld | Absent:
        if counted.atoms and not self._reading.known(counted):
            left_out = counted.atoms & self._reading.left_out
            return Absent(LEFT_OUT if left_out else counted.absent, counted.behind)
        if self._reading.cell(counted) in self._verdict.hidden:
            return Withheld(counted.behind)
        missing = len(counted.atoms & self._reading.missing)
        return Known(self._reading.printed(counted), missing, counted.behind)

    def _share(self, entry: Part) -> Ratio | Withheld | Absent:
        part, whole = self._count(entry.part), self._count(entry.whole)
        if isinstance(part, Absent):
            return part
        if isinstance(whole, Absent):
            return whole
        if isinstance(part, Withheld) or isinstance(whole, Withheld) or isinstance(self._count(rest(entry)), Withheld):
            return Withheld(entry.part.behind)
        if not whole.count:
            return Absent(NOTHING_TO_DIVIDE, entry.part.behind)
        unit = Decimal(1).scaleb(-2 - entry.decimals)
        # Rounded counts can come out as more than the whole they are a part of.
        ratio = min(Decimal(part.count) / Decimal(whole.count), Decimal(1)).quantize(unit, ROUND_HALF_EVEN)
        return Ratio(ratio, entry.decimals, entry.part.behind, (part, whole))


def _place(line: ReleasedLine, descending: int | None) -> tuple[int, int]:
    """Where a row stands among its neighbours; hidden, absent and unnamed rows say nothing by their place."""
    if descending is not None:
        value = line.cells[descending]
        return (0, -value.count) if isinstance(value, Known) else (1, 0)
    numbers = [cell.number for cell in line.cells if isinstance(cell, Unnamed)]
    return (1, numbers[0]) if numbers else (0, 0)


def _names(tables: Tables) -> Iterator[Named]:
    for grid in tables.grids.values():
        for line in grid.lines:
            yield from (entry for entry in line.cells if isinstance(entry, Named))
    yield from (entry for entry in tables.figures.values() if isinstance(entry, Named))

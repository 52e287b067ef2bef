"""The figures of a report as sums over common pieces, which is how an attacker sees them.

Atoms that stand in the same cells cannot be told apart and become one piece. The pieces take for granted that an
attacker knows which activity stands in which cell; who knows less computes wider intervals. What everybody or the
reader knows already is taken out first: atoms without a value (they are in no sum), sensitive kinds that do not leave,
and, for a partner, its own people.
"""

from collections.abc import Hashable, Iterator
from dataclasses import dataclass

from desktop.guard.audiences import Audience, Leaves, Profile, Rule
from desktop.guard.tables import Counted, Part, Tables

_TOTAL_WEIGHT = 1000.0
"""A total is hidden only where nothing else will do."""


@dataclass(frozen=True)
class Cell:
    """A count of people that is printed, or can be worked out from a printed share."""

    pieces: frozenset[int]
    count: int
    rule: Rule
    weight: float
    """What hiding it costs the reader."""

    @property
    def small(self) -> bool:
        """Whether it has to be hidden for itself."""
        return self.rule.hides(self.count)


@dataclass(frozen=True)
class Puzzle:
    """Pieces with their values, and the cells that are sums of them."""

    pieces: tuple[int, ...]
    cells: tuple[Cell, ...]


class Reading:
    """The counts of some tables, as one audience may read them: which cell each is, what is left out of it."""

    def __init__(self, tables: Tables, profile: Profile, partner: Hashable, authorised: bool) -> None:
        self._atoms = tables.atoms
        leaves = profile.sensitive.leaves
        left_out = leaves is Leaves.NO or (leaves is Leaves.AUTHORISED and not authorised)
        self._own = frozenset(
            index
            for index, atom in enumerate(tables.atoms)
            if profile.audience is Audience.PARTNER and atom.owner == partner
        )
        self.missing = frozenset(index for index, atom in enumerate(tables.atoms) if atom.value is None)
        self.left_out = frozenset(
            index for index, atom in enumerate(tables.atoms) if left_out and atom.sensitive and index not in self._own
        )
        self._cells: dict[frozenset[int], int] = {}
        self.puzzle = self._puzzle(tables, profile)

    def known(self, counted: Counted) -> frozenset[int]:
        """The atoms that are in the sum."""
        return counted.atoms - self.missing - self.left_out

    def count(self, counted: Counted) -> int:
        """The sum."""
        return sum(self._atoms[index].value or 0 for index in self.known(counted))

    def cell(self, counted: Counted) -> int | None:
        """The cell of the puzzle that this count is, or None where there is nothing to guess."""
        return self._cells.get(self.known(counted) - self._own)

    def _puzzle(self, tables: Tables, profile: Profile) -> Puzzle:
        weights: dict[frozenset[int], float] = {}
        for counted, weight in _counts(tables):
            if guessed := self.known(counted) - self._own:
                weights[guessed] = weights.get(guessed, 0.0) + weight
        standing: dict[int, list[int]] = {}
        for number, atoms in enumerate(weights):
            self._cells[atoms] = number
            for index in atoms:
                standing.setdefault(index, []).append(number)
        pieces: dict[tuple[int, ...], int] = {}
        values: list[int] = []
        piece_of: dict[int, int] = {}
        for index, numbers in sorted(standing.items()):
            piece = piece_of[index] = pieces.setdefault(tuple(numbers), len(pieces))
            values[piece : piece + 1] = [sum(values[piece : piece + 1]) + (self._atoms[index].value or 0)]
        cells = []
        for atoms, weight in weights.items():
            count = sum(self._atoms[index].value or 0 for index in atoms)
            rule = profile.sensitive if any(self._atoms[index].sensitive for index in atoms) else profile.ordinary
            cells.append(Cell(frozenset(piece_of[index] for index in atoms), count, rule, weight * (1 + count) ** 0.5))
        return Puzzle(tuple(values), tuple(cells))


def rest(part: Part) -> Counted:
    """What of the whole is not the part: who is told a share is told this too."""
    if not part.part.atoms <= part.whole.atoms:
        raise ValueError("the part of a share is not within its whole")
    return Counted(part.whole.atoms - part.part.atoms)


def _counts(tables: Tables) -> Iterator[tuple[Counted, float]]:
    """Every count that the tables print or imply, with its weight."""
    entries = [(entry, _TOTAL_WEIGHT) for entry in tables.figures.values()]
    for grid in tables.grids.values():
        for line in grid.lines:
            entries += [(entry, _TOTAL_WEIGHT if line.total else 1.0) for entry in line.cells]
    for entry, weight in entries:
        match entry:
            case Counted():
                yield entry, weight
            case Part():
                yield entry.part, 0.1
                yield entry.whole, 0.1
                yield rest(entry), 0.1
            case _:
                pass

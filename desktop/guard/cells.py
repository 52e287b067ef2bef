"""The figures of a report as sums over common pieces, which is how an attacker sees them.

Atoms that stand in the same cells cannot be told apart and become one piece. The pieces take for granted that an
attacker knows which activity stands in which cell; who knows less computes wider intervals. What everybody or the
reader knows already is taken out first: atoms without a value (they are in no sum), sensitive kinds that do not leave,
and, for a partner, its own people.
"""

from collections.abc import Collection, Hashable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from db.queries.released import AtomReleased, CellReleased, Counts
from desktop.guard.alike import alike
from desktop.guard.audiences import EXCEPTED, Audience, Leaves, Profile, Rule
from desktop.guard.highs import INFINITY
from desktop.guard.tables import Counted, Part, Tables

_TOTAL_WEIGHT = 1000.0
"""A total is hidden only where nothing else will do."""
_EXCEPTED_WEIGHT = 100_000.0
"""What was agreed with the donor in writing, only after that."""


@dataclass(frozen=True)
class Cell:
    """A count of people that is printed, that was printed in an earlier file, or that can be worked out from those."""

    pieces: frozenset[int]
    """Those that readers do not know for certain."""
    count: int
    rule: Rule
    weight: float
    """What hiding it costs the reader."""
    hidden: bool | None = None
    """Whether it is hidden, where that is settled; None where the guard decides."""
    guarded: bool = False
    """Whether a cell for which that is settled must not be worked out."""
    printed: bool = True
    """Whether it stands anywhere, or is only set apart by what does."""
    blank: bool = False
    """Whether it is hidden together with all like it, zero or not, so that nobody knows what it is at least."""
    shown: tuple[int, int] = (0, 0)
    """By how much it can be lower and higher than it is, for who sees it: rounded counts leave room."""
    told: tuple[int, int] | None = None
    """The same for who does not, where an earlier file showed it rounded."""

    @property
    def small(self) -> bool:
        """Whether it has to be hidden for itself."""
        return self.rule.hides(self.count)

    @property
    def protected(self) -> bool:
        """Whether it must not be worked out, whatever else is hidden."""
        return self.guarded or (self.hidden is None and self.small)

    @property
    def least(self) -> int:
        """What everybody knows of it once it is hidden; what is not printed yet may be marked as hidden later."""
        return 0 if self.blank else self.rule.least

    def room(self, hidden: bool) -> tuple[float, float]:
        """Between which differences from the truth it may be."""
        if not hidden:
            return self.shown
        least, most = self.told or (-self.count, INFINITY)
        return max(least, min(0, self.least - self.count)), most


@dataclass(frozen=True)
class Puzzle:
    """Pieces with their values, and the cells that are sums of them."""

    pieces: tuple[int, ...]
    cells: tuple[Cell, ...]


class Reading:
    """The counts of some tables, as one audience may read them: which cell each is, what is left out of it."""

    def __init__(self, tables: Tables, profile: Profile, partner: Hashable) -> None:
        self._atoms, self._profile = tables.atoms, profile
        leaves = profile.sensitive.leaves
        left_out = leaves is Leaves.NO or (leaves is Leaves.AUTHORISED and not tables.permits.sensitive)
        donor = profile.audience is Audience.DONOR
        self.excepted = frozenset(
            index for index, atom in enumerate(tables.atoms) if donor and atom.indicator in tables.permits.exceptions
        )
        self._own = frozenset(
            index
            for index, atom in enumerate(tables.atoms)
            if profile.audience is Audience.PARTNER and atom.owner == partner
        )
        self.missing = frozenset(index for index, atom in enumerate(tables.atoms) if atom.value is None)
        self.left_out = frozenset(
            index for index, atom in enumerate(tables.atoms) if left_out and atom.sensitive and index not in self._own
        )
        self._values = [atom.value or 0 for atom in tables.atoms]
        self._sensitive = frozenset(index for index, atom in enumerate(tables.atoms) if atom.sensitive)
        self._known: dict[frozenset[int], frozenset[int]] = {}
        self._guessed: dict[frozenset[int], frozenset[int]] = {}
        self.weights: dict[frozenset[int], float] = {}
        """The cells by their atoms, and what hiding each costs the reader."""
        for counted, weight in _counts(tables):
            if guessed := self.guessed(counted):
                self.weights[guessed] = self.weights.get(guessed, 0.0) + weight
        for atoms in self.weights:
            if atoms <= self.excepted:
                self.weights[atoms] += _EXCEPTED_WEIGHT
        self._cells = {atoms: number for number, atoms in enumerate(self.weights)}
        self.standing = sorted(frozenset[int]().union(*self.weights))
        """The atoms that stand in any cell, in the order in which the register keeps them."""

    def known(self, counted: Counted) -> frozenset[int]:
        """The atoms that are in the sum."""
        known = self._known.get(counted.atoms)
        if known is None:
            known = self._known[counted.atoms] = _without(counted.atoms, self.missing | self.left_out)
        return known

    def guessed(self, counted: Counted) -> frozenset[int]:
        """Those of them that the reader does not know anyway."""
        guessed = self._guessed.get(counted.atoms)
        if guessed is None:
            guessed = self._guessed[counted.atoms] = _without(self.known(counted), self._own)
        return guessed

    def printed(self, counted: Counted) -> int:
        """What stands there where it is shown: what the reader knows anyway, and the rest as the method has it."""
        known, guessed = self.known(counted), self.guessed(counted)
        return self._sum(known & self._own) + self.rule(guessed).shown(self._sum(guessed))

    def cell(self, counted: Counted) -> int | None:
        """Which cell this count is, or None where there is nothing to guess."""
        return self._cells.get(self.guessed(counted))

    def small(self) -> frozenset[int]:
        """The cells that are hidden for themselves."""
        return frozenset(
            number for number, atoms in enumerate(self.weights) if self.rule(atoms).hides(self._sum(atoms))
        )

    def below(self) -> frozenset[int]:
        """The cells that only an exception lets be shown."""
        ordinary, sensitive = self._profile.ordinary, self._profile.sensitive
        return frozenset(
            number
            for number, atoms in enumerate(self.weights)
            if atoms <= self.excepted and (sensitive if self.sensitive(atoms) else ordinary).hides(self._sum(atoms))
        )

    def counts(self, hidden: Collection[int] = frozenset(), blank: Collection[int] = frozenset()) -> Counts:
        """All cells as the register keeps them, with these hidden; parts with the same name are numbered."""
        cells = (
            CellReleased(
                members,
                number in hidden,
                self.rule(atoms).rounded_to if self._sum(atoms) else 0,
                number in blank,
            )
            for number, (atoms, members) in enumerate(zip(self.weights, self._members, strict=True))
        )
        return Counts(self._kept, tuple(cells))

    @cached_property
    def alone(self) -> tuple[Counts, tuple[int, ...]]:
        """The same cells over as few atoms as can be, for a reader who has nothing else: those alike are one of them.

        With each comes one of the atoms that it is made of.
        """
        kept = self._kept
        # In the order in which grains are laid, so that the guard chooses the same whichever way it goes.
        rank = {figure: number for number, figure in enumerate(dict.fromkeys(atom.figure for atom in kept))}
        order = sorted(range(len(kept)), key=lambda one: (rank[kept[one].figure], kept[one].part))
        marks = [
            (kept[one].owner, kept[one].sensitive, self.standing[one] in self.excepted) for one in range(len(kept))
        ]
        group = alike(self._members, marks, order)
        first: dict[int, int] = {}
        sums = [0] * len(set(group))
        for one in order:
            first.setdefault(group[one], one)
            sums[group[one]] += kept[one].value
        atoms = (
            AtomReleased(str(number), "", sums[number], kept[one].owner, kept[one].sensitive)
            for number, one in first.items()
        )
        cells = (replace(cell, atoms=frozenset(group[one] for one in cell.atoms)) for cell in self.counts().cells)
        return Counts(tuple(atoms), tuple(cells)), tuple(self.standing[one] for one in first.values())

    @cached_property
    def _kept(self) -> tuple[AtomReleased, ...]:
        """The atoms that stand in any cell, as the register keeps them."""
        names = self._names()
        standing = ((names[index], self._atoms[index]) for index in self.standing)
        return tuple(
            AtomReleased(*name, atom.value or 0, None if atom.owner is None else str(atom.owner), atom.sensitive)
            for name, atom in standing
        )

    @cached_property
    def _members(self) -> tuple[frozenset[int], ...]:
        """The cells by the positions of their atoms among those."""
        if len(self.standing) == len(self._atoms):
            return tuple(self.weights)
        position = {index: number for number, index in enumerate(self.standing)}
        # A set that has grown keeps twice the room that its copy needs.
        return tuple(frozenset({position[atom] for atom in atoms}) for atoms in self.weights)

    def _names(self) -> list[tuple[str, str]]:
        met = dict[tuple[str, str], int]()
        names = []
        for atom in self._atoms:
            name = str(atom.key), atom.part
            met[name] = nth = met.get(name, 0) + 1
            names.append(name if nth == 1 else (name[0], f"{name[1]}#{nth}"))
        return names

    def _sum(self, atoms: frozenset[int]) -> int:
        return sum(map(self._values.__getitem__, atoms))

    def sensitive(self, atoms: frozenset[int]) -> bool:
        """Whether any of these people are of a sensitive kind."""
        return not self._sensitive.isdisjoint(atoms)

    def rule(self, atoms: frozenset[int]) -> Rule:
        """What holds for a cell of these atoms."""
        if atoms and atoms <= self.excepted:
            return EXCEPTED
        return self._profile.sensitive if self.sensitive(atoms) else self._profile.ordinary


def _without(atoms: frozenset[int], dropped: frozenset[int]) -> frozenset[int]:
    """The rest of them; the very same set where nothing is dropped, since copies of large ones are dear."""
    return atoms if atoms.isdisjoint(dropped) else atoms - dropped


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

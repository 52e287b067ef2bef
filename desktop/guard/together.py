"""A new file and those that left before it as one puzzle, as one reader would lay them side by side.

What earlier files show or hide is settled, and is weighed as it stands. What can be worked out from those alone is
taken out. Where files overlap, every small piece that they set apart from the rest is guarded, though it is printed
nowhere: it is the difference between two scopes, or between two versions.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from db.queries.released import FileReleased, Reader
from desktop.guard.audiences import Audience, Profile
from desktop.guard.cells import Cell, Puzzle, Reading
from desktop.guard.grains import grains
from desktop.guard.islands import leaders


@dataclass(frozen=True)
class Together:
    """The puzzle, which of its cells each cell of the new file is, and what its readers see of each before guessing."""

    puzzle: Puzzle
    places: tuple[int | None, ...]
    """None where the reader knows it anyway."""
    seen: tuple[frozenset[int], ...]
    """The pieces of each cell, with those that can be worked out."""
    moved: bool = False
    """Whether it takes people for the same who were split later, or no longer."""


@dataclass
class _State:
    """One cell while it is put together."""

    sensitive: bool = False
    weight: float | None = None
    """None where the new file does not have it."""
    shown: bool = False
    hidden: bool = False
    guarded: bool = False
    forced: bool = False
    new: list[int] = field(default_factory=list)

    def cell(self, profile: Profile, count: int, pieces: frozenset[int]) -> Cell:
        """The cell it comes to."""
        rule = profile.sensitive if self.sensitive else profile.ordinary
        guarded = not self.shown and self.hidden and (self.guarded or rule.hides(count))
        # What was hidden from others only may be shown to this reader; what nobody prints anew stays as it is.
        stays = guarded or self.forced or not self.new
        settled = False if self.shown else True if stays else None
        weight = (self.weight or 0.0) * (1 + count) ** 0.5
        return Cell(pieces, count, rule, weight, settled, guarded)


def together(
    reading: Reading,
    profile: Profile,
    reader: Reader,
    files: Sequence[FileReleased] = (),
    forced: Collection[int] = frozenset(),
    own: bool = True,
    moving: bool = True,
) -> Together:
    """The puzzle that this reader has. `forced` cells of the new file are hidden already, and guarded if `own`."""
    old = [file.counts for file in files if file.counts is not None]
    readers = [file.reader for file in files if file.counts is not None]
    new = reading.counts()
    laid = grains([*(counts.atoms for counts in old), new.atoms], moving)
    known_anyway, sensitive = set[int](), set[int]()
    for counts, of in zip([*old, new], laid.of, strict=True):
        for atom, some in zip(counts.atoms, of, strict=True):
            if profile.audience is Audience.PARTNER and atom.owner is not None and atom.owner == reader.whom:
                known_anyway |= some
            if atom.sensitive:
                sensitive |= some
    states: dict[frozenset[int], _State] = {}

    def state(members: Iterable[int], of: Sequence[frozenset[int]]) -> _State | None:
        guessed = frozenset[int]().union(*(of[one] for one in members)) - known_anyway
        if not guessed:
            return None
        return states.setdefault(guessed, _State(bool(guessed & sensitive)))

    for number, (cell, weight) in enumerate(zip(new.cells, reading.weights.values(), strict=True)):
        if (found := state(cell.atoms, laid.of[-1])) is not None:
            found.new.append(number)
            found.weight = (found.weight or 0.0) + weight
            if number in forced:
                found.forced = found.hidden = True
                found.guarded |= own
    for counts, other, of in zip(old, readers, laid.of, strict=False):
        for cell in counts.cells:
            if (found := state(cell.atoms, of)) is not None:
                found.shown |= not cell.hidden
                found.hidden |= cell.hidden
                found.guarded |= cell.hidden and other.audience == reader.audience
    puzzle = _puzzle(states, laid.values, sensitive, profile, len(new.cells), bool(old))
    return replace(puzzle, moved=laid.moved)


def _puzzle(
    states: dict[frozenset[int], _State],
    values: Sequence[int],
    sensitive: Collection[int],
    profile: Profile,
    length: int,
    overlapping: bool,
) -> Together:
    piece_of, pieces = _pieces(states, values)
    places: list[int | None] = [None] * length
    cells: list[Cell] = []
    for members, state in states.items():
        for number in state.new:
            places[number] = len(cells)
        count = sum(values[one] for one in members)
        cells.append(state.cell(profile, count, frozenset(piece_of[one] for one in members)))
    seen = tuple(cell.pieces for cell in cells)
    if overlapping:
        delicate = {piece_of[one] for one in sensitive if one in piece_of}
        cells = [*_without_known(cells), *_set_apart(cells, pieces, delicate, profile)]
    return Together(Puzzle(pieces, tuple(cells)), tuple(places), seen)


def _pieces(cells: Iterable[frozenset[int]], values: Sequence[int]) -> tuple[dict[int, int], tuple[int, ...]]:
    """The piece that each grain is in, and the pieces' values: grains that stand in the same cells are one."""
    standing: dict[int, list[int]] = {}
    for number, members in enumerate(cells):
        for grain in members:
            standing.setdefault(grain, []).append(number)
    numbers: dict[tuple[int, ...], int] = {}
    piece_of = {grain: numbers.setdefault(tuple(where), len(numbers)) for grain, where in sorted(standing.items())}
    sums = [0] * len(numbers)
    for grain, piece in piece_of.items():
        sums[piece] += values[grain]
    return piece_of, tuple(sums)


def _known(cells: Iterable[Cell]) -> frozenset[int]:
    """The pieces that can be worked out, one by one, from what earlier files show; nothing hidden now helps those."""
    shown = [set(cell.pieces) for cell in cells if cell.hidden is False]
    standing: dict[int, list[set[int]]] = {}
    for pieces in shown:
        for piece in pieces:
            standing.setdefault(piece, []).append(pieces)
    ready = [set(cell.pieces) for cell in cells if cell.hidden is False and (not cell.count or len(cell.pieces) == 1)]
    known: set[int] = set()
    while ready:
        for piece in ready.pop() - known:
            known.add(piece)
            for pieces in standing[piece]:
                pieces.discard(piece)
                if len(pieces) == 1:
                    ready.append(set(pieces))
    return frozenset(known)


def _without_known(cells: Sequence[Cell]) -> list[Cell]:
    known = _known(cells)
    return [replace(cell, pieces=cell.pieces - known) for cell in cells]


def _set_apart(
    cells: Sequence[Cell], pieces: Sequence[int], delicate: Collection[int], profile: Profile
) -> Iterator[Cell]:
    """Small pieces that are no cell, wherever an earlier file has a part in it."""
    known, led = _known(cells), leaders([cell.pieces for cell in cells])
    overlapped = {led[piece] for cell in cells if cell.hidden is not None for piece in cell.pieces}
    protected = {cell.pieces for cell in cells if cell.protected}
    for piece, value in enumerate(pieces):
        rule = profile.sensitive if piece in delicate else profile.ordinary
        one = frozenset({piece})
        if rule.hides(value) and piece not in known and led[piece] in overlapped and one not in protected:
            yield Cell(one, value, rule, 0.0, hidden=True, guarded=True, printed=False)

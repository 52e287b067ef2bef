"""A new file and those that left before it as one puzzle, as one reader would lay them side by side.

What earlier files show or hide is settled, and is weighed as it stands. What can be worked out from those alone is
taken out. Every small piece that cells set apart from the rest is guarded, though it is printed nowhere: it is what a
total has more than its parts, or the difference between two scopes, or between two versions. Sums of such pieces that
no file has printed yet are as far off as their pieces, and rounded ones as what they were rounded with: the writer is
told where a later file prints one that is closer than its rule.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from db.queries.released import FileReleased, Reader
from desktop.guard.audiences import Audience, Profile, within
from desktop.guard.blank import leave_blank
from desktop.guard.cells import Cell, Puzzle, Reading
from desktop.guard.grains import grains
from desktop.guard.states import State


@dataclass(frozen=True)
class SideBySide:
    """The puzzle, which of its cells each cell of the new file is, and what its readers see of each before guessing."""

    puzzle: Puzzle
    places: tuple[int | None, ...]
    """None where the reader knows it anyway."""
    seen: tuple[frozenset[int], ...]
    """The pieces of each cell, with those that can be worked out."""
    moved: bool = False
    """Whether it takes people for the same who were split later, or no longer."""


def together(
    reading: Reading,
    profile: Profile,
    reader: Reader,
    files: Sequence[FileReleased] = (),
    forced: Collection[int] = frozenset(),
    blank: Collection[int] = frozenset(),
    own: bool = True,
    moving: bool = True,
) -> SideBySide:
    """The puzzle that this reader has.

    `forced` cells of the new file are hidden already, and guarded if `own`; `blank` ones with all like them.
    """
    # A report in four languages and three formats tells the same twelve times over.
    told = dict.fromkeys((file.counts, file.reader) for file in files if file.counts is not None)
    old, readers = [counts for counts, _reader in told], [reader for _counts, reader in told]
    new, standing = (reading.counts(), reading.standing) if old else reading.alone
    laid = grains([*(counts.atoms for counts in old), new.atoms], moving)
    known_anyway, sensitive, excepted = set[int](), set[int](), set[int]()
    for counts, of in zip([*old, new], laid.of, strict=True):
        for atom, some in zip(counts.atoms, of, strict=True):
            if profile.audience is Audience.PARTNER and atom.owner is not None and atom.owner == reader.whom:
                known_anyway |= some
            if atom.sensitive:
                sensitive |= some
    for index, some in zip(standing, laid.of[-1], strict=True):
        if index in reading.excepted:
            excepted |= some
    states: dict[frozenset[int], State] = {}

    def state(members: Iterable[int], of: Sequence[frozenset[int]]) -> State | None:
        guessed = frozenset[int]().union(*(of[one] for one in members)) - known_anyway
        if not guessed:
            return None
        return states.setdefault(guessed, State(bool(guessed & sensitive), guessed <= excepted))

    for number, (cell, weight) in enumerate(zip(new.cells, reading.weights.values(), strict=True)):
        if (found := state(cell.atoms, laid.of[-1])) is not None:
            found.new.append(number)
            found.rounded = cell.rounded
            found.weight = (found.weight or 0.0) + weight
            if number in forced:
                found.forced = found.hidden = True
                found.guarded |= own
                found.blank |= number in blank
    for counts, other, of in zip(old, readers, laid.of, strict=False):
        for cell in counts.cells:
            if (found := state(cell.atoms, of)) is not None:
                if cell.hidden:
                    found.hidden = True
                    found.blank |= cell.blank
                    found.least |= not cell.blank
                    found.guarded |= other.audience == reader.audience
                else:
                    count = sum(laid.values[one] for atom in cell.atoms for one in of[atom])
                    found.told = _narrower(found.told, within(count, cell.rounded))
    if old:
        leave_blank(states, laid.values, profile)
    puzzle = _puzzle(states, laid.values, sensitive, excepted, profile, len(new.cells))
    return replace(puzzle, moved=laid.moved)


def _narrower(told: tuple[int, int] | None, now: tuple[int, int]) -> tuple[int, int]:
    return now if told is None else (max(told[0], now[0]), min(told[1], now[1]))


def _puzzle(
    states: dict[frozenset[int], State],
    values: Sequence[int],
    sensitive: Collection[int],
    excepted: Collection[int],
    profile: Profile,
    length: int,
) -> SideBySide:
    piece_of, pieces = _pieces(states, values)
    places: list[int | None] = [None] * length
    cells: list[Cell] = []
    for members, state in states.items():
        for number in state.new:
            places[number] = len(cells)
        count = sum(values[one] for one in members)
        cells.append(state.cell(profile, count, frozenset(piece_of[one] for one in members)))
    seen = tuple(cell.pieces for cell in cells)
    delicate = {piece_of[one] for one in sensitive if one in piece_of}
    agreed = {piece_of[one] for one in excepted if one in piece_of}
    known = _known(cells)
    set_apart = _set_apart(cells, pieces, delicate, known | agreed, profile)
    cells = [*(_without(known, cells) if known else cells), *set_apart]
    return SideBySide(Puzzle(pieces, tuple(cells)), tuple(places), seen)


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
    exact = [cell for cell in cells if cell.hidden is False and cell.shown == (0, 0)]
    shown = [set(cell.pieces) for cell in exact]
    standing: dict[int, list[set[int]]] = {}
    for pieces in shown:
        for piece in pieces:
            standing.setdefault(piece, []).append(pieces)
    ready = [set(cell.pieces) for cell in exact if not cell.count or len(cell.pieces) == 1]
    known: set[int] = set()
    while ready:
        for piece in ready.pop() - known:
            known.add(piece)
            for pieces in standing[piece]:
                pieces.discard(piece)
                if len(pieces) == 1:
                    ready.append(set(pieces))
    return frozenset(known)


def _without(known: frozenset[int], cells: Sequence[Cell]) -> list[Cell]:
    return [
        # What everybody can work out by now need not be left blank.
        replace(cell, pieces=frozenset(), hidden=None, guarded=False, blank=False)
        if cell.blank and cell.pieces <= known
        else replace(cell, pieces=cell.pieces - known)
        for cell in cells
    ]


def _set_apart(
    cells: Sequence[Cell], pieces: Sequence[int], delicate: Collection[int], told: Collection[int], profile: Profile
) -> Iterator[Cell]:
    """Small pieces that are no cell: in one file too, what is left of a total is told as well as its parts.

    Beside what is left blank they are too: nobody is told that they are not zero.
    """
    protected = {cell.pieces for cell in cells if cell.protected}
    left_blank = frozenset[int]().union(*(cell.pieces for cell in cells if cell.blank))
    beside = frozenset[int]().union(
        *(cell.pieces for cell in cells if cell.told is not None and not cell.pieces.isdisjoint(left_blank))
    )
    for piece, value in enumerate(pieces):
        rule = profile.sensitive if piece in delicate else profile.ordinary
        one = frozenset({piece})
        if rule.hides(value) and piece not in told and one not in protected:
            yield Cell(one, value, rule, 0.0, hidden=True, guarded=True, printed=False, blank=piece in beside)

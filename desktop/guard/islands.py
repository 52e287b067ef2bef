"""Cells that hang together, apart from all others, so that each group is searched for itself."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from desktop.guard.cells import Cell, Puzzle


@dataclass(frozen=True)
class Island:
    """Cells that hang together through shared pieces; what is hidden in one island tells nothing of another.

    Pieces of a zero that is shown are left out: everybody knows that they are zero.
    """

    values: tuple[int, ...]
    cells: tuple[Cell, ...]

    @cached_property
    def standing(self) -> tuple[tuple[int, ...], ...]:
        """The cells in which each piece stands."""
        standing: list[list[int]] = [[] for _value in self.values]
        for number, cell in enumerate(self.cells):
            for piece in cell.pieces:
                standing[piece].append(number)
        return tuple(map(tuple, standing))


def leaders(sets: Iterable[frozenset[int]]) -> dict[int, int]:
    """One member for each, the same for all that hang together through these sets."""
    leader: dict[int, int] = {}

    def lead(one: int) -> int:
        while leader[one] != one:
            leader[one] = leader[leader[one]]
            one = leader[one]
        return one

    for members in sets:
        first, *others = members or (None,)
        if first is not None:
            leader.setdefault(first, first)
            for other in others:
                leader[lead(leader.setdefault(other, other))] = lead(first)
    return {one: lead(one) for one in leader}


def islands(puzzle: Puzzle) -> Iterator[tuple[tuple[int, ...], Island]]:
    """Every island that has something to protect and something to decide, with its cells' positions in the puzzle.

    There is something to decide, too, where the new file shows a zero of an island, or leaves some of it blank.
    """
    shown = [cell for cell in puzzle.cells if not cell.count and not cell.small and not cell.guarded]
    zero = frozenset[int]().union(*(cell.pieces for cell in shown))
    fresh = frozenset[int]().union(*(cell.pieces for cell in shown if cell.hidden is None))
    led = leaders(cell.pieces - zero for cell in puzzle.cells)
    numbers: dict[int, list[int]] = {}
    for number, cell in enumerate(puzzle.cells):
        if (cell.count or cell.small or cell.guarded) and (open_pieces := cell.pieces - zero):
            numbers.setdefault(led[next(iter(open_pieces))], []).append(number)
    for island in numbers.values():
        cells = [puzzle.cells[number] for number in island]
        open_still = any(
            cell.hidden is None or (cell.blank and cell.weight) or not fresh.isdisjoint(cell.pieces) for cell in cells
        )
        if open_still and any(cell.protected for cell in cells):
            pieces = {
                piece: n for n, piece in enumerate(sorted(frozenset[int]().union(*(c.pieces for c in cells)) - zero))
            }
            renumbered = (replace(c, pieces=frozenset(pieces[one] for one in c.pieces - zero)) for c in cells)
            yield tuple(island), Island(tuple(puzzle.pieces[piece] for piece in pieces), tuple(renumbered))

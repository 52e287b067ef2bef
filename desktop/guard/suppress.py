"""Which cells are hidden: the small ones, and as many others as it takes that no hidden one can be worked out.

A hidden cell is safe when two sets of whole numbers, both in keeping with everything that is shown, give it values
far enough apart. Such sets are searched for with linear programs and then checked exactly, in integers: what the
solver says is never taken on trust, and a cell counts as safe only when both sets have been seen. Where none are found,
the cheapest further cells are hidden, down to hiding everything, so that the search always ends.

Taken as known to everybody: that counts are integers, what a hidden count is at least, and which piece stands in which
cell. Not taken into account: that some cell of each hidden group must be a small one; the single mark says not which.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from desktop.guard.cells import Cell, Puzzle
from desktop.guard.highs import INFINITY, Program, Row

_ALMOST: Final = 1e-6

Point = Mapping[int, int]
"""By how much each cell differs from the truth in one set of numbers that fits all that is shown."""


@dataclass(frozen=True)
class Hidden:
    """Cells by position: small by themselves, and hidden for the sake of those."""

    small: frozenset[int] = frozenset()
    complementary: frozenset[int] = frozenset()


def suppress(puzzle: Puzzle, complementary: bool = True) -> Hidden:
    """Choose what is hidden. Without `complementary` the small cells alone, which protects nothing: for tests."""
    small = frozenset(number for number, cell in enumerate(puzzle.cells) if cell.small)
    if not complementary:
        return Hidden(small)
    hidden: set[int] = set()
    for numbers in _islands(puzzle):
        if small.intersection(numbers):
            cells = tuple(puzzle.cells[number] for number in numbers)
            hidden |= {numbers[index] for index in _Search(puzzle.pieces, cells).hide()}
    return Hidden(small, frozenset(hidden - small))


def _islands(puzzle: Puzzle) -> Iterator[list[int]]:
    """Cells that hang together through shared pieces; what is hidden in one island tells nothing of another."""
    leader = list(range(len(puzzle.cells)))

    def lead(number: int) -> int:
        while leader[number] != number:
            leader[number] = leader[leader[number]]
            number = leader[number]
        return number

    first: dict[int, int] = {}
    for number, cell in enumerate(puzzle.cells):
        for piece in cell.pieces:
            leader[lead(number)] = lead(first.setdefault(piece, number))
    islands: dict[int, list[int]] = {}
    for number in range(len(puzzle.cells)):
        islands.setdefault(lead(number), []).append(number)
    yield from islands.values()


class _Search:
    """The search in one island.

    Columns of both programs: how much each piece is more and less than in truth, then how much each cell is. The truth
    is the origin, so that programs start from a solution and numbers stay small.
    """

    def __init__(self, values: tuple[int, ...], cells: tuple[Cell, ...]) -> None:
        zero = {piece for cell in cells if not cell.count and not cell.small for piece in cell.pieces}
        self._pieces = sorted({piece for cell in cells for piece in cell.pieces} - zero)
        self._values = [values[piece] for piece in self._pieces]
        self._cells = cells
        column_of = {piece: column for column, piece in enumerate(self._pieces)}
        self._standing: list[list[int]] = [[] for _piece in self._pieces]
        rows = []
        for number, cell in enumerate(cells):
            factors: dict[int, float] = {self._more(number): -1.0, self._less(number): 1.0}
            for piece in cell.pieces - zero:
                self._standing[column_of[piece]].append(number)
                factors |= {2 * column_of[piece]: 1.0, 2 * column_of[piece] + 1: -1.0}
            rows.append(Row(factors, 0.0, 0.0))
        pieces = [bound for value in self._values for bound in ((0.0, INFINITY), (0.0, float(value)))]
        self._attack = Program(pieces + [(0.0, 0.0)] * (2 * len(cells)), rows)
        self._choice = Program(pieces + [bound for cell in cells for bound in _open(cell)], rows)
        self._hidden: set[int] = set()
        self._points: list[Point] = [{}]

    def hide(self) -> frozenset[int]:
        """The cells to hide."""
        small = [number for number, cell in enumerate(self._cells) if cell.small]
        for number in small:
            self._hide(number)
        waiting = sorted(small, key=lambda number: (self._cells[number].count, number))
        for number in waiting:
            while not self._safe(number):
                waiting += self._hide_more(number)
        others = [number for number in waiting if not self._cells[number].small]
        for number in sorted(others, key=lambda number: (-self._cells[number].weight, number)):
            self._show_if_safe(number)
        return frozenset(self._hidden)

    def _more(self, number: int) -> int:
        return 2 * len(self._pieces) + 2 * number

    def _less(self, number: int) -> int:
        return self._more(number) + 1

    def _hide(self, number: int) -> None:
        self._hidden.add(number)
        more, less = _open(self._cells[number])
        self._attack.bound(self._more(number), *more)
        self._attack.bound(self._less(number), *less)

    def _show(self, number: int) -> None:
        self._hidden.remove(number)
        self._attack.bound(self._more(number), 0.0, 0.0)
        self._attack.bound(self._less(number), 0.0, 0.0)

    def _span(self, number: int) -> tuple[int, int]:
        """The lowest and highest that this cell has been seen to be able to differ from the truth."""
        shown = self._cells[number]
        seen = [point.get(number, 0) for point in self._points if self._hidden.issuperset(point)]
        assert shown.count + min(seen) >= 0
        return min(seen), max(seen)

    def _wide(self, number: int) -> bool:
        low, high = self._span(number)
        return high - low >= self._cells[number].rule.width

    def _safe(self, number: int) -> bool:
        """Whether the cell is wide enough as things are hidden now, looking for the numbers that show it."""
        if self._wide(number):
            return True
        for towards in (1.0, -1.0):
            for whole in (False, True):
                if self._explore(number, towards, whole):
                    break
            if self._wide(number):
                return True
        return False

    def _explore(self, number: int, towards: float, whole: bool) -> bool:
        """Push the cell up or down; whether what came out are whole numbers, and so a point, or no way at all."""
        more, _less = _open(self._cells[number])
        low, _high = self._span(number)
        enough = float(self._cells[number].rule.width + low)
        self._attack.bound(self._more(number), 0.0, enough)
        found = self._attack.minimise({self._more(number): -towards, self._less(number): towards}, whole)
        self._attack.bound(self._more(number), *more)
        return found is None or self._learn(found)

    def _hide_more(self, number: int) -> list[int]:
        """Hide the cheapest cells that let this one be wide enough; returns them."""
        low, _high = self._span(number)
        wanted = float(self._cells[number].rule.width + low)
        more, less = _open(self._cells[number])
        self._choice.bound(self._more(number), wanted, wanted)
        self._choice.bound(self._less(number), 0.0, 0.0)
        shown = [other for other, cell in enumerate(self._cells) if cell.count and other not in self._hidden]
        costs = {column(other): self._cells[other].weight for other in shown for column in (self._more, self._less)}
        found = self._choice.minimise(costs)
        self._choice.bound(self._more(number), *more)
        self._choice.bound(self._less(number), *less)
        chosen = [
            other
            for other in shown
            if found is not None and abs(found[self._more(other)] - found[self._less(other)]) > _ALMOST
        ]
        if not chosen:
            near = [other for other in shown if self._cells[other].pieces & self._cells[number].pieces] or shown
            chosen = [min(near, key=lambda other: (self._cells[other].weight, other))]
        for other in chosen:
            self._hide(other)
        if found is not None:
            self._learn(found)
        return chosen

    def _show_if_safe(self, number: int) -> None:
        """Show a cell again where those still hidden are safe without it."""
        self._show(number)
        if not all(self._safe(other) for other in sorted(self._hidden)):
            self._hide(number)

    def _whole(self, found: tuple[float, ...]) -> bool:
        return all(abs(value - round(value)) < _ALMOST for value in found[: 2 * len(self._pieces)])

    def _learn(self, found: tuple[float, ...]) -> bool:
        """Keep what the solver found if it is whole and, reckoned anew in integers, fits all that is shown."""
        if not self._whole(found):
            return False
        point: dict[int, int] = {}
        for column, value in enumerate(self._values):
            if by := round(found[2 * column]) - round(found[2 * column + 1]):
                if value + by < 0:
                    return False
                for number in self._standing[column]:
                    point[number] = point.get(number, 0) + by
        point = {number: by for number, by in point.items() if by}
        fits = all(
            number in self._hidden and self._cells[number].count + by >= self._cells[number].rule.least
            for number, by in point.items()
        )
        if fits:
            self._points.append(point)
        return fits


def _open(cell: Cell) -> tuple[tuple[float, float], tuple[float, float]]:
    """How much more and less a cell may be than in truth, once it is hidden."""
    return (0.0, INFINITY), (0.0, float(max(0, cell.count - cell.rule.least)))

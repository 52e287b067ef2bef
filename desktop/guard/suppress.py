"""Which cells are hidden: the small ones, and as many others as it takes that no hidden one can be worked out.

A hidden cell is safe when two sets of whole numbers, both in keeping with everything that is shown, give it values
far enough apart. Such sets are searched for with linear programs and checked exactly (`attack`); a cell counts as safe
only when both have been seen. Where none are found, the cheapest further cells are hidden, down to hiding everything,
so that the search always ends. Then what turns out not to be needed is shown again.

Taken as known to everybody: that counts are integers, what a hidden count is at least, and which piece stands in which
cell. Not taken into account: that some cell of each hidden group must be a small one; the single mark says not which.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from desktop.guard.attack import Attack, Point, fitting, whole
from desktop.guard.cells import Puzzle
from desktop.guard.choice import Choice
from desktop.guard.islands import Island, islands

_STEP: Final = 6
"""Cells are pushed by multiples of this: where the solver would halve or third a step, it still is a whole number."""
_PATIENCE: Final = 150
"""How often the solver is asked again where it met fractions; past that, a dense table rather hides more than waits."""


@dataclass(frozen=True)
class Hidden:
    """Cells by position: small by themselves, and hidden for the sake of those."""

    small: frozenset[int] = frozenset()
    complementary: frozenset[int] = frozenset()
    narrow: frozenset[int] = frozenset()
    """Those of which earlier files let more be worked out than may be, whatever is hidden now."""


def suppress(puzzle: Puzzle, complementary: bool = True) -> Hidden:
    """Choose what is hidden. Without `complementary` the small cells alone, which protects nothing: for tests."""
    small = frozenset(number for number, cell in enumerate(puzzle.cells) if cell.small and cell.printed)
    hidden = {number for number, cell in enumerate(puzzle.cells) if cell.hidden}
    narrow = {number for number, cell in enumerate(puzzle.cells) if cell.protected and not cell.pieces}
    if complementary:
        for numbers, island in islands(puzzle):
            search = _Search(island)
            hidden |= {numbers[index] for index in search.hide()}
            narrow |= {numbers[index] for index in search.narrow()}
    return Hidden(small, frozenset(hidden - small), frozenset(narrow))


class _Search:
    """The search in one island."""

    def __init__(self, island: Island) -> None:
        self._island = island
        self._cells = island.cells
        self._protected = [number for number, cell in enumerate(self._cells) if cell.protected]
        self._hidden = {number for number, cell in enumerate(self._cells) if cell.protected or cell.hidden}
        self._settled = sum(cell.hidden is False and not cell.protected for cell in self._cells)
        self._told = any(cell.told is not None for cell in self._cells)
        self._widths = {number: cell.rule.width for number, cell in enumerate(self._cells)}
        self._attack = Attack(island, self._hidden)
        self._choice = Choice(island)
        self._points: list[Point] = [{}]
        self._patience = _PATIENCE

    def hide(self) -> frozenset[int]:
        """The cells to hide."""
        waiting = sorted(self._protected, key=lambda number: (self._cells[number].count, number))
        for number in waiting:
            while not self._safe(number):
                waiting += self._hide_more(number)
        others = [number for number in waiting if not self._cells[number].protected]
        for number in sorted(others, key=lambda number: (-self._cells[number].weight, number)):
            self._show_if_safe(number)
        return frozenset(number for number in self._hidden if self._cells[number].hidden is not False)

    def narrow(self) -> Iterator[int]:
        """The cells that are hidden, and yet not as wide as they should be."""
        return (number for number in self._hidden if self._widths[number] < self._cells[number].rule.width)

    def _span(self, number: int) -> tuple[int, int]:
        """The lowest and highest that this cell has been seen to be able to differ from the truth."""
        seen = [point.get(number, 0) for point in self._points]
        return min(seen), max(seen)

    def _spread(self, number: int) -> int:
        low, high = self._span(number)
        return high - low

    def _wide(self, number: int) -> bool:
        return self._spread(number) >= self._widths[number]

    def _safe(self, number: int) -> bool:
        """Whether the cell is wide enough as things are hidden now, looking for the numbers that show it."""
        nothing_left = len(self._hidden) + self._settled == len(self._cells)
        if nothing_left and not self._told:
            return True
        for up in (True, False):
            if self._wide(number):
                return True
            low, high = self._span(number)
            width = self._widths[number]
            for found in self._attack.push(number, -_steps(width - high), _steps(width + low), up):
                if self._learn(found) or not self._patience:
                    break
                self._patience -= 1
        if nothing_left and not self._wide(number):
            self._widths[number] = self._spread(number)
        return self._wide(number)

    def _learn(self, differences: Mapping[int, float]) -> bool:
        """Keep what the solver found, if it is whole and fits."""
        point = fitting(self._island, self._hidden, differences) if whole(differences) else None
        if point is not None:
            self._points.append(point)
        return point is not None

    def _hide_more(self, number: int) -> list[int]:
        """Hide the cheapest cells that let this one be wide enough, as low as it may go and then up; returns them."""
        cell, width = self._cells[number], self._widths[number]
        lowest = cell.least - cell.count
        if self._told:
            lowest, highest = self._choice.reach(number, width)
            if highest - lowest < width:
                # Earlier files give it away further than any hiding makes good: what is left of it is kept.
                self._widths[number] = highest - lowest
                return []
        down = min(-lowest, width)
        chosen: list[int] = []
        for by in (-down, width - down):
            if by:
                chosen += self._choice.cheapest(number, by, self._hidden.union(chosen))
        if not chosen and width < cell.rule.width:
            self._widths[number] = self._spread(number)
            return []
        if not chosen:
            shown = [other for other, one in enumerate(self._cells) if other not in self._hidden and one.hidden is None]
            near = [other for other in shown if self._cells[other].pieces & cell.pieces] or shown
            chosen = [min(near, key=lambda other: (self._cells[other].weight, other))]
        self._hidden.update(chosen)
        self._attack = Attack(self._island, self._hidden)
        return chosen

    def _show_if_safe(self, number: int) -> None:
        """Show a cell again where those still hidden are safe without it."""
        before, self._points = self._points, [point for point in self._points if number not in point]
        self._hidden.remove(number)
        self._attack = Attack(self._island, self._hidden)
        narrowest_first = sorted(self._hidden, key=lambda other: (self._spread(other), other))
        if not all(self._safe(other) for other in narrowest_first):
            self._hidden.add(number)
            self._points = before


def _steps(count: int) -> int:
    return -(-count // _STEP) * _STEP

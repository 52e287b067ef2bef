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
from desktop.guard.near import LARGE, Near, Nearness

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
        self._whole = Near(tuple(range(len(self._cells))), island)
        self._nearness = Nearness(island, self._hidden) if len(island.values) >= LARGE else None
        self._near: tuple[int, Near] = -1, self._whole
        self._attack: Attack | None = None
        self._choice: Choice | None = None
        self._points: list[Point] = []
        self._of: dict[int, set[int]] = {}
        """The points, by position, in which a cell is not as in truth."""
        self._unseen: set[int] = set()
        """Cells that are safe with all hidden, so that nobody looked how far they can be off."""
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
        seen = [self._points[at][number] for at in self._of.get(number, ())]
        return min(0, *seen) if seen else 0, max(0, *seen) if seen else 0

    def _spread(self, number: int) -> int:
        low, high = self._span(number)
        return high - low

    def _wide(self, number: int) -> bool:
        return self._spread(number) >= self._widths[number]

    def _safe(self, number: int) -> bool:
        """Whether the cell is wide enough as things are hidden now, looking for the numbers that show it."""
        nothing_left = len(self._hidden) + self._settled == len(self._cells)
        if nothing_left and not self._told:
            self._unseen.add(number)
            return True
        if self._found_in(self._nearest(number), number):
            return True
        if nothing_left and not self._found_in(self._whole, number):
            self._widths[number] = self._spread(number)
        return self._wide(number)

    def _nearest(self, number: int) -> Near:
        """Where to look first."""
        if self._nearness is None:
            return self._whole
        if self._near[0] != number:
            self._near = number, self._nearness.around(number)
        return self._near[1]

    def _found_in(self, near: Near, number: int) -> bool:
        """Whether the cell is wide enough, if need be by numbers that differ among these only."""
        for up in (True, False):
            if self._wide(number):
                return True
            low, high = self._span(number)
            width = self._widths[number]
            attack, at = self._attack_in(near), near.numbers.index(number)
            for found in attack.push(at, -_steps(width - high), _steps(width + low), up):
                if self._learn(near, found) or not self._patience:
                    break
                self._patience -= near is self._whole
        return self._wide(number)

    def _attack_in(self, near: Near) -> Attack:
        if near is not self._whole:
            return Attack(near.island, near.among(self._hidden))
        if self._attack is None:
            self._attack = Attack(self._island, self._hidden)
        return self._attack

    def _learn(self, near: Near, differences: Mapping[int, float]) -> bool:
        """Keep what the solver found, if it is whole and fits."""
        point = fitting(near.island, near.among(self._hidden), differences) if whole(differences) else None
        if point is not None:
            for at in point:
                self._of.setdefault(near.numbers[at], set()).add(len(self._points))
            self._points.append({near.numbers[at]: by for at, by in point.items()})
        return point is not None

    def _hide_more(self, number: int) -> list[int]:
        """Hide the cheapest cells that let this one be wide enough, as low as it may go and then up; returns them."""
        near = self._nearest(number)
        chosen = self._cheapest(near, number) if near is not self._whole else []
        if not chosen:
            if near is not self._whole and self._found_in(self._whole, number):
                return []
            chosen = self._cheapest(self._whole, number)
            if chosen is None:
                return []
        self._hidden.update(chosen)
        self._attack = None
        return chosen

    def _cheapest(self, near: Near, number: int) -> list[int] | None:
        """The cells to hide; None where earlier files give it away and what is left of it is kept."""
        cell, width, at = self._cells[number], self._widths[number], near.numbers.index(number)
        choice, hidden = self._choice_in(near), near.among(self._hidden)
        lowest = cell.least - cell.count
        if self._told:
            lowest, highest = choice.reach(at, width)
            if highest - lowest < width:
                if near is self._whole:
                    # Earlier files give it away further than any hiding makes good: what is left of it is kept.
                    self._widths[number] = highest - lowest
                return None
        down = min(-lowest, width)
        chosen: list[int] = []
        for by in (-down, width - down):
            if by:
                chosen += choice.cheapest(at, by, hidden.union(chosen))
        if not chosen and near is self._whole:
            if width < cell.rule.width:
                self._widths[number] = self._spread(number)
                return None
            shown = [other for other, one in enumerate(self._cells) if other not in self._hidden and one.hidden is None]
            beside = [other for other in shown if self._cells[other].pieces & cell.pieces] or shown
            return [min(beside, key=lambda other: (self._cells[other].weight, other))]
        return [near.numbers[one] for one in chosen]

    def _choice_in(self, near: Near) -> Choice:
        if near is not self._whole:
            return Choice(near.island)
        if self._choice is None:
            self._choice = Choice(self._island)
        return self._choice

    def _show_if_safe(self, number: int) -> None:
        """Show a cell again where those still hidden are safe without it."""
        dropped = self._of.pop(number, set())
        touched = {other for at in dropped for other in self._points[at] if other != number}
        for other in touched:
            self._of[other] -= dropped
        self._hidden.remove(number)
        self._attack = None
        narrowest_first = sorted(
            (touched | self._unseen) & self._hidden, key=lambda other: (self._spread(other), other)
        )
        if not all(self._safe(other) for other in narrowest_first):
            self._hidden.add(number)
            self._attack = None
            self._of[number] = dropped
            for at in dropped:
                for other in self._points[at]:
                    self._of[other].add(at)


def _steps(count: int) -> int:
    return -(-count // _STEP) * _STEP

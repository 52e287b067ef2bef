"""Which further cells to hide so that a hidden count has room to move: the cheapest, by a linear program.

In it every cell of an island may differ from the truth, at a price by its weight, and what is hidden already for
nothing. The cells that move in the cheapest way of moving the one in question are those to hide.
"""

from collections.abc import Collection
from math import ceil, floor

from desktop.guard.attack import ALMOST
from desktop.guard.highs import INFINITY, Program, Row
from desktop.guard.islands import Island


class Choice:
    """The program of one island. Columns: pieces up and down, cells more and less; rows: cells' sums, their ends."""

    def __init__(self, island: Island) -> None:
        self._cells = island.cells
        self._pieces = len(island.values)
        pieces = [bound for value in island.values for bound in ((0.0, INFINITY), (0.0, float(value)))]
        sums, ends = [], []
        for number, cell in enumerate(island.cells):
            more = self._more(number)
            factors: dict[int, float] = {more: -1.0, more + 1: 1.0}
            for piece in sorted(cell.pieces):
                factors |= {2 * piece: 1.0, 2 * piece + 1: -1.0}
            # What rounding leaves open costs nothing; what is hidden anyway needs no such room.
            sums.append(Row(factors, *((0.0, 0.0) if cell.hidden or cell.protected else cell.shown)))
            ends.append(Row({more: 1.0, more + 1: -1.0}, *self._ends(number)))
        self._program = Program(pieces + [(0.0, INFINITY)] * (2 * len(island.cells)), sums + ends)

    def cheapest(self, number: int, by: int, hidden: Collection[int]) -> list[int]:
        """The cells to hide, beside those hidden, for this one to be able to differ by so much from the truth."""
        shown = [other for other, cell in enumerate(self._cells) if other not in hidden and cell.hidden is None]
        prices = {self._more(other) + side: self._cells[other].weight for other in shown for side in (0, 1)}
        end = len(self._cells) + number
        self._program.bound(end, float(by), float(by))
        found = self._program.minimise(prices)
        self._program.bound(end, *self._ends(number))
        if found is None:
            return []
        return [other for other in shown if abs(found[self._more(other)] - found[self._more(other) + 1]) > ALMOST]

    def reach(self, number: int, width: int) -> tuple[int, int]:
        """How far down and up, to this width each way, the cell could differ if all were hidden that still can be."""
        ends: list[int] = []
        more, end = self._more(number), len(self._cells) + number
        least, most = self._ends(number)
        self._program.bound(end, max(least, -float(width)), min(most, float(width)))
        for side in (1.0, -1.0):
            found = self._program.minimise({more: side, more + 1: -side})
            at = found[more] - found[more + 1] if found is not None else 0.0
            ends.append(ceil(at - ALMOST) if side > 0 else floor(at + ALMOST))
        self._program.bound(end, least, most)
        return ends[0], ends[1]

    def _ends(self, number: int) -> tuple[float, float]:
        """What an earlier file shows does not differ."""
        cell = self._cells[number]
        return (0.0, 0.0) if cell.hidden is False and not cell.protected else cell.room(hidden=True)

    def _more(self, number: int) -> int:
        return 2 * self._pieces + 2 * number

"""Which further cells to hide so that a hidden count has room to move: the cheapest, by a linear program.

In it every cell of an island may differ from the truth, at a price by its weight, and what is hidden already for
nothing. The cells that move in the cheapest way of moving the one in question are those to hide.
"""

from collections.abc import Collection

from desktop.guard.attack import ALMOST, Island, open_to
from desktop.guard.highs import INFINITY, Program, Row


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
            sums.append(Row(factors, 0.0, 0.0))
            ends.append(Row({more: 1.0, more + 1: -1.0}, *open_to(cell)))
        self._program = Program(pieces + [(0.0, INFINITY)] * (2 * len(island.cells)), sums + ends)

    def cheapest(self, number: int, by: int, hidden: Collection[int]) -> list[int]:
        """The cells to hide, beside those hidden, for this one to be able to differ by so much from the truth."""
        shown = [other for other in range(len(self._cells)) if other not in hidden]
        prices = {self._more(other) + side: self._cells[other].weight for other in shown for side in (0, 1)}
        end = len(self._cells) + number
        self._program.bound(end, float(by), float(by))
        found = self._program.minimise(prices)
        self._program.bound(end, *open_to(self._cells[number]))
        if found is None:
            return []
        return [other for other in shown if abs(found[self._more(other)] - found[self._more(other) + 1]) > ALMOST]

    def _more(self, number: int) -> int:
        return 2 * self._pieces + 2 * number

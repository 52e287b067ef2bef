"""What an attacker could take for true: other whole numbers that fit everything that is shown.

Programs are written in differences from the truth: the truth itself is then a solution to start from, and numbers stay
small. What the solver proposes is never taken on trust: `fitting` reckons it anew in integers.
"""

from collections.abc import Collection, Iterator, Mapping
from typing import Final

from desktop.guard.highs import INFINITY, Program, Row
from desktop.guard.islands import Island

ALMOST: Final = 1e-6
_ATTEMPTS: Final = 3
_FAR: Final = 1000.0
"""What going one further is worth beside moving a piece by one, at a price of one to two."""

Point = Mapping[int, int]
"""By how much each cell that is not as in truth differs, in one set of numbers that fits all that is shown."""


class Attack:
    """All that fits what is shown while these cells are hidden and, where `among` is given, only those pieces move."""

    def __init__(self, island: Island, hidden: Collection[int], among: Collection[int] | None = None) -> None:
        self._island, self._hidden = island, hidden
        free = sorted(set(range(len(island.values))) - _fixed(island, hidden) if among is None else among)
        self._columns = {piece: 2 * position for position, piece in enumerate(free)}
        self._rows: dict[int, int] = {}
        rows: list[Row] = []
        for number in sorted({number for piece in free for number in island.standing[piece]}):
            self._rows[number] = len(rows)
            factors: dict[int, float] = {}
            for piece in sorted(island.cells[number].pieces & self._columns.keys()):
                factors |= {self._columns[piece]: 1.0, self._columns[piece] + 1: -1.0}
            rows.append(Row(factors, *island.cells[number].room(number in hidden)))
        bounds = [bound for piece in free for bound in ((0.0, INFINITY), (0.0, float(island.values[piece])))]
        self._program = Program(bounds, rows)

    def push(self, number: int, lowest: int, highest: int, up: bool) -> Iterator[Mapping[int, float]]:
        """Ways for pieces to differ that make this cell as high or low as can be within bounds, until one is whole.

        The solver knows fractions only. Asked to move as little as possible, and priced differently each time, it
        mostly comes upon whole numbers; else a slower search looks for them among the pieces that it moved.
        """
        if number not in self._rows:
            return
        moved: set[int] = set()
        for attempt in range(_ATTEMPTS):
            found = self._furthest(number, lowest, highest, up, attempt)
            yield found
            moved |= {piece for piece, by in found.items() if abs(by) > ALMOST}
        yield Attack(self._island, self._hidden, moved)._furthest(number, lowest, highest, up)

    def _furthest(
        self, number: int, lowest: int, highest: int, up: bool, attempt: int | None = None
    ) -> Mapping[int, float]:
        """One such way; in whole numbers where it is no counted attempt."""
        costs = {
            column + side: 1.0 + (piece * 7919 + (attempt or 0) * 104729) % 101 / 100
            for piece, column in self._columns.items()
            for side in (0, 1)
        }
        for piece in self._island.cells[number].pieces & self._columns.keys():
            costs[self._columns[piece]] += -_FAR if up else _FAR
            costs[self._columns[piece] + 1] += _FAR if up else -_FAR
        row = self._rows[number]
        least, most = self._island.cells[number].room(hidden=True)
        self._program.bound(row, max(least, float(lowest)), min(most, float(highest)))
        found = self._program.minimise(costs, whole=attempt is None)
        self._program.bound(row, least, most)
        if found is None:
            return {}
        return {piece: found[column] - found[column + 1] for piece, column in self._columns.items()}


def whole(differences: Mapping[int, float]) -> bool:
    """Whether these are whole numbers."""
    return all(abs(by - round(by)) < ALMOST for by in differences.values())


def fitting(island: Island, hidden: Collection[int], differences: Mapping[int, float]) -> Point | None:
    """What the differences of pieces, taken as whole numbers, come to in cells; None where that does not fit."""
    point: dict[int, int] = {}
    for piece, difference in differences.items():
        if by := round(difference):
            if island.values[piece] + by < 0:
                return None
            for number in island.standing[piece]:
                point[number] = point.get(number, 0) + by
    point = {number: by for number, by in point.items() if by}
    for number, by in point.items():
        least, most = island.cells[number].room(number in hidden)
        if not least <= by <= most:
            return None
    return point


def _fixed(island: Island, hidden: Collection[int]) -> frozenset[int]:
    """Pieces that everybody can work out one by one, since a shown cell leaves them no room."""
    exact = ((n, cell) for n, cell in enumerate(island.cells) if cell.room(n in hidden) == (0, 0))
    open_pieces = {n: set(cell.pieces) for n, cell in exact}
    fixed: set[int] = set()
    ready = [pieces for pieces in open_pieces.values() if len(pieces) == 1]
    while ready:
        for piece in tuple(ready.pop()):
            fixed.add(piece)
            for number in island.standing[piece]:
                if number in open_pieces and piece in open_pieces[number]:
                    open_pieces[number].remove(piece)
                    if len(open_pieces[number]) == 1:
                        ready.append(open_pieces[number])
    return frozenset(fixed)

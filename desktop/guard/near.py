"""What stands nearest to a cell in a large island, as a small island of its own.

In what a whole record says everything hangs together, so that each search among all of it would take longer the more
there is to search for. A count mostly finds its room beside it, in what stands in nearly the same cells. Whatever is
found there holds for the whole island, as all other pieces stay as they are; only what is not found is looked for among
all of them.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Final

from desktop.guard.islands import Island

LARGE: Final = 600
"""Islands of fewer pieces are searched as a whole."""
_LOOKED_AT: Final = 300
_ALIKE: Final = 30
_OTHERS: Final = 6
_FEW: Final = 12


@dataclass(frozen=True)
class Near:
    """An island within an island, and the positions of its cells there."""

    numbers: tuple[int, ...]
    island: Island

    def among(self, cells: Collection[int]) -> set[int]:
        """Which cells of this one these are."""
        return {at for at, number in enumerate(self.numbers) if number in cells}


class Nearness:
    """How near the pieces of an island stand to each other, by the cells that are shown."""

    def __init__(self, island: Island, hidden: Collection[int]) -> None:
        self._island = island
        shown = [frozenset(one for one in standing if one not in hidden) for standing in island.standing]
        self._shown = shown
        self._loosest = {
            number: sorted(cell.pieces, key=lambda piece: (len(shown[piece]), piece))
            for number, cell in enumerate(island.cells)
        }

    def around(self, number: int) -> Near:
        """The pieces of a cell, those most like them, and what else stands in their small totals."""
        island, shown = self._island, self._shown
        pieces = dict.fromkeys(self._loosest[number][:_FEW])
        for piece in tuple(pieces):
            totals = sorted(shown[piece], key=lambda one: (len(island.cells[one].pieces), one))
            looked_at = dict[int, None]()
            for total in totals:
                looked_at |= dict.fromkeys(self._loosest[total][: _LOOKED_AT - len(looked_at)])
                pieces |= dict.fromkeys(self._loosest[total][:_OTHERS])
            alike = sorted(looked_at, key=lambda one: (len(shown[one] ^ shown[piece]), one))
            pieces |= dict.fromkeys(alike[: max(_FEW, _ALIKE * _FEW // (_FEW + len(pieces)))])
        for piece in tuple(pieces):
            for total in shown[piece]:
                if len(self._loosest[total]) <= _FEW:
                    pieces |= dict.fromkeys(self._loosest[total])
        return self._cut_out(sorted(pieces))

    def _cut_out(self, pieces: list[int]) -> Near:
        place = {piece: at for at, piece in enumerate(pieces)}
        members: dict[int, set[int]] = {}
        for piece, at in place.items():
            for number in self._island.standing[piece]:
                members.setdefault(number, set()).add(at)
        numbers = tuple(sorted(members))
        cells = (replace(self._island.cells[one], pieces=frozenset(members[one])) for one in numbers)
        return Near(numbers, Island(tuple(self._island.values[piece] for piece in pieces), tuple(cells)))

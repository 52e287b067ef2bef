"""What an attacker can work out from a release: for each hidden cell, the lowest and highest count it may have.

Written apart from the search that chose the hidden cells, and from released values alone, so that the one can catch the
other out. Everything the attacker is granted is in `ReleasedCell`: shown counts, which pieces each cell is a sum of,
what a hidden count is at least, and that counts are whole numbers.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from desktop.guard.highs import INFINITY, Program, Row, SolverFailed
from desktop.guard.released import ReleasedCell

_ALMOST: Final = 1e-6


@dataclass(frozen=True)
class Interval:
    """What can be worked out for one hidden cell (its position among the released cells)."""

    cell: int
    low: int
    high: int | None
    """None where there is no highest."""
    width: int
    """How wide it should be."""

    @property
    def narrow(self) -> bool:
        """Whether more can be worked out than may be."""
        return self.high is not None and self.high - self.low < self.width


def audit(cells: Sequence[ReleasedCell]) -> list[Interval]:
    """The interval of every hidden cell.

    Ends are exact, or, where the search for whole numbers was cut short, the widest that is possible for certain: an
    interval is never given as wider than it is.
    """
    pieces = {piece: column for column, piece in enumerate(sorted({one for cell in cells for one in cell.pieces}))}
    rows = [
        Row(
            {pieces[piece]: 1.0 for piece in sorted(cell.pieces)},
            float(cell.least if cell.value is None else cell.value),
            INFINITY if cell.value is None else float(cell.value + cell.spread),
        )
        for cell in cells
    ]
    program = Program([(0.0, INFINITY)] * len(pieces), rows)
    found = []
    for number, cell in enumerate(cells):
        if cell.value is None:
            columns = [pieces[piece] for piece in cell.pieces]
            low = _end(program, columns, 1.0)
            found.append(Interval(number, low or 0, _end(program, columns, -1.0), cell.width))
    return found


def _end(program: Program, columns: list[int], towards: float) -> int | None:
    """The least (1) or most (−1) that these columns can come to together; None where there is no most."""
    costs = dict.fromkeys(columns, towards)
    values = program.minimise(costs)
    if values is None:
        return None
    if any(abs(value - round(value)) > _ALMOST for value in values):
        values = program.minimise(costs, whole=True)
        if values is None:
            raise SolverFailed("no whole numbers fit what was released")
    return round(sum(values[column] for column in columns))

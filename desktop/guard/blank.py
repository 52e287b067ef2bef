"""What is hidden altogether, zeros too: what left earlier leaves too little room for who knows that it is not zero.

A hidden count is one at least wherever zeros are shown. Under a small total that left earlier its parts would then be
known too closely. So nothing at all is told of them: what is left blank follows from what left earlier, never from how
large the parts are, and so tells nothing of them.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import Final

from desktop.guard.audiences import Profile
from desktop.guard.cells import Puzzle
from desktop.guard.highs import INFINITY, Program, Row
from desktop.guard.islands import leaders
from desktop.guard.states import State

_SMALL_TOTALS: Final = 4
"""Totals of more than so many times the width are never too small for their parts, however many there are."""


def leave_blank(states: Mapping[frozenset[int], State], values: Sequence[int], profile: Profile) -> None:
    """Leave the parts of a small total blank that left earlier."""
    standing: dict[int, list[frozenset[int]]] = {}
    for members in states:
        for grain in members:
            standing.setdefault(grain, []).append(members)
    for members, total in states.items():
        width = (profile.sensitive if total.sensitive else profile.ordinary).width
        most = sum(values[one] for one in members) + total.told[1] if total.told else 0
        if not 0 < most <= _SMALL_TOTALS * width:
            continue
        near = {other for grain in members for other in standing[grain] if other < members}
        parts = [states[other] for other in near if states[other].told is None]
        if most < width + max(len(parts), 2):
            for part in parts:
                if part.new and not part.excepted:
                    part.blank = part.hidden = part.guarded = True


def too_close(puzzle: Puzzle, narrow: Collection[int]) -> frozenset[int]:
    """The cells near these of which earlier files by themselves tell nearly all: sums and differences of theirs."""
    led = leaders(cell.pieces for cell in puzzle.cells)
    near = {led[piece] for number in narrow for piece in puzzle.cells[number].pieces}
    columns = {piece: column for column, piece in enumerate(sorted(piece for piece in led if led[piece] in near))}
    shown = (cell for cell in puzzle.cells if cell.hidden is False and cell.pieces and cell.pieces <= columns.keys())
    rows = [Row({columns[piece]: 1.0 for piece in sorted(cell.pieces)}, *cell.shown) for cell in shown]
    program = Program([(-float(puzzle.pieces[piece]), INFINITY) for piece in columns], rows)
    found = set[int]()
    for number, cell in enumerate(puzzle.cells):
        if cell.hidden is not False and cell.printed and cell.pieces and cell.pieces <= columns.keys():
            costs = {columns[piece]: -1.0 for piece in cell.pieces}
            most = program.minimise(costs)
            if most is not None and cell.count + sum(most[column] for column in costs) < 2 * cell.rule.width:
                found.add(number)
    return frozenset(found)

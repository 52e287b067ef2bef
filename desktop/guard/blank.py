"""What is hidden altogether, zeros too: what left earlier leaves too little room for who knows that it is not zero.

A hidden count is one at least wherever zeros are shown. Under a small total that left earlier its parts would then be
known too closely. So nothing at all is told of them: what is left blank follows from what left earlier, never from how
large the parts are, and so tells nothing of them.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from desktop.guard.audiences import EXCEPTED, Profile
from desktop.guard.cells import Puzzle
from desktop.guard.highs import INFINITY, Program, Row
from desktop.guard.islands import leaders
from desktop.guard.states import State

_CLOSE: Final = 2
"""What earlier files let be less than so many times the width is left blank."""
_SMALL_TOTALS: Final = 4
"""Totals of more than so many times the width are never too small for their parts, however many there are."""


def leave_blank(states: Mapping[frozenset[int], State], values: Sequence[int], profile: Profile) -> None:
    """Leave the parts of a small total blank that left earlier, and the zeros that would tell a blank one."""
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
    zeros = {members for members in states if not any(values[one] for one in members)}
    for members in [one for one in zeros if states[one].blank]:
        for other in zeros.intersection(standing[next(iter(members))]):
            whole = states[other]
            if members < other and whole.new and whole.told is None:
                whole.blank = whole.hidden = whole.guarded = True


def too_close(puzzle: Puzzle, narrow: Iterable[int]) -> frozenset[int]:
    """The cells near these of which earlier files by themselves tell nearly all, by their sums and differences.

    Pieces that stand in the same earlier figures are one here: of each, as much as fits them all could be in the cell.
    A zero near them is left blank whatever they tell: shown, it takes the room that something hidden had beside it, and
    were it no zero, it would be hidden for that.
    """
    led = leaders(cell.pieces for cell in puzzle.cells)
    near = {led[piece] for number in narrow for piece in puzzle.cells[number].pieces}
    told = [(cell, cell.told) for cell in puzzle.cells if cell.told is not None and cell.pieces]
    standing: dict[int, list[int]] = {}
    for number, (cell, _room) in enumerate(told):
        for piece in cell.pieces:
            standing.setdefault(piece, []).append(number)
    patterns = {piece: tuple(numbers) for piece, numbers in standing.items()}
    columns = {pattern: column for column, pattern in enumerate(dict.fromkeys(patterns.values()))}
    rows = []
    for cell, (least, highest) in told:
        count = sum(puzzle.pieces[piece] for piece in cell.pieces)
        factors = {columns[patterns[piece]]: 1.0 for piece in sorted(cell.pieces)}
        rows.append(Row(factors, float(count + least), float(count + highest)))
    program, most = Program([(0.0, INFINITY)] * len(columns), rows), dict[frozenset[int], float]()
    found = set[int]()
    for number, cell in enumerate(puzzle.cells):
        far = _CLOSE * cell.rule.width
        if cell.hidden is False or not cell.printed or cell.rule == EXCEPTED or cell.count >= far:
            continue
        if not cell.pieces or led[next(iter(cell.pieces))] not in near:
            continue
        if cell.pieces <= patterns.keys():
            within = frozenset(columns[patterns[piece]] for piece in cell.pieces)
            if within not in most:
                values = program.minimise(dict.fromkeys(within, -1.0))
                most[within] = INFINITY if values is None else sum(values[column] for column in within)
            known = cell.count - sum(puzzle.pieces[piece] for piece in cell.pieces)
            if 0 < most[within] + known < (far if cell.count else INFINITY):
                found.add(number)
        elif not cell.count:
            found.add(number)
    return frozenset(found)

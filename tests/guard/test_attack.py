"""What the solver proposes is reckoned anew, and only what fits is believed."""

import pytest

from desktop.guard.attack import Attack, fitting
from desktop.guard.audiences import Audience, profile
from desktop.guard.cells import Cell, Puzzle
from desktop.guard.islands import Island, islands

RULE = profile(Audience.DONOR).ordinary


def row(*values: int) -> Island:
    """One cell for each value, and their total."""
    single = [Cell(frozenset({number}), value, RULE, 1.0) for number, value in enumerate(values)]
    return Island(values, (*single, Cell(frozenset(range(len(values))), sum(values), RULE, 1.0)))


@pytest.mark.parametrize(
    ("differences", "point"),
    [
        ({0: 2.0, 1: -2.0}, {0: 2, 1: -2}),
        ({0: 1.0}, None),
        ({1: -4.0, 2: 4.0}, None),
        ({0: 4.0, 1: -4.0}, None),
        ({0: -3.0, 1: 3.0}, None),
    ],
    ids=["fits", "changes a shown total", "changes a shown cell", "takes a hidden one to zero", "and the other"],
)
def test_what_does_not_fit_is_not_believed(differences: dict[int, float], point: dict[int, int] | None) -> None:
    assert fitting(row(3, 4, 90), {0, 1}, differences) == point


def test_a_cell_is_pushed_as_far_as_the_others_give_room() -> None:
    island = row(3, 4, 90)
    attack = Attack(island, {0, 1})
    assert next(attack.push(0, -12, 12, up=True)) == {0: 3.0, 1: -3.0}
    assert next(attack.push(0, -12, 12, up=False)) == {0: -2.0, 1: 2.0}
    assert not list(attack.push(2, -12, 12, up=True)), "shown for itself, and so fixed"


def test_tables_that_share_nobody_are_searched_apart() -> None:
    cells = [Cell(frozenset({piece}), count, RULE, 1.0) for piece, count in enumerate((2, 70, 3, 0))]
    both = Cell(frozenset({0, 1}), 72, RULE, 1.0)
    found = list(islands(Puzzle((2, 70, 3, 0), (*cells, both))))
    assert [numbers for numbers, _island in found] == [(0, 1, 4), (2,)]

"""The solver answers exactly what it is asked, the same way each time."""

from desktop.guard.highs import INFINITY, Program, Row

TRIANGLE = [Row({0: 1, 1: 1}, 1, 1), Row({1: 1, 2: 1}, 1, 1), Row({0: 1, 2: 1}, 0, 1)]


def test_the_aim_may_change_while_the_program_stays() -> None:
    rows = [Row({0: 1, 1: 1}, 5, 5), Row({0: 1, 2: 1}, 7, 7), Row({1: 1, 3: 1}, 9, 9)]
    program = Program([(0, INFINITY)] * 4, rows)
    assert program.minimise({0: 1}) == (0, 5, 7, 4)
    assert program.minimise({0: -1}) == (5, 0, 2, 9)
    program.bound(0, 3, 3)
    assert program.minimise({0: -1}) == (3, 0, 4, 9)


def test_what_has_no_end_has_no_answer() -> None:
    program = Program([(0, INFINITY)] * 2, [Row({0: 1, 1: -1}, 5, 5)])
    assert program.minimise({0: -1}) is None
    assert program.minimise({0: 1}) == (5, 0)


def test_whole_numbers_are_asked_for_and_asked_for_no_more() -> None:
    program = Program([(0, 1)] * 3, TRIANGLE)
    assert program.minimise({0: -1, 2: -1}) == (0.5, 0.5, 0.5)
    assert program.minimise({0: -1, 2: -1}, whole=True) == (0, 1, 0)
    assert program.minimise({0: -1, 2: -1}) == (0.5, 0.5, 0.5)

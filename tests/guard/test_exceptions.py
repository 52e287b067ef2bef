"""Written exceptions: an agreed indicator is shown to its donor below the threshold, and nothing else for it."""

from dataclasses import replace
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db.queries.authorisations import Permits
from desktop.guard.audiences import ROUND, SUPPRESS, Audience
from desktop.guard.audit import audit
from desktop.guard.release import TooManyDimensions, release, release_and_tell
from desktop.guard.released import Absent, Known, ReleasedCell, Withheld
from desktop.guard.tables import Atom, Counted, Grid, Line, Tables
from tests.guard.test_attacker import activities, printed, seen

AGREED, OTHER, LETTER = UUID(int=7), UUID(int=8), UUID(int=9)
PERMITS = Permits(exceptions={AGREED: LETTER})
MANY = settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def of(*atoms: int) -> Counted:
    return Counted(frozenset(atoms))


def tables(*atoms: Atom, **figures: Counted) -> Tables:
    return Tables(atoms, figures=figures, permits=PERMITS)


def test_an_agreed_count_is_shown_to_its_donor_only_and_said_to_be() -> None:
    asked = tables(Atom("a", 3, indicator=AGREED), Atom("b", 2, indicator=OTHER), a=of(0), b=of(1))
    told = release(asked, Audience.DONOR)
    assert told.figures == {"a": Known(3), "b": Withheld()}
    assert [one.where for one in told.notes.excepted] == ["a"]
    assert told.notes.permitted == (LETTER,)
    for audience in (Audience.PUBLIC, Audience.PARTNER):
        assert release(asked, audience, partner="p").figures["a"] == Withheld()


def test_an_exception_that_was_not_needed_is_not_noted() -> None:
    told = release(tables(Atom("a", 30, indicator=AGREED), a=of(0)), Audience.DONOR)
    assert (told.notes.permitted, told.notes.excepted) == ((), ())


def test_an_agreed_count_is_shown_as_it_is_beside_rounded_ones() -> None:
    asked = tables(Atom("a", 3, indicator=AGREED), Atom("b", 48), a=of(0), b=of(1))
    told = release(asked, Audience.DONOR, method=ROUND).figures
    assert [one.count for one in told.values() if isinstance(one, Known)] == [3, 50]


def test_an_exception_lets_no_sensitive_count_out() -> None:
    asked = tables(Atom("a", 3, sensitive=True, indicator=AGREED), a=of(0))
    assert isinstance(release(asked, Audience.DONOR).figures["a"], Absent)
    both = replace(asked, permits=replace(PERMITS, sensitive=(UUID(int=1),)))
    told = release(both, Audience.DONOR)
    assert told.figures["a"] == Known(3)
    assert set(told.notes.permitted) == {UUID(int=1), LETTER}


def test_what_is_agreed_gives_nobody_else_away() -> None:
    """Three are shown by agreement; with the five beside them, the two others would be told."""
    asked = tables(Atom("a", 3, indicator=AGREED), Atom("b", 2), Atom("c", 90), a=of(0), both=of(0, 1), all=of(0, 1, 2))
    told = release(asked, Audience.DONOR).figures
    assert told["a"] == Known(3)
    assert told["both"] == Withheld()


def test_the_register_keeps_that_it_was_shown() -> None:
    _told, counts = release_and_tell(tables(Atom("a", 3, indicator=AGREED), a=of(0)), Audience.DONOR)
    assert [cell.hidden for cell in counts.cells] == [False]


@MANY
@given(activities(), st.sets(st.integers(0, 40)), st.sampled_from([SUPPRESS, ROUND]))
def test_who_knows_all_that_was_agreed_works_out_nothing_more(found: Tables, agreed: set[int], method: str) -> None:
    atoms = tuple(
        replace(atom, indicator=AGREED if number in agreed else OTHER) for number, atom in enumerate(found.atoms)
    )
    asked = replace(found, atoms=atoms, permits=PERMITS)
    released = release(asked, Audience.DONOR, method=method)
    rule = released.profile.ordinary
    cells = []
    for inside, value in printed(asked, released):
        if inside <= agreed:
            cells.append(ReleasedCell(inside, value, 1, 0))
        else:
            cells.append(seen(value, inside, rule))
    assert not [one for one in audit(cells) if one.narrow]


def test_a_table_split_by_four_things_does_not_leave() -> None:
    grid = Grid((Line((of(0),)),), crosses=("Sex", "Age", "Place", "Area"))
    asked = Tables((Atom("a", 30),), {"t": grid})
    with pytest.raises(TooManyDimensions):
        release(asked, Audience.PUBLIC)
    assert release(asked, Audience.INTERNAL).grids["t"][0].cells == (Known(30),)
    three = replace(asked, grids={"t": replace(grid, crosses=grid.crosses[:3])})
    assert release(three, Audience.PUBLIC).grids["t"][0].cells == (Known(30),)

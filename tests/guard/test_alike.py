"""What stands in the same cells is one to the guard, and it decides as if it had looked at each atom."""

from hypothesis import given
from hypothesis import strategies as st

from db.queries.released import Reader
from desktop.guard.audiences import Audience, profile
from desktop.guard.cells import Reading
from desktop.guard.tables import Atom, Counted, Tables
from desktop.guard.together import together
from tests.guard.test_attacker import MANY, activities


@MANY
@given(activities(sensitive=st.booleans()), st.sampled_from(Audience))
def test_one_for_all_that_are_alike_makes_the_same_puzzle(tables: Tables, audience: Audience) -> None:
    partner = 1 if audience is Audience.PARTNER else None
    rules, reader = profile(audience), Reader(audience.value, partner and str(partner))
    each = Reading(tables, rules, partner)
    each.__dict__["alone"] = each.counts(), tuple(each.standing)
    assert together(Reading(tables, rules, partner), rules, reader) == together(each, rules, reader)


def test_a_thousand_activities_of_two_places_are_two() -> None:
    atoms = tuple(Atom(number, 1) for number in range(1000))
    figures = {str(odd): Counted(frozenset(range(odd, 1000, 2))) for odd in (0, 1)}
    counts, _ones = Reading(Tables(atoms, figures=figures), profile(Audience.DONOR), None).alone
    assert [atom.value for atom in counts.atoms] == [500, 500]

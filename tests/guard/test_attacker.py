"""Nothing that is hidden can be worked out from what is released, and the same attacker can where nobody took care.

The attackers here read released values and the layout of the tables, which every reader sees; they know that counts are
whole and that a hidden count is at least one. One tries every number there is, on small tables; the other asks the
solver, on larger ones.
"""

from collections.abc import Iterator
from dataclasses import replace
from itertools import product
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db.queries.authorisations import Permits
from desktop.guard.audiences import ROUND, SUPPRESS, Audience, Rule, profile
from desktop.guard.audit import Interval, audit
from desktop.guard.release import release
from desktop.guard.released import Known, Released, ReleasedCell, Withheld
from desktop.guard.tables import Atom, Counted, Grid, Line, Tables

COUNTS = st.sampled_from([0, 0, 1, 2, 3, 4, 5, 7, 8, 10, 11, 12, 15, 19, 40, 230])
NEVER = st.just(False)
FEW = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
MANY = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
METHODS = st.sampled_from([SUPPRESS, ROUND])
SENT_OUT = st.sampled_from([Audience.DONOR, Audience.PUBLIC])


def table(rows: list[list[int]]) -> Tables:
    """Rows by columns, with totals of both."""
    height, width = len(rows), len(rows[0])
    atoms = tuple(Atom((row, column), rows[row][column]) for row, column in product(range(height), range(width)))
    of = [[row * width + column for column in range(width)] for row in range(height)]
    lines = [Line((*(Counted(frozenset({index})) for index in indices), Counted(frozenset(indices)))) for indices in of]
    ends = [Counted(frozenset(indices[column] for indices in of)) for column in range(width)]
    total = Line((*ends, Counted(frozenset(range(height * width)))), total=True)
    return Tables(atoms, {"table": Grid((*lines, total))})


def printed(tables: Tables, released: Released) -> Iterator[tuple[frozenset[int], int | None]]:
    """Each printed count: what it is a sum of, and its value unless hidden."""
    for name, grid in tables.grids.items():
        for asked, given_out in zip(grid.lines, released.grids[name], strict=True):
            for entry, value in zip(asked.cells, given_out.cells, strict=True):
                if isinstance(entry, Counted):
                    assert isinstance(value, Known | Withheld)
                    yield entry.atoms, value.count if isinstance(value, Known) else None


def seen(value: int | None, atoms: frozenset[int], rule: Rule) -> ReleasedCell:
    """What a reader who knows the rule makes of a printed count: a rounded one may be two more or less."""
    if value is None or not value or not rule.rounded_to:
        return ReleasedCell(atoms, value, rule.least, rule.width)
    return ReleasedCell(atoms, max(value - 2, rule.hidden_up_to + 1), rule.least, rule.width, 4)


def worked_out(tables: Tables, released: Released) -> list[Interval]:
    """What the solver finds for each hidden count."""
    rule = released.profile.ordinary
    return audit([seen(value, atoms, rule) for atoms, value in printed(tables, released)])


def tried_out(tables: Tables, released: Released, enough: int) -> list[tuple[int, int]]:
    """What trying all numbers up to `enough` finds for each hidden count."""
    cells = list(printed(tables, released))
    length = len(tables.atoms)
    fixed = {index: 0 for atoms, value in cells if value == 0 for index in atoms}
    hidden = [atoms for atoms, value in cells if value is None]
    found: list[tuple[int, int]] | None = None

    def fits(numbers: list[int]) -> bool:
        for atoms, value in cells:
            known = [numbers[index] for index in atoms if index < len(numbers)]
            if value is not None and sum(known) > value:
                return False
            if len(known) == len(atoms) and (sum(known) != value if value is not None else sum(known) < 1):
                return False
        return True

    def fill(numbers: list[int]) -> None:
        nonlocal found
        if len(numbers) == length:
            sums = [sum(numbers[index] for index in atoms) for atoms in hidden]
            known = found or [(one, one) for one in sums]
            found = [(min(low, one), max(high, one)) for (low, high), one in zip(known, sums, strict=True)]
            return
        at = len(numbers)
        limits = [value for atoms, value in cells if value is not None and at in atoms]
        for number in (fixed[at],) if at in fixed else range(min([enough, *limits]) + 1):
            if fits([*numbers, number]):
                fill([*numbers, number])

    fill([])
    return found or []


@FEW
@given(st.lists(st.lists(st.integers(0, 9), min_size=2, max_size=2), min_size=2, max_size=2))
def test_trying_all_numbers_never_comes_close_to_a_hidden_count(rows: list[list[int]]) -> None:
    tables = table(rows)
    released = release(tables, Audience.DONOR)
    for low, high in tried_out(tables, released, enough=14):
        assert high - low >= 5


@MANY
@given(st.lists(st.lists(COUNTS, min_size=4, max_size=4), min_size=2, max_size=5), SENT_OUT, METHODS)
def test_totals_give_no_hidden_count_away(rows: list[list[int]], audience: Audience, method: str) -> None:
    tables = table(rows)
    assert not [found for found in worked_out(tables, release(tables, audience, method=method)) if found.narrow]


@st.composite
def activities(draw: st.DrawFn, sensitive: st.SearchStrategy[bool] = NEVER) -> Tables:
    """Activities under overlapping donors, in areas and provinces, with parts by sex and what is not split."""
    atoms: list[Atom] = []
    sets: dict[tuple[str, object], set[int]] = {}
    for activity in range(draw(st.integers(3, 14))):
        area, province = draw(st.integers(0, 1)), draw(st.integers(0, 2))
        donors = draw(st.sets(st.integers(0, 3), max_size=2))
        for part in ("women", "men", "not split"):
            keys = {("area", area), ("province", province), ("both", (area, province)), ("all", "all"), ("sex", part)}
            for key in keys | {("donor", donor) for donor in donors}:
                sets.setdefault(key, set()).add(len(atoms))
            atoms.append(Atom((activity, part), draw(COUNTS), owner=activity % 3, sensitive=draw(sensitive)))
    names = sorted({name for name, _key in sets})
    grids = {
        name: Grid(tuple(Line((Counted(frozenset(found)),)) for (kind, _k), found in sets.items() if kind == name))
        for name in names
    }
    return Tables(tuple(atoms), grids)


@MANY
@given(activities(), SENT_OUT, METHODS)
def test_tables_over_the_same_activities_give_each_other_nothing_away(
    tables: Tables, audience: Audience, method: str
) -> None:
    released = release(tables, audience, method=method)
    assert not [found for found in worked_out(tables, released) if found.narrow]
    for atoms, value in printed(tables, released):
        true = sum(tables.atoms[index].value or 0 for index in atoms)
        assert value in (true if method == SUPPRESS else 5 * round(true / 5), None)
        assert value is not None or not profile(audience).ordinary.zeros_shown or true > 0


@MANY
@given(activities(), METHODS)
def test_a_partner_cannot_take_its_own_people_off_to_find_others(tables: Tables, method: str) -> None:
    released = release(tables, Audience.PARTNER, partner=1, method=method)
    own = {index for index, atom in enumerate(tables.atoms) if atom.owner == 1}
    cells = []
    for atoms, value in printed(tables, released):
        its = sum(tables.atoms[index].value or 0 for index in atoms & own)
        if atoms - own:
            rest = None if value is None else value - its
            cells.append(seen(rest, atoms - own, released.profile.ordinary))
        else:
            assert value == its
    assert not [found for found in audit(cells) if found.narrow]


@MANY
@given(activities(sensitive=st.booleans()), METHODS)
def test_sensitive_counts_stay_as_far_away_as_their_rule_says(tables: Tables, method: str) -> None:
    permits = Permits(sensitive=(UUID(int=1),))
    released = release(replace(tables, permits=permits), Audience.DONOR, method=method)
    rules = released.profile.ordinary, released.profile.sensitive
    assert rules[1].width > rules[0].width
    cells = []
    for atoms, value in printed(tables, released):
        rule = rules[any(tables.atoms[index].sensitive for index in atoms)]
        cells.append(seen(value, atoms, rule))
    assert not [found for found in audit(cells) if found.narrow]


def test_an_attacker_works_out_what_only_the_small_were_hidden_from() -> None:
    tables = table([[8, 40, 51], [62, 33, 29], [70, 3, 90]])
    careless = worked_out(tables, release(tables, Audience.PUBLIC, complementary=False))
    assert [(found.low, found.high) for found in careless] == [(8, 8), (3, 3)]
    careful = worked_out(tables, release(tables, Audience.PUBLIC))
    assert len(careful) > 2
    assert not any(found.narrow for found in careful)


def test_no_more_is_hidden_than_it_takes() -> None:
    """A 3 beside a 4 under a shown 7: 1 to 6 can be worked out, wide enough for a donor, not for the public."""
    tables = table([[3, 4], [30, 40]])
    totals = {7, 70, 33, 44, 77}
    donor, public = (
        {value for _atoms, value in printed(tables, release(tables, audience)) if value is not None}
        for audience in (Audience.DONOR, Audience.PUBLIC)
    )
    assert donor == totals
    assert public < totals


@given(st.sampled_from([Audience.DONOR, Audience.PUBLIC]), st.booleans())
def test_who_takes_every_hidden_count_of_a_rounded_report_for_a_small_one_is_still_far_off(
    audience: Audience, sensitive: bool
) -> None:
    rules = profile(audience, ROUND)
    rule = rules.sensitive if sensitive else rules.ordinary
    assert rule.hidden_up_to - rule.least >= rule.width
    assert rule.shown(rule.hidden_up_to + 1) - 2 > rule.hidden_up_to


@pytest.mark.parametrize("method", [SUPPRESS, ROUND])
@pytest.mark.parametrize("audience", [Audience.DONOR, Audience.PUBLIC])
def test_a_three_way_table_is_safe(audience: Audience, method: str) -> None:
    shape = (4, 4, 3)
    places = list(product(*map(range, shape)))
    atoms = tuple(Atom(place, (7 * number * number + 3 * number) % 61) for number, place in enumerate(places))
    margins: dict[tuple[int | None, ...], set[int]] = {}
    for index, place in enumerate(places):
        for kept in product((True, False), repeat=3):
            margin = tuple(at if keep else None for at, keep in zip(place, kept, strict=True))
            margins.setdefault(margin, set()).add(index)
    tables = Tables(atoms, {"t": Grid(tuple(Line((Counted(frozenset(found)),)) for found in margins.values()))})
    found = worked_out(tables, release(tables, audience, method=method))
    assert found
    assert not [one for one in found if one.narrow]

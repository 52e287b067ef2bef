"""How indicators roll up: as plain sums where sums are declared, and not at all where adding would mislead."""

from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.commands.entries import add, edit
from db.commands.removing import remove
from db.errors import RecordError
from db.models import Agreement, Aim, Indicator, Place, Result
from db.queries.indicators import aims_of, rolled_up
from db.queries.kinds import KINDS
from db.queries.listing import RowsAsked, page, rows_in_order
from db.queries.roll_up import (
    BEGINNING_AND_PERIOD,
    BEYOND,
    NESTED,
    NO_FIGURE,
    OVERLAPPING,
    PERIODS_NOT_DECLARED,
    PLACES_NOT_DECLARED,
    STOCK,
    Figure,
    Rule,
    roll_up,
)
from db.queries.selection import Behind
from db.record import Record
from i18n import Words
from tests.builders import add_partner

SUMS = Rule("sum", "sum")
JANUARY = date(2026, 1, 1)


def month(number: int, value: int | None, span: str = "period", **more: object) -> Figure:
    """A figure of the month of this number, counted from January 2026; since January where it is cumulative."""
    starts = date(2026 + (number - 1) // 12, (number - 1) % 12 + 1, 1)
    ends = date(2026 + number // 12, number % 12 + 1, 1) - timedelta(days=1)
    values: dict[str, object] = {"part": (), "place": None, "missing": None if value is not None else "not_collected"}
    values |= {"starts_on": JANUARY if span == "cumulative" else starts, "ends_on": ends, "stock": span == "moment"}
    return Figure(id=uuid4(), span=span, value=value, **(values | more))  # type: ignore[arg-type]


PLACES = tuple(UUID(int=number) for number in range(1, 4))
months = st.lists(
    st.tuples(st.integers(1, 24), st.integers(0, 10**9), st.sampled_from(PLACES)), min_size=1, max_size=12
).map(lambda rows: list({(number, place): month(number, value, place=place) for number, value, place in rows}.values()))


@given(months)
def test_a_declared_sum_is_the_plain_sum(figures: list[Figure]) -> None:
    found = roll_up(figures, SUMS)
    assert found.value == sum(figure.value or 0 for figure in figures)
    assert set(found.counted) == {figure.id for figure in figures}


@given(months, st.sampled_from(["none", "sum", "largest", "latest"]), st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(figures: list[Figure], rule: str, chance: object) -> None:
    before = roll_up(figures, Rule(rule, rule))
    chance.shuffle(figures)  # type: ignore[attr-defined]
    assert roll_up(figures, Rule(rule, rule)) == before


@given(months)
def test_without_a_declaration_several_figures_are_refused(figures: list[Figure]) -> None:
    found = roll_up(figures, Rule("none", "none"))
    assert (found.value is None) == (len(figures) > 1)
    if len(figures) > 1:
        assert found.why in (PERIODS_NOT_DECLARED, PLACES_NOT_DECLARED)


@given(st.lists(st.integers(0, 10**6), min_size=2, max_size=12), st.booleans())
def test_stocks_are_never_added(values: list[int], over_places: bool) -> None:
    figures = [
        month(1 if over_places else number, value, "moment", place=uuid4() if over_places else None)
        for number, value in enumerate(values, start=1)
    ]
    found = roll_up(figures, SUMS)
    assert (found.value, found.why) == (None, STOCK)
    if not over_places:
        assert roll_up(figures, Rule("latest", "none")).value == values[-1]


@given(st.lists(st.integers(0, 10**6), min_size=1, max_size=12))
def test_a_figure_since_the_beginning_replaces_its_months_and_is_never_added_to_them(values: list[int]) -> None:
    figures = [month(number, value) for number, value in enumerate(values, start=1)]
    running = [month(number, sum(values[:number]), "cumulative") for number in range(1, len(values) + 1)]
    assert roll_up([*figures, *running], SUMS).value == sum(values)
    # An early one neither adds anything to the months after it nor takes anything away.
    assert roll_up([*figures, running[0]], SUMS).value == sum(values)


def test_months_after_a_figure_since_the_beginning_that_they_do_not_explain_are_refused() -> None:
    found = roll_up([month(3, 300, "cumulative"), month(4, 50)], SUMS)
    assert (found.value, found.why) == (None, BEGINNING_AND_PERIOD)


def test_overlapping_periods_are_refused() -> None:
    quarter = month(1, 90, ends_on=date(2026, 3, 31))
    assert roll_up([quarter, month(2, 30)], SUMS).why == OVERLAPPING


def test_a_place_and_what_lies_in_it_are_refused_for_one_part_and_added_for_two() -> None:
    province, territory = PLACES[:2]
    above = {territory: frozenset({province})}
    one = month(1, 5, place=province), month(1, 3, place=territory)
    assert roll_up(one, SUMS, above=above).why == NESTED
    two = month(1, 5, place=province, part=(uuid4(),)), month(1, 3, place=territory, part=(uuid4(),))
    assert roll_up(two, SUMS, above=above).value == 8
    everywhere = month(1, 5), month(1, 3, place=territory)
    assert roll_up(everywhere, SUMS, above=above).why == NESTED, "no place is everywhere"


def test_the_same_people_come_again_so_the_largest_stands() -> None:
    assert roll_up([month(1, 40), month(2, 60), month(3, 55)], Rule("largest", "sum")).value == 60


def test_what_is_missing_is_named_and_no_zero() -> None:
    absent = month(2, None)
    found = roll_up([month(1, 10), absent, month(3, 5)], SUMS)
    assert (found.value, found.missing) == (15, (absent,))


def test_tenths_and_whole_numbers_are_added_as_what_they_stand_for() -> None:
    found = roll_up([month(1, 15, decimals=1), month(2, 2)], SUMS)
    assert (found.value, found.decimals) == (35, 1)


def test_more_than_stays_more_than() -> None:
    assert roll_up([month(1, 15, qualifier="more_than"), month(2, 2)], SUMS).qualifier == "more_than"


def test_a_period_that_reaches_beyond_is_left_out_and_said() -> None:
    within, beyond = month(2, 7), month(3, 9)
    found = roll_up([within, beyond], SUMS, first=date(2026, 2, 1), last=date(2026, 3, 15))
    assert (found.value, found.left_out) == (7, ((beyond.id, BEYOND),))


@pytest.fixture
def attended(record: Record) -> UUID:
    values = {"name": "Participants", "roll_up_periods": "sum", "roll_up_places": "sum", "counting": "attendance"}
    return record.write(add, Indicator, values)


def counted(record: Record, indicator: UUID, number: int, value: int | None, **more: object) -> UUID:
    figure = month(number, value)
    values = {"indicator_id": indicator, "nature": "reached", "value": value, "missing": figure.missing}
    period = {"starts_on": figure.starts_on, "ends_on": figure.ends_on}
    return record.write(add, Result, values | period | more)


def test_results_of_a_place_and_all_within_it_are_rolled_up(record: Record, attended: UUID) -> None:
    province = record.write(add, Place, {"name": "Province", "kind": "admin", "level": 1})
    territory = record.write(add, Place, {"name": "Territoire", "kind": "admin", "level": 2, "parent_id": province})
    elsewhere = record.write(add, Place, {"name": "Ailleurs", "kind": "admin", "level": 1})
    counted(record, attended, 1, 10, place_id=territory)
    counted(record, attended, 2, 20, place_id=territory)
    counted(record, attended, 1, 400, place_id=elsewhere)
    assert record.read(rolled_up, attended, JANUARY, date(2026, 3, 31), province).value == 30
    assert record.read(rolled_up, attended, JANUARY, date(2026, 1, 31), None).value == 410


def test_planned_figures_are_not_mixed_with_what_was_reached(record: Record, attended: UUID) -> None:
    counted(record, attended, 1, 10)
    counted(record, attended, 2, 500, nature="planned")
    assert record.read(rolled_up, attended).value == 10


def test_what_is_missing_goes_by_its_partner_and_its_reason(record: Record, attended: UUID) -> None:
    partner = record.write(add_partner, "Femmes du lac")
    agreement = record.write(add, Agreement, {"title": "Accord", "partner_id": partner, "type": "project"})
    counted(record, attended, 1, 10)
    counted(record, attended, 2, None, agreement_id=agreement)
    found = record.read(rolled_up, attended)
    assert found.value == 10
    (missing,) = found.missing
    assert (missing.partner, missing.reason, missing.starts_on) == ("Femmes du lac", "not_collected", date(2026, 2, 1))


def test_parts_add_up_to_their_indicator_and_a_whole_is_never_added_to_its_parts(record: Record) -> None:
    whole = record.write(add, Indicator, {"name": "Ensemble", "roll_up_places": "sum"})
    parts = [
        record.write(add, Indicator, {"name": name, "parent_id": whole, "roll_up_periods": "sum"}) for name in "AB"
    ]
    for part, value in zip(parts, (3, 4), strict=True):
        counted(record, part, 1, value)
        counted(record, part, 2, value)
    assert record.read(rolled_up, whole).value == 14
    counted(record, whole, 1, 9)
    assert record.read(rolled_up, whole).value == 9


def rows_behind(record: Record, behind: Behind) -> list[int]:
    """The values of the results that the list shows for a figure."""
    listing = KINDS[behind.kind].listing
    numbers = record.read(rows_in_order, listing, RowsAsked("starts_on", filters=dict(behind.filters)))
    at = [*listing.columns].index("value") + 1
    return [row[at] for row in record.read(page, listing, numbers).values()]


def test_behind_what_an_indicator_comes_to_stand_the_results_that_were_counted(record: Record) -> None:
    whole = record.write(add, Indicator, {"name": "Ensemble", "roll_up_places": "sum"})
    one, two = (
        record.write(add, Indicator, {"name": name, "parent_id": whole, "roll_up_periods": "sum"}) for name in "AB"
    )
    province = record.write(add, Place, {"name": "Province", "kind": "admin", "level": 1})
    inside = record.write(add, Place, {"name": "Territoire", "kind": "admin", "level": 2, "parent_id": province})
    counted(record, one, 1, 10, place_id=inside)
    counted(record, one, 2, 20, place_id=inside)
    counted(record, one, 2, 300, place_id=inside, nature="planned")
    counted(record, one, 4, 4000, place_id=inside)
    counted(record, two, 1, 5, place_id=province)
    counted(record, two, 2, 50_000)
    # Since January, February included: the month of January is in it, and no longer counted beside it.
    counted(record, two, 2, 7, place_id=province, span="cumulative", starts_on=JANUARY)
    found = record.read(rolled_up, whole, JANUARY, date(2026, 3, 31), province)
    assert found.value == 37
    assert sorted(rows_behind(record, found.behind)) == [7, 10, 20]
    assert sorted(rows_behind(record, record.read(rolled_up, one).behind)) == [10, 20, 4000]
    counted(record, whole, 1, 9, place_id=inside)
    assert rows_behind(record, found.behind) == [9], "the selection is run again, not kept"


def test_a_part_that_cannot_be_rolled_up_says_so_by_its_name(record: Record) -> None:
    whole = record.write(add, Indicator, {"name": "Ensemble", "roll_up_places": "sum"})
    part = record.write(add, Indicator, {"name": "Séances", "parent_id": whole})
    counted(record, part, 1, 3)
    counted(record, part, 2, 3)
    found = record.read(rolled_up, whole)
    assert found.value is None and found.why is not None
    assert "Séances" in found.why.said(Words.of("en")) and PERIODS_NOT_DECLARED.message in found.why.said(
        Words.of("en")
    )


def test_a_removed_result_is_not_counted(record: Record, attended: UUID) -> None:
    gone = counted(record, attended, 1, 10)
    record.write(remove, Result, gone)
    assert record.read(rolled_up, attended).why == NO_FIGURE


def test_an_indicator_may_not_roll_up_into_itself_nor_a_stock_be_declared_a_sum(record: Record, attended: UUID) -> None:
    inner = record.write(add, Indicator, {"name": "Partie", "parent_id": attended})
    with pytest.raises(RecordError):
        record.write(edit, Indicator, attended, {"parent_id": inner})
    with pytest.raises(RecordError):
        record.write(edit, Indicator, attended, {"counting": "stock"})
    with pytest.raises(RecordError):
        record.write(edit, Indicator, inner, {"unit": "sites"})


def test_baselines_and_targets_come_with_the_decimals_of_their_indicator(record: Record) -> None:
    rate = record.write(add, Indicator, {"name": "Part", "unit": "percent", "decimals": 1})
    record.write(add, Aim, {"indicator_id": rate, "kind": "target", "value": 825})
    record.write(add, Aim, {"indicator_id": rate, "kind": "baseline", "value": 400})
    assert [(aim.kind, aim.value) for aim in record.read(aims_of, rate)] == [
        ("baseline", Decimal("40.0")),
        ("target", Decimal("82.5")),
    ]

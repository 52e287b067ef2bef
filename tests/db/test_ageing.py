"""Copies that go with age: the newest stay, none outlives the retention, and a wrong clock costs no young one."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.ageing import RETENTION, Copy, believed, superfluous

TODAY = datetime(2026, 11, 22, 12, tzinfo=UTC)
YEARS = timedelta(days=3652)


@given(st.lists(st.integers(0, 400 * 24), min_size=1, max_size=80, unique=True), st.integers(0, 400 * 24))
def test_thinning_keeps_the_newest_and_never_more_nor_longer_than_it_should(hours: list[int], later: int) -> None:
    at = TODAY + timedelta(hours=later)
    made = [Copy(Path(f"{n}"), TODAY - timedelta(hours=hour), -n) for n, hour in enumerate(sorted(hours))]
    told, now = superfluous(made, at), believed(made, at)
    kept = [copy for copy in made if copy not in told]
    behind = [copy for copy in made if copy.made_at <= now + timedelta(days=1)]
    assert behind[0] in kept
    assert all(now - copy.made_at <= RETENTION for copy in kept if copy != behind[0])
    for copy in behind[:3]:
        assert copy in kept or now - copy.made_at > RETENTION
    assert len(kept) <= 2 * (3 + 48 + 14 + 8 + 6)
    assert superfluous(kept, at) == []


def lived(days: Iterable[tuple[int, timedelta]], begun: list[Copy]) -> list[Copy]:
    """The copies that are left after days of work, on each of which the clock was wrong by so much."""
    kept = list(begun)
    for day, wrong in days:
        for hour in (8, 11):
            shown = TODAY + timedelta(days=day, hours=hour) + wrong
            kept.append(Copy(Path(f"{day} {hour}"), shown, max((copy.number for copy in kept), default=0) + 1))
        gone = set(superfluous(kept, shown))
        kept = [copy for copy in kept if copy not in gone]
    return kept


RIGHT = timedelta(0)


@pytest.mark.parametrize("wrong", [YEARS, timedelta(days=400), timedelta(days=100)])
def test_a_clock_that_runs_ahead_for_days_costs_no_copy(wrong: timedelta) -> None:
    before = lived([(day, RIGHT) for day in range(120)], [])
    after = lived([(120, wrong), (121, wrong), (122, wrong), (123, RIGHT)], before)
    honest = lived([(day, RIGHT) for day in range(120, 124)], before)
    assert {copy for copy in honest if copy in before} <= set(after)
    later = lived([(day, RIGHT) for day in range(124, 240)], after)
    assert all(copy.made_at <= TODAY + timedelta(days=240) for copy in later)
    assert not set(before) & set(later)


def test_a_clock_that_a_dead_battery_sets_back_costs_neither_old_copies_nor_new_ones() -> None:
    before = lived([(day, RIGHT) for day in range(120)], [])
    for day in range(3):
        before = lived([(0, -YEARS)], before)
        assert max(before, key=lambda copy: copy.number).made_at < TODAY, day
    newest = max(before, key=lambda copy: copy.number)
    after = lived([(123, RIGHT)], before)
    assert newest in after
    honest = lived([(123, RIGHT)], [copy for copy in before if copy.made_at > TODAY])
    assert len(set(honest) & set(before) - set(after)) <= 3
    assert not [copy for copy in lived([(day, RIGHT) for day in range(124, 240)], after) if copy in before]


def test_a_leap_that_lasts_is_believed() -> None:
    before = lived([(day, RIGHT) for day in range(10)], [])
    back = lived([(day, RIGHT) for day in range(130, 133)], before)
    assert set(back) & set(before)
    assert not set(lived([(day, RIGHT) for day in range(133, 150)], back)) & set(before)


def test_copies_of_a_course_that_was_left_by_a_restore_go_in_their_time() -> None:
    other = [Copy(Path(f"other {day}"), TODAY + timedelta(days=day), 5_000 + day) for day in range(60)]
    assert not set(lived([(day, RIGHT) for day in range(60, 160)], other)) & set(other)

"""Periods cover the whole time without gap or overlap; days after them fall on working days where that is asked."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.calendar import Period, days_after, months_later, periods, weekend_of

DAY = timedelta(days=1)
FREQUENCIES = ("monthly", "quarterly", "half_yearly", "yearly", "final")
days = st.dates(date(1990, 1, 1), date(2110, 12, 31))


@given(st.sampled_from(FREQUENCIES), days, st.integers(0, 4000))
def test_periods_cover_the_whole_without_gap_or_overlap(frequency: str, first: date, length: int) -> None:
    whole = Period(first, first + timedelta(days=length))
    found = list(periods(frequency, whole))
    assert found[0].starts_on == whole.starts_on and found[-1].ends_on == whole.ends_on
    assert all(period.starts_on <= period.ends_on for period in found)
    assert all(before.ends_on + DAY == after.starts_on for before, after in pairwise(found))
    longest = {"monthly": 31, "quarterly": 92, "half_yearly": 184, "yearly": 366, "final": 4001}[frequency]
    assert all((period.ends_on - period.starts_on).days < longest for period in found)


@given(days, st.integers(0, 400), st.sampled_from([None, "CD", "AF", "EG", "IR", "UGA", "AFG"]))
def test_days_after_are_counted_as_one_counts_them_on_a_wall_calendar(day: date, count: int, country: str) -> None:
    weekend = weekend_of(country)
    found = days_after(day, count, weekend)
    assert found.weekday() not in weekend
    between = [day + timedelta(days=number) for number in range(1, (found - day).days + 1)]
    worked = sum(each.weekday() not in weekend for each in between)
    assert worked == (count or len(between[-1:]))
    assert days_after(day, count) == day + timedelta(days=count)


def test_months_are_those_of_the_calendar_cut_at_both_ends() -> None:
    found = list(periods("monthly", Period(date(2027, 12, 15), date(2028, 3, 10))))
    assert found == [
        Period(date(2027, 12, 15), date(2027, 12, 31)),
        Period(date(2028, 1, 1), date(2028, 1, 31)),
        Period(date(2028, 2, 1), date(2028, 2, 29)),
        Period(date(2028, 3, 1), date(2028, 3, 10)),
    ]


def test_quarters_are_counted_from_the_first_day_and_come_back_to_the_31st() -> None:
    found = list(periods("quarterly", Period(date(2026, 8, 31), date(2027, 8, 30))))
    assert [period.starts_on for period in found] == [
        date(2026, 8, 31),
        date(2026, 11, 30),
        date(2027, 2, 28),
        date(2027, 5, 31),
    ]


def test_a_year_from_the_29th_of_february_ends_on_the_27th_and_a_leap_year_has_366_days() -> None:
    first, second = periods("yearly", Period(date(2028, 2, 29), date(2030, 2, 27)))
    assert (first.ends_on - first.starts_on).days + 1 == 365
    assert second == Period(date(2029, 2, 28), date(2030, 2, 27))
    (whole,) = periods("yearly", Period(date(2028, 1, 1), date(2028, 12, 31)))
    assert (whole.ends_on - whole.starts_on).days + 1 == 366


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2027, 1, 31), 1, date(2027, 2, 28)),
        (date(2028, 1, 31), 1, date(2028, 2, 29)),
        (date(2026, 12, 31), 2, date(2027, 2, 28)),
        (date(2026, 11, 30), 12, date(2027, 11, 30)),
        (date(9999, 12, 1), 1, None),
    ],
)
def test_a_month_later_is_its_last_day_at_most(day: date, months: int, later: date | None) -> None:
    assert months_later(day, months) == later


@pytest.mark.parametrize(
    ("country", "weekend"),
    [
        ("AF", {3, 4}),
        ("EG", {4, 5}),
        ("IRQ", {4, 5}),
        ("LY", {4, 5}),
        ("DZ", {4, 5}),
        ("SD", {4, 5}),
        ("IR", {4}),
        ("CD", {5, 6}),
        ("COD", {5, 6}),
        ("ET", {5, 6}),
        (None, {5, 6}),
        ("ZZ", {5, 6}),
    ],
)
def test_the_weekend_is_that_of_the_country(country: str | None, weekend: set[int]) -> None:
    assert weekend_of(country) == weekend


def test_a_deadline_on_friday_evening_differs_between_bunia_and_kabul() -> None:
    thursday = date(2026, 4, 30)
    assert days_after(thursday, 1, weekend_of("CD")) == date(2026, 5, 1)
    assert days_after(thursday, 1, weekend_of("AF")) == date(2026, 5, 2)


def test_the_last_day_there_is_ends_a_period() -> None:
    assert list(periods("yearly", Period(date(9998, 6, 1), date.max)))[-1].ends_on == date.max
    with pytest.raises(OverflowError):
        days_after(date.max, 1, weekend_of("CD"))

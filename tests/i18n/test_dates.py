"""Days, months and periods."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from i18n import LANGUAGES, Words
from i18n.dates import Form

TAGS = [*LANGUAGES, "ar-EG"]


@pytest.mark.parametrize(
    ("tag", "form", "written"),
    [
        ("fr", "medium", "1er mars 2026"),
        ("fr", "long", "1er mars 2026"),
        ("fr", "short", "01/03/2026"),
        ("fr", "full", "dimanche 1er mars 2026"),
        ("en", "long", "1 March 2026"),
        ("es", "long", "1 de marzo de 2026"),
        ("es", "short", "1/3/2026"),
        ("ar", "medium", "1 مارس 2026"),
        ("ar-EG", "medium", "١ مارس ٢٠٢٦"),
        ("ar-LB", "medium", "١ آذار ٢٠٢٦"),
    ],
)
def test_a_day_is_written_as_its_language_writes_it(tag: str, form: Form, written: str) -> None:
    assert Words.of(tag).date(date(2026, 3, 1), form) == written


def test_french_says_first_of_the_first_only() -> None:
    assert [Words.of("fr").date(date(2026, 3, day), "long")[:5] for day in (11, 21, 31)] == ["11 ma", "21 ma", "31 ma"]


def test_a_month_is_named_with_its_year() -> None:
    on = date(2026, 3, 5)
    assert [Words.of(tag).month(on) for tag in LANGUAGES] == ["mars 2026", "March 2026", "marzo de 2026", "مارس 2026"]


@pytest.mark.parametrize(
    ("first", "last", "written"),
    [
        ((2026, 1, 1), (2026, 12, 31), "2026"),
        ((2024, 1, 1), (2026, 12, 31), "2024–2026"),
        ((2026, 2, 1), (2026, 2, 28), "février 2026"),
        ((2026, 1, 1), (2026, 3, 31), "janvier – mars 2026"),
        ((2026, 1, 1), (2026, 1, 15), "1er–15 janv. 2026"),
        ((2026, 2, 5), (2026, 3, 1), "5 févr. – 1er mars 2026"),
        ((2026, 2, 5), (2026, 2, 5), "5 févr. 2026"),
        ((2025, 12, 11), (2026, 2, 28), "11 déc. 2025 – 28 févr. 2026"),
    ],
)
def test_a_period_is_said_as_shortly_as_it_can_be(
    first: tuple[int, int, int], last: tuple[int, int, int], written: str
) -> None:
    assert Words.of("fr").period(date(*first), date(*last)) == written


def test_a_period_open_at_one_end_or_both_says_so() -> None:
    words = Words.of("en")
    assert words.period(date(2026, 3, 1), None) == "from 1 Mar 2026"
    assert words.period(None, date(2026, 3, 1)) == "until 1 Mar 2026"
    assert words.period(None, None) == "all dates"


def test_a_period_that_never_ends_can_be_said() -> None:
    for tag in TAGS:
        for first in (date.min, date(2026, 1, 1), date(2026, 3, 2), date(9999, 12, 1), date.max):
            assert Words.of(tag).period(first, date.max)


def test_a_quarter_in_dari_names_both_its_months() -> None:
    assert Words.of("fa-AF").period(date(2026, 1, 1), date(2026, 3, 31)) == "جنوری ۲۰۲۶ – مارچ ۲۰۲۶"


@pytest.mark.parametrize("tag", TAGS)
@given(on=st.dates(date(1970, 1, 1), date(2069, 12, 31)))
def test_a_day_written_is_read_back_the_same(tag: str, on: date) -> None:
    words = Words.of(tag)
    for form in ("short", "medium", "long", "full"):
        assert words.parse_date(words.date(on, form)).value == on, form


@given(first=st.dates(date(1970, 1, 1), date(2069, 12, 31)), days=st.integers(0, 3000))
def test_any_period_can_be_said(first: date, days: int) -> None:
    for tag in TAGS:
        assert Words.of(tag).period(first, first + timedelta(days))

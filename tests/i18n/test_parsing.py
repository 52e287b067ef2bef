"""Numbers and days as people type them: read, said to be ambiguous, or left unread; never guessed."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from i18n import Words
from i18n.date_parsing import DateOrder, date_order_of, parse_date, parse_month
from i18n.months import months, weekdays
from i18n.parsing import Reading, decimal_mark_of, parse_number


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("29117", "29117"),
        (" 29 117 ", "29117"),
        ("29\u202f117", "29117"),
        ("29\u00a0117,5", "29117.5"),
        ("29,117.50", "29117.5"),
        ("29.117,50", "29117.5"),
        ("29,117,000", "29117000"),
        ("1’234’567.80", "1234567.8"),
        ("1234,567", "1234.567"),
        ("0,117", "0.117"),
        (".5", "0.5"),
        ("٢٩٬١١٧٫٥", "29117.5"),
        ("۲۹۱۱۷", "29117"),
        ("२९११७", "29117"),
        ("-12", "-12"),
        ("−12", "-12"),
        ("12-", "-12"),
        ("(12)", "-12"),
        ("\u2066-12\u2069", "-12"),
        ("+7", "7"),
        ("'007", "7"),
    ],
)
def test_a_number_is_read_whatever_its_digits_and_separators(text: str, value: str) -> None:
    assert parse_number(text) == Reading(Decimal(value))


@pytest.mark.parametrize("text", ["29,117", "29.117", "-1,000"])
def test_three_digits_after_one_mark_may_be_thousands_or_decimals(text: str) -> None:
    reading = parse_number(text)
    assert reading.value is None
    assert reading.ambiguous
    whole, parted = reading.alternatives
    assert whole == parted * 1000


@pytest.mark.parametrize(
    "text", ["", " ", "abc", "12 personnes", "1 2", "12,", "5.", "1,23,456", "--5", "-(5)", "1e5", "12.5.3", "½", "10²"]
)
def test_what_is_no_number_is_not_read(text: str) -> None:
    assert parse_number(text) == Reading()


def test_a_number_of_ten_thousand_digits_is_not_read() -> None:
    assert parse_number("9" * 10_000) == Reading()


def test_a_known_decimal_mark_settles_what_is_ambiguous_and_refuses_what_contradicts_it() -> None:
    assert parse_number("29,117", ",") == Reading(Decimal("29.117"))
    assert parse_number("29,117", ".") == Reading(Decimal("29117"))
    assert parse_number("29,117,000", ",") == Reading()
    assert parse_number("12.5", ",") == Reading()


@pytest.mark.parametrize(
    ("texts", "mark"),
    [
        (["29,117", "12,5"], ","),
        (["29,117", "1,234,567"], "."),
        (["29.117", "1.234.567"], ","),
        (["29,117", "7", "abc"], None),
        (["12.5", "12,5"], None),
        ([], None),
    ],
)
def test_a_column_proves_its_decimal_mark_or_says_nothing(texts: list[str], mark: str | None) -> None:
    assert decimal_mark_of(texts) == mark


def test_what_a_person_types_is_read_by_her_language_only_where_it_uses_that_mark() -> None:
    assert Words.of("fr").parse_number("29,117").value == Decimal("29.117")
    assert Words.of("en").parse_number("29,117").value == 29117
    assert Words.of("es").parse_number("29.117").value == 29117
    assert Words.of("fr").parse_number("29.117").ambiguous
    assert Words.of("fr").parse_number("12.5").value == Decimal("12.5")


@given(st.text(max_size=100))
def test_no_text_makes_reading_fail(text: str) -> None:
    for reading in (parse_number(text), parse_date(text), parse_month(text)):
        assert reading.value is None or not reading.alternatives
        assert len(reading.alternatives) != 1


@given(st.text("0123456789., -٫٬٣", max_size=12))
def test_a_known_mark_only_ever_narrows(text: str) -> None:
    free = parse_number(text)
    for mark in (".", ","):
        settled = parse_number(text, mark)
        assert not settled.ambiguous
        assert settled.value is None or settled.value in (free.value, *free.alternatives)


FIFTH_OF_MAY = date(2025, 5, 5)


@pytest.mark.parametrize(
    "text",
    [
        "2025-05-05",
        "2025-05-05T00:00:00",
        "2025-05-05 00:00:00.000",
        "2025/5/5",
        "20250505",
        "05/05/2025",
        "5.5.25",
        "05/05/2025 12:00:00 AM",
        "5-May-25",
        "5 mai 2025",
        "May 5, 2025",
        "lundi 5 mai 2025",
        "5 de mayo de 2025",
        "٥ مايو ٢٠٢٥",
        "5 أيار 2025",
        "5 ماي 2025",
        "le 5 MAI 2025",
        "45782",
        "05 / 05 / 2025",
        "mon. 5 may 2025",
    ],
)
def test_a_day_is_read_in_any_form_that_files_hold(text: str) -> None:
    assert parse_date(text) == Reading(FIFTH_OF_MAY)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("1er mai 2025", date(2025, 5, 1)),
        ("1º de mayo de 2025", date(2025, 5, 1)),
        ("mar. 4 mars 2025", date(2025, 3, 4)),
        ("mar 4 mar 2025", date(2025, 3, 4)),
        ("5 تشرين الثاني 2025", date(2025, 11, 5)),
        ("5 sept. 2025", date(2025, 9, 5)),
        ("13/05/2025", date(2025, 5, 13)),
        ("05/13/2025", date(2025, 5, 13)),
        ("31/12/69", date(2069, 12, 31)),
        ("31/12/99", date(1999, 12, 31)),
    ],
)
def test_names_and_large_days_settle_a_day(text: str, day: date) -> None:
    assert parse_date(text) == Reading(day)
    assert parse_date(text, "mdy") == Reading(day)


def test_day_and_month_that_could_change_places_are_ambiguous_until_an_order_is_known() -> None:
    assert parse_date("04/05/2025").alternatives == (date(2025, 5, 4), date(2025, 4, 5))
    assert parse_date("04/05/2025", "dmy").value == date(2025, 5, 4)
    assert parse_date("04/05/2025", "mdy").value == date(2025, 4, 5)
    assert Words.of("en").parse_date("04/05/2025").value == date(2025, 5, 4)
    assert Words.of("en-US").parse_date("04/05/2025").value == date(2025, 4, 5)


@pytest.mark.parametrize(
    "text", ["", "31/02/2025", "1404/05/12", "mai 2025", "foo 5 mai 2025", "5/5", "12", "00/00/0000", "2025-13-01", "٣"]
)
def test_what_is_no_day_is_not_read(text: str) -> None:
    assert parse_date(text) == Reading()


@pytest.mark.parametrize(
    "text", ["mars 2026", "Mar-26", "03/2026", "2026-03", "مارس ٢٠٢٦", "Marzo de 2026", "mars  2026"]
)
def test_a_month_is_read(text: str) -> None:
    assert parse_month(text).value == date(2026, 3, 1)


@pytest.mark.parametrize(
    ("texts", "order"),
    [
        (["04/05/2025", "13/05/2025"], "dmy"),
        (["04/05/2025", "05/13/2025"], "mdy"),
        (["13/05/2025", "05/13/2025"], None),
        (["04/05/2025", "2025-05-13"], None),
    ],
)
def test_a_column_proves_its_order_or_says_nothing(texts: list[str], order: DateOrder | None) -> None:
    assert date_order_of(texts) == order


def test_no_name_stands_for_two_months_and_only_one_for_a_month_and_a_weekday() -> None:
    assert set(months().values()) == set(range(1, 13))
    assert months().keys() & weekdays() == {"mar"}

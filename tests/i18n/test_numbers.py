"""Numbers, percentages and money: what stands on the page, and that it can be read back."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from i18n import LANGUAGES, Words

TAGS = [*LANGUAGES, "ar-EG", "fa-AF", "es-MX", "fr-CA"]
NARROW, FIXED = "\u202f", "\u00a0"


@pytest.mark.parametrize(
    ("tag", "value", "written"),
    [
        ("fr", 1661958, f"1{NARROW}661{NARROW}958"),
        ("en", 1661958, "1,661,958"),
        ("es", 1661958, "1.661.958"),
        ("ar", 1661958, "1,661,958"),
        ("ar-EG", 1661958, "١٬٦٦١٬٩٥٨"),
        ("fa-AF", 1661958, "۱٬۶۶۱٬۹۵۸"),
        ("ar-MA", 1661958, "1.661.958"),
        ("es", 1234, "1234"),
        ("es", 12345, "12.345"),
        ("es-MX", 1234, "1,234"),
        ("fr", 1234, f"1{NARROW}234"),
        ("fr", -12, "-12"),
        ("ar", -12, "\u2066-12\u2069"),
        ("fr", Decimal("1234.50"), f"1{NARROW}234,50"),
        ("fr", 10**40, NARROW.join(["10"] + ["000"] * 13)),
    ],
)
def test_a_number_is_written_as_its_language_writes_it(tag: str, value: int | Decimal, written: str) -> None:
    assert Words.of(tag).number(value) == written


def test_rounding_goes_up_at_the_half_and_decides_about_groups() -> None:
    assert Words.of("en").number(Decimal("82.5"), 0) == "83"
    assert Words.of("en").number(Decimal("-82.5"), 0) == "-83"
    assert Words.of("es").number(Decimal("9999.6"), 0) == "10.000"
    assert Words.of("ar").number(Decimal("-0.2"), 0) == "0"
    assert Words.of("en").number(7, 2) == "7.00"


def test_french_outside_the_united_nations_groups_with_an_ordinary_fixed_space() -> None:
    assert Words.of("fr", "eu").number(29117) == f"29{FIXED}117"
    assert Words.of("en", "eu").number(29117) == "29,117"


@pytest.mark.parametrize(
    ("tag", "ratio", "written"),
    [
        ("fr", Decimal("0.825"), f"83{FIXED}%"),
        ("en", 0.145, "15%"),
        ("es", Decimal("0.825"), f"83{FIXED}%"),
        ("ar-EG", Decimal("0.5"), "٥٠٪\u061c"),
    ],
)
def test_a_share_is_written_as_a_percentage(tag: str, ratio: Decimal | float, written: str) -> None:
    assert Words.of(tag).percent(ratio) == written


def test_a_share_keeps_the_decimals_it_is_asked_for() -> None:
    assert Words.of("fr").percent(Decimal("0.8255"), 1) == f"82,6{FIXED}%"


@pytest.mark.parametrize(
    ("tag", "amount", "currency", "written"),
    [
        ("fr", "12500", "USD", f"12{NARROW}500,00{FIXED}USD"),
        ("en", "12500", "USD", f"USD{FIXED}12,500.00"),
        ("es", "1250.5", "EUR", f"1250,50{FIXED}EUR"),
        ("ar", "12500", "XAF", f"12,500{FIXED}XAF"),
        ("fr", "12.5", "TND", f"12,500{FIXED}TND"),
        ("fr", "12.5", "IQD", f"12,500{FIXED}IQD"),
    ],
)
def test_money_has_the_decimals_of_its_currency(tag: str, amount: str, currency: str, written: str) -> None:
    assert Words.of(tag).money(Decimal(amount), currency) == written


def test_money_in_round_sums_may_leave_its_cents_out() -> None:
    assert Words.of("fr").money(Decimal("12499.60"), "USD", decimals=0) == f"12{NARROW}500{FIXED}USD"


@pytest.mark.parametrize("tag", TAGS)
@given(value=st.decimals(allow_nan=False, allow_infinity=False, places=3, min_value=-(10**15), max_value=10**15))
def test_what_is_written_is_read_back_the_same(tag: str, value: Decimal) -> None:
    words = Words.of(tag)
    assert words.parse_number(words.number(value)).value == value


@pytest.mark.parametrize("tag", TAGS)
@given(value=st.integers(min_value=-(10**18), max_value=10**18))
def test_a_count_written_is_read_back_the_same(tag: str, value: int) -> None:
    words = Words.of(tag)
    assert words.parse_number(words.number(value)).value == value

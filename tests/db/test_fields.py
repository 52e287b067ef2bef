"""What may stand in a field, and in what words it is refused."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.base import Base, new_id
from db.errors import InvalidValue, NeedsValue
from db.fields import LONGEST, Field, Kind, field_of, fields_of
from db.models import Activity, Organisation
from db.triggers import logged_tables
from i18n import Words

RIGHT: dict[Kind, object] = {
    Kind.TEXT: "Écoute",
    Kind.LONG_TEXT: "Deux\nlignes",
    Kind.DATE: date(2026, 2, 28),
    Kind.MOMENT: datetime(2026, 2, 28, tzinfo=UTC),
    Kind.COUNT: 12,
    Kind.INTEGER: -12,
    Kind.MONEY: -1250,
    Kind.CURRENCY: "CDF",
    Kind.YES_NO: False,
    Kind.CHOICE: "met",
    Kind.LINK: new_id(),
    Kind.CODE: "CD6101",
    Kind.LANGUAGE: "fr",
    Kind.COUNTRY: "COD",
    Kind.DECIMAL: Decimal("7.25"),
    Kind.SEALED: "c2VhbGVk",
    Kind.DATA: {"a": [1]},
}


@pytest.mark.parametrize("kind", Kind)
def test_a_value_of_the_kind_fits_and_others_do_not(kind: Kind) -> None:
    about = Field("Partner", kind, choices=(("met", "Met"),) if kind is Kind.CHOICE else ())
    assert about.problem(RIGHT[kind]) is None
    assert about.problem(object())
    assert about.problem(1.5)
    if kind in (Kind.COUNT, Kind.INTEGER, Kind.MONEY):
        assert about.problem(True)
        assert about.problem(2**64)


def test_zero_and_no_are_values_and_nothing_is_not() -> None:
    for kind, value in ((Kind.COUNT, 0), (Kind.YES_NO, False)):
        assert Field("x", kind, required=True).problem(value) is None
        assert isinstance(Field("x", kind, required=True).problem(None), NeedsValue)


def test_a_count_is_never_negative() -> None:
    assert Field("x", Kind.COUNT).problem(-1)


@given(st.text())
def test_any_text_either_fits_or_is_refused_in_words(text: str) -> None:
    problem = Field("Name", Kind.TEXT).problem(text)
    if problem is None:
        text.encode()
        assert len(text) <= LONGEST[Kind.TEXT] and "\x00" not in text
    else:
        words = Words.of("fr")
        assert words.gettext(problem.message).format(**problem.values(words))


def test_required_follows_the_column() -> None:
    assert field_of(Activity.title).required
    assert not field_of(Activity.status).required
    assert not field_of(Activity.sensitivity).required


def test_every_field_of_the_record_is_described_for_people() -> None:
    hidden = {"row", "id", "removed_at"}
    for mapper in Base.registry.mappers:
        table = mapper.local_table
        if getattr(table, "name", "") in logged_tables():
            described = fields_of(mapper.class_)
            links = {column.name for column in table.columns if column.foreign_keys}
            assert links - hidden <= set(described), table
            assert all(about.kind is not Kind.CHOICE or about.choices for about in described.values()), table


def test_a_code_nobody_knows_stands_for_itself() -> None:
    about = field_of(Organisation.type)
    assert about.title_of("un") == "United Nations"
    assert about.title_of("martian") == "martian"
    assert isinstance(about.problem("martian"), InvalidValue)

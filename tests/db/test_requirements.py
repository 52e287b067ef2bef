"""What a donor asks of a report, as a profile keeps it: questions with word limits, languages in their order."""

from typing import Any
from uuid import UUID

import pytest

from db.commands.donors import NoSuchLanguage, TooManyQuestions
from db.commands.entries import add, edit
from db.errors import InvalidValue, NotAChoice
from db.models import Requirements
from db.questions import ADDITIONAL, CORE, COVER, asked, questions
from db.record import Record
from i18n import LANGUAGES
from tests.builders import add_partner


@pytest.fixture
def profile(record: Record) -> UUID:
    donor = record.write(add_partner, "Fonds inventé")
    return record.write(add, Requirements, {"organisation_id": donor, "name": "Cadre 2026"})


def test_the_template_has_its_parts_and_a_title_in_each_language() -> None:
    parts = [each.part for each in questions().values()]
    assert [parts.count(part) for part in (COVER, CORE, ADDITIONAL)] == [11, 8, 6]
    assert all(each.titles[language] and each.note for each in questions().values() for language in LANGUAGES)


def test_a_profile_asks_in_the_order_of_the_template_and_the_core_where_it_says_nothing() -> None:
    assert [(each.question.code, each.words) for each in asked({"X-2": None, "C-3": 400})] == [
        ("C-3", 400),
        ("X-2", None),
    ]
    assert [each.question.code for each in asked(None)] == [f"C-{number}" for number in range(1, 9)]


@pytest.mark.parametrize(
    ("wrong", "refused"),
    [
        ({"questions": {"Z-1": 10}}, InvalidValue),
        ({"questions": {"A-01": None}}, InvalidValue),
        ({"questions": {"C-1": 0}}, InvalidValue),
        ({"questions": {"C-1": "300"}}, InvalidValue),
        ({"questions": {f"X-{number}": None for number in range(1, 5)}}, TooManyQuestions),
        ({"questions": ["C-1"]}, InvalidValue),
        ({"languages": "fr, klingon"}, NoSuchLanguage),
        ({"paper": "A3"}, NotAChoice),
    ],
)
def test_what_no_report_could_follow_is_refused(
    record: Record, profile: UUID, wrong: dict[str, Any], refused: type[InvalidValue]
) -> None:
    record.write(edit, Requirements, profile, {"questions": {"C-1": 300, "X-6": None}, "languages": "fr, kg"})
    with pytest.raises(refused):
        record.write(edit, Requirements, profile, wrong)

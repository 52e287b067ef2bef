"""The definitions of who leads an organisation: versioned, explained in every language, and exact in what follows."""

from dataclasses import dataclass, fields
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.carried import said
from db.definitions import Definition, all_of, any_of, definition, definitions, name_of, newest
from db.models.women_led import ABOUT, LeadershipCount
from i18n import LANGUAGES

ANSWERS = ("met", "not_met", "unknown")
EVERY = [each for about, _title in ABOUT for each in definitions(about)]


@dataclass(frozen=True)
class Count:
    """A count of a lead, as the record keeps it."""

    woman_head: bool | None = None
    woman_chair: bool | None = None
    board_women: int | None = None
    board_total: int | None = None
    senior_women: int | None = None
    senior_total: int | None = None


def asked(code: str) -> Definition:
    found = newest(code)
    assert found is not None
    return found


def measured(code: str, criterion: str, **count: int | bool) -> str:
    (one,) = (each for each in asked(code).criteria if each.code == criterion)
    return one.measured(Count(**count))  # type: ignore[arg-type]


def test_each_definition_has_a_version_and_says_what_it_asks_in_every_language() -> None:
    assert [(each.code, each.version) for each in definitions()] == [
        ("WLO-50", "1"),
        ("WLO-67", "1"),
        ("WLO-IASC", "2024"),
    ]
    assert {each.about for each in EVERY} == {about for about, _title in ABOUT}, "each question can be assessed"
    for each in EVERY:
        assert each.criteria
        assert each.months == 12
        for language in LANGUAGES:
            assert name_of(each.code, each.version, language)
            assert said(each.rules, language)
            assert all(said(one.rules, language) and said(one.evidence, language) for one in each.criteria)


def test_a_definition_that_is_not_carried_goes_by_its_code() -> None:
    assert name_of("WLO-80", "3", "fr") == "WLO-80 3"
    assert definition("WLO-50", "9") is None


def test_a_language_without_definitions_reads_them_in_english_and_sees_that_it_is() -> None:
    found = newest("WLO-67")
    assert found and "[en] " + said(found.rules, "en") in said(found.rules, "pt")


@pytest.mark.parametrize(
    ("code", "answers", "status"),
    [
        ("WLO-50", {"W-1": "met"}, "met"),
        ("WLO-50", {"W-1": "not_met", "W-2": "met", "W-3": "met"}, "met"),
        ("WLO-50", {"W-1": "not_met", "W-2": "met"}, "unknown"),
        ("WLO-50", {"W-1": "not_met", "W-3": "not_met"}, "not_met"),
        ("WLO-50", {"W-2": "not_met"}, "unknown"),
        ("WLO-67", {"S-1": "met", "S-2": "met"}, "unknown"),
        ("WLO-67", {"S-2": "not_met"}, "not_met"),
        ("WLO-IASC", {"I-0": "met"}, "met"),
        ("WRO", {"R-3": "met"}, "met"),
        ("WRO", {"R-1": "not_met", "R-2": "not_met"}, "unknown"),
        ("OPD", {"D-1": "met", "D-2": "not_met"}, "not_met"),
    ],
)
def test_a_status_follows_from_the_answers(code: str, answers: dict[str, str], status: str) -> None:
    assert asked(code).status(answers) == status


@given(st.sampled_from(EVERY), st.data())
def test_unknown_is_the_status_exactly_where_the_open_answers_could_still_turn_it(
    each: Definition, data: st.DataObject
) -> None:
    answers = {one.code: data.draw(st.sampled_from(ANSWERS), label=one.code) for one in each.criteria}
    still_open = [code for code, answer in answers.items() if answer == "unknown"]
    settled = {
        each.status(answers | dict(zip(still_open, closed, strict=True)))
        for closed in product(("met", "not_met"), repeat=len(still_open))
    }
    assert "unknown" not in settled
    assert each.status(answers) == (settled.pop() if len(settled) == 1 else "unknown")


@given(st.lists(st.sampled_from(ANSWERS), min_size=1, max_size=5))
def test_all_and_any_are_each_others_mirror(answers: list[str]) -> None:
    turned = {"met": "not_met", "not_met": "met", "unknown": "unknown"}
    assert all_of(answers) == turned[any_of([turned[answer] for answer in answers])]


@given(st.integers(0, 10_000), st.integers(1, 10_000))
def test_thresholds_are_exact_fractions(women: int, total: int) -> None:
    women = min(women, total)
    assert (measured("WLO-50", "W-2", board_women=women, board_total=total) == "met") == (2 * women >= total)
    strict = measured("WLO-67", "S-1", board_women=women, board_total=total, woman_chair=True)
    assert (strict == "met") == (3 * women >= 2 * total)


def test_two_thirds_is_two_of_three_and_never_a_rounded_percentage() -> None:
    assert measured("WLO-67", "S-2", senior_women=2, senior_total=3, woman_head=True) == "met"
    assert measured("WLO-67", "S-2", senior_women=6666, senior_total=10_000, woman_head=True) == "not_met"


def test_a_count_decides_no_more_than_it_holds() -> None:
    assert measured("WLO-50", "W-1") == "unknown"
    assert measured("WLO-50", "W-1", woman_head=False) == "not_met"
    assert measured("WLO-50", "W-2", board_women=4) == "unknown"
    assert measured("WLO-50", "W-2", board_women=0, board_total=0) == "unknown", "nobody to take a share of"
    assert measured("WLO-67", "S-1", board_women=3, board_total=3) == "unknown", "nobody said who chairs it"
    assert measured("WLO-67", "S-1", board_women=1, board_total=3) == "not_met", "whoever chairs it"
    assert measured("WLO-67", "S-3", woman_head=True) == "unknown", "no count says whom it serves"


def test_a_count_holds_what_criteria_measure() -> None:
    assert {each.name for each in fields(Count)} <= set(LeadershipCount.__table__.columns.keys())

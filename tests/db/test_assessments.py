"""Assessments by a scheme: ratings follow from answers, scales are never mixed, what is weak or ends is followed."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from db.carried import rows
from db.commands.assessments import (
    AnsweredAlready,
    NoSuchAnswer,
    NoSuchQuestion,
    OfAnotherScheme,
    RatingFollows,
    assess_by,
    plan_capacity,
)
from db.commands.entries import add, edit
from db.commands.removing import remove
from db.commands.women_led import assess
from db.errors import NeedsValue, NotAChoice
from db.models import Answer, Assessment, CapacityAction, GoverningDocument
from db.models.assessments import RATINGS, SCHEMES
from db.models.organisations import REACHES, TYPES
from db.organisation_types import mapped
from db.queries.assessments import Answered, rating_history
from db.queries.kinds import KINDS
from db.queries.worklist import due_until
from db.record import Record
from db.schemes import Scheme, scheme, schemes
from i18n import LANGUAGES
from tests.builders import add_partner

MAY = date(2026, 5, 1)
ASKED = [each for each in schemes() if each.questions]


@pytest.fixture
def partner(record: Record) -> UUID:
    return record.write(add_partner, "Femmes d'essai")


def given_to(code: str, answer: str, **others: str) -> Mapping[str, Mapping[str, Any]]:
    """The same answer to every question of a scheme, but for these."""
    asked = scheme(code)
    assert asked is not None
    return {each.code: {"answer": others.get(each.code, answer)} for each in asked.questions}


def test_every_scheme_of_the_record_is_carried_with_its_words_in_four_languages() -> None:
    assert [each.code for each in schemes()] == [code for code, _title in SCHEMES]
    for each in schemes():
        assert each.ratings
        assert {rating.code for rating in each.ratings} <= {code for code, _title in RATINGS}
        for one in (*each.questions, *each.offered):
            assert all(one.titles[language] for language in LANGUAGES)


@pytest.mark.parametrize("asked", ASKED, ids=lambda each: each.code)
def test_every_total_has_exactly_one_rating(asked: Scheme) -> None:
    points = [[asked.points(each.code, one.code) for one in asked.answers_to(each.code)] for each in asked.questions]
    for total in range(sum(map(min, points)), sum(map(max, points)) + 1):
        ranges = [each for each in asked.ratings if each.lowest is not None and each.lowest <= total <= each.highest]
        assert len(ranges) == 1, (asked.code, total)
        assert asked.rated(total) == ranges[0].code
    assert asked.rated(sum(map(max, points)) + 1) is None


@given(st.data())
def test_a_rating_is_given_only_when_no_open_answer_could_turn_it(data: st.DataObject) -> None:
    asked = data.draw(st.sampled_from(ASKED))
    answers = {
        each.code: data.draw(st.sampled_from([one.code for one in asked.answers_to(each.code)]))
        for each in asked.questions
        if data.draw(st.booleans())
    }
    for_good = {
        each.code: max(asked.answers_to(each.code), key=lambda one: asked.points(each.code, one.code)).code
        for each in asked.questions
    }
    for_bad = {
        each.code: min(asked.answers_to(each.code), key=lambda one: asked.points(each.code, one.code)).code
        for each in asked.questions
    }
    complete = len(answers) == len(asked.questions)
    assert (asked.score(answers) is not None) == complete
    rating = asked.rating(answers)
    if rating is None:
        assert not complete
    else:
        assert asked.rating(for_good | answers) == asked.rating(for_bad | answers) == rating
        assert complete or asked.rule == "early"


@pytest.mark.parametrize(
    ("code", "answers", "score", "rating"),
    [
        ("psea_unicef_2020", given_to("psea_unicef_2020", "1", U1="3"), 8, "high_risk"),
        ("psea_unicef_2020", given_to("psea_unicef_2020", "2", U1="1"), 11, "moderate_risk"),
        ("psea_unicef_2020", given_to("psea_unicef_2020", "3", U1="1", U2="2"), 15, "low_risk"),
        ("psea_un_common", given_to("psea_un_common", "met", C8="no_case"), 8, "full_capacity"),
        ("psea_un_common", given_to("psea_un_common", "met", C1="not_met", C2="not_met"), 6, "medium_capacity"),
        ("psea_un_common", given_to("psea_un_common", "not_met", C1="met"), 1, "low_capacity"),
        ("unpp", given_to("unpp", "yes", **{"V-4": "no"}), 13, "verified"),
        ("unpp", given_to("unpp", "yes"), 12, "not_verified"),
        ("unpp", {"V-1": {"answer": "no"}}, None, "not_verified"),
        ("unpp", {"V-1": {"answer": "yes"}}, None, None),
        ("review_by_partner", given_to("review_by_partner", "4"), 20, "good"),
    ],
)
def test_score_and_rating_follow_from_the_answers(
    record: Record,
    partner: UUID,
    code: str,
    answers: Mapping[str, Mapping[str, Any]],
    score: int | None,
    rating: str | None,
) -> None:
    record.write(assess_by, partner, code, {"assessed_on": MAY}, answers)
    (one,) = record.read(rating_history, partner, code)
    assert (one.score, one.rating, one.version) == (score, rating, scheme(code).version)  # type: ignore[union-attr]
    assert one.assessed_by == "Amani Essai"


def test_a_rating_keeps_its_history_and_says_until_when_it_is_valid(record: Record, partner: UUID) -> None:
    code = "psea_unicef_2020"
    record.write(assess_by, partner, code, {"assessed_on": date(2021, 4, 30)}, given_to(code, "1"))
    record.write(assess_by, partner, code, {"assessed_on": MAY}, given_to(code, "3"))
    record.write(assess_by, partner, "psea_un_common", {"assessed_on": MAY}, given_to("psea_un_common", "met"))
    history = record.read(rating_history, partner, code)
    assert [(one.rating, one.valid_until) for one in history] == [
        ("low_risk", date(2031, 5, 1)),
        ("high_risk", date(2026, 4, 30)),
    ]
    assert [one.expired(MAY) for one in history] == [False, True]
    assert len(record.read(rating_history, partner)) == 3


def test_what_a_scheme_does_not_know_is_refused(record: Record, partner: UUID) -> None:
    for code, answers, refused in (
        ("psea_unicef_2020", {"C1": {"answer": "1"}}, NoSuchQuestion),
        ("psea_unicef_2020", {"U1": {"answer": "met"}}, NoSuchAnswer),
        ("psea_un_common", {"C1": {"answer": "no_case"}}, NoSuchAnswer),
        ("psea_of_ours", {}, NotAChoice),
        ("hact", {}, NeedsValue),
    ):
        with pytest.raises(refused):
            record.write(assess_by, partner, code, {}, answers)
    assert record.read(rating_history, partner) == ()


def test_ratings_are_typed_only_where_another_agency_gave_them_or_nothing_else_is_known(
    record: Record, partner: UUID
) -> None:
    other = record.write(add_partner, "Agence d'essai")
    with pytest.raises(RatingFollows):
        record.write(assess_by, partner, "psea_unicef_2020", {"rating": "low_risk"}, {})
    with pytest.raises(RatingFollows):
        record.write(assess_by, partner, "psea_unicef_2020", {"rating": "low_risk"}, given_to("psea_unicef_2020", "1"))
    with pytest.raises(OfAnotherScheme):
        record.write(assess_by, partner, "psea_un_common", {"rating": "low_risk", "agency_id": other}, {})
    record.write(assess_by, partner, "psea_un_common", {"rating": "full_capacity", "agency_id": other}, {})
    record.write(assess_by, partner, "psea_un_common", {"rating": "low_assumed"}, {})
    record.write(assess_by, partner, "hact", {"rating": "significant_risk", "assessed_on": MAY}, {})
    assert {(one.rating, one.agency) for one in record.read(rating_history, partner)} == {
        ("full_capacity", "Agence d'essai"),
        ("low_assumed", None),
        ("significant_risk", None),
    }


def test_an_answer_that_comes_in_alone_turns_the_rating_too(record: Record, partner: UUID) -> None:
    code = "psea_unicef_2020"
    id = record.write(assess_by, partner, code, {"assessed_on": MAY}, given_to(code, "3"))
    answer = record.read(lambda session: session.query(Answer.id).filter(Answer.question == "U1").scalar())
    record.write(edit, Answer, answer, {"answer": "1"})
    (one,) = record.read(rating_history, partner)
    assert (one.score, one.rating) == (16, "low_risk")
    with pytest.raises(AnsweredAlready):
        record.write(add, Answer, {"assessment_id": id, "question": "U1", "answer": "3"})
    with pytest.raises(RatingFollows):
        record.write(edit, Assessment, id, {"rating": "high_risk"})
    record.write(edit, Assessment, id, {"reference": "PSEA-7"})


def weak(record: Record, partner: UUID) -> list[Answered]:
    """The weak answers of the newest assessment."""
    return [each for each in record.read(rating_history, partner)[0].answers if each.weak]


def test_a_weak_answer_is_planned_for_with_an_owner_and_a_day(record: Record, partner: UUID) -> None:
    code = "psea_unicef_2020"
    id = record.write(assess_by, partner, code, {"assessed_on": MAY}, given_to(code, "3", U3="1", U6="2"))
    assert [(one.question, one.answer, one.planned) for one in weak(record, partner)] == [
        ("U3", "1", ()),
        ("U6", "2", ()),
    ]
    plan = {"title": "Former tout le personnel", "side": "partner", "due_on": date(2026, 9, 30)}
    with pytest.raises(NeedsValue):
        record.write(plan_capacity, id, "U3", {**plan, "due_on": None})
    with pytest.raises(NoSuchQuestion):
        record.write(plan_capacity, id, "C3", plan)
    record.write(plan_capacity, id, "U3", plan)
    (planned,), nothing = (one.planned for one in weak(record, partner))
    assert (planned.title, planned.side, planned.due_on) == (plan["title"], "partner", plan["due_on"]) and not nothing
    assert planned.owner is None
    record.write(edit, CapacityAction, planned.id, {"person_id": record.person})
    assert weak(record, partner)[0].planned[0].owner == "Amani Essai"
    record.write(edit, CapacityAction, planned.id, {"status": "dropped"})
    assert not weak(record, partner)[0].planned


def test_the_verdict_that_a_risk_was_seen_is_weak_and_that_none_was_is_not(record: Record, partner: UUID) -> None:
    record.write(assess_by, partner, "unpp", {}, {"V-4": {"answer": "yes"}, "V-5": {"answer": "no"}})
    assert [one.question for one in weak(record, partner)] == ["V-4", "V-5"]
    record.write(assess_by, partner, "unpp", {}, {"V-4": {"answer": "no"}})
    assert weak(record, partner) == []


def test_what_ends_or_is_due_stands_in_the_work_list_once(record: Record, partner: UUID) -> None:
    code = "psea_unicef_2020"
    record.write(
        add,
        GoverningDocument,
        {"organisation_id": partner, "title": "Arrêté", "kind": "registration", "expires_on": date(2026, 6, 30)},
    )
    old = record.write(assess_by, partner, code, {"assessed_on": date(2021, 5, 1)}, given_to(code, "1"))
    plan = {"title": "Former", "side": "us", "due_on": date(2026, 6, 1)}
    action = record.write(plan_capacity, old, "U3", plan)
    statutes = {"answer": "met", "evidence": "Statuts"}
    record.write(assess, partner, {"definition": "WLO-50", "assessed_on": date(2024, 5, 1)}, {"W-1": statutes})
    record.write(assess, partner, {"definition": "WLO-50", "assessed_on": date(2025, 5, 2)}, {"W-1": statutes})
    due = record.read(due_until, MAY, date(2026, 6, 30))
    assert [(one.kind, one.due_on, one.organisation) for one in due] == [
        ("assessments", date(2026, 5, 1), "Femmes d'essai"),
        ("women-led-assessments", date(2026, 5, 2), "Femmes d'essai"),
        ("capacity-actions", date(2026, 6, 1), "Femmes d'essai"),
        ("governing-documents", date(2026, 6, 30), "Femmes d'essai"),
    ]
    assert {one.kind for one in due} <= set(KINDS)
    record.write(edit, CapacityAction, action, {"status": "done"})
    record.write(assess_by, partner, code, {"assessed_on": MAY}, given_to(code, "3"))
    assert [one.kind for one in record.read(due_until, MAY, date(2026, 6, 30))] == [
        "women-led-assessments",
        "governing-documents",
    ]


@pytest.mark.parametrize(
    ("type", "reach", "affiliated", "standing"),
    [
        ("community", None, False, "met"),
        ("national_ngo", "national", None, "unknown"),
        ("national_ngo", "national", True, "not_met"),
        ("international_ngo", "national", False, "not_met"),  # a national registration does not make it local
        ("red_cross", "national", False, "met"),
        ("red_cross", None, False, "unknown"),
        ("government", "local", None, "not_met"),
        (None, None, None, "unknown"),
        (None, "international", None, "not_met"),
    ],
)
def test_a_local_non_state_actor_is_one_by_class_reach_and_independence(
    type: str | None, reach: str | None, affiliated: bool | None, standing: str
) -> None:
    assert mapped(type, reach, affiliated).local_non_state == standing


def test_types_have_their_codes_elsewhere() -> None:
    carried = {(row["type"], row["reach"]) for row in rows("organisation_types.csv")}
    assert {type for type, _reach in carried} == {"", *(code for code, _title in TYPES)}
    assert {reach for _type, reach in carried} == {"", *(code for code, _title in REACHES)}
    assert (mapped("national_ngo", "national", None).unpp, mapped("national_ngo", "national", None).iati) == (
        "NGO",
        "24",
    )
    assert (mapped("government", "local", None).iati, mapped("government", "local", None).local_state) == ("11", "met")
    assert mapped("donor", None, None).iati is None, "a donor agency may be public or private: nobody said"


def test_an_answer_that_goes_takes_its_part_of_the_rating(record: Record, partner: UUID) -> None:
    def of(entity: type[Any], *keys: str) -> list[tuple[Any, ...]]:
        columns = [getattr(entity, key) for key in keys]
        return record.read(lambda session: [tuple(row) for row in session.execute(select(*columns))])

    code = next(each for each in ASKED if each.rule != "early")
    answer = code.answers_to(code.questions[0].code)[0].code
    record.write(assess_by, partner, code.code, {"assessed_on": MAY}, given_to(code.code, answer))
    ((rating, score),) = of(Assessment, "rating", "score")
    assert rating is not None and score is not None
    for (id,) in of(Answer, "id"):
        record.write(remove, Answer, id)
        assert of(Assessment, "rating", "score") == [(None, None)]
    for _each in of(Answer, "id"):
        record.undo()
    assert of(Assessment, "rating", "score") == [(rating, score)]

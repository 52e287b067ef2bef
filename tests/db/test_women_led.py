"""Women-led status: it follows from criteria and evidence, another person reviews it, it holds alike everywhere."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from db.commands.arrivals import Arrival, BreaksRule, Changed, bring_in
from db.commands.entries import ByItsOwnDeed, add, edit
from db.commands.removing import remove
from db.commands.women_led import (
    AlreadyReviewed,
    AnsweredTwice,
    MoreWomenThanMembers,
    NeedsEvidence,
    NoSuchCriterion,
    NoSuchDefinition,
    NothingRejected,
    OfAnotherOrganisation,
    OwnAssessment,
    RejectedAndConfirmed,
    assess,
    review,
)
from db.deeds import deed
from db.errors import NeedsValue
from db.models import Criterion, LeadershipCount, Person, WomenLedAssessment
from db.queries.fivew import fivew
from db.queries.history import deeds
from db.queries.listing import RowsAsked, page, rows_in_order
from db.queries.lists import ORGANISATIONS
from db.queries.organisations import organisation_page
from db.queries.overview import overview
from db.queries.protection import protection
from db.queries.scope import Scope
from db.queries.women_led import Assessed, assessments_of, newest_count, status_on
from db.record import Record
from tests.builders import add_activity, add_partner

MAY, JUNE = date(2026, 5, 1), date(2026, 6, 1)


@pytest.fixture
def partner(record: Record) -> UUID:
    id = record.write(add_partner, "Femmes d'essai")
    record.write(add_activity, id, "Écoute")
    return id


def found(**answers: str) -> dict[str, dict[str, str]]:
    """Answers with evidence: W_1="met"."""
    return {code.replace("_", "-"): {"answer": answer, "evidence": "Statuts"} for code, answer in answers.items()}


def values(on: date = MAY, definition: str = "WLO-50", **more: Any) -> Mapping[str, Any]:
    return {"said": "yes", "definition": definition, "assessed_on": on, **more}


def newest(record: Record, partner: UUID) -> Assessed:
    return record.read(assessments_of, partner)[0]


@deed("Make the assessment somebody else's")
def by_another(session: Session, id: UUID) -> None:
    """As if a colleague had opened the record and assessed."""
    other = Person(name="Collègue d'essai")
    session.add(other)
    session.flush()
    session.scalars(select(WomenLedAssessment).where(WomenLedAssessment.id == id)).one().assessed_by_id = other.id


def everywhere(record: Record, partner: UUID) -> set[str]:
    """The status that each list, report and export gives."""
    numbers = record.read(rows_in_order, ORGANISATIONS, RowsAsked("name"))
    listed = record.read(page, ORGANISATIONS, numbers)[numbers[0]][list(ORGANISATIONS.columns).index("women_led") + 1]
    (activity,) = record.read(fivew, Scope()).activities
    assert activity.partner is not None
    statuses = {
        listed,
        activity.partner.women_led,
        record.read(protection, Scope()).partners[partner].women_led,
        record.read(status_on, partner, date.max),
    }
    met = record.read(overview).women_led
    assert met == (statuses == {"met"})
    filtered = {one for one in ("met", "not_met", "unknown") if record.read(_filtered, one)}
    assert filtered == statuses
    return statuses


def _filtered(session: Session, status: str) -> list[int]:
    return list(rows_in_order(session, ORGANISATIONS, RowsAsked("name", filters={"women_led": status})))


def test_the_newest_assessment_holds_everywhere(record: Record, partner: UUID) -> None:
    assert everywhere(record, partner) == {"unknown"}
    record.write(assess, partner, values(JUNE), found(W_1="met"))
    record.write(assess, partner, values(MAY), found(W_1="not_met", W_2="not_met"))
    record.write(assess, partner, values(JUNE, "WRO"), found(R_1="not_met", R_2="not_met", R_3="not_met"))
    seen = record.read(organisation_page, partner).assessments
    assert [(one.about, one.status, one.holds) for one in seen] == [
        ("womens_rights", "not_met", True),
        ("women_led", "met", True),
        ("women_led", "not_met", False),
    ]
    assert everywhere(record, partner) == {"met"}
    record.write(remove, WomenLedAssessment, seen[1].id)
    assert everywhere(record, partner) == {"not_met"}


def test_a_report_of_a_past_period_says_what_held_then(record: Record, partner: UUID) -> None:
    record.write(assess, partner, values(MAY), found(W_1="not_met", W_2="not_met"))
    record.write(assess, partner, values(JUNE), found(W_1="met"))
    held = [record.read(status_on, partner, day) for day in (date(2026, 4, 30), date(2026, 5, 31), JUNE)]
    assert held == ["unknown", "not_met", "met"]
    assert record.read(status_on, partner, JUNE, "refugee_led") == "unknown"


def test_an_assessment_keeps_who_made_it_when_and_until_when_it_is_valid(record: Record, partner: UUID) -> None:
    record.write(assess, partner, values(date(2024, 2, 29), said="no"), found(W_2="met", W_3="met"))
    one = newest(record, partner)
    assert (one.status, one.said, one.definition, one.definition_version) == ("met", "no", "WLO-50", "1")
    assert (one.assessed_by_id, one.valid_until) == (record.person, date(2025, 2, 28))
    assert [(each.code, each.answer) for each in one.criteria] == [("W-1", "unknown"), ("W-2", "met"), ("W-3", "met")]
    assert one.to_renew(date(2025, 3, 1)) and not one.to_renew(date(2025, 2, 28))
    assert everywhere(record, partner) == {"met"}, "it still holds"
    assert record.read(deeds)[0].deed == "Assess {name} by the definition {definition}"


def test_an_answer_needs_evidence_in_words_or_a_document(record: Record, partner: UUID) -> None:
    with pytest.raises(NeedsEvidence):
        record.write(assess, partner, values(), {"W-1": {"answer": "met"}})
    with pytest.raises(NoSuchCriterion):
        record.write(assess, partner, values(), found(S_1="met"))
    with pytest.raises(NoSuchDefinition):
        record.write(assess, partner, values(definition="WLO-80"), {})
    assert record.read(assessments_of, partner) == ()


def test_a_count_answers_what_it_measures_and_a_person_may_answer_otherwise(record: Record, partner: UUID) -> None:
    count = {"organisation_id": partner, "counted_on": MAY, "board_women": 4, "board_total": 7, "woman_head": False}
    id = record.write(add, LeadershipCount, count)
    assert record.read(newest_count, partner).id == id
    record.write(assess, partner, values(leadership_id=id), found(W_3="met"))
    one = newest(record, partner)
    assert [each.answer for each in one.criteria] == ["not_met", "met", "met"]
    assert one.status == "met"
    with pytest.raises(NeedsEvidence):
        record.write(assess, partner, values(leadership_id=id), {"W-2": {"answer": "not_met"}})
    record.write(assess, partner, values(leadership_id=id), found(W_2="not_met"))
    assert newest(record, partner).status == "not_met"
    stranger = record.write(add_partner, "Autre organisation d'essai")
    with pytest.raises(OfAnotherOrganisation):
        record.write(assess, stranger, values(leadership_id=id), {})


@pytest.mark.parametrize("wrong", [{"board_women": 5, "board_total": 4}, {"senior_women": 2}])
def test_no_count_has_more_women_than_members(record: Record, partner: UUID, wrong: dict[str, int]) -> None:
    with pytest.raises(MoreWomenThanMembers):
        record.write(add, LeadershipCount, {"organisation_id": partner, "counted_on": MAY, **wrong})


def test_nobody_reviews_an_assessment_of_their_own(record: Record, partner: UUID) -> None:
    id = record.write(assess, partner, values(), found(W_1="met"))
    with pytest.raises(OwnAssessment):
        record.write(review, id, "confirmed")
    with pytest.raises(ByItsOwnDeed):
        record.write(edit, WomenLedAssessment, id, {"assessed_by_id": None})


def test_a_rejected_criterion_turns_the_status_everywhere(record: Record, partner: UUID) -> None:
    id = record.write(assess, partner, values(), found(W_2="met", W_3="met"))
    record.write(by_another, id)
    with pytest.raises(NothingRejected):
        record.write(review, id, "rejected", note="Sans pièce")
    with pytest.raises(NeedsValue):
        record.write(review, id, "rejected", ["W-3"])
    with pytest.raises(RejectedAndConfirmed):
        record.write(review, id, "confirmed", ["W-3"])
    record.write(review, id, "rejected", ["W-3"], "L'organigramme date de 2019")
    one = newest(record, partner)
    assert (one.status, one.counts_as, one.review, one.review_note) == (
        "unknown",
        "unknown",
        "rejected",
        "L'organigramme date de 2019",
    )
    assert one.reviewed_by != one.assessed_by
    assert [(each.answer, each.rejected) for each in one.criteria] == [
        ("unknown", False),
        ("met", False),
        ("met", True),
    ], "what was answered stays to be read"
    assert everywhere(record, partner) == {"unknown"}
    record.undo()
    assert everywhere(record, partner) == {"met"}


def test_a_rejected_assessment_holds_as_unknown_until_somebody_assesses_anew(record: Record, partner: UUID) -> None:
    id = record.write(assess, partner, values(), found(W_1="met", W_2="met", W_3="met"))
    record.write(by_another, id)
    record.write(review, id, "rejected", ["W-1"], "La directrice est partie")
    one = newest(record, partner)
    assert (one.status, one.counts_as) == ("met", "unknown"), "the rest would still meet it, but nobody has said so"
    assert everywhere(record, partner) == {"unknown"}
    record.write(assess, partner, values(), found(W_2="met", W_3="met"))
    assert everywhere(record, partner) == {"met"}


def test_what_was_reviewed_does_not_change_any_more(record: Record, partner: UUID) -> None:
    id = record.write(assess, partner, values(), found(W_1="met"))
    record.write(by_another, id)
    record.write(review, id, "confirmed", note="Lettre vue")
    assert newest(record, partner).review == "confirmed"
    criterion = record.read(lambda session: session.scalars(select(Criterion.id).where(Criterion.code == "W-1")).one())
    for entity, thing, changed in (
        (WomenLedAssessment, id, {"assessed_on": JUNE}),
        (Criterion, criterion, {"answer": "not_met"}),
    ):
        with pytest.raises(AlreadyReviewed):
            record.write(edit, entity, thing, changed)
        by_file = Arrival("fiche.xlsx", "raw", frozenset(), changed=(Changed(entity.__tablename__, thing, changed),))
        with pytest.raises(BreaksRule):
            record.write(bring_in, by_file)
    with pytest.raises(AlreadyReviewed):
        record.write(review, id, "confirmed")
    record.write(edit, WomenLedAssessment, id, {"said": "yes"})


def test_an_answer_that_comes_in_alone_turns_the_status_too(record: Record, partner: UUID) -> None:
    id = record.write(add, WomenLedAssessment, {"organisation_id": partner, **values(), "definition_version": "1"})
    assert newest(record, partner).status == "unknown"
    answer = record.write(
        add, Criterion, {"assessment_id": id, "code": "W-1", "answer": "met", "evidence": "Lettre de nomination"}
    )
    assert (newest(record, partner).status, newest(record, partner).assessed_by_id) == ("met", record.person)
    with pytest.raises(AnsweredTwice):
        record.write(add, Criterion, {"assessment_id": id, "code": "W-1", "answer": "unknown"})
    with pytest.raises(NoSuchCriterion):
        record.write(add, Criterion, {"assessment_id": id, "code": "S-1", "answer": "unknown"})
    record.write(edit, Criterion, answer, {"answer": "unknown"})
    assert newest(record, partner).status == "unknown"
    with pytest.raises(ByItsOwnDeed):
        record.write(edit, WomenLedAssessment, id, {"status": "met"})


def test_an_answer_that_goes_takes_its_part_of_the_status_and_stays_once_reviewed(
    record: Record, partner: UUID
) -> None:
    def status() -> str:
        return record.read(assessments_of, partner)[0].status

    id = record.write(assess, partner, values(), found(W_1="met"))
    (answer,) = record.read(lambda session: session.scalars(select(Criterion.id).where(Criterion.code == "W-1")).all())
    assert status() == "met"
    record.write(remove, Criterion, answer)
    assert status() == "unknown"
    record.undo()
    assert status() == "met"
    record.write(by_another, id)
    record.write(review, id, "confirmed")
    with pytest.raises(AlreadyReviewed):
        record.write(remove, Criterion, answer)
    assert status() == "met"

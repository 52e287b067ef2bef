"""What was promised and asked comes up again until it is kept and answered; work counts for its line of a plan."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from db.commands.engagements import BeforeIt, NobodyThere, TagsOneThing, add_engagement, answer, keep
from db.commands.entries import add, edit
from db.commands.removing import remove
from db.errors import NeedsValue, NotThere
from db.models import (
    ActivityTag,
    Analysis,
    Attendance,
    Commitment,
    Engagement,
    Escalation,
    Framework,
    FrameworkItem,
    Participation,
    Question,
    Tag,
    Training,
)
from db.queries.engagements import OpenMatters, Participants, counted_for, open_matters, undated
from db.record import Record
from tests.builders import add_activity, add_partner, everything

MEETING = {"title": "Point trimestriel", "type": "meeting", "on": date(2026, 3, 2)}


@pytest.fixture
def donor(record: Record) -> UUID:
    return record.write(add_partner, "Fonds inventé")


def a_meeting(record: Record, donor: UUID, **parts: Any) -> UUID:
    return record.write(add_engagement, {**MEETING, "organisation_id": donor}, **parts)


def titles(matters: OpenMatters) -> list[list[str]]:
    return [[each.title for each in part] for part in (matters.ours, matters.theirs, matters.questions)]


def test_a_meeting_is_noted_whole_and_taken_back_whole(record: Record, donor: UUID) -> None:
    before = record.read(everything)
    meeting = a_meeting(
        record,
        donor,
        attendances=[{"organisation_id": donor}, {"person_id": record.person}],
        positions=[{"body": "Moins de rapports, plus de visites."}],
        commitments=[{"title": "Envoyer la note", "side": "us", "due_on": date(2026, 3, 31)}],
        questions=[{"title": "Combien de femmes ?"}],
    )
    open_ = record.read(open_matters, donor)
    assert titles(open_) == [["Envoyer la note"], [], ["Combien de femmes ?"]]
    assert open_.questions[0].since == MEETING["on"]
    assert {each.engagement_id for each in (*open_.ours, *open_.questions)} == {meeting}
    assert open_.ours[0].organisation == "Fonds inventé"
    record.undo()
    assert record.read(everything) == before
    assert not record.read(open_matters, donor).any


def test_nothing_of_a_meeting_is_noted_where_a_part_of_it_cannot_be(record: Record, donor: UUID) -> None:
    before = record.read(everything)
    for parts, refusal in (
        ({"commitments": [{"title": "Sans côté"}]}, NeedsValue),
        ({"attendances": [{}]}, NobodyThere),
        ({"questions": [{"title": "Quand ?", "answered_on": date(2026, 3, 3)}]}, NeedsValue),
        ({"positions": [{"subject": "Vide"}]}, NeedsValue),
    ):
        with pytest.raises(refusal):
            a_meeting(record, donor, **parts)
    assert record.read(everything) == before


def test_what_is_overdue_comes_first_and_what_is_kept_or_answered_goes(record: Record, donor: UUID) -> None:
    a_meeting(
        record,
        donor,
        commitments=[
            {"title": "Sans date", "side": "us"},
            {"title": "Plus tard", "side": "us", "due_on": date(2026, 9, 1)},
            {"title": "En retard", "side": "us", "due_on": date(2026, 3, 5)},
            {"title": "Verser", "side": "partner", "due_on": date(2026, 4, 1)},
        ],
        questions=[{"title": "Combien ?", "due_on": date(2026, 3, 9)}],
    )
    open_ = record.read(open_matters, donor)
    assert titles(open_) == [["En retard", "Plus tard", "Sans date"], ["Verser"], ["Combien ?"]]
    assert [each.overdue(date(2026, 3, 6)) for each in open_.ours] == [True, False, False]
    assert [each.title for each in record.read(undated)] == ["Sans date"]
    record.write(keep, open_.ours[0].id, date(2026, 3, 6), "Envoyée par courriel.")
    record.write(answer, open_.questions[0].id, "1 240, dont 812 femmes.", date(2026, 3, 8))
    assert titles(record.read(open_matters, donor)) == [["Plus tard", "Sans date"], ["Verser"], []]
    record.undo()
    assert titles(record.read(open_matters, donor))[2] == ["Combien ?"]


def test_a_promise_of_a_meeting_is_with_whom_the_meeting_was(record: Record, donor: UUID) -> None:
    other = record.write(add_partner, "Association inventée")
    meeting = a_meeting(record, donor)
    for values in ({}, {"organisation_id": other}):
        record.write(add, Commitment, {"title": "Suivre", "side": "us", "engagement_id": meeting, **values})
    assert len(record.read(open_matters, donor).ours) == len(record.read(open_matters, other).ours) == 1


def test_the_newest_next_step_is_the_next_one(record: Record, donor: UUID) -> None:
    for on, step in ((date(2026, 3, 2), "Visite"), (date(2026, 5, 4), "Nouvelle note"), (date(2026, 6, 1), None)):
        record.write(add_engagement, {**MEETING, "organisation_id": donor, "on": on, "next_step": step})
    step = record.read(open_matters, donor).next_step
    assert step is not None and (step.on, step.text) == (date(2026, 5, 4), "Nouvelle note")


def test_an_answer_has_its_day_and_comes_after_the_question(record: Record, donor: UUID) -> None:
    question = record.write(add, Question, {"title": "Combien ?", "asked_on": date(2026, 3, 2)})
    with pytest.raises(BeforeIt):
        record.write(answer, question, "Trois", date(2026, 3, 1))
    with pytest.raises(NeedsValue):
        record.write(answer, question, " ", date(2026, 3, 3))
    with pytest.raises(NeedsValue):
        record.write(edit, Question, question, {"answer": "Trois"})
    record.undo()
    with pytest.raises(NotThere):
        record.write(answer, question, "Trois", date(2026, 3, 3))


def test_seats_escalations_and_tags_keep_their_rules(record: Record, donor: UUID) -> None:
    with pytest.raises(BeforeIt):
        days = {"since": date(2026, 3, 2), "until": date(2026, 3, 1)}
        record.write(add, Participation, {"organisation_id": donor, "seat": "chair", **days})
    with pytest.raises(BeforeIt):
        days = {"on": date(2026, 3, 2), "decided_on": date(2026, 3, 1)}
        record.write(add, Escalation, {"title": "Accès", "addressee": "Bureau national", **days})
    line = a_line(record, None)
    for values in ({}, {"engagement_id": a_meeting(record, donor), "training_id": a_training(record)}):
        with pytest.raises(TagsOneThing):
            record.write(add, Tag, {"item_id": line, **values})


def a_training(record: Record, **counts: int) -> UUID:
    return record.write(add, Training, {"title": "Écoute active", "starts_on": date(2026, 2, 1), **counts})


def a_line(record: Record, under: UUID | None, framework: UUID | None = None) -> UUID:
    framework = framework or record.write(add, Framework, {"code": "ESSAI", "name": "Cadre d'essai"})
    values = {"framework_id": framework, "parent_id": under, "code": "1", "kind": "action", "name": "Former"}
    return record.write(add, FrameworkItem, values)


def test_work_counts_once_for_its_line_and_for_those_above(record: Record, donor: UUID) -> None:
    framework = record.write(add, Framework, {"code": "PLAN", "name": "Plan d'essai"})
    pillar = a_line(record, None, framework)
    action = a_line(record, pillar, framework)
    counted, women_only, uncounted = (
        a_training(record, women=12, men=3),
        a_training(record, women=7),
        a_training(record),
    )
    analysis = record.write(add, Analysis, {"title": "Risques", "dated": date(2026, 1, 1)})
    tied = [{"training_id": id} for id in (counted, women_only, uncounted)]
    for values in (*tied, {"analysis_id": analysis}, {"engagement_id": a_meeting(record, donor)}):
        record.write(add, Tag, {"item_id": action, **values})
    record.write(add, Tag, {"item_id": pillar, "training_id": counted})
    activity = record.write(add_activity, donor, "Écoute")
    for line in (pillar, action):
        record.write(add, ActivityTag, {"item_id": line, "activity_id": activity})
    for line in (pillar, action):
        found = record.read(counted_for, line)
        assert (found.trainings, found.engagements, found.analyses, found.agreements) == (3, 1, 1, 0)
        assert found.activities == 1
        assert found.women == Participants(19, trainings=2)
        assert (found.men, found.not_said) == (Participants(3, trainings=1), Participants(None, trainings=0))
    nothing = record.read(counted_for, a_line(record, None))
    assert nothing.trainings == 0 and nothing.women.people is None


def test_a_removed_meeting_takes_its_promises_along(record: Record, donor: UUID) -> None:
    meeting = a_meeting(
        record, donor, attendances=[{"organisation_id": donor}], commitments=[{"title": "x", "side": "us"}]
    )
    record.write(remove, Engagement, meeting)
    assert not record.read(open_matters, donor).any
    assert record.read(lambda session: session.scalars(still(session)).all()) == []


def still(_session: Session) -> Any:
    return select(Attendance.id).where(Attendance.removed_at.is_(None))

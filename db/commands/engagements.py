"""What is done about engagements: one noted whole, a commitment kept, a question answered; and their rules.

What was promised and asked in a meeting is typed in with it, so that nothing of it is left for later.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy.orm import Session

from db.base import Entity, new_id, there
from db.commands.checking import complete, fill
from db.deeds import called, deed
from db.errors import InvalidValue, NeedsValue, RecordError
from db.fields import field_of
from db.models import Attendance, Commitment, Engagement, Escalation, Participation, Position, Question, Tag
from i18n import N_

Values = Mapping[str, Any]
E = TypeVar("E", bound=Entity)


class BeforeIt(InvalidValue):
    message = N_("“{field}” comes before the day on which it began.")


class NobodyThere(InvalidValue):
    message = N_("“{field}” is empty: say which organisation, which contact or who of the office was there.")


class TagsOneThing(RecordError):
    message = N_("A line of a framework is tied to one thing at a time. Choose one, and add another line for the next.")


@deed(N_("Note the engagement “{title}”"))
def add_engagement(
    session: Session,
    values: Values,
    attendances: Sequence[Values] = (),
    positions: Sequence[Values] = (),
    commitments: Sequence[Values] = (),
    questions: Sequence[Values] = (),
) -> UUID:
    """Note an engagement with who was there, what was heard, promised and asked.

    A promise or a question is with the organisation that the engagement was with, and was asked on its day, unless it
    says otherwise.
    """
    engagement = Engagement(id=new_id())
    _keep(session, engagement, values)
    its, with_whom = {"engagement_id": engagement.id}, {"organisation_id": engagement.organisation_id}
    for each in attendances:
        _keep(session, Attendance(), {**each, **its}, somebody_there)
    for each in positions:
        _keep(session, Position(), {**with_whom, **each, **its})
    for each in commitments:
        _keep(session, Commitment(), {**with_whom, **each, **its})
    for each in questions:
        _keep(session, Question(), {**with_whom, "asked_on": engagement.on, **each, **its}, answered_whole)
    called(session, title=engagement.title)
    return engagement.id


@deed(N_("Mark the commitment “{title}” as kept"))
def keep(session: Session, commitment_id: UUID, on: date, outcome: str | None = None) -> None:
    """Say that a commitment was kept, and what came of it; what was noted before stays where nothing is said."""
    commitment = there(session, Commitment, commitment_id)
    called(session, title=commitment.title)
    fill(commitment, {"done_on": on, "outcome": outcome or commitment.outcome})


@deed(N_("Answer the question “{title}”"))
def answer(session: Session, question_id: UUID, text: str, on: date) -> None:
    """Keep what was answered, and when."""
    question = there(session, Question, question_id)
    called(session, title=question.title)
    fill(question, {"answer": text, "answered_on": on})
    answered_whole(session, question)


def somebody_there(_session: Session, attendance: Attendance) -> None:
    """The rule of an attendance: it says who."""
    if not (attendance.organisation_id or attendance.contact_id or attendance.person_id):
        raise NobodyThere(field_of(Attendance.organisation_id).name)


def answered_whole(_session: Session, question: Question) -> None:
    """The rule of a question: an answer has its day, a day its answer, and neither comes before the question."""
    if question.answered_on and not (question.answer or "").strip():
        raise NeedsValue(field_of(Question.answer).name)
    if question.answer and not question.answered_on:
        raise NeedsValue(field_of(Question.answered_on).name)
    _not_before(question.asked_on, question.answered_on, field_of(Question.answered_on).name)


def decided_after(_session: Session, escalation: Escalation) -> None:
    """The rule of an escalation: nothing is decided before it is asked."""
    _not_before(escalation.on, escalation.decided_on, field_of(Escalation.decided_on).name)


def held_in_order(_session: Session, participation: Participation) -> None:
    """The rule of a seat: it ends after it begins."""
    _not_before(participation.since, participation.until, field_of(Participation.until).name)


def tags_one_thing(_session: Session, tag: Tag) -> None:
    """The rule of a tag: one line, one thing."""
    tied = ("engagement_id", "training_id", "advocacy_action_id", "escalation_id", "analysis_id", "agreement_id")
    if sum(getattr(tag, key) is not None for key in tied) != 1:
        raise TagsOneThing


def _not_before(first: date | None, then: date | None, name: str) -> None:
    if first and then and then < first:
        raise BeforeIt(name)


def _keep(session: Session, thing: E, values: Values, *rules: Callable[[Session, E], None]) -> None:
    fill(thing, values)
    complete(thing)
    for rule in rules:
        rule(session, thing)
    session.add(thing)


RULES: Mapping[type[Entity], tuple[Callable[[Session, Any], None], ...]] = {
    Attendance: (somebody_there,),
    Question: (answered_whole,),
    Escalation: (decided_after,),
    Participation: (held_in_order,),
    Tag: (tags_one_thing,),
}

"""Assessing partners by a scheme, and planning what is to be done about a weak answer.

Score and rating follow from the answers and are not typed, except where another agency gave them or a scheme knows
nothing but ratings. What another scheme calls a rating is refused: two scales are never mixed.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import inspect, select
from sqlalchemy.orm import Session

from db.base import new_id, there
from db.calendar import months_later
from db.commands.checking import fill
from db.deeds import called, deed
from db.errors import InvalidValue, NeedsValue, RecordError
from db.fields import field_of
from db.models.assessments import Answer, Assessment, CapacityAction
from db.models.organisations import Organisation
from db.schemes import Scheme, scheme
from i18n import N_


class NoSuchQuestion(RecordError):
    message = N_("This scheme has no question {code}. Nothing was changed.")


class NoSuchAnswer(RecordError):
    message = N_("{answer} is no answer to the question {code} in this scheme. It has: {answers}.")


class AnsweredAlready(RecordError):
    message = N_("The question {code} is answered already in this assessment. Put that answer right instead.")


class OfAnotherScheme(InvalidValue):
    message = N_("“{field}”: this scheme has no such rating. Ratings of two schemes are never mixed.")


class RatingFollows(InvalidValue):
    message = N_("“{field}” follows from the answers. Answer the questions, or name the agency that gave the rating.")


Answers = Mapping[str, Mapping[str, Any]]
"""By the code of a question: `answer`, `evidence` in words, `document_id`."""


@deed(N_("Add an assessment of {name}"))
def assess_by(
    session: Session, organisation_id: UUID, scheme: str, values: Mapping[str, Any], answers: Answers
) -> UUID:
    """Keep an assessment by a scheme, with the score, the rating and the validity that follow."""
    organisation = session.scalars(select(Organisation).where(Organisation.id == organisation_id)).one()
    called(session, name=organisation.name)
    assessment = Assessment(id=new_id(), organisation_id=organisation_id)
    fill(assessment, {"assessed_on": date.today(), **values, "scheme": scheme})
    session.add(assessment)
    given = []
    for code, answered in answers.items():
        if answered.get("answer") is not None:
            answer = Answer(id=new_id(), assessment_id=assessment.id, question=code)
            fill(answer, answered)
            given.append(answer)
    session.add_all(given)
    sound_assessment(session, assessment, given)
    return assessment.id


@deed(N_("Plan for {name}: {title}"))
def plan_capacity(session: Session, assessment_id: UUID, question: str | None, values: Mapping[str, Any]) -> UUID:
    """Plan what is done about a weak answer: by whom on which side, and until when."""
    assessment = there(session, Assessment, assessment_id)
    asked = scheme(assessment.scheme, assessment.version)
    if question is not None and asked is not None and not asked.answers_to(question):
        raise NoSuchQuestion(code=question)
    if values.get("due_on") is None:
        raise NeedsValue(field_of(CapacityAction.due_on).name)
    organisation = session.scalars(select(Organisation).where(Organisation.id == assessment.organisation_id)).one()
    action = CapacityAction(id=new_id(), organisation_id=organisation.id, assessment_id=assessment_id)
    fill(action, {**values, "question": question})
    called(session, name=organisation.name, title=action.title)
    session.add(action)
    return action.id


def sound_assessment(session: Session, assessment: Assessment, answers: list[Answer] | None = None) -> None:
    """What holds of every assessment by a scheme, whichever door it came in by."""
    typed = inspect(assessment).attrs
    new = any(typed[key].history.has_changes() for key in ("rating", "score"))
    rated = assessment.rating, assessment.score
    if assessment.assessed_by_id is None and assessment.agency_id is None:
        assessment.assessed_by_id = session.info["person"]
    if assessment.version is None and (newest := scheme(assessment.scheme)) is not None:
        assessment.version = newest.version
    asked = scheme(assessment.scheme, assessment.version)
    if asked is None:  # of a newer version of the program, which rated it
        return
    _rate(asked, assessment, _answers(session, assessment) if answers is None else answers)
    if new and any(one is not None for one in rated) and rated != (assessment.rating, assessment.score):
        raise RatingFollows(field_of(Assessment.rating).name)


def sound_answer(session: Session, answer: Answer) -> None:
    """An answer that comes in by itself has to belong to its scheme; the rating follows it."""
    assessment = session.scalars(select(Assessment).where(Assessment.id == answer.assessment_id)).one()
    others = [each for each in _answers(session, assessment) if each.id != answer.id]
    if any(each.question == answer.question for each in others):
        raise AnsweredAlready(code=answer.question)
    if (asked := scheme(assessment.scheme, assessment.version)) is not None:
        _rate(asked, assessment, [*others, answer])


def rating_without(session: Session, id: UUID) -> None:
    """Work the rating out without an answer that goes."""
    answered = select(Assessment).join(Answer, Answer.assessment_id == Assessment.id)
    assessment = session.scalars(answered.where(Answer.id == id)).one_or_none()
    if assessment is None or (asked := scheme(assessment.scheme, assessment.version)) is None:
        return
    left = [each for each in _answers(session, assessment) if each.id != id]
    assessment.score = assessment.rating = None
    _rate(asked, assessment, left)


def _rate(asked: Scheme, assessment: Assessment, answers: list[Answer]) -> None:
    for each in answers:
        offered = [one.code for one in asked.answers_to(each.question)]
        if not offered:
            raise NoSuchQuestion(code=each.question)
        if each.answer is not None and each.answer not in offered:
            raise NoSuchAnswer(answer=each.answer, code=each.question, answers=offered)
    given = {each.question: each.answer for each in answers if each.answer is not None}
    if given:
        assessment.score, assessment.rating = asked.score(given), asked.rating(given)
    elif assessment.rating is None:
        if asked.rule == "given":
            raise NeedsValue(field_of(Assessment.rating).name)
    else:
        own = asked.own(assessment.rating)
        if own is None:
            raise OfAnotherScheme(field_of(Assessment.rating).name)
        if own.lowest is not None and assessment.agency_id is None:
            raise RatingFollows(field_of(Assessment.rating).name)
    if assessment.valid_until is None and assessment.rating is not None:
        own = asked.own(assessment.rating)
        if own is not None and own.months is not None:
            assessment.valid_until = months_later(assessment.assessed_on, own.months)


def _answers(session: Session, assessment: Assessment) -> list[Answer]:
    found = select(Answer).where(Answer.assessment_id == assessment.id, Answer.removed_at.is_(None))
    return list(session.scalars(found.order_by(Answer.row)))


RULES: Mapping[type[Any], tuple[Any, ...]] = {Assessment: (sound_assessment,), Answer: (sound_answer,)}
RULES_OF_REMOVING: Mapping[type[Any], Any] = {Answer: rating_without}

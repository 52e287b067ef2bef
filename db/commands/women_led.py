"""Assessing who leads an organisation, under one definition, and the review of it by somebody else.

The status is never typed: it follows from the answers to the criteria, each with its evidence. An assessment that was
reviewed does not change any more; whoever finds something else assesses anew, and the newest holds.
"""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import inspect, select
from sqlalchemy.orm import Session

from db.base import new_id, there
from db.calendar import months_later
from db.commands.checking import fill
from db.deeds import called, deed
from db.definitions import UNKNOWN, Definition, definition, newest
from db.errors import InvalidValue, NeedsValue, RecordError
from db.fields import field_of
from db.models.organisations import Organisation
from db.models.women_led import Criterion, LeadershipCount, WomenLedAssessment
from i18n import N_


class NoSuchDefinition(InvalidValue):
    message = N_("There is no definition {code} here. Choose one of the list.")


class NoSuchCriterion(RecordError):
    message = N_("The definition {definition} has no criterion {code}. Nothing was changed.")


class NeedsEvidence(RecordError):
    message = N_("The answer to the criterion {code} needs its evidence: write it in words or choose its document.")


class AnsweredTwice(RecordError):
    message = N_("The criterion {code} is answered already in this assessment. Put that answer right instead.")


class MoreWomenThanMembers(InvalidValue):
    message = N_("“{field}” cannot be more than the whole, and needs the whole beside it.")


class OfAnotherOrganisation(InvalidValue):
    message = N_("“{field}” belongs to another organisation. Choose one of this organisation.")


class OwnAssessment(RecordError):
    message = N_("You made this assessment yourself: ask somebody else in the office to review it.")


class AlreadyReviewed(RecordError):
    message = N_("This assessment was reviewed and does not change any more. Assess the organisation anew instead.")


class StaysOnceReviewed(RecordError):
    message = N_(
        "An assessment that was reviewed stays in the record: it is evidence. Assess the organisation anew: "
        "the newest holds."
    )


class NothingRejected(RecordError):
    message = N_("Choose the criteria that you reject. To reject none of them, confirm the assessment.")


class RejectedAndConfirmed(RecordError):
    message = N_("An assessment is confirmed as a whole. To reject a criterion, reject the assessment.")


Answers = Mapping[str, Mapping[str, Any]]
"""By the code of a criterion: `answer`, `evidence` in words, `document_id`."""


@deed(N_("Assess {name} by the definition {definition}"))
def assess(session: Session, organisation_id: UUID, values: Mapping[str, Any], answers: Answers) -> UUID:
    """Keep an assessment made by the acting person. What a count of the lead measures need not be answered again."""
    asked = _definition(values)
    organisation = session.scalars(select(Organisation).where(Organisation.id == organisation_id)).one()
    called(session, name=organisation.name, definition=asked.code)
    if strange := next((code for code in answers if code not in {one.code for one in asked.criteria}), None):
        raise NoSuchCriterion(definition=asked.code, code=strange)
    assessment = WomenLedAssessment(id=new_id(), organisation_id=organisation_id, about=asked.about)
    fill(assessment, {"said": "unknown", "assessed_on": date.today()} | _own(values))
    assessment.definition, assessment.definition_version = asked.code, asked.version
    assessment.assessed_by_id = session.info["person"]
    session.add(assessment)
    count = _count(session, assessment)
    for one in asked.criteria:
        measured = one.measured(count) if count else UNKNOWN
        answer = Criterion(id=new_id(), assessment_id=assessment.id, code=one.code)
        fill(answer, {"answer": measured} | dict(answers.get(one.code, {})))
        session.add(answer)
    session.flush()
    sound_assessment(session, assessment)
    return assessment.id


@deed(N_("Review the assessment of {name}"))
def review(
    session: Session, assessment_id: UUID, verdict: str, rejected: Collection[str] = (), note: str | None = None
) -> None:
    """Confirm an assessment, or reject some of its criteria: the status is then worked out without them."""
    assessment = there(session, WomenLedAssessment, assessment_id)
    person = session.info["person"]
    called(session, name=session.scalars(_name_of(assessment)).one())
    if assessment.review is not None:
        raise AlreadyReviewed
    if assessment.assessed_by_id == person:
        raise OwnAssessment
    criteria = {each.code: each for each in _criteria(session, assessment)}
    if verdict == "confirmed" and rejected:
        raise RejectedAndConfirmed
    if verdict == "rejected" and criteria and not rejected:
        raise NothingRejected
    if verdict == "rejected" and not note:
        raise NeedsValue(field_of(WomenLedAssessment.review_note).name)
    for code in rejected:
        if code not in criteria:
            raise NoSuchCriterion(definition=assessment.definition, code=code)
        criteria[code].review = "rejected"
    assessment.status = _status(assessment, list(criteria.values()))
    if verdict == "rejected":
        assessment.valid_until = None  # it counts as unknown, from that day on and until somebody assesses anew
    fill(assessment, {"review": verdict, "review_note": note, "reviewed_by_id": person, "reviewed_on": date.today()})


def sound_assessment(session: Session, assessment: WomenLedAssessment) -> None:
    """What holds of every assessment, whichever door it came in by."""
    asked = definition(assessment.definition, assessment.definition_version)
    if asked is not None:
        assessment.about = asked.about
        if assessment.valid_until is None and assessment.review != "rejected":
            assessment.valid_until = months_later(assessment.assessed_on, asked.months)
    elif not inspect(assessment).persistent:
        raise NoSuchDefinition(field_of(WomenLedAssessment.definition).name, code=assessment.definition)
    if assessment.assessed_by_id is None:
        assessment.assessed_by_id = session.info["person"]
    _count(session, assessment)
    criteria = _criteria(session, assessment)
    for one in criteria:
        _check(session, assessment, one)
    assessment.status = _status(assessment, criteria)


def sound_criterion(session: Session, criterion: Criterion) -> None:
    """An answer that comes in by itself has to belong to its definition; the status follows it."""
    assessment = session.scalars(
        select(WomenLedAssessment).where(WomenLedAssessment.id == criterion.assessment_id)
    ).one()
    others = [each for each in _criteria(session, assessment) if each.id != criterion.id]
    if any(each.code == criterion.code for each in others):
        raise AnsweredTwice(code=criterion.code)
    _check(session, assessment, criterion)
    assessment.status = _status(assessment, [*others, criterion])


def not_reviewed(session: Session, thing: WomenLedAssessment | Criterion) -> None:
    """What was reviewed does not change any more, and gets no further answer."""
    if not session.is_modified(thing):  # asked before the query, which writes what is pending
        return
    if isinstance(thing, Criterion):
        reviewed = select(WomenLedAssessment.review).where(WomenLedAssessment.id == thing.assessment_id)
        review = session.scalar(reviewed)
    else:
        # One that is new comes as it was reviewed in another office; nobody types a review.
        review = thing.review if inspect(thing).persistent else None
    if review is not None:
        raise AlreadyReviewed


def stays_once_reviewed(session: Session, id: UUID) -> None:
    """Refuse to remove what was reviewed."""
    reviewed = select(WomenLedAssessment.id).where(WomenLedAssessment.id == id, WomenLedAssessment.review.is_not(None))
    if session.scalar(reviewed) is not None:
        raise StaysOnceReviewed


def status_without(session: Session, id: UUID) -> None:
    """Work the status out without an answer that goes; one that was reviewed stays."""
    answered = select(WomenLedAssessment).join(Criterion, Criterion.assessment_id == WomenLedAssessment.id)
    assessment = session.scalars(answered.where(Criterion.id == id)).one_or_none()
    if assessment is None:
        return
    if assessment.review is not None:
        raise AlreadyReviewed
    left = [each for each in _criteria(session, assessment) if each.id != id]
    assessment.status = _status(assessment, left) if left else UNKNOWN


def sound_count(_session: Session, count: LeadershipCount) -> None:
    """Women are a part of those counted, and a count without its whole is none."""
    for body in ("board", "senior"):
        women, total = getattr(count, f"{body}_women"), getattr(count, f"{body}_total")
        if women is not None and (total is None or women > total):
            raise MoreWomenThanMembers(field_of(getattr(LeadershipCount, f"{body}_women")).name)


def _own(values: Mapping[str, Any]) -> dict[str, Any]:
    """What a person may say of an assessment; the rest follows, or is said by a deed of its own."""
    follow = {"status", "about", "definition", "definition_version", "assessed_by_id", "organisation_id"}
    return {key: value for key, value in values.items() if key not in follow}


def _definition(values: Mapping[str, Any]) -> Definition:
    code, version = values.get("definition"), values.get("definition_version")
    found = definition(code, version) if code and version else newest(code) if code else None
    if found is None:
        raise NoSuchDefinition(field_of(WomenLedAssessment.definition).name, code=str(code or ""))
    return found


def _count(session: Session, assessment: WomenLedAssessment) -> LeadershipCount | None:
    if assessment.leadership_id is None:
        return None
    count = session.scalars(select(LeadershipCount).where(LeadershipCount.id == assessment.leadership_id)).one()
    if count.organisation_id != assessment.organisation_id:
        raise OfAnotherOrganisation(field_of(WomenLedAssessment.leadership_id).name)
    return count


def _criteria(session: Session, assessment: WomenLedAssessment) -> list[Criterion]:
    found = select(Criterion).where(Criterion.assessment_id == assessment.id, Criterion.removed_at.is_(None))
    return list(session.scalars(found.order_by(Criterion.row)))


def _check(session: Session, assessment: WomenLedAssessment, answered: Criterion) -> None:
    """An answer belongs to the definition, and says what it rests on unless a count measures the same."""
    asked = definition(assessment.definition, assessment.definition_version)
    one = asked and next((each for each in asked.criteria if each.code == answered.code), None)
    if asked and one is None:
        raise NoSuchCriterion(definition=asked.code, code=answered.code)
    if answered.answer == UNKNOWN or answered.evidence or answered.document_id:
        return
    count = _count(session, assessment)
    if not (one and count and one.measured(count) == answered.answer):
        raise NeedsEvidence(code=answered.code)


def _status(assessment: WomenLedAssessment, criteria: list[Criterion]) -> str:
    asked = definition(assessment.definition, assessment.definition_version)
    # Without criteria it was assessed before they were asked for; without a definition, by a newer version of Jalon.
    if asked is None or not criteria:
        return assessment.status or UNKNOWN
    return asked.status({each.code: each.answer for each in criteria if each.review != "rejected"})


def _name_of(assessment: WomenLedAssessment) -> Any:
    return select(Organisation.name).where(Organisation.id == assessment.organisation_id)


BY_DEED: Mapping[type[Any], tuple[str, ...]] = {
    WomenLedAssessment: ("status", "assessed_by_id", "review", "reviewed_by_id", "reviewed_on", "review_note"),
    Criterion: ("review",),
}
RULES: Mapping[type[Any], tuple[Any, ...]] = {
    WomenLedAssessment: (sound_assessment,),
    Criterion: (sound_criterion,),
    LeadershipCount: (sound_count,),
}
RULES_OF_CHANGING: Mapping[type[Any], tuple[Any, ...]] = {
    WomenLedAssessment: (not_reviewed,),
    Criterion: (not_reviewed,),
}
RULES_OF_REMOVING: Mapping[type[Any], Any] = {WomenLedAssessment: stays_once_reviewed, Criterion: status_without}

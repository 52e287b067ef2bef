"""What holds of an organisation: whether women, refugees, young people or persons with disabilities lead it.

Said once, for lists, reports and exports alike: the newest assessment that is not removed holds. One that was rejected
in review holds as unknown, until somebody assesses anew. One that is no longer valid still holds, and is to be renewed.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, case, func, select
from sqlalchemy.orm import Session, aliased

from db.errors import NotThere
from db.models.documents import Document
from db.models.organisations import Organisation
from db.models.people import Person
from db.models.women_led import ABOUT, Criterion, LeadershipCount, WomenLedAssessment

_counts_as = case((WomenLedAssessment.review == "rejected", "unknown"), else_=WomenLedAssessment.status)


def held(shown: Any, about: str = "women_led", on: Any = None) -> ColumnElement[Any]:
    """A column of the assessment that holds of the organisation in the query around; by a day, or each by its own."""
    conditions = [
        WomenLedAssessment.organisation_id == Organisation.id,
        WomenLedAssessment.about == about,
        WomenLedAssessment.removed_at.is_(None),
    ]
    if on is not None:
        conditions.append(WomenLedAssessment.assessed_on <= on)
    newest = (WomenLedAssessment.assessed_on.desc(), WomenLedAssessment.row.desc())
    query = select(shown).where(*conditions).order_by(*newest).limit(1)
    return query.correlate_except(WomenLedAssessment).scalar_subquery()


def status_held(about: str = "women_led", on: Any = None) -> ColumnElement[str]:
    """The status that holds of the organisation in the query around; unknown where nobody assessed it."""
    return func.coalesce(held(_counts_as, about, on), "unknown")


def status_on(session: Session, organisation_id: UUID, day: date, about: str = "women_led") -> str:
    """The status that held on a day. A rejection counts for the time before it too: the evidence never held."""
    query = select(status_held(about, day)).select_from(Organisation).where(Organisation.id == organisation_id)
    return session.scalars(query).one()


@dataclass(frozen=True)
class AnsweredCriterion:
    """The answer to one criterion; one that was rejected counts as unknown."""

    code: str
    answer: str
    evidence: str | None
    document_id: UUID | None
    document: str | None
    rejected: bool


@dataclass(frozen=True)
class Assessed:
    """One assessment; `holds` says whether it is the one that holds for its question."""

    id: UUID
    about: str
    said: str
    definition: str
    definition_version: str
    status: str
    assessed_on: date
    assessed_by_id: UUID | None
    assessed_by: str | None
    evidence: str | None
    valid_until: date | None
    review: str | None
    reviewed_by: str | None
    reviewed_on: date | None
    review_note: str | None
    criteria: tuple[AnsweredCriterion, ...]
    holds: bool

    @property
    def counts_as(self) -> str:
        """The status it stands for."""
        return "unknown" if self.review == "rejected" else self.status

    def to_renew(self, day: date) -> bool:
        """Whether it holds although it is no longer valid on that day."""
        return self.holds and self.valid_until is not None and self.valid_until < day


def assessments_of(session: Session, organisation_id: UUID) -> tuple[Assessed, ...]:
    """Every assessment of an organisation, newest first."""
    reviewer = aliased(Person)
    found = session.execute(
        select(WomenLedAssessment, Person.name, reviewer.name)
        .outerjoin(Person, Person.id == WomenLedAssessment.assessed_by_id)
        .outerjoin(reviewer, reviewer.id == WomenLedAssessment.reviewed_by_id)
        .where(WomenLedAssessment.organisation_id == organisation_id, WomenLedAssessment.removed_at.is_(None))
        .order_by(WomenLedAssessment.assessed_on.desc(), WomenLedAssessment.row.desc())
    ).all()
    criteria = _criteria(session, [each.id for each, _assessor, _reviewer in found])
    first = {about: next((one.id for one, *_names in found if one.about == about), None) for about, _title in ABOUT}
    return tuple(
        Assessed(
            id=each.id,
            about=each.about,
            said=each.said,
            definition=each.definition,
            definition_version=each.definition_version,
            status=each.status,
            assessed_on=each.assessed_on,
            assessed_by_id=each.assessed_by_id,
            assessed_by=by,
            evidence=each.evidence,
            valid_until=None if each.review == "rejected" else each.valid_until,
            review=each.review,
            reviewed_by=reviewed_by,
            reviewed_on=each.reviewed_on,
            review_note=each.review_note,
            criteria=criteria[each.id],
            holds=first.get(each.about) == each.id,
        )
        for each, by, reviewed_by in found
    )


def assessment(session: Session, id: UUID) -> Assessed:
    """One assessment."""
    owner = select(WomenLedAssessment.organisation_id).where(WomenLedAssessment.id == id)
    found = next((each for each in assessments_of(session, session.scalars(owner).one()) if each.id == id), None)
    if found is None:
        raise NotThere
    return found


@dataclass(frozen=True)
class Counted:
    """Women and total in an organisation's lead on one day, as criteria are measured by it."""

    id: UUID
    counted_on: date
    woman_head: bool | None
    woman_chair: bool | None
    board_women: int | None
    board_total: int | None
    senior_women: int | None
    senior_total: int | None


def newest_count(session: Session, organisation_id: UUID) -> Counted | None:
    """The newest count of an organisation's lead."""
    count = session.scalars(
        select(LeadershipCount)
        .where(LeadershipCount.organisation_id == organisation_id, LeadershipCount.removed_at.is_(None))
        .order_by(LeadershipCount.counted_on.desc(), LeadershipCount.row.desc())
        .limit(1)
    ).one_or_none()
    if count is None:
        return None
    return Counted(
        count.id,
        count.counted_on,
        count.woman_head,
        count.woman_chair,
        count.board_women,
        count.board_total,
        count.senior_women,
        count.senior_total,
    )


def _criteria(session: Session, assessments: list[UUID]) -> Mapping[UUID, tuple[AnsweredCriterion, ...]]:
    found = defaultdict[UUID, tuple[AnsweredCriterion, ...]](tuple)
    rows = session.execute(
        select(Criterion, Document.title)
        .outerjoin(Document, Document.id == Criterion.document_id)
        .where(Criterion.assessment_id.in_(assessments), Criterion.removed_at.is_(None))
        .order_by(Criterion.row)
    )
    for each, document in rows:
        found[each.assessment_id] += (
            AnsweredCriterion(
                each.code, each.answer, each.evidence, each.document_id, document, each.review == "rejected"
            ),
        )
    return found

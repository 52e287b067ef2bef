"""What was found about an organisation: ratings with their history, and weak answers with what is planned for them."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from db.models.assessments import Answer, Assessment, CapacityAction
from db.models.documents import Document
from db.models.organisations import Contact, Organisation
from db.models.people import Person
from db.schemes import scheme


@dataclass(frozen=True)
class Planned:
    """What will be done about a weak answer: by whom, on which side, until when."""

    id: UUID
    title: str
    side: str
    owner: str | None
    due_on: date | None
    status: str


@dataclass(frozen=True)
class Answered:
    """The answer to one question, with what it rests on; weak ones ask for something to be done."""

    question: str
    answer: str | None
    evidence: str | None
    document_id: UUID | None
    document: str | None
    weak: bool
    planned: tuple[Planned, ...]


@dataclass(frozen=True)
class Rated:
    """One assessment by a scheme, whoever made it."""

    id: UUID
    scheme: str
    version: str | None
    assessed_on: date
    assessed_by: str | None
    agency: str | None
    score: int | None
    rating: str | None
    valid_until: date | None
    reference: str | None
    answers: tuple[Answered, ...]

    def expired(self, day: date) -> bool:
        """Whether it was no longer valid on that day."""
        return self.valid_until is not None and self.valid_until < day


def rating_history(session: Session, organisation_id: UUID, scheme: str | None = None) -> tuple[Rated, ...]:
    """Every assessment of an organisation by a scheme, or by any, newest first."""
    agency = aliased(Organisation)
    query = (
        select(Assessment, Person.name, agency.name)
        .outerjoin(Person, Person.id == Assessment.assessed_by_id)
        .outerjoin(agency, agency.id == Assessment.agency_id)
        .where(Assessment.organisation_id == organisation_id, Assessment.removed_at.is_(None))
        .order_by(Assessment.assessed_on.desc(), Assessment.row.desc())
    )
    if scheme is not None:
        query = query.where(Assessment.scheme == scheme)
    return tuple(
        Rated(
            id=each.id,
            scheme=each.scheme,
            version=each.version,
            assessed_on=each.assessed_on,
            assessed_by=by,
            agency=of,
            score=each.score,
            rating=each.rating,
            valid_until=each.valid_until,
            reference=each.reference,
            answers=tuple(_answers(session, each)),
        )
        for each, by, of in session.execute(query).all()
    )


def _answers(session: Session, assessment: Assessment) -> Iterator[Answered]:
    asked = scheme(assessment.scheme, assessment.version)
    order = [each.code for each in asked.questions] if asked else []
    plans = (
        select(CapacityAction, func.coalesce(Person.name, Contact.name))
        .outerjoin(Person, Person.id == CapacityAction.person_id)
        .outerjoin(Contact, Contact.id == CapacityAction.contact_id)
        .where(
            CapacityAction.assessment_id == assessment.id,
            CapacityAction.removed_at.is_(None),
            CapacityAction.status != "dropped",
        )
        .order_by(CapacityAction.due_on, CapacityAction.row)
    )
    planned: dict[str | None, list[Planned]] = defaultdict(list)
    for plan, owner in session.execute(plans):
        planned[plan.question].append(Planned(plan.id, plan.title, plan.side, owner, plan.due_on, plan.status))
    rows = session.execute(
        select(Answer, Document.title)
        .outerjoin(Document, Document.id == Answer.document_id)
        .where(Answer.assessment_id == assessment.id, Answer.removed_at.is_(None))
        .order_by(Answer.row)
    ).all()
    for each, document in sorted(rows, key=lambda row: order.index(row[0].question) if row[0].question in order else 0):
        weak = bool(asked and each.answer and asked.is_weak(each.question, each.answer))
        on = each.evidence, each.document_id, document
        yield Answered(each.question, each.answer, *on, weak, tuple(planned[each.question]))

"""What is open between the office and an organisation, and what engagements and other work count for in a plan."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from db.base import Entity
from db.models import (
    Activity,
    ActivityTag,
    AdvocacyAction,
    Agreement,
    Analysis,
    Commitment,
    Engagement,
    Escalation,
    FrameworkItem,
    Organisation,
    Question,
    Tag,
    Training,
)


@dataclass(frozen=True)
class Matter:
    """A commitment not yet kept, or a question not yet answered; `kind` is a key of KINDS."""

    kind: str
    id: UUID
    title: str
    organisation: str | None
    due_on: date | None
    since: date | None
    engagement_id: UUID | None
    engagement: str | None

    def overdue(self, today: date) -> bool:
        """Whether its day has passed."""
        return self.due_on is not None and self.due_on < today


@dataclass(frozen=True)
class NextStep:
    """What was agreed to come next, in the newest engagement that said so."""

    engagement_id: UUID
    on: date
    text: str


@dataclass(frozen=True)
class OpenMatters:
    """What is open with one organisation, what is due first at the top: for its page and the next briefing."""

    ours: tuple[Matter, ...]
    theirs: tuple[Matter, ...]
    questions: tuple[Matter, ...]
    next_step: NextStep | None

    @property
    def any(self) -> bool:
        """Whether there is anything to bring up."""
        return bool(self.ours or self.theirs or self.questions or self.next_step)


def open_matters(session: Session, organisation_id: UUID) -> OpenMatters:
    """What we and an organisation owe each other, and what it asked."""
    commitments = _matters(session, organisation_id, Commitment)
    step = session.execute(
        select(Engagement.id, Engagement.on, Engagement.next_step)
        .where(
            Engagement.organisation_id == organisation_id,
            Engagement.next_step.is_not(None),
            Engagement.next_step != "",
            Engagement.removed_at.is_(None),
        )
        .order_by(Engagement.on.desc(), Engagement.row.desc())
        .limit(1)
    ).one_or_none()
    return OpenMatters(
        ours=tuple(matter for side, matter in commitments if side == "us"),
        theirs=tuple(matter for side, matter in commitments if side == "partner"),
        questions=tuple(matter for _side, matter in _matters(session, organisation_id, Question)),
        next_step=NextStep(step.id, step.on, step.next_step or "") if step else None,
    )


def undated(session: Session) -> tuple[Matter, ...]:
    """What is open with anybody and has no day of its own, the oldest first."""
    found = [
        matter
        for kind in (Commitment, Question)
        for _side, matter in _read(session, _open(kind).where(kind.due_on.is_(None)))
    ]
    return tuple(sorted(found, key=lambda matter: matter.since or date.min))


@dataclass(frozen=True)
class Participants:
    """People trained, and in how many trainings they were counted; those of the others are not known, never zero."""

    people: int | None
    trainings: int


@dataclass(frozen=True)
class Counted:
    """What is tied to a line of a plan or to a line under it, each thing once."""

    activities: int
    engagements: int
    trainings: int
    advocacy_actions: int
    escalations: int
    analyses: int
    agreements: int
    women: Participants
    men: Participants
    not_said: Participants


def counted_for(session: Session, item_id: UUID) -> Counted:
    """What was done for a line of a framework."""
    lines = _with_lines_under(item_id)
    trained = select(Tag.training_id).where(Tag.item_id.in_(lines), Tag.removed_at.is_(None))
    sums = session.execute(
        select(
            func.sum(Training.women),
            func.count(Training.women),
            func.sum(Training.men),
            func.count(Training.men),
            func.sum(Training.not_said),
            func.count(Training.not_said),
        ).where(Training.id.in_(trained), Training.removed_at.is_(None))
    ).one()
    counts: dict[str, int] = {
        name: session.scalar(
            select(func.count()).where(
                entity.removed_at.is_(None),
                entity.id.in_(select(key).where(Tag.item_id.in_(lines), Tag.removed_at.is_(None))),
            )
        )
        or 0
        for name, (entity, key) in _TIED.items()
    }
    served = select(ActivityTag.activity_id).where(ActivityTag.item_id.in_(lines), ActivityTag.removed_at.is_(None))
    activities = select(func.count()).where(Activity.id.in_(served), Activity.removed_at.is_(None))
    women, women_in, men, men_in, not_said, not_said_in = sums
    return Counted(
        activities=session.scalar(activities) or 0,
        **counts,
        women=Participants(women, women_in),
        men=Participants(men, men_in),
        not_said=Participants(not_said, not_said_in),
    )


_TIED: Mapping[str, tuple[type[Entity], InstrumentedAttribute[UUID | None]]] = {
    "engagements": (Engagement, Tag.engagement_id),
    "trainings": (Training, Tag.training_id),
    "advocacy_actions": (AdvocacyAction, Tag.advocacy_action_id),
    "escalations": (Escalation, Tag.escalation_id),
    "analyses": (Analysis, Tag.analysis_id),
    "agreements": (Agreement, Tag.agreement_id),
}


def _with_lines_under(item_id: UUID) -> Select[UUID]:
    found = select(FrameworkItem.id).where(FrameworkItem.id == item_id).cte(recursive=True)
    # A union without doubles: lines that stand under one another in a ring, from a file somebody mistyped, end.
    found = found.union(
        select(FrameworkItem.id).where(FrameworkItem.parent_id == found.c.id, FrameworkItem.removed_at.is_(None))
    )
    return select(found.c.id)


def _matters(
    session: Session, organisation_id: UUID, kind: type[Commitment] | type[Question]
) -> list[tuple[str | None, Matter]]:
    concerns = or_(
        kind.organisation_id == organisation_id,
        and_(kind.organisation_id.is_(None), Engagement.organisation_id == organisation_id),
    )
    return _read(session, _open(kind).where(concerns).order_by(kind.due_on.nulls_last(), kind.row))


def _open(kind: type[Commitment] | type[Question]) -> Select[Any]:
    is_commitment = kind is Commitment
    return (
        select(
            Commitment.side if is_commitment else func.nullif("", ""),
            kind.id,
            kind.title,
            Organisation.name,
            kind.due_on,
            Engagement.on if is_commitment else Question.asked_on,
            Engagement.id,
            Engagement.title,
        )
        .select_from(kind)
        .outerjoin(Engagement, and_(Engagement.id == kind.engagement_id, Engagement.removed_at.is_(None)))
        .outerjoin(Organisation, Organisation.id == func.coalesce(kind.organisation_id, Engagement.organisation_id))
        .where(kind.removed_at.is_(None), (Commitment.done_on if is_commitment else Question.answered_on).is_(None))
    )


def _read(session: Session, query: Select[Any]) -> list[tuple[str | None, Matter]]:
    return [(side, Matter("commitments" if side else "questions", *values)) for side, *values in session.execute(query)]

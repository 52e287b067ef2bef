"""The work list: whatever is due, expires, is late or unanswered, by how soon; and the same between two days.

Each kind of work is one row of data: where it stands, whose it is, which day counts, and why it is in the list.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, SQLColumnExpression, and_, case, exists, func, literal, or_, select
from sqlalchemy.orm import Session, aliased

from db.models import (
    Agreement,
    Assessment,
    CapacityAction,
    Commitment,
    Contribution,
    Engagement,
    GoverningDocument,
    Organisation,
    Question,
    ReportingDuty,
    Risk,
    Tranche,
    WomenLedAssessment,
)
from db.models.assessments import SCHEMES
from db.models.duties import SETTLED
from db.queries.due import Due
from db.queries.duties import is_received
from db.queries.engagements import Matter, undated
from db.queries.loss import sheet_due
from db.queries.overallocated import to_look_at
from db.queries.retention import count_expired
from db.queries.tranches import LATE, RUNNING
from i18n import N_

AHEAD = (30, 60, 90)
"""Days before something is due on which it is brought to mind."""


@dataclass(frozen=True)
class WorkList:
    """What there is to do: by how soon, the nearest first, and what was promised or asked without a day.

    What was kept for as long as it may be is counted only: it is looked at together, once a month.
    """

    overdue: tuple[Due, ...]
    within_30: tuple[Due, ...]
    within_60: tuple[Due, ...]
    within_90: tuple[Due, ...]
    undated: tuple[Matter, ...]
    expired: int = 0

    @property
    def any(self) -> bool:
        """Whether there is anything to do."""
        return bool(self.overdue or self.within_30 or self.within_60 or self.within_90 or self.undated or self.expired)


def worklist(session: Session, today: date) -> WorkList:
    """What is overdue, and what is due within 30, 60 and 90 days."""
    until = today + timedelta(days=AHEAD[-1])
    found = sorted((*due_until(session, today, until), *sheet_due(session, today)), key=lambda due: due.due_on)
    soon = [today + timedelta(days=days) for days in AHEAD]

    def between(after: date, until: date) -> tuple[Due, ...]:
        return tuple(due for due in found if after < due.due_on <= until)

    yesterday = today - timedelta(days=1)
    return WorkList(
        overdue=tuple(due for due in found if due.due_on < today),
        within_30=between(yesterday, soon[0]),
        within_60=between(soon[0], soon[1]),
        within_90=between(soon[1], soon[2]),
        undated=undated(session),
        expired=count_expired(session, today),
    )


def due_until(session: Session, today: date, until: date) -> tuple[Due, ...]:
    """Whatever is due up to a day, what is overdue today included; the earliest first."""
    found = [
        Due(work.kind, id, title or "", organisation, on, reason, whose)
        for work in _works(today)
        for id, title, organisation, whose, on, reason in session.execute(work.asks(until))
    ]
    found += to_look_at(session, until)
    return tuple(sorted(found, key=lambda due: (due.due_on, due.kind, due.title, due.id)))


@dataclass(frozen=True)
class _Work:
    """One kind of work: whose it is, which day counts, and its reason, a msgid or a choice between several."""

    kind: str
    entity: Any
    on: SQLColumnExpression[Any]
    title: Any
    reason: Any
    where: ColumnElement[bool]
    organisation: Any
    joins: tuple[tuple[Any, ColumnElement[bool]], ...] = ()

    def asks(self, until: date) -> Select[Any]:
        whose = Organisation.name, Organisation.id
        query = select(self.entity.id, self.title, *whose, self.on, _column(self.reason)).select_from(self.entity)
        for target, on in self.joins:
            query = query.outerjoin(target, on)
        return query.outerjoin(Organisation, Organisation.id == self.organisation).where(
            self.entity.removed_at.is_(None), self.on <= until, self.where
        )


def _works(today: date) -> Iterator[_Work]:
    yield _Work(
        "duties",
        ReportingDuty,
        ReportingDuty.due_on,
        func.coalesce(ReportingDuty.title, Agreement.title, Contribution.title),
        case(
            (ReportingDuty.status == "sent_back", N_("Report sent back, to be sent again")),
            (ReportingDuty.direction == "out", N_("Report to the donor")),
            (and_(ReportingDuty.due_on < today, ~is_received()), N_("The partner's report is missing")),
            else_=N_("Report from the partner"),
        ),
        ReportingDuty.status.not_in(SETTLED),
        func.coalesce(ReportingDuty.organisation_id, Agreement.partner_id, Contribution.donor_id),
        (
            (Agreement, Agreement.id == ReportingDuty.agreement_id),
            (Contribution, Contribution.id == ReportingDuty.contribution_id),
        ),
    )
    yield _Work(
        "tranches",
        Tranche,
        Tranche.planned_on,
        Agreement.title,
        case((Tranche.planned_on < today, LATE), else_=N_("A tranche is planned")),
        and_(Tranche.paid_on.is_(None), Agreement.status.in_(RUNNING)),
        Agreement.partner_id,
        ((Agreement, Agreement.id == Tranche.agreement_id),),
    )
    for kind, entity, done, reason in (
        (
            "commitments",
            Commitment,
            Commitment.done_on,
            case((Commitment.side == "us", N_("We promised it")), else_=N_("Promised to us")),
        ),
        ("questions", Question, Question.answered_on, N_("Question not answered")),
    ):
        yield _Work(
            kind,
            entity,
            entity.due_on,
            entity.title,
            reason,
            done.is_(None),
            func.coalesce(entity.organisation_id, Engagement.organisation_id),
            ((Engagement, Engagement.id == entity.engagement_id),),
        )
    yield _Work(
        "agreements",
        Agreement,
        Agreement.ends_on,
        Agreement.title,
        case((Agreement.ends_on < today, N_("Agreement past its end")), else_=N_("Agreement ends")),
        Agreement.status.in_(("signed", "active", "suspended")),
        Agreement.partner_id,
    )
    yield _Work(
        "contributions",
        Contribution,
        Contribution.ends_on,
        func.coalesce(Contribution.title, Contribution.reference),
        case((Contribution.ends_on < today, N_("Contribution past its end")), else_=N_("Contribution ends")),
        Contribution.stage.in_(("committed", "received")),
        Contribution.donor_id,
    )
    yield from _expiring(today)
    yield _Work(
        "capacity-actions",
        CapacityAction,
        CapacityAction.due_on,
        CapacityAction.title,
        case(
            (CapacityAction.side == "us", N_("Capacity plan: our part")), else_=N_("Capacity plan: the partner's part")
        ),
        CapacityAction.status.in_(("open", "ongoing")),
        CapacityAction.organisation_id,
    )
    yield _Work(
        "risks",
        Risk,
        Risk.due_on,
        Risk.title,
        case((Risk.nature == "issue", N_("Issue to settle")), else_=N_("Risk to look at")),
        Risk.status != "closed",
        func.coalesce(Agreement.partner_id, Contribution.donor_id),
        ((Agreement, Agreement.id == Risk.agreement_id), (Contribution, Contribution.id == Risk.contribution_id)),
    )


def _column(reason: Any) -> Any:
    return literal(reason) if isinstance(reason, str) else reason


def _expiring(today: date) -> Iterator[_Work]:
    """Papers and assessments that run out, unless a newer one of the same sort has taken their place."""
    rejected = WomenLedAssessment.review == "rejected"
    papers: tuple[tuple[str, Any, Any, Any, Any, Any, Any], ...] = (
        (
            "governing-documents",
            GoverningDocument,
            GoverningDocument.expires_on,
            GoverningDocument.kind,
            GoverningDocument.expires_on,
            GoverningDocument.title,
            case((GoverningDocument.expires_on < today, N_("Document expired")), else_=N_("Document expires")),
        ),
        (
            "assessments",
            Assessment,
            Assessment.valid_until,
            Assessment.scheme,
            Assessment.assessed_on,
            Organisation.name,
            case(dict(SCHEMES), value=Assessment.scheme, else_=N_("Assessment")),
        ),
        (
            "women-led-assessments",
            WomenLedAssessment,
            # One that was rejected counts as unknown from that day on.
            case((rejected, WomenLedAssessment.reviewed_on), else_=WomenLedAssessment.valid_until),
            WomenLedAssessment.about,
            WomenLedAssessment.assessed_on,
            Organisation.name,
            case((rejected, N_("Assessment rejected in review, to assess anew")), else_=N_("Status to assess again")),
        ),
    )
    for kind, entity, on, same, since, title, reason in papers:
        newer: Any = aliased(entity)
        replaced = exists().where(
            newer.organisation_id == entity.organisation_id,
            getattr(newer, same.key) == same,
            or_(getattr(newer, since.key) > since, and_(getattr(newer, since.key) == since, newer.row > entity.row)),
            newer.removed_at.is_(None),
        )
        yield _Work(kind, entity, on, title, reason, ~replaced, entity.organisation_id)

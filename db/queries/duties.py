"""Reporting duties: where each stands, and what is missing from partners before a donor's report can be written.

A partner's report goes into a donor's where its agreement is paid from that contribution and the periods share a day,
unless it was tied to another report under the same contribution.
"""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from db.base import there
from db.models import Agreement, Allocation, BudgetLine, Organisation, ReceivedReport, ReportingDuty
from db.models.duties import SETTLED


def standing(status: str, due_on: date, today: date) -> str:
    """The status as people see it: what is not settled is due until its day, and overdue after it."""
    if status in SETTLED:
        return status
    return "overdue" if due_on < today else "due"


def is_received() -> ColumnElement[bool]:
    """Whether a partner's report came in: it was submitted, or typed in as received."""
    typed_in = exists().where(ReceivedReport.duty_id == ReportingDuty.id, ReceivedReport.removed_at.is_(None))
    return or_(ReportingDuty.submitted_on.is_not(None), typed_in)


def agreements_paid_from(contribution_id: UUID) -> Select[UUID]:
    """The agreements that money of a contribution was allocated to or budgeted under."""
    allocated = select(Allocation.agreement_id).where(
        Allocation.contribution_id == contribution_id,
        Allocation.agreement_id.is_not(None),
        Allocation.removed_at.is_(None),
    )
    budgeted = select(BudgetLine.agreement_id).where(
        BudgetLine.contribution_id == contribution_id, BudgetLine.removed_at.is_(None)
    )
    return select(Agreement.id).where(
        or_(Agreement.id.in_(allocated), Agreement.id.in_(budgeted)), Agreement.removed_at.is_(None)
    )


def feeding(session: Session, donor_duty_id: UUID) -> Select[UUID, UUID | None]:
    """The partners' duties that go into a donor's report, tied to it or by period and money."""
    donors = there(session, ReportingDuty, donor_duty_id)
    query = select(ReportingDuty.id, ReportingDuty.feeds_id).where(
        ReportingDuty.direction == "in", ReportingDuty.removed_at.is_(None)
    )
    tied = ReportingDuty.feeds_id == donor_duty_id
    if donors.contribution_id is None or donors.starts_on is None or donors.ends_on is None:
        return query.where(tied)
    other = aliased(ReportingDuty)
    elsewhere = select(other.id).where(
        other.contribution_id == donors.contribution_id, other.id != donor_duty_id, other.removed_at.is_(None)
    )
    fits = and_(
        ReportingDuty.agreement_id.in_(agreements_paid_from(donors.contribution_id)),
        ReportingDuty.starts_on <= donors.ends_on,
        ReportingDuty.ends_on >= donors.starts_on,
        or_(ReportingDuty.feeds_id.is_(None), ReportingDuty.feeds_id.not_in(elsewhere)),
    )
    return query.where(or_(tied, fits))


@dataclass(frozen=True)
class Gap:
    """What a donor's report still waits for; without a duty, nobody asked this partner for anything in its period."""

    duty_id: UUID | None
    agreement_id: UUID | None
    agreement: str | None
    partner: str | None
    starts_on: date | None
    ends_on: date | None
    due_on: date | None
    status: str | None
    received: bool


def gaps(session: Session, donor_duty_id: UUID) -> tuple[Gap, ...]:
    """Partners' duties of the period that did not come or were not accepted, and agreements that owe none."""
    ids = [row.id for row in session.execute(feeding(session, donor_duty_id))]
    open_ = session.execute(
        select(ReportingDuty, Agreement.title, Organisation.name, is_received().label("received"))
        .outerjoin(Agreement, Agreement.id == ReportingDuty.agreement_id)
        .outerjoin(Organisation, Organisation.id == func.coalesce(ReportingDuty.organisation_id, Agreement.partner_id))
        .where(ReportingDuty.id.in_(ids), ReportingDuty.status.not_in(("accepted", "waived")))
        .order_by(ReportingDuty.due_on, ReportingDuty.row)
    )
    waiting = tuple(
        Gap(
            duty.id,
            duty.agreement_id,
            title,
            partner,
            duty.starts_on,
            duty.ends_on,
            duty.due_on,
            duty.status,
            received and duty.status != "sent_back",
        )
        for duty, title, partner, received in open_
    )
    return waiting + _unasked(session, donor_duty_id, ids)


def _unasked(session: Session, donor_duty_id: UUID, fed_by: list[UUID]) -> tuple[Gap, ...]:
    """Agreements paid from the contribution in the period of the report that owe nothing for it."""
    donors = there(session, ReportingDuty, donor_duty_id)
    if donors.contribution_id is None or donors.starts_on is None or donors.ends_on is None:
        return ()
    asked = select(ReportingDuty.agreement_id).where(
        ReportingDuty.id.in_(fed_by), ReportingDuty.agreement_id.is_not(None)
    )
    unasked = session.execute(
        select(Agreement.id, Agreement.title, Organisation.name)
        .join(Organisation, Organisation.id == Agreement.partner_id)
        .where(
            Agreement.id.in_(agreements_paid_from(donors.contribution_id)),
            Agreement.id.not_in(asked),
            Agreement.status.not_in(("draft", "review", "cancelled")),
            or_(Agreement.starts_on.is_(None), Agreement.starts_on <= donors.ends_on),
            or_(Agreement.ends_on.is_(None), Agreement.ends_on >= donors.starts_on),
        )
        .order_by(Agreement.sort_key, Agreement.row)
    )
    return tuple(
        Gap(None, id, title, partner, donors.starts_on, donors.ends_on, None, None, False)
        for id, title, partner in unasked
    )

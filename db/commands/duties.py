"""Following a reporting duty: begun, checked, sent, sent back, accepted, waived, by the legal steps only.

The same steps serve both directions: a partner's report is submitted to us, ours to the donor. What a partner owes is
tied to the donor's report that it feeds.
"""

from collections.abc import Collection, Mapping
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.base import Entity, there
from db.commands.checking import fill
from db.deeds import called, deed
from db.errors import InvalidValue, NeedsValue, RecordError
from db.fields import field_of
from db.models import Agreement, Contribution, Organisation, ReceivedReport, ReportingDuty
from db.models.duties import TRANSITIONS
from db.queries.duties import feeding
from i18n import N_, Words

BY_DEED: Mapping[type[Entity], Collection[str]] = {ReportingDuty: ("status", "submitted_on", "accepted_on")}

_TO_COME = tuple(before for before, after in TRANSITIONS.items() if "submitted" in after)


class NotALegalStep(RecordError):
    message = N_("The report is “{before}”: it cannot become “{after}” from there.")

    def __init__(self, before: str, after: str) -> None:
        titles = field_of(ReportingDuty.status)
        super().__init__()
        self.before, self.after = titles.title_of(before), titles.title_of(after)

    def values(self, words: Words) -> dict[str, str]:
        return {"before": words.gettext(self.before), "after": words.gettext(self.after)}


class AcceptedBeforeSubmitted(InvalidValue):
    message = N_("“{field}” comes before the day on which the report was submitted.")


@deed(N_("Begin the report “{report}”"))
def start_drafting(session: Session, duty_id: UUID) -> None:
    """Say that the report is being written."""
    _step(session, duty_id, "drafting")


@deed(N_("Have the report “{report}” checked"))
def start_checking(session: Session, duty_id: UUID) -> None:
    """Say that the report is written and being checked."""
    _step(session, duty_id, "checking")


@deed(N_("Submit the report “{report}”"))
def submit(session: Session, duty_id: UUID, on: date, document_id: UUID | None = None) -> None:
    """Say that the report was sent, or came, and keep its file; an earlier one stays where none is given."""
    duty = _step(session, duty_id, "submitted")
    fill(duty, {"submitted_on": on, "accepted_on": None})
    if document_id is not None:
        fill(duty, {"document_id": document_id})


@deed(N_("Send the report “{report}” back"))
def send_back(session: Session, duty_id: UUID, reason: str) -> None:
    """Say that it was not accepted as it is, and why."""
    fill(_step(session, duty_id, "sent_back"), {"reason": _given(reason)})


@deed(N_("Accept the report “{report}”"))
def accept(session: Session, duty_id: UUID, on: date) -> None:
    """Say that whoever received it took it as it is."""
    duty = _step(session, duty_id, "accepted")
    if duty.submitted_on and on < duty.submitted_on:
        raise AcceptedBeforeSubmitted(field_of(ReportingDuty.accepted_on).name)
    fill(duty, {"accepted_on": on})


@deed(N_("Waive the report “{report}”"))
def waive(session: Session, duty_id: UUID, reason: str) -> None:
    """Say that it is not owed after all, and why."""
    fill(_step(session, duty_id, "waived"), {"reason": _given(reason)})


@deed(N_("Ask for the report “{report}” again"))
def owe_again(session: Session, duty_id: UUID) -> None:
    """Say that what was waived is owed."""
    _step(session, duty_id, "planned")


@deed(N_("Tie the partners' reports to “{report}”"))
def take_up(session: Session, duty_id: UUID) -> int:
    """Tie to a donor's report those of partners that go into it by period and money; how many were tied."""
    _named(session, there(session, ReportingDuty, duty_id))
    proposed = [each.id for each in session.execute(feeding(session, duty_id)) if each.feeds_id is None]
    for partners in session.scalars(select(ReportingDuty).where(ReportingDuty.id.in_(proposed))):
        partners.feeds_id = duty_id
    return len(proposed)


def arrived(session: Session, report: ReceivedReport) -> None:
    """A partner's report that came was submitted: the one it names, or else the only open one of its period."""
    if report.duty_id is None:
        under = ReportingDuty.agreement_id == report.agreement_id
        if report.agreement_id is None:
            under = ReportingDuty.organisation_id == report.organisation_id
        fits = session.scalars(
            select(ReportingDuty).where(
                ReportingDuty.direction == "in",
                under,
                ReportingDuty.starts_on <= report.ends_on,
                ReportingDuty.ends_on >= report.starts_on,
                ReportingDuty.status.in_(_TO_COME),
                ReportingDuty.removed_at.is_(None),
            )
        ).all()
        if len(fits) != 1:
            return
        report.duty_id = fits[0].id
    duty = there(session, ReportingDuty, report.duty_id)
    if duty.status in _TO_COME:
        fill(duty, {"status": "submitted", "submitted_on": report.received_on, "accepted_on": None})


def _title_of(session: Session, duty: ReportingDuty) -> str:
    """What a report is called: by its own title, or by what it is owed under."""
    if duty.title:
        return duty.title
    agreement = select(Agreement.title).where(Agreement.id == duty.agreement_id)
    contribution = select(Contribution.title).where(Contribution.id == duty.contribution_id)
    organisation = select(Organisation.name).where(Organisation.id == duty.organisation_id)
    return next((name for asked in (agreement, contribution, organisation) if (name := session.scalar(asked))), "")


def _step(session: Session, id: UUID, after: str) -> ReportingDuty:
    duty = there(session, ReportingDuty, id)
    if after not in TRANSITIONS[duty.status]:
        raise NotALegalStep(duty.status, after)
    _named(session, duty)
    duty.status = after
    return duty


def _named(session: Session, duty: ReportingDuty) -> None:
    called(session, report=_title_of(session, duty))


def _given(reason: str) -> str:
    if not reason.strip():
        raise NeedsValue(field_of(ReportingDuty.reason).name)
    return reason

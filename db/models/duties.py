"""Reporting duties: what a partner owes us and we owe a donor, generated from dates and a frequency, then followed.

Statuses are those of the UN Partner Reporting Portal with our drafting states before them. What a partner sends feeds
the donor's report of the same period; a gap in it is seen before it is late.
"""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from sqlalchemy.orm import Mapped

from db.base import Entity, link
from db.fields import Kind, field
from i18n import N_

DIRECTIONS = (
    ("in", N_("From the partner to us")),
    ("out", N_("From us to the donor")),
)

KINDS = (
    ("narrative", N_("Narrative report")),
    ("financial", N_("Financial report")),
    ("both", N_("Narrative and financial report")),
    ("figures", N_("Figures")),
)

FREQUENCIES = (
    ("monthly", N_("Every month")),
    ("quarterly", N_("Every quarter")),
    ("half_yearly", N_("Every half year")),
    ("yearly", N_("Every year")),
    ("final", N_("Once, at the end")),
)

STATUSES = (
    ("planned", N_("To come")),
    ("drafting", N_("Being written")),
    ("checking", N_("Being checked")),
    ("submitted", N_("Submitted")),
    ("sent_back", N_("Sent back")),
    ("accepted", N_("Accepted")),
    ("waived", N_("Waived")),
)
"""Due and overdue are worked out from the date, never kept."""

SETTLED = ("submitted", "accepted", "waived")

TRANSITIONS: Mapping[str, tuple[str, ...]] = {
    "planned": ("drafting", "checking", "submitted", "waived"),
    "drafting": ("checking", "submitted", "waived"),
    "checking": ("drafting", "submitted", "waived"),
    "submitted": ("sent_back", "accepted"),
    "sent_back": ("drafting", "checking", "submitted", "waived"),
    "accepted": (),
    "waived": ("planned",),
}
"""From each status to those it may turn into. What was sent back is sent again; what was waived can be owed again."""

CHANNELS = (
    ("paper", N_("On paper")),
    ("telephone", N_("By telephone")),
    ("email", N_("By e-mail")),
    ("file", N_("As a file")),
    ("meeting", N_("In a meeting")),
)


class Schedule(Entity):
    """How often a report is owed under an agreement or a contribution, and how many days after each period."""

    direction: Mapped[str] = field(N_("Direction"), Kind.CHOICE, choices=DIRECTIONS)
    agreement_id: Mapped[UUID | None] = field(N_("Agreement"), Kind.LINK, link("agreement.id", owner=True))
    contribution_id: Mapped[UUID | None] = field(N_("Contribution"), Kind.LINK, link("contribution.id", owner=True))
    kind: Mapped[str] = field(N_("Kind of report"), Kind.CHOICE, choices=KINDS)
    frequency: Mapped[str] = field(N_("Frequency"), Kind.CHOICE, choices=FREQUENCIES)
    starts_on: Mapped[date] = field(N_("Period from"), Kind.DATE)
    ends_on: Mapped[date] = field(N_("Period to"), Kind.DATE)
    days: Mapped[int] = field(N_("Days after the period"), Kind.COUNT)
    working_days: Mapped[bool] = field(
        N_("Working days"), Kind.YES_NO, default=False, help=N_("By the weekend of the office's country.")
    )


class ReportingDuty(Entity):
    """One report that is owed for one period until one day."""

    schedule_id: Mapped[UUID | None] = field(N_("Schedule"), Kind.LINK, link("schedule.id", owner=True))
    title: Mapped[str | None] = field(N_("Title"), Kind.TEXT)
    direction: Mapped[str] = field(N_("Direction"), Kind.CHOICE, choices=DIRECTIONS)
    kind: Mapped[str] = field(N_("Kind of report"), Kind.CHOICE, choices=KINDS)
    agreement_id: Mapped[UUID | None] = field(N_("Agreement"), Kind.LINK, link("agreement.id", owner=True))
    contribution_id: Mapped[UUID | None] = field(N_("Contribution"), Kind.LINK, link("contribution.id", owner=True))
    organisation_id: Mapped[UUID | None] = field(N_("Owed by or to"), Kind.LINK, link("organisation.id"))
    person_id: Mapped[UUID | None] = field(N_("Responsible with us"), Kind.LINK, link("person.id"))
    starts_on: Mapped[date | None] = field(N_("Period from"), Kind.DATE)
    ends_on: Mapped[date | None] = field(N_("Period to"), Kind.DATE)
    due_on: Mapped[date] = field(
        N_("Due on"),
        Kind.DATE,
        index=True,
        help=N_("Generating the schedule again sets it anew, unless a note says why it is another day."),
    )
    status: Mapped[str] = field(N_("Status"), Kind.CHOICE, choices=STATUSES, default="planned")
    submitted_on: Mapped[date | None] = field(N_("Submitted on"), Kind.DATE)
    accepted_on: Mapped[date | None] = field(N_("Accepted on"), Kind.DATE)
    document_id: Mapped[UUID | None] = field(N_("The report sent"), Kind.LINK, link("document.id"))
    reason: Mapped[str | None] = field(N_("Why it was sent back or waived"), Kind.LONG_TEXT)
    feeds_id: Mapped[UUID | None] = field(N_("Feeds the report"), Kind.LINK, link("reporting_duty.id"))
    notes: Mapped[str | None] = field(N_("Notes"), Kind.LONG_TEXT)


class ReceivedReport(Entity):
    """A partner's report as it came: for which period, received by whom, on which day, in which way."""

    organisation_id: Mapped[UUID] = field(N_("Partner"), Kind.LINK, link("organisation.id"))
    agreement_id: Mapped[UUID | None] = field(N_("Agreement"), Kind.LINK, link("agreement.id"))
    duty_id: Mapped[UUID | None] = field(N_("Reporting duty"), Kind.LINK, link("reporting_duty.id"))
    source_id: Mapped[UUID | None] = field(N_("File"), Kind.LINK, link("source.id"))
    starts_on: Mapped[date] = field(N_("Period from"), Kind.DATE, index=True)
    ends_on: Mapped[date] = field(N_("Period to"), Kind.DATE)
    received_on: Mapped[date] = field(N_("Received on"), Kind.DATE)
    received_by_id: Mapped[UUID | None] = field(N_("Received by"), Kind.LINK, link("person.id"))
    channel: Mapped[str] = field(N_("How it came"), Kind.CHOICE, choices=CHANNELS)
    notes: Mapped[str | None] = field(N_("Notes"), Kind.LONG_TEXT)

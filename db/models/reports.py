"""Reports that are written: what was chosen, the prose in its languages, who approved, what was frozen and sent.

The figures of a report are asked of the record anew each time, until it is frozen: then the issued files, the answers
and the program's version are kept. A report that was sent is corrected by another one that says what it replaces.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column, validates

from db.base import Entity, link
from db.fields import Kind, field
from db.models.documents import AUDIENCES
from db.models.duties import CHANNELS
from db.models.money import STAGES
from db.models.texts import STATUSES as STANDINGS
from i18n import N_
from i18n.folding import sort_key

STATUSES = (
    ("drafting", N_("Being written")),
    ("checking", N_("Being checked")),
    ("approved", N_("Approved")),
    ("frozen", N_("Frozen")),
    ("sent", N_("Sent")),
    ("replaced", N_("Replaced by a new version")),
)

TRANSITIONS: Mapping[str, tuple[str, ...]] = {
    "drafting": ("checking", "approved"),
    "checking": ("drafting", "approved"),
    "approved": ("drafting", "frozen"),
    "frozen": ("sent", "replaced"),
    "sent": ("replaced",),
    "replaced": (),
}
"""From each status to those it may turn into. What is frozen is never thawed: it is replaced."""

REPORT_KINDS = (
    ("donor-narrative", N_("Narrative report to a donor")),
    ("protection-overview", N_("Protection overview")),
    ("donor-briefing", N_("Donor briefing")),
    ("results-annex", N_("Results and disaggregation")),
    ("localisation", N_("Partnership and localisation")),
    ("partner-profile", N_("Partner profile")),
    ("calendar", N_("Calendar of duties")),
    ("financial", N_("Financial situation")),
    ("plan-progress", N_("Progress of roadmaps and plans")),
    ("programme-year", N_("Programme year in figures")),
    ("trainings-advocacy", N_("Trainings and advocacy")),
    ("data-quality", N_("Data quality")),
)
"""What can be written; how each is made is told where reports are (`desktop.reports.offer`)."""

METHODS = (
    ("suppress", N_("Hide small numbers")),
    ("round", N_("Round to 5")),
)

PAPERS = (
    ("a4", N_("A4")),
    ("letter", N_("Letter")),
)

CALENDARS = (
    ("persian", N_("Solar Hijri calendar")),
    ("islamic-umalqura", N_("Hijri calendar")),
    ("ethiopic", N_("Ethiopian calendar")),
)
"""A second calendar, printed beside the first and never alone."""


class ReportTemplate(Entity):
    """An office's own way of one kind of report: its parts, their order and headings, and the words they open with."""

    name: Mapped[str] = field(N_("Name"), Kind.TEXT)
    report: Mapped[str] = field(N_("Kind of report"), Kind.CHOICE, choices=REPORT_KINDS)
    language: Mapped[str | None] = field(N_("Language"), Kind.LANGUAGE)
    body: Mapped[dict[str, Any]] = field(N_("Parts"), Kind.DATA)
    notes: Mapped[str | None] = field(N_("Notes"), Kind.LONG_TEXT)


class WrittenReport(Entity):
    """A report somebody writes: what it is about, for whom, in which languages, and how far it has come."""

    title: Mapped[str] = field(N_("Title"), Kind.TEXT)
    sort_key: Mapped[str] = mapped_column(index=True)
    report: Mapped[str] = field(N_("Kind of report"), Kind.CHOICE, choices=REPORT_KINDS, index=True)
    template_id: Mapped[UUID | None] = field(N_("Template"), Kind.LINK, link("report_template.id"))
    duty_id: Mapped[UUID | None] = field(N_("Reporting duty"), Kind.LINK, link("reporting_duty.id"))
    donor_id: Mapped[UUID | None] = field(N_("Donor"), Kind.LINK, link("organisation.id"))
    partner_id: Mapped[UUID | None] = field(N_("Partner"), Kind.LINK, link("organisation.id"))
    contribution_id: Mapped[UUID | None] = field(N_("Contribution"), Kind.LINK, link("contribution.id"))
    agreement_id: Mapped[UUID | None] = field(N_("Agreement"), Kind.LINK, link("agreement.id"))
    framework_id: Mapped[UUID | None] = field(N_("Framework"), Kind.LINK, link("framework.id"))
    place_id: Mapped[UUID | None] = field(N_("Place"), Kind.LINK, link("place.id"))
    starts_on: Mapped[date | None] = field(N_("Period from"), Kind.DATE)
    ends_on: Mapped[date | None] = field(N_("Period to"), Kind.DATE)
    since: Mapped[date | None] = field(
        N_("Changes since"), Kind.DATE, help=N_("The day of the last report or briefing, to show what changed.")
    )
    final: Mapped[bool | None] = field(N_("Final report"), Kind.YES_NO)
    currency: Mapped[str | None] = field(N_("Currency"), Kind.CURRENCY)
    stage: Mapped[str | None] = field(N_("Stage of the money"), Kind.CHOICE, choices=STAGES)
    audience: Mapped[str] = field(N_("Who reads it"), Kind.CHOICE, choices=AUDIENCES, default="donor")
    method: Mapped[str] = field(N_("Small numbers"), Kind.CHOICE, choices=METHODS, default="suppress")
    coarser: Mapped[str | None] = field(
        N_("Told more coarsely"), Kind.TEXT, help=N_("In which ways, by their codes: bands, periods")
    )
    language: Mapped[str] = field(N_("Language it is written in"), Kind.LANGUAGE)
    languages: Mapped[str | None] = field(
        N_("Other languages"), Kind.TEXT, help=N_("Their codes, the first one first: fr, en")
    )
    reference: Mapped[str | None] = field(N_("Reference"), Kind.TEXT)
    office: Mapped[str | None] = field(N_("Office"), Kind.TEXT)
    prepared_by: Mapped[str | None] = field(N_("Prepared by"), Kind.TEXT)
    summary: Mapped[str | None] = field(
        N_("Summary for those who sign"), Kind.LONG_TEXT, help=N_("One page for a manager who has no Jalon.")
    )
    typography: Mapped[str | None] = field(N_("Typography"), Kind.CODE)
    paper: Mapped[str | None] = field(N_("Paper size"), Kind.CHOICE, choices=PAPERS)
    calendar: Mapped[str | None] = field(N_("Second calendar"), Kind.CHOICE, choices=CALENDARS)
    status: Mapped[str] = field(
        N_("Status"), Kind.CHOICE, choices=STATUSES, default="drafting", server_default="drafting", index=True
    )
    replaces_id: Mapped[UUID | None] = field(N_("Replaces"), Kind.LINK, link("written_report.id"))
    reason: Mapped[str | None] = field(N_("Why it replaces another"), Kind.LONG_TEXT)

    @validates("title")
    def _follow(self, _key: str, title: str) -> str:
        self.sort_key = sort_key(title)
        return title


class Section(Entity):
    """One part of a written report: where it stands, under which heading, and whether it is left out."""

    report_id: Mapped[UUID] = field(N_("Report"), Kind.LINK, link("written_report.id", owner=True))
    part: Mapped[str] = field(N_("Part"), Kind.CODE)
    position: Mapped[int] = field(N_("Order"), Kind.COUNT, default=0)
    shown: Mapped[bool] = field(N_("In the report"), Kind.YES_NO, default=True)
    heading: Mapped[str | None] = field(N_("Heading of its own"), Kind.TEXT)
    words: Mapped[int | None] = field(N_("Most words"), Kind.COUNT)


class SectionText(Entity):
    """The prose of one part in one language, the original among them; a tree (`db.prose`), never markup."""

    __table_args__ = (Index(None, "section_id", "language"),)

    section_id: Mapped[UUID] = field(N_("Part"), Kind.LINK, link("section.id", owner=True))
    language: Mapped[str] = field(N_("Language"), Kind.LANGUAGE)
    body: Mapped[dict[str, Any]] = field(N_("Text"), Kind.DATA)
    status: Mapped[str] = field(N_("Standing of the text"), Kind.CHOICE, choices=STANDINGS, default="original")
    made_from: Mapped[str | None] = field(
        N_("Digest of the original it was made from"),
        Kind.CODE,
        help=N_("When the original changes, it is a draft again."),
    )


class ReportApproval(Entity):
    """Who approved a report, when, with the digest of what was approved, and the page they signed."""

    report_id: Mapped[UUID] = field(N_("Report"), Kind.LINK, link("written_report.id", owner=True))
    name: Mapped[str] = field(N_("Approved by"), Kind.TEXT)
    function: Mapped[str | None] = field(N_("Function"), Kind.TEXT)
    on: Mapped[date] = field(N_("Date"), Kind.DATE)
    digest: Mapped[str | None] = field(N_("Digest of what was approved"), Kind.CODE)
    document_id: Mapped[UUID | None] = field(N_("Signed page"), Kind.LINK, link("document.id"))


class FrozenReport(Entity):
    """A report as it was when it was frozen: its answers and the program's version; its files are its documents.

    The newest change of the record that it takes into account and the records behind each figure are in the answers, so
    that two frozen reports can be compared.
    """

    report_id: Mapped[UUID] = field(N_("Report"), Kind.LINK, link("written_report.id", owner=True))
    version: Mapped[int] = field(N_("Version"), Kind.COUNT)
    frozen_on: Mapped[date] = field(N_("Frozen on"), Kind.DATE)
    person_id: Mapped[UUID | None] = field(N_("By"), Kind.LINK, link("person.id"))
    program: Mapped[str] = field(N_("Version of the program"), Kind.TEXT)
    answers: Mapped[str] = field(N_("Digest of the answers"), Kind.CODE)


class Dispatch(Entity):
    """A frozen report on its way: to whom, when, how."""

    frozen_id: Mapped[UUID] = field(N_("Frozen report"), Kind.LINK, link("frozen_report.id", owner=True))
    organisation_id: Mapped[UUID | None] = field(N_("To the organisation"), Kind.LINK, link("organisation.id"))
    contact_id: Mapped[UUID | None] = field(N_("To the person"), Kind.LINK, link("contact.id"))
    addressee: Mapped[str | None] = field(N_("Addressee in words"), Kind.TEXT)
    on: Mapped[date] = field(N_("Sent on"), Kind.DATE)
    channel: Mapped[str] = field(N_("How it was sent"), Kind.CHOICE, choices=CHANNELS, default="email")
    notes: Mapped[str | None] = field(N_("Notes"), Kind.LONG_TEXT)

"""What was found about an organisation: due diligence, PSEA, capacity, other agencies' ratings, screenings and flags.

Questions, answers and how a rating follows from them are versioned data (`resources/schemes.csv`), so that two schemes
of the same subject are never mixed: UNICEF's PSEA form of 2020 and the UN common form have different scales. None of
this leaves the record in a report.
"""

from datetime import date
from uuid import UUID

from sqlalchemy.orm import Mapped

from db.base import Entity, link
from db.fields import Kind, field
from i18n import N_

SCHEMES = (
    ("unpp", N_("Due diligence (UN Partner Portal)")),
    ("psea_unicef_2020", N_("PSEA (UNICEF, 2020)")),
    ("psea_un_common", N_("PSEA (UN common form)")),
    ("capacity", N_("Capacity")),
    ("hact", N_("Cash transfers (HACT)")),
    ("cbpf", N_("Pooled fund (CBPF)")),
    ("review_of_partner", N_("Our review of the partner")),
    ("review_by_partner", N_("The partner's review of us")),
)

RATINGS = (
    ("verified", N_("Verified")),
    ("not_verified", N_("Not verified")),
    ("low_risk", N_("Low risk")),
    ("medium_risk", N_("Medium risk")),
    ("moderate_risk", N_("Moderate risk")),
    ("significant_risk", N_("Significant risk")),
    ("high_risk", N_("High risk")),
    ("ineligible", N_("Ineligible")),
    ("not_required", N_("Not required")),
    ("full_capacity", N_("Full capacity")),
    ("medium_capacity", N_("Medium capacity")),
    ("low_capacity", N_("Low capacity")),
    ("low_assumed", N_("Low capacity assumed in an emergency")),
    ("no_contact", N_("No contact with the people assisted")),
    ("good", N_("Good partnership")),
    ("fair", N_("Fair partnership")),
    ("weak", N_("Weak partnership")),
)
"""Every rating that a scheme can give; which ones are its own, and from which score, is in the scheme."""

SIDES = (
    ("us", N_("Our office")),
    ("partner", N_("The partner")),
)

PLAN_STATUSES = (
    ("open", N_("Still open")),
    ("ongoing", N_("Ongoing")),
    ("done", N_("Done")),
    ("dropped", N_("Dropped")),
)

DOCUMENT_KINDS = (
    ("registration", N_("Registration certificate")),
    ("statutes", N_("Statutes")),
    ("governance", N_("List of the board")),
    ("policy", N_("Policy")),
    ("audit", N_("Audit report")),
    ("tax", N_("Tax certificate")),
    ("bank", N_("Bank details confirmed")),
    ("other", N_("Other document")),
)

LEVELS = (
    ("observation", N_("Observation")),
    ("risk", N_("Risk")),
    ("escalated", N_("Escalated")),
    ("red", N_("Red flag")),
)

CATEGORIES = (
    ("reputation", N_("Reputation and ethics")),
    ("financial", N_("Financial")),
    ("operational", N_("Operational")),
    ("compliance", N_("Compliance")),
    ("sea", N_("Sexual exploitation and abuse")),
    ("safeguarding", N_("Safeguarding")),
    ("sanctions", N_("Sanctions list")),
    ("other", N_("Other")),
)
"""Flag levels and categories as the UN Partner Portal's public code of 2019 names them."""

SCREENING_RESULTS = (
    ("none", N_("No match")),
    ("dismissed", N_("Looked alike, not the same")),
    ("match", N_("Match")),
)


class Assessment(Entity):
    """One assessment of one organisation under one version of one scheme; ratings keep their history."""

    organisation_id: Mapped[UUID] = field(N_("Organisation"), Kind.LINK, link("organisation.id", owner=True))
    scheme: Mapped[str] = field(N_("Scheme"), Kind.CHOICE, choices=SCHEMES, index=True)
    version: Mapped[str | None] = field(N_("Version of the scheme"), Kind.TEXT)
    assessed_on: Mapped[date] = field(N_("Assessed on"), Kind.DATE)
    assessed_by_id: Mapped[UUID | None] = field(N_("Assessed by"), Kind.LINK, link("person.id"))
    agency_id: Mapped[UUID | None] = field(
        N_("Assessed by another agency"), Kind.LINK, link("organisation.id"), help=N_("Empty where we assessed it.")
    )
    agreement_id: Mapped[UUID | None] = field(N_("Agreement"), Kind.LINK, link("agreement.id"))
    score: Mapped[int | None] = field(N_("Score"), Kind.COUNT)
    rating: Mapped[str | None] = field(
        N_("Rating"),
        Kind.CHOICE,
        choices=RATINGS,
        help=N_("Follows from the answers; written by hand only for other agencies' ratings."),
    )
    valid_until: Mapped[date | None] = field(N_("Valid until"), Kind.DATE, index=True)
    reference: Mapped[str | None] = field(N_("Reference"), Kind.TEXT)
    notes: Mapped[str | None] = field(N_("Notes"), Kind.LONG_TEXT)


class Answer(Entity):
    """The answer to one question of an assessment, with its evidence."""

    assessment_id: Mapped[UUID] = field(N_("Assessment"), Kind.LINK, link("assessment.id", owner=True))
    question: Mapped[str] = field(N_("Question"), Kind.CODE)
    answer: Mapped[str | None] = field(N_("Answer"), Kind.CODE)
    evidence: Mapped[str | None] = field(N_("Evidence, in words"), Kind.LONG_TEXT)
    document_id: Mapped[UUID | None] = field(N_("Document"), Kind.LINK, link("document.id"))


class CapacityAction(Entity):
    """What will be done about a weak answer: by whom on which side, and until when."""

    organisation_id: Mapped[UUID] = field(N_("Organisation"), Kind.LINK, link("organisation.id", owner=True))
    assessment_id: Mapped[UUID | None] = field(N_("Assessment"), Kind.LINK, link("assessment.id"))
    question: Mapped[str | None] = field(N_("Question"), Kind.CODE)
    title: Mapped[str] = field(N_("Action"), Kind.TEXT)
    side: Mapped[str] = field(N_("Duty of"), Kind.CHOICE, choices=SIDES)
    person_id: Mapped[UUID | None] = field(N_("Responsible with us"), Kind.LINK, link("person.id"))
    contact_id: Mapped[UUID | None] = field(N_("Responsible at the partner"), Kind.LINK, link("contact.id"))
    due_on: Mapped[date | None] = field(N_("Due on"), Kind.DATE, index=True)
    done_on: Mapped[date | None] = field(N_("Done on"), Kind.DATE)
    status: Mapped[str] = field(N_("Status"), Kind.CHOICE, choices=PLAN_STATUSES, default="open")
    notes: Mapped[str | None] = field(N_("Notes"), Kind.LONG_TEXT)


class GoverningDocument(Entity):
    """A document that says what an organisation is and may do, with the authority that gave it and its expiry."""

    organisation_id: Mapped[UUID] = field(N_("Organisation"), Kind.LINK, link("organisation.id", owner=True))
    title: Mapped[str] = field(N_("Document"), Kind.TEXT)
    kind: Mapped[str] = field(N_("Kind of document"), Kind.CHOICE, choices=DOCUMENT_KINDS)
    authority: Mapped[str | None] = field(N_("Issued by"), Kind.TEXT)
    number: Mapped[str | None] = field(N_("Number"), Kind.TEXT)
    issued_on: Mapped[date | None] = field(N_("Issued on"), Kind.DATE)
    expires_on: Mapped[date | None] = field(N_("Expires on"), Kind.DATE, index=True)
    document_id: Mapped[UUID | None] = field(N_("File"), Kind.LINK, link("document.id"))


class Flag(Entity):
    """Something to be careful about; its text is sealed, and nothing of it ever leaves."""

    organisation_id: Mapped[UUID] = field(N_("Organisation"), Kind.LINK, link("organisation.id", owner=True))
    level: Mapped[str] = field(N_("Level"), Kind.CHOICE, choices=LEVELS)
    category: Mapped[str] = field(N_("Category"), Kind.CHOICE, choices=CATEGORIES)
    raised_on: Mapped[date] = field(N_("Raised on"), Kind.DATE)
    raised_by_id: Mapped[UUID | None] = field(N_("Raised by"), Kind.LINK, link("person.id"))
    resolved_on: Mapped[date | None] = field(N_("Resolved on"), Kind.DATE)
    body: Mapped[str | None] = field(N_("What was observed"), Kind.SEALED)


class ConfidentialNote(Entity):
    """A note about an organisation that only some may read."""

    organisation_id: Mapped[UUID] = field(N_("Organisation"), Kind.LINK, link("organisation.id", owner=True))
    written_on: Mapped[date] = field(N_("Written on"), Kind.DATE)
    written_by_id: Mapped[UUID | None] = field(N_("Written by"), Kind.LINK, link("person.id"))
    body: Mapped[str] = field(N_("Note"), Kind.SEALED)


class Screening(Entity):
    """A screening against a sanctions list: what came of it, never the list and never a match that was dismissed."""

    organisation_id: Mapped[UUID] = field(N_("Organisation"), Kind.LINK, link("organisation.id", owner=True))
    contact_id: Mapped[UUID | None] = field(N_("Contact"), Kind.LINK, link("contact.id"))
    screened_on: Mapped[date] = field(N_("Screened on"), Kind.DATE)
    screened_by_id: Mapped[UUID | None] = field(N_("Screened by"), Kind.LINK, link("person.id"))
    list: Mapped[str] = field(N_("List"), Kind.TEXT)
    list_date: Mapped[date | None] = field(N_("Date of the list"), Kind.DATE)
    result: Mapped[str] = field(N_("Result"), Kind.CHOICE, choices=SCREENING_RESULTS)
    reference: Mapped[str | None] = field(
        N_("Reference"), Kind.TEXT, help=N_("The entry of the list, where it is a match.")
    )

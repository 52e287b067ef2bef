"""Women-led status as it was assessed: what the partner says of itself, and what the office found, kept apart.

The definitions are versioned data (`resources/women_led.csv`, their criteria in `resources/criteria.csv`), because
several are in use: IASC's of 2024 is "standard but non-normative". An unknown status is kept and printed as unknown.
Whether an organisation works for women's rights, or is led by refugees, by young people or by persons with
disabilities, is assessed in the same way, each question for itself.
"""

from datetime import date
from uuid import UUID

from sqlalchemy.orm import Mapped

from db.base import Entity, link
from db.fields import Kind, field
from i18n import N_

ABOUT = (
    ("women_led", N_("Led by women")),
    ("womens_rights", N_("Women's rights organisation")),
    ("refugee_led", N_("Led by refugees or displaced people")),
    ("youth_led", N_("Led by young people")),
    ("disability", N_("Organisation of persons with disabilities")),
)
"""What is assessed: independent of one another, and never added up."""

SAID = (
    ("yes", N_("Says that it is")),
    ("no", N_("Says that it is not")),
    ("unknown", N_("Has not said")),
)

STATUSES = (
    ("met", N_("Criteria met")),
    ("not_met", N_("Criteria not met")),
    ("unknown", N_("Unknown")),
)

ANSWERS = (
    ("met", N_("Met")),
    ("not_met", N_("Not met")),
    ("unknown", N_("Unknown")),
)

REVIEWS = (
    ("confirmed", N_("Confirmed")),
    ("rejected", N_("Rejected")),
)


class LeadershipCount(Entity):
    """Women and total in an organisation's lead on one day, as counts: no names, and never a bare yes or no."""

    organisation_id: Mapped[UUID] = field(N_("Organisation"), Kind.LINK, link("organisation.id", owner=True))
    counted_on: Mapped[date] = field(N_("Counted on"), Kind.DATE)
    woman_head: Mapped[bool | None] = field(N_("A woman directs or governs it"), Kind.YES_NO)
    woman_chair: Mapped[bool | None] = field(N_("A woman chairs its board"), Kind.YES_NO)
    board_women: Mapped[int | None] = field(N_("Women on the board"), Kind.COUNT)
    board_total: Mapped[int | None] = field(N_("Members of the board"), Kind.COUNT)
    senior_women: Mapped[int | None] = field(N_("Women among senior staff"), Kind.COUNT)
    senior_total: Mapped[int | None] = field(N_("Senior staff"), Kind.COUNT)
    source: Mapped[str | None] = field(N_("Source"), Kind.TEXT)


class WomenLedAssessment(Entity):
    """One assessment of one organisation under one version of one definition.

    For each question the newest that is not removed holds; one that was rejected in review holds as unknown.
    """

    organisation_id: Mapped[UUID] = field(N_("Organisation"), Kind.LINK, link("organisation.id", owner=True))
    about: Mapped[str] = field(
        N_("What is assessed"), Kind.CHOICE, choices=ABOUT, default="women_led", server_default="women_led"
    )
    said: Mapped[str] = field(N_("What the partner says of itself"), Kind.CHOICE, choices=SAID)
    definition: Mapped[str] = field(N_("Definition used"), Kind.CODE)
    definition_version: Mapped[str] = field(N_("Version of the definition"), Kind.TEXT)
    status: Mapped[str] = field(
        N_("Assessed status"),
        Kind.CHOICE,
        choices=STATUSES,
        default="unknown",
        help=N_("Follows from the answers to the criteria."),
    )
    assessed_on: Mapped[date] = field(N_("Assessed on"), Kind.DATE)
    assessed_by_id: Mapped[UUID | None] = field(N_("Assessed by"), Kind.LINK, link("person.id"))
    evidence: Mapped[str | None] = field(N_("Evidence, in words"), Kind.LONG_TEXT)
    leadership_id: Mapped[UUID | None] = field(N_("Count of the lead"), Kind.LINK, link("leadership_count.id"))
    valid_until: Mapped[date | None] = field(N_("Valid until"), Kind.DATE)
    review: Mapped[str | None] = field(N_("Review"), Kind.CHOICE, choices=REVIEWS)
    reviewed_by_id: Mapped[UUID | None] = field(N_("Reviewed by"), Kind.LINK, link("person.id"))
    reviewed_on: Mapped[date | None] = field(N_("Reviewed on"), Kind.DATE)
    review_note: Mapped[str | None] = field(N_("Note of the review"), Kind.LONG_TEXT)


class Criterion(Entity):
    """The answer to one criterion of the definition, with its evidence; the assessed status follows from all.

    An answer that was rejected in review stays as it was given and counts as unknown.
    """

    assessment_id: Mapped[UUID] = field(N_("Assessment"), Kind.LINK, link("women_led_assessment.id", owner=True))
    code: Mapped[str] = field(N_("Criterion"), Kind.CODE)
    answer: Mapped[str] = field(N_("Answer"), Kind.CHOICE, choices=ANSWERS)
    evidence: Mapped[str | None] = field(N_("Evidence, in words"), Kind.LONG_TEXT)
    document_id: Mapped[UUID | None] = field(N_("Document"), Kind.LINK, link("document.id"))
    review: Mapped[str | None] = field(N_("Review"), Kind.CHOICE, choices=REVIEWS)

"""Women-led status as it was assessed: what the partner says of itself, and what the office found, kept apart.

The definitions are versioned data (`resources/women_led.csv`), because several are in use: IASC's of 2024 is
"standard but non-normative". An unknown status is kept and printed as unknown.
"""

from datetime import date
from uuid import UUID

from sqlalchemy.orm import Mapped

from db.base import Entity, link
from db.fields import Kind, field
from i18n import N_

SAID = (
    ("yes", N_("Says that it is led by women")),
    ("no", N_("Says that it is not led by women")),
    ("unknown", N_("Has not said")),
)

STATUSES = (
    ("met", N_("Criteria met")),
    ("not_met", N_("Criteria not met")),
    ("unknown", N_("Unknown")),
)


class WomenLedAssessment(Entity):
    """One assessment of one organisation under one version of one definition; the newest that is not removed holds."""

    organisation_id: Mapped[UUID] = field(N_("Organisation"), Kind.LINK, link("organisation.id", owner=True))
    said: Mapped[str] = field(N_("What the partner says of itself"), Kind.CHOICE, choices=SAID)
    definition: Mapped[str] = field(N_("Definition used"), Kind.CODE)
    definition_version: Mapped[str] = field(N_("Version of the definition"), Kind.TEXT)
    status: Mapped[str] = field(N_("Assessed status"), Kind.CHOICE, choices=STATUSES)
    assessed_on: Mapped[date] = field(N_("Assessed on"), Kind.DATE)
    assessed_by_id: Mapped[UUID | None] = field(N_("Assessed by"), Kind.LINK, link("person.id"))
    evidence: Mapped[str | None] = field(N_("Evidence, in words"), Kind.LONG_TEXT)

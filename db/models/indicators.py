"""Indicators under the lines of a results framework: what is measured, from which baseline, towards which target.

How figures roll up is declared, never guessed: a sum only where nobody is counted twice, the largest where the same
people come again, the latest for a stock. Feedback is a share of those asked, with their number.
"""

from datetime import date
from decimal import Decimal
from uuid import UUID

from sqlalchemy import BigInteger
from sqlalchemy.orm import Mapped, mapped_column, validates

from db.base import Entity, link
from db.fields import Kind, field
from db.models.activities import SENSITIVITIES
from db.models.results import COUNTINGS, UNITS
from i18n import N_
from i18n.folding import sort_key

DIRECTIONS = (
    ("increase", N_("Should rise")),
    ("decrease", N_("Should fall")),
    ("maintain", N_("Should hold")),
)

ROLL_UPS = (
    ("none", N_("Not rolled up")),
    ("sum", N_("Sum")),
    ("largest", N_("Largest")),
    ("latest", N_("Latest")),
)

LEVELS = (
    ("impact", N_("Impact")),
    ("outcome", N_("Outcome")),
    ("output", N_("Output")),
    ("activity", N_("Activity")),
)

AIMS = (
    ("baseline", N_("Baseline")),
    ("target", N_("Target")),
)

PROGRESS = (
    ("not_started", N_("Not started")),
    ("ongoing", N_("Ongoing")),
    ("blocked", N_("Blocked")),
    ("done", N_("Done")),
    ("dropped", N_("Dropped")),
)


class Indicator(Entity):
    """What is measured, in which unit, counted by which rule."""

    item_id: Mapped[UUID | None] = field(N_("Framework item"), Kind.LINK, link("framework_item.id"))
    parent_id: Mapped[UUID | None] = field(N_("Rolls up into"), Kind.LINK, link("indicator.id"))
    code: Mapped[str | None] = field(N_("Code"), Kind.CODE, index=True)
    name: Mapped[str] = field(N_("Indicator"), Kind.TEXT)
    name_language: Mapped[str | None] = field(N_("Language of the name"), Kind.LANGUAGE)
    sort_key: Mapped[str] = mapped_column(index=True)
    level: Mapped[str | None] = field(N_("Level"), Kind.CHOICE, choices=LEVELS)
    unit: Mapped[str] = field(N_("Unit"), Kind.CHOICE, choices=UNITS, default="persons")
    decimals: Mapped[int] = field(N_("Decimals"), Kind.COUNT, default=0)
    direction: Mapped[str] = field(N_("Direction"), Kind.CHOICE, choices=DIRECTIONS, default="increase")
    counting: Mapped[str] = field(N_("Counting rule"), Kind.CHOICE, choices=COUNTINGS, default="not_stated")
    roll_up_periods: Mapped[str] = field(N_("Over periods"), Kind.CHOICE, choices=ROLL_UPS, default="none")
    roll_up_places: Mapped[str] = field(N_("Over places and parts"), Kind.CHOICE, choices=ROLL_UPS, default="none")
    sensitivity: Mapped[str] = field(N_("Sensitivity"), Kind.CHOICE, choices=SENSITIVITIES, default="low")
    means: Mapped[str | None] = field(N_("Means of verification"), Kind.LONG_TEXT)
    notes: Mapped[str | None] = field(N_("Notes"), Kind.LONG_TEXT)

    @validates("name")
    def _follow(self, _key: str, name: str) -> str:
        self.sort_key = sort_key(name)
        return name


class Aim(Entity):
    """A baseline or a target of an indicator, for a period and a place where these are set."""

    indicator_id: Mapped[UUID] = field(N_("Indicator"), Kind.LINK, link("indicator.id", owner=True))
    kind: Mapped[str] = field(N_("Baseline or target"), Kind.CHOICE, choices=AIMS)
    agreement_id: Mapped[UUID | None] = field(N_("Agreement"), Kind.LINK, link("agreement.id"))
    place_id: Mapped[UUID | None] = field(N_("Place"), Kind.LINK, link("place.id"))
    starts_on: Mapped[date | None] = field(N_("Period from"), Kind.DATE)
    ends_on: Mapped[date | None] = field(N_("Period to"), Kind.DATE)
    value: Mapped[int | None] = field(N_("Figure"), Kind.COUNT, BigInteger)
    source: Mapped[str | None] = field(N_("Source"), Kind.TEXT)


class IndicatorLink(Entity):
    """One of our indicators standing for a line of a donor's own log frame."""

    indicator_id: Mapped[UUID] = field(N_("Indicator"), Kind.LINK, link("indicator.id", owner=True))
    item_id: Mapped[UUID] = field(N_("Framework item"), Kind.LINK, link("framework_item.id"))


class Progress(Entity):
    """How far an action of a roadmap or plan has come, on one day."""

    item_id: Mapped[UUID] = field(N_("Framework item"), Kind.LINK, link("framework_item.id"))
    on: Mapped[date] = field(N_("Date"), Kind.DATE)
    status: Mapped[str] = field(N_("Progress"), Kind.CHOICE, choices=PROGRESS)
    person_id: Mapped[UUID | None] = field(N_("Recorded by"), Kind.LINK, link("person.id"))
    note: Mapped[str | None] = field(N_("Note"), Kind.LONG_TEXT)


class Feedback(Entity):
    """What people said of a service: how many of those asked were satisfied; never who."""

    title: Mapped[str] = field(N_("What was asked"), Kind.TEXT)
    on: Mapped[date] = field(N_("Date"), Kind.DATE, index=True)
    activity_id: Mapped[UUID | None] = field(N_("Activity"), Kind.LINK, link("activity.id"))
    organisation_id: Mapped[UUID | None] = field(N_("Partner"), Kind.LINK, link("organisation.id"))
    place_id: Mapped[UUID | None] = field(N_("Place"), Kind.LINK, link("place.id"))
    channel: Mapped[str | None] = field(N_("How it was asked"), Kind.TEXT)
    satisfied: Mapped[int | None] = field(N_("Satisfied"), Kind.COUNT)
    asked: Mapped[int | None] = field(N_("People asked (n)"), Kind.COUNT)
    share: Mapped[Decimal | None] = field(
        N_("Share stated, in percent"), Kind.DECIMAL, help=N_("Only where the numbers behind it are not known.")
    )
    notes: Mapped[str | None] = field(N_("Notes"), Kind.LONG_TEXT)

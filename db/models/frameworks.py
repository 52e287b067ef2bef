"""Frameworks: roadmaps, plans, programmes and log frames as trees of coded lines, each line with its certainty.

A programme such as COMPASS is a framework with results. Lines transcribed from a poster or a scan say how sure their
place is; only internal readers are shown that.
"""

from uuid import UUID

from sqlalchemy.orm import Mapped

from db.base import Entity, link
from db.fields import Kind, field
from i18n import N_

CERTAINTIES = (
    ("certain", N_("Certain")),
    ("likely", N_("Likely")),
    ("uncertain", N_("Uncertain")),
    ("inferred", N_("Inferred from what lies under it")),
    ("added", N_("Added here, not in the source")),
    ("unknown", N_("Unknown")),
)

LINE_KINDS = (
    ("framework", N_("Framework")),
    ("pillar", N_("Pillar")),
    ("pillar_placeholder", N_("Pillar, name not known")),
    ("theme", N_("Theme")),
    ("priority", N_("Priority")),
    ("principle", N_("Principle")),
    ("goal", N_("Goal")),
    ("target", N_("Target")),
    ("strategic_objective", N_("Strategic objective")),
    ("objective", N_("Objective")),
    ("impact", N_("Impact")),
    ("outcome", N_("Outcome")),
    ("output", N_("Output")),
    ("result", N_("Result")),
    ("action", N_("Action")),
    ("activity", N_("Activity")),
    ("activity_type", N_("Type of activity")),
    ("area", N_("Area")),
    ("lever", N_("Lever")),
    ("group", N_("Group")),
    ("kind", N_("Kind")),
    ("cell", N_("Cell of the table")),
    ("figure", N_("Published figure")),
    ("indicator", N_("Indicator")),
)
"""What the frameworks that come with Jalon call their lines; any other is a word of its own."""

HORIZONS = (
    ("short", N_("Short term")),
    ("medium", N_("Medium term")),
    ("long", N_("Long term")),
)


class Framework(Entity):
    """A plan or programme with its version, its source and whether its wording is official."""

    code: Mapped[str] = field(N_("Code"), Kind.CODE, index=True)
    name: Mapped[str] = field(N_("Name"), Kind.TEXT)
    name_language: Mapped[str | None] = field(N_("Language of the name"), Kind.LANGUAGE)
    version: Mapped[str | None] = field(N_("Version"), Kind.TEXT)
    source: Mapped[str | None] = field(N_("Source"), Kind.TEXT)
    donor_id: Mapped[UUID | None] = field(
        N_("Donor"), Kind.LINK, link("organisation.id"), help=N_("Whose log frame it is; empty for a plan of ours.")
    )
    contribution_id: Mapped[UUID | None] = field(N_("Contribution"), Kind.LINK, link("contribution.id"))
    official: Mapped[bool | None] = field(N_("Official wording"), Kind.YES_NO)
    notes: Mapped[str | None] = field(N_("Notes"), Kind.LONG_TEXT)


class FrameworkItem(Entity):
    """A line of a framework: pillar, outcome, action, theme, indicator; `kind` and `horizon` are its own words."""

    framework_id: Mapped[UUID] = field(N_("Framework"), Kind.LINK, link("framework.id", owner=True))
    parent_id: Mapped[UUID | None] = field(N_("Under"), Kind.LINK, link("framework_item.id"))
    code: Mapped[str] = field(N_("Code"), Kind.CODE, index=True)
    kind: Mapped[str] = field(N_("Kind of line"), Kind.CODE, choices=LINE_KINDS)
    horizon: Mapped[str | None] = field(N_("Horizon"), Kind.CODE, choices=HORIZONS)
    name: Mapped[str] = field(N_("Name"), Kind.TEXT)
    name_language: Mapped[str | None] = field(N_("Language of the name"), Kind.LANGUAGE)
    position: Mapped[int] = field(N_("Order"), Kind.COUNT, default=0)
    certainty: Mapped[str | None] = field(N_("Certainty of its place"), Kind.CHOICE, choices=CERTAINTIES)
    other_place: Mapped[str | None] = field(N_("Other possible place"), Kind.CODE)
    source: Mapped[str | None] = field(N_("Source"), Kind.TEXT)
    notes: Mapped[str | None] = field(N_("Notes"), Kind.LONG_TEXT)

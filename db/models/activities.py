"""Activities: what was done or planned, by whom, where, when, for whom, and who pays."""

from datetime import date
from uuid import UUID

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column, validates

from db.base import Entity, link
from db.fields import Kind, field
from db.models.donors import FUNDING_KINDS
from i18n import N_
from i18n.folding import sort_key

SECTORS = (
    ("PRO", N_("General protection")),
    ("PRO-CPN", N_("Child protection")),
    ("PRO-GBV", N_("Gender-based violence")),
    ("PRO-HLP", N_("Housing, land and property")),
    ("PRO-MIN", N_("Mine action")),
    ("PRO-TIP", N_("Trafficking in persons")),
    ("CCM", N_("Camp coordination and camp management")),
    ("SHL", N_("Shelter and non-food items")),
    ("WSH", N_("Water, sanitation and hygiene")),
    ("HEA", N_("Health")),
    ("NUT", N_("Nutrition")),
    ("FSC", N_("Food security")),
    ("EDU", N_("Education")),
    ("ERY", N_("Early recovery")),
    ("LOG", N_("Logistics")),
    ("MPC", N_("Multi-purpose cash")),
    ("REF", N_("Refugee response")),
    ("COO", N_("Coordination")),
    ("OTH", N_("Other sector")),
)
"""Clusters as the Humanitarian Data Exchange codes them, protection by area of responsibility. Anti-trafficking is a
task team of the protection cluster, kept apart where a file names it; REF, COO and OTH are our own."""

PROTECTION = ("PRO", "PRO-CPN", "PRO-GBV", "PRO-HLP", "PRO-MIN", "PRO-TIP")
"""The protection cluster and its areas of responsibility, in the order reports print them."""

STATUSES = (
    ("planned", N_("Planned")),
    ("ongoing", N_("Ongoing")),
    ("completed", N_("Completed")),
    ("suspended", N_("Suspended")),
    ("cancelled", N_("Cancelled")),
)

SENSITIVITIES = (
    ("low", N_("Low")),
    ("moderate", N_("Moderate")),
    ("high", N_("High")),
    ("severe", N_("Severe")),
)

SENSITIVE = ("high", "severe")
"""What makes a count one of a sensitive kind, be it said of the count itself or of the activity it belongs to."""

MISSING_DATES = (
    ("not_stated", N_("Not stated in the file")),
    ("unreadable", N_("Could not be read")),
)


class Activity(Entity):
    """One line of work of one partner in one place. People are counted in its results, never here."""

    # The page of a partner lists its activities by title: read off the index, without a look at each of them.
    __table_args__ = (Index(None, "partner_id", "sort_key"),)

    title: Mapped[str] = field(N_("Activity"), Kind.TEXT)
    sort_key: Mapped[str] = mapped_column(index=True)
    project: Mapped[str | None] = field(N_("Project code"), Kind.TEXT, index=True)
    description: Mapped[str | None] = field(N_("Description"), Kind.LONG_TEXT)
    sector: Mapped[str | None] = field(
        N_("Sector"),
        Kind.CHOICE,
        choices=SECTORS,
        index=True,
        help=N_("The cluster or, in protection, the area of responsibility."),
    )
    sector_stated: Mapped[str | None] = field(N_("Sector as stated"), Kind.TEXT)
    partner_id: Mapped[UUID | None] = field(N_("Partner"), Kind.LINK, link("organisation.id"), index=False)
    reporter_id: Mapped[UUID | None] = field(N_("Reported by"), Kind.LINK, link("organisation.id"))
    place_id: Mapped[UUID | None] = field(N_("Place"), Kind.LINK, link("place.id"))
    agreement_id: Mapped[UUID | None] = field(N_("Agreement"), Kind.LINK, link("agreement.id"))
    starts_on: Mapped[date | None] = field(N_("Start date"), Kind.DATE, index=True)
    starts_on_missing: Mapped[str | None] = field(
        N_("Why the start date is missing"), Kind.CHOICE, choices=MISSING_DATES
    )
    ends_on: Mapped[date | None] = field(N_("End date"), Kind.DATE, index=True)
    ends_on_missing: Mapped[str | None] = field(N_("Why the end date is missing"), Kind.CHOICE, choices=MISSING_DATES)
    status: Mapped[str | None] = field(N_("Status"), Kind.CHOICE, choices=STATUSES, index=True)
    status_stated: Mapped[str | None] = field(N_("Status as stated"), Kind.TEXT)
    population: Mapped[str | None] = field(N_("People concerned"), Kind.TEXT)
    modality: Mapped[str | None] = field(N_("Delivery modality"), Kind.TEXT)
    response_plan: Mapped[str | None] = field(N_("Response plan"), Kind.TEXT)
    sensitivity: Mapped[str] = field(N_("Sensitivity"), Kind.CHOICE, choices=SENSITIVITIES, default="low")
    notes: Mapped[str | None] = field(N_("Notes"), Kind.LONG_TEXT)

    @validates("title")
    def _follow(self, _key: str, title: str) -> str:
        self.sort_key = sort_key(title)
        return title


class ActivityFunding(Entity):
    """Who pays for an activity. An activity with several donors counts whole under each, and is never shared out."""

    activity_id: Mapped[UUID] = field(N_("Activity"), Kind.LINK, link("activity.id", owner=True))
    kind: Mapped[str] = field(N_("Kind of funding"), Kind.CHOICE, choices=FUNDING_KINDS)
    donor_id: Mapped[UUID | None] = field(N_("Donor"), Kind.LINK, link("organisation.id"))
    contribution_id: Mapped[UUID | None] = field(N_("Contribution"), Kind.LINK, link("contribution.id"))
    stated: Mapped[str | None] = field(N_("Funding as stated"), Kind.TEXT)


class ActivityTag(Entity):
    """A line of a framework that an activity serves; one activity can carry tags of several frameworks."""

    activity_id: Mapped[UUID] = field(N_("Activity"), Kind.LINK, link("activity.id", owner=True))
    item_id: Mapped[UUID] = field(N_("Framework item"), Kind.LINK, link("framework_item.id"))

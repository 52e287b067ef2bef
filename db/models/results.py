"""Results: a figure for a period and a place, counted by a stated rule, split by sex, age and disability where it was.

What is not known is missing with its reason, never zero. Planned, declared, reached and background figures are
different natures and are never printed one for another; stocks (background figures of a day) are never added.
"""

from datetime import date
from uuid import UUID

from sqlalchemy import BigInteger, ColumnElement, and_, select
from sqlalchemy.orm import Mapped, aliased

from db.base import Entity, link
from db.fields import Kind, field
from db.models.activities import SENSITIVITIES
from i18n import N_

NATURES = (
    ("planned", N_("People targeted")),
    ("declared", N_("Direct beneficiaries declared")),
    ("reached", N_("People reached")),
    ("background", N_("Background figure")),
)

UNITS = (
    ("persons", N_("Persons")),
    ("contacts", N_("Contacts")),
    ("cases", N_("Cases")),
    ("households", N_("Households")),
    ("services", N_("Services")),
    ("sessions", N_("Sessions")),
    ("documents", N_("Documents")),
    ("organisations", N_("Organisations")),
    ("sites", N_("Sites")),
    ("events", N_("Events")),
    ("items", N_("Items")),
    ("responses", N_("Responses")),
    ("countries", N_("Countries")),
    ("states", N_("States")),
    ("percent", N_("Percent")),
    ("years", N_("Years")),
)

PEOPLE = ("persons", "contacts", "cases", "households")
"""Units that count people, which the guard watches over."""

QUALIFIERS = (
    ("exactly", N_("Exactly")),
    ("more_than", N_("More than")),
    ("up_to", N_("Up to")),
)

COUNTINGS = (
    ("unique", N_("Unique persons")),
    ("contacts", N_("Contacts")),
    ("services", N_("Services")),
    ("cases", N_("Cases")),
    ("attendance", N_("Attendance")),
    ("households", N_("Households")),
    ("stock", N_("Present on the day")),
    ("once", N_("Each thing once")),
    ("not_stated", N_("Counting rule not stated")),
)

SPANS = (
    ("period", N_("This period")),
    ("cumulative", N_("Since the beginning")),
    ("moment", N_("On the day")),
)

MISSING = (
    ("not_collected", N_("Not collected")),
    ("not_stated", N_("Not stated")),
    ("hidden", N_("Hidden in the source")),
    ("unreadable", N_("Could not be read")),
)

SEXES = (
    ("female", N_("Female")),
    ("male", N_("Male")),
    ("other", N_("Another or not said")),
)

CUTS = (
    ("sex_age", N_("Sex and age")),
    ("disability", N_("Disability")),
    ("population", N_("People concerned")),
    ("status", N_("Displacement status")),
)
"""The splits that the program makes itself; a file may name others."""

AGE_SCHEMES = (
    ("IASC-ADV", N_("Children and adults (IASC)")),
    ("UNHCR", N_("Age groups of UNHCR")),
    ("OCHA-DTM", N_("Age groups of OCHA and DTM")),
    ("CBM", N_("Age groups of CBM")),
    ("APP-CORE", N_("Age groups of core indicators")),
    ("CTDC", N_("Age groups of CTDC")),
)

METHODS = (
    ("counted", N_("Counted")),
    ("estimated", N_("Estimated by a ratio")),
)


class Result(Entity):
    """A figure with its unit, nature and counting rule; of an activity, of a framework item, or standing alone.

    `value` is an integer; with `decimals` 1 it stands for tenths, and so on. Either `value` or `missing` is given.
    """

    activity_id: Mapped[UUID | None] = field(N_("Activity"), Kind.LINK, link("activity.id", owner=True))
    item_id: Mapped[UUID | None] = field(N_("Framework item"), Kind.LINK, link("framework_item.id"))
    indicator_id: Mapped[UUID | None] = field(N_("Indicator"), Kind.LINK, link("indicator.id"))
    agreement_id: Mapped[UUID | None] = field(N_("Agreement"), Kind.LINK, link("agreement.id"))
    report_id: Mapped[UUID | None] = field(N_("Received in"), Kind.LINK, link("received_report.id"))
    corrects_id: Mapped[UUID | None] = field(
        N_("Corrects"), Kind.LINK, link("result.id"), help=N_("The figure it replaces, which is kept.")
    )
    label: Mapped[str | None] = field(N_("What is counted"), Kind.TEXT)
    place_id: Mapped[UUID | None] = field(N_("Place"), Kind.LINK, link("place.id"))
    starts_on: Mapped[date | None] = field(N_("Period from"), Kind.DATE, index=True)
    ends_on: Mapped[date | None] = field(N_("Period to"), Kind.DATE, index=True)
    span: Mapped[str] = field(N_("Time covered"), Kind.CHOICE, choices=SPANS, default="period")
    nature: Mapped[str] = field(N_("Nature of the figure"), Kind.CHOICE, choices=NATURES, index=True)
    value: Mapped[int | None] = field(N_("Figure"), Kind.COUNT, BigInteger)
    decimals: Mapped[int] = field(N_("Decimals"), Kind.COUNT, default=0)
    unit: Mapped[str] = field(N_("Unit"), Kind.CHOICE, choices=UNITS, default="persons")
    qualifier: Mapped[str] = field(N_("How exact"), Kind.CHOICE, choices=QUALIFIERS, default="exactly")
    counting: Mapped[str] = field(N_("Counting rule"), Kind.CHOICE, choices=COUNTINGS, default="not_stated")
    missing: Mapped[str | None] = field(N_("Why the figure is missing"), Kind.CHOICE, choices=MISSING)
    sensitivity: Mapped[str] = field(N_("Sensitivity"), Kind.CHOICE, choices=SENSITIVITIES, default="low")
    evidence: Mapped[str | None] = field(N_("Evidence, in words"), Kind.LONG_TEXT)
    document_id: Mapped[UUID | None] = field(N_("Document"), Kind.LINK, link("document.id"))
    notes: Mapped[str | None] = field(N_("Notes"), Kind.LONG_TEXT)


class Breakdown(Entity):
    """A part of a result: by sex, age in a named scheme, disability or population group.

    Parts of one `cut` ("sex_age", "disability") add up to at most the whole; different cuts overlap and are never
    added to each other: disability runs across sex and age.
    """

    result_id: Mapped[UUID] = field(N_("Result"), Kind.LINK, link("result.id", owner=True))
    cut: Mapped[str] = field(N_("Split by"), Kind.CODE, choices=CUTS)
    sex: Mapped[str | None] = field(N_("Sex"), Kind.CHOICE, choices=SEXES)
    age_scheme: Mapped[str | None] = field(N_("Age scheme"), Kind.CODE, choices=AGE_SCHEMES)
    age_band: Mapped[str | None] = field(N_("Age"), Kind.CODE)
    disability: Mapped[bool | None] = field(N_("With a disability"), Kind.YES_NO)
    population: Mapped[str | None] = field(N_("People concerned"), Kind.TEXT)
    value: Mapped[int | None] = field(N_("Figure"), Kind.COUNT, BigInteger)
    missing: Mapped[str | None] = field(N_("Why the figure is missing"), Kind.CHOICE, choices=MISSING)
    status: Mapped[str | None] = field(
        N_("Displacement status"), Kind.TEXT, help=N_("Displaced, returned, migrant, host community and so on.")
    )
    method: Mapped[str] = field(N_("How the split was obtained"), Kind.CHOICE, choices=METHODS, default="counted")


_Correction = aliased(Result)
# Asked once for a statement, as a range of an index that is nearly empty. As an EXISTS it was a scan for each row: an
# index whose keys are mostly missing looks useless to SQLite's statistics.
_CORRECTED = select(_Correction.corrects_id).where(
    _Correction.corrects_id > UUID(int=0), _Correction.removed_at.is_(None)
)
CORRECTED: ColumnElement[bool] = Result.id.in_(_CORRECTED)
"""Whether a result that stands corrects this one."""
COUNTS: ColumnElement[bool] = and_(Result.removed_at.is_(None), ~CORRECTED)
"""A result that counts: not removed, and not corrected by one that stands. Whoever adds results up asks for this."""

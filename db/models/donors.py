"""Donors' money as the office knows it: contributions, which may be thin, and what each donor asks of a report."""

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Mapped

from db.base import Entity, link
from db.fields import Kind, field
from i18n import N_

FUNDING_KINDS = (
    ("donor", N_("A donor")),
    ("own", N_("Own funds")),
    ("several", N_("Several donors, not named")),
    ("other", N_("Other source of funding")),
    ("not_stated", N_("Source of funding not stated")),
)
"""Own funds, other, several and blank are kinds of funding, never donors."""

EARMARKINGS = (
    ("A", N_("A – Fully flexible core contribution")),
    ("B", N_("B – Fully flexible to the central emergency fund")),
    ("C", N_("C – Other core contribution")),
    ("D", N_("D – Core contribution with limits")),
    ("E", N_("E – Region or strategic objective")),
    ("F", N_("F – Country-based pooled fund")),
    ("G", N_("G – Country operations")),
    ("H", N_("H – Sub-objective or target")),
    ("I", N_("I – Specific project")),
    ("J", N_("J – Tied by place and theme")),
    ("K", N_("K – In kind")),
    ("L", N_("L – Directed by the donor")),
)
"""Grand Bargain earmarking modalities (IATI vocabulary 3 of aid types). A to F count as flexible."""

STAGES = (
    ("idea", N_("Idea")),
    ("concept", N_("Concept note")),
    ("submitted", N_("Proposal submitted")),
    ("pledged", N_("Pledged")),
    ("committed", N_("Committed")),
    ("received", N_("Received")),
    ("closed", N_("Closed")),
    ("declined", N_("Declined")),
)
"""From the first talk to the end. Only what is committed or later counts as money; pledges never do."""

SECURED = ("committed", "received", "closed")

CHANNELS = (
    ("direct", N_("From the donor to us")),
    ("pooled", N_("Through a pooled fund")),
    ("managed", N_("Into a pooled fund that we manage")),
    ("agency", N_("Through another agency")),
    ("private", N_("Raised from the public by ourselves")),
)
"""How a contribution reached the office: what decides the layer at which a partner receives it."""

RATE_RULES = (
    ("of_month", N_("Rate of the month")),
    ("of_receipt", N_("Rate of the receipt")),
    ("of_contract", N_("Rate of the contract")),
)

TEMPLATES = (
    ("8plus3", N_("Harmonised report (8+3)")),
    ("log_frame", N_("Along the donor's log frame")),
    ("own_form", N_("The donor's own form")),
)
TYPOGRAPHIES = (
    ("un", N_("United Nations and France")),
    ("eu", N_("European Union")),
    ("canada", N_("Canada")),
)
"""Whose typography a report follows: the profiles of `i18n.typography`."""

PAPERS = (
    ("A4", "A4"),
    ("Letter", N_("Letter (North America)")),
)
LANGUAGES_AT_MOST = 4


class Contribution(Entity):
    """Money that a donor gave or promised the office; only the donor must be known."""

    donor_id: Mapped[UUID] = field(N_("Donor"), Kind.LINK, link("organisation.id"))
    department_id: Mapped[UUID | None] = field(N_("Department"), Kind.LINK, link("department.id"))
    title: Mapped[str | None] = field(N_("Title"), Kind.TEXT)
    reference: Mapped[str | None] = field(N_("Reference"), Kind.TEXT)
    stage: Mapped[str] = field(
        N_("Stage"), Kind.CHOICE, choices=STAGES, default="committed", server_default="committed", index=True
    )
    probability: Mapped[int | None] = field(
        N_("Probability, in percent"), Kind.COUNT, help=N_("Of what is not yet committed.")
    )
    amount: Mapped[int | None] = field(N_("Amount"), Kind.MONEY)
    currency: Mapped[str | None] = field(N_("Currency"), Kind.CURRENCY)
    starts_on: Mapped[date | None] = field(N_("Start date"), Kind.DATE)
    ends_on: Mapped[date | None] = field(N_("End date"), Kind.DATE)
    signed_on: Mapped[date | None] = field(N_("Signed on"), Kind.DATE)
    channel: Mapped[str] = field(
        N_("How it reached us"), Kind.CHOICE, choices=CHANNELS, default="direct", server_default="direct"
    )
    earmarking: Mapped[str | None] = field(
        N_("Earmarking as received"), Kind.CHOICE, choices=EARMARKINGS, help=N_("As it bound us, A to L.")
    )
    earmarking_given: Mapped[str | None] = field(
        N_("Earmarking as the donor gave it"), Kind.CHOICE, choices=EARMARKINGS
    )
    rate_rule: Mapped[str | None] = field(N_("Which rate applies"), Kind.CHOICE, choices=RATE_RULES)
    contract_rate: Mapped[Decimal | None] = field(
        N_("Rate of the contract"),
        Kind.DECIMAL,
        help=N_("Units of the contribution's currency for one of the office's."),
    )
    overhead_rate: Mapped[Decimal | None] = field(N_("Overheads received, in percent"), Kind.DECIMAL)
    person_id: Mapped[UUID | None] = field(N_("Followed by"), Kind.LINK, link("person.id"))
    notes: Mapped[str | None] = field(N_("Notes"), Kind.LONG_TEXT)


class Requirements(Entity):
    """What a donor asks of a report: languages, form, deadlines, annexes, typography, visibility."""

    organisation_id: Mapped[UUID] = field(N_("Donor"), Kind.LINK, link("organisation.id", owner=True))
    name: Mapped[str] = field(N_("Name"), Kind.TEXT)
    languages: Mapped[str | None] = field(N_("Languages"), Kind.TEXT, help=N_("The first one first."))
    template: Mapped[str | None] = field(N_("Template"), Kind.CHOICE, choices=TEMPLATES)
    questions: Mapped[dict[str, Any] | None] = field(N_("Questions and word limits"), Kind.DATA)
    """Codes of `db.questions`, each with the words an answer may have, or None."""
    typography: Mapped[str | None] = field(N_("Typography"), Kind.CHOICE, choices=TYPOGRAPHIES)
    paper: Mapped[str | None] = field(N_("Paper size"), Kind.CHOICE, choices=PAPERS)
    interim_days: Mapped[int | None] = field(N_("Days for an interim report"), Kind.COUNT)
    final_days: Mapped[int | None] = field(N_("Days for the final report"), Kind.COUNT)
    working_days: Mapped[bool | None] = field(N_("Working days"), Kind.YES_NO)
    annexes: Mapped[str | None] = field(N_("Annexes"), Kind.LONG_TEXT)
    visibility: Mapped[str | None] = field(N_("Visibility"), Kind.LONG_TEXT)
    notes: Mapped[str | None] = field(N_("Notes"), Kind.LONG_TEXT)


def languages_asked(codes: str | None) -> tuple[str, ...]:
    """The languages of a profile, the first one first."""
    return tuple(filter(None, (code.strip() for code in (codes or "").split(","))))

"""Donors' money as the office knows it: contributions, which may be thin, and what funds the work."""

from datetime import date
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


class Contribution(Entity):
    """Money that a donor gave or promised the office; only the donor must be known."""

    donor_id: Mapped[UUID] = field(N_("Donor"), Kind.LINK, link("organisation.id"))
    title: Mapped[str | None] = field(N_("Title"), Kind.TEXT)
    reference: Mapped[str | None] = field(N_("Reference"), Kind.TEXT)
    amount: Mapped[int | None] = field(N_("Amount"), Kind.MONEY)
    currency: Mapped[str | None] = field(N_("Currency"), Kind.CURRENCY)
    starts_on: Mapped[date | None] = field(N_("Start date"), Kind.DATE)
    ends_on: Mapped[date | None] = field(N_("End date"), Kind.DATE)
    earmarking: Mapped[str | None] = field(N_("Earmarking, A to L"), Kind.CODE)
    notes: Mapped[str | None] = field(N_("Notes"), Kind.LONG_TEXT)

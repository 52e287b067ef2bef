"""Money on its way: what a donor gave, to whom it was allocated at which stage, and the rates that compare currencies.

An allocation is one step of the way; one that a partner passes on points at the allocation it came from, so that each
franc can be followed. Commitments, disbursements and spending are three accounts of the same money and never mixed in
one table (Grand Bargain, reporting on commitment 2.4). Wherever it is shown: indicative, not certified.
"""

from datetime import date
from decimal import Decimal
from uuid import UUID

from sqlalchemy import Index
from sqlalchemy.orm import Mapped

from db.base import Entity, link
from db.fields import Kind, field
from i18n import N_

STAGES = (
    ("commitment", N_("Commitment of funds")),
    ("disbursement", N_("Disbursement")),
    ("spending", N_("Spending")),
)

LAYERS = (
    ("L0", N_("Direct")),
    ("L1P", N_("Through a pooled fund")),
    ("L1", N_("Through one intermediary")),
    ("L2", N_("Through two intermediaries or more")),
    ("DP", N_("From funds raised privately")),
)
"""How money reached a partner; what leads to which and what counts toward the 25 % is in `resources/layers.csv`."""

RATE_SOURCES = (
    ("un", N_("United Nations operational rates")),
    ("inforeuro", N_("InforEuro")),
    ("contract", N_("Contract")),
    ("other", N_("Other source of rates")),
)


class Receipt(Entity):
    """Money of a contribution that came in, with the rate of that day where one was noted."""

    contribution_id: Mapped[UUID] = field(N_("Contribution"), Kind.LINK, link("contribution.id", owner=True))
    received_on: Mapped[date] = field(N_("Received on"), Kind.DATE)
    amount: Mapped[int] = field(N_("Amount"), Kind.MONEY)
    currency: Mapped[str] = field(N_("Currency"), Kind.CURRENCY)
    rate: Mapped[Decimal | None] = field(
        N_("Rate of receipt"), Kind.DECIMAL, help=N_("Units of the contribution's currency for one of the office's.")
    )
    reference: Mapped[str | None] = field(N_("Reference"), Kind.TEXT)


class Allocation(Entity):
    """Money of a contribution set aside, paid or spent: to a partner under an agreement, or by the office itself."""

    contribution_id: Mapped[UUID] = field(N_("Contribution"), Kind.LINK, link("contribution.id"))
    parent_id: Mapped[UUID | None] = field(
        N_("Passed on from"), Kind.LINK, link("allocation.id"), help=N_("Where a partner passes money on to another.")
    )
    agreement_id: Mapped[UUID | None] = field(N_("Agreement"), Kind.LINK, link("agreement.id"))
    recipient_id: Mapped[UUID | None] = field(
        N_("Recipient"), Kind.LINK, link("organisation.id"), help=N_("Empty where the office itself carries it out.")
    )
    stage: Mapped[str] = field(N_("Stage"), Kind.CHOICE, choices=STAGES, index=True)
    on: Mapped[date] = field(N_("Date"), Kind.DATE, index=True)
    amount: Mapped[int] = field(N_("Amount"), Kind.MONEY)
    currency: Mapped[str] = field(N_("Currency"), Kind.CURRENCY)
    overhead: Mapped[bool] = field(N_("Overheads"), Kind.YES_NO, default=False)
    reference: Mapped[str | None] = field(N_("Reference"), Kind.TEXT)
    notes: Mapped[str | None] = field(N_("Notes"), Kind.LONG_TEXT)


class ExchangeRate(Entity):
    """How many units of a currency one unit of the base currency bought from a day on, as a source published it."""

    __table_args__ = (Index(None, "currency", "base", "valid_from"),)

    currency: Mapped[str] = field(N_("Currency"), Kind.CURRENCY)
    base: Mapped[str] = field(N_("Base currency"), Kind.CURRENCY)
    valid_from: Mapped[date] = field(N_("Valid from"), Kind.DATE)
    rate: Mapped[Decimal] = field(N_("Rate"), Kind.DECIMAL)
    source: Mapped[str] = field(N_("Source"), Kind.CHOICE, choices=RATE_SOURCES)
    source_id: Mapped[UUID | None] = field(N_("File"), Kind.LINK, link("source.id"))

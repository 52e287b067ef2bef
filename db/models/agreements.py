"""Agreements with partners: what was signed, how it was chosen, what it may cost, what was paid, what was amended.

Money is in minor units of the agreement's currency; it is indicative and not the ledger. A status changes only along
the legal steps (`TRANSITIONS`), by deeds of its own.
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Mapped, mapped_column, validates

from db.base import Entity, link
from db.fields import Kind, field
from i18n import N_
from i18n.folding import sort_key

TYPES = (
    ("project", N_("Project agreement")),
    ("framework", N_("Framework agreement")),
    ("small_grant", N_("Small grant")),
    ("memorandum", N_("Memorandum of understanding")),
    ("data_sharing", N_("Data-sharing agreement")),
    ("contingency", N_("Contingency agreement")),
)

STATUSES = (
    ("draft", N_("Draft")),
    ("review", N_("Under review")),
    ("approved", N_("Approved")),
    ("signed", N_("Signed")),
    ("active", N_("Active")),
    ("suspended", N_("Agreement suspended")),
    ("ended", N_("Ended")),
    ("closed", N_("Closed")),
    ("terminated", N_("Terminated")),
    ("cancelled", N_("Agreement cancelled")),
)

TRANSITIONS: Mapping[str, tuple[str, ...]] = {
    "draft": ("review", "cancelled"),
    "review": ("approved", "draft", "cancelled"),
    "approved": ("signed", "review", "cancelled"),
    "signed": ("active", "terminated"),
    "active": ("suspended", "ended", "terminated"),
    "suspended": ("active", "terminated"),
    "ended": ("closed", "active"),
    "terminated": ("closed",),
    "closed": (),
    "cancelled": (),
}
"""From each status to those it may turn into, first the one that is offered first.

Ended goes back to active when an amendment prolongs it.
"""
BEFORE_SIGNING = ("draft", "review", "approved", "cancelled")
"""What was never signed: its terms are typed."""

SELECTIONS = (
    ("open_call", N_("Open call for proposals")),
    ("restricted_call", N_("Call to a short list")),
    ("direct", N_("Direct selection")),
    ("continued", N_("Continued partnership")),
)

AMENDMENT_TYPES = (
    ("no_cost_extension", N_("Extension without cost")),
    ("cost_extension", N_("Extension with cost")),
    ("budget", N_("Budget revision")),
    ("scope", N_("Change of activities or places")),
    ("administrative", N_("Administrative change")),
)

DECISIONS = (
    ("approved", N_("Approved")),
    ("refused", N_("Refused")),
    ("sent_back", N_("Sent back")),
)

RISK_NATURES = (
    ("risk", N_("Risk")),
    ("issue", N_("Issue")),
)

GRADES = (
    ("low", N_("Low")),
    ("medium", N_("Medium")),
    ("high", N_("High")),
)

RISK_STATUSES = (
    ("open", N_("Still open")),
    ("watched", N_("Watched")),
    ("closed", N_("Closed")),
)


class Agreement(Entity):
    """What the office and a partner agreed to do together, on which terms."""

    title: Mapped[str] = field(N_("Title"), Kind.TEXT)
    sort_key: Mapped[str] = mapped_column(index=True)
    title_language: Mapped[str | None] = field(N_("Language of the title"), Kind.LANGUAGE)
    partner_id: Mapped[UUID] = field(N_("Partner"), Kind.LINK, link("organisation.id"))
    reference: Mapped[str | None] = field(N_("Reference"), Kind.TEXT, index=True)
    type: Mapped[str] = field(N_("Type of agreement"), Kind.CHOICE, choices=TYPES, default="project")
    status: Mapped[str] = field(N_("Status"), Kind.CHOICE, choices=STATUSES, default="draft", index=True)
    parent_id: Mapped[UUID | None] = field(N_("Under the framework agreement"), Kind.LINK, link("agreement.id"))
    starts_on: Mapped[date | None] = field(N_("Start date"), Kind.DATE)
    ends_on: Mapped[date | None] = field(N_("End date"), Kind.DATE, index=True)
    signed_on: Mapped[date | None] = field(N_("Signed on"), Kind.DATE)
    currency: Mapped[str | None] = field(N_("Currency"), Kind.CURRENCY)
    amount: Mapped[int | None] = field(N_("Amount"), Kind.MONEY)
    overhead_rate: Mapped[Decimal | None] = field(
        N_("Overheads agreed, in percent"), Kind.DECIMAL, help=N_("Indirect costs over direct costs.")
    )
    person_id: Mapped[UUID | None] = field(N_("Followed by"), Kind.LINK, link("person.id"))
    selection: Mapped[str | None] = field(N_("How the partner was chosen"), Kind.CHOICE, choices=SELECTIONS)
    selected_on: Mapped[date | None] = field(N_("Chosen on"), Kind.DATE)
    proposals: Mapped[int | None] = field(N_("Proposals received"), Kind.COUNT)
    selection_reason: Mapped[str | None] = field(N_("Why this partner"), Kind.LONG_TEXT)
    designed_together: Mapped[bool | None] = field(N_("Designed together with the partner"), Kind.YES_NO)
    description: Mapped[str | None] = field(N_("Programme description"), Kind.LONG_TEXT)
    description_language: Mapped[str | None] = field(N_("Language of the description"), Kind.LANGUAGE)
    notes: Mapped[str | None] = field(N_("Notes"), Kind.LONG_TEXT)

    @validates("title")
    def _follow(self, _key: str, title: str) -> str:
        self.sort_key = sort_key(title)
        return title


class StatusChange(Entity):
    """A step of an agreement from one status to another: when, by whom, why."""

    agreement_id: Mapped[UUID] = field(N_("Agreement"), Kind.LINK, link("agreement.id", owner=True))
    before: Mapped[str | None] = field(N_("Before"), Kind.CHOICE, choices=STATUSES)
    after: Mapped[str] = field(N_("After"), Kind.CHOICE, choices=STATUSES)
    on: Mapped[date] = field(N_("Date"), Kind.DATE)
    person_id: Mapped[UUID | None] = field(N_("By"), Kind.LINK, link("person.id"))
    reason: Mapped[str | None] = field(N_("Reason"), Kind.LONG_TEXT)


class BudgetLine(Entity):
    """A line of an agreement's budget, shared between donor, partner and gifts in kind."""

    agreement_id: Mapped[UUID] = field(N_("Agreement"), Kind.LINK, link("agreement.id", owner=True))
    code: Mapped[str | None] = field(N_("Code"), Kind.CODE)
    title: Mapped[str] = field(N_("Budget line"), Kind.TEXT)
    position: Mapped[int] = field(N_("Order"), Kind.COUNT, default=0)
    contribution_id: Mapped[UUID | None] = field(N_("Contribution"), Kind.LINK, link("contribution.id"))
    currency: Mapped[str] = field(N_("Currency"), Kind.CURRENCY)
    donor_amount: Mapped[int | None] = field(N_("Share of the donor"), Kind.MONEY)
    partner_amount: Mapped[int | None] = field(N_("Share of the partner"), Kind.MONEY)
    in_kind_amount: Mapped[int | None] = field(N_("Share in kind"), Kind.MONEY)
    overhead: Mapped[bool] = field(N_("Overheads"), Kind.YES_NO, default=False)


class Tranche(Entity):
    """A part of the money: planned, paid, and liquidated once the partner has accounted for it."""

    agreement_id: Mapped[UUID] = field(N_("Agreement"), Kind.LINK, link("agreement.id", owner=True))
    number: Mapped[int] = field(N_("Number"), Kind.COUNT)
    currency: Mapped[str] = field(N_("Currency"), Kind.CURRENCY)
    planned_on: Mapped[date | None] = field(N_("Planned on"), Kind.DATE, index=True)
    planned_amount: Mapped[int | None] = field(N_("Amount planned"), Kind.MONEY)
    paid_on: Mapped[date | None] = field(N_("Paid on"), Kind.DATE)
    paid_amount: Mapped[int | None] = field(N_("Amount paid"), Kind.MONEY)
    liquidated_on: Mapped[date | None] = field(N_("Liquidated on"), Kind.DATE)
    liquidated_amount: Mapped[int | None] = field(N_("Amount liquidated"), Kind.MONEY)
    overhead_amount: Mapped[int | None] = field(N_("Of which overheads"), Kind.MONEY)
    condition: Mapped[str | None] = field(N_("Condition"), Kind.TEXT)
    reference: Mapped[str | None] = field(N_("Reference"), Kind.TEXT)


class Amendment(Entity):
    """A change to a signed agreement; `changes` holds each field's value before and after."""

    agreement_id: Mapped[UUID] = field(N_("Agreement"), Kind.LINK, link("agreement.id", owner=True))
    number: Mapped[int] = field(N_("Number"), Kind.COUNT)
    type: Mapped[str] = field(N_("Type of amendment"), Kind.CHOICE, choices=AMENDMENT_TYPES)
    signed_on: Mapped[date | None] = field(N_("Signed on"), Kind.DATE)
    reason: Mapped[str | None] = field(N_("Reason"), Kind.LONG_TEXT)
    changes: Mapped[dict[str, Any]] = field(N_("Changes"), Kind.DATA)
    document_id: Mapped[UUID | None] = field(N_("Document"), Kind.LINK, link("document.id"))


class Approval(Entity):
    """Somebody's decision on an agreement or an amendment, with the digest of what was decided on."""

    agreement_id: Mapped[UUID] = field(N_("Agreement"), Kind.LINK, link("agreement.id", owner=True))
    amendment_id: Mapped[UUID | None] = field(N_("Amendment"), Kind.LINK, link("amendment.id"))
    person_id: Mapped[UUID] = field(N_("Decided by"), Kind.LINK, link("person.id"))
    decision: Mapped[str] = field(N_("Decision"), Kind.CHOICE, choices=DECISIONS)
    on: Mapped[date] = field(N_("Date"), Kind.DATE)
    digest: Mapped[str] = field(N_("Digest of what was approved"), Kind.CODE)
    notes: Mapped[str | None] = field(N_("Notes"), Kind.LONG_TEXT)


class Risk(Entity):
    """A risk that may come about, or an issue that has, with what is done about it."""

    agreement_id: Mapped[UUID | None] = field(N_("Agreement"), Kind.LINK, link("agreement.id", owner=True))
    contribution_id: Mapped[UUID | None] = field(N_("Contribution"), Kind.LINK, link("contribution.id"))
    nature: Mapped[str] = field(N_("Risk or issue"), Kind.CHOICE, choices=RISK_NATURES)
    title: Mapped[str] = field(N_("Title"), Kind.TEXT)
    likelihood: Mapped[str | None] = field(N_("Likelihood"), Kind.CHOICE, choices=GRADES)
    impact: Mapped[str | None] = field(N_("How hard it would hit"), Kind.CHOICE, choices=GRADES)
    response: Mapped[str | None] = field(N_("What is done about it"), Kind.LONG_TEXT)
    person_id: Mapped[UUID | None] = field(N_("Responsible"), Kind.LINK, link("person.id"))
    due_on: Mapped[date | None] = field(N_("Due on"), Kind.DATE, index=True)
    status: Mapped[str] = field(N_("Status"), Kind.CHOICE, choices=RISK_STATUSES, default="open")

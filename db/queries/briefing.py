"""What a donor is told at a briefing besides figures: what is asked for, what was promised and asked, how it earmarked.

How likely money is to come is our own guess, and is not told.
"""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.models import Contribution, Engagement
from db.models.donors import SECURED, STAGES
from db.money import Money
from db.queries.donors import FLEXIBLE
from db.queries.engagements import OpenMatters, open_matters

_OPEN = tuple(code for code, _title in STAGES if code not in (*SECURED, "declined"))


@dataclass(frozen=True)
class Given:
    """A contribution: what it is for, how far it has come, how it is bound."""

    id: UUID
    title: str | None
    reference: str | None
    stage: str
    amount: Money | None
    earmarking: str | None
    starts_on: date | None
    ends_on: date | None


@dataclass(frozen=True)
class FlexiblePart:
    """In one currency, what is secured and what of it reached us flexible; of some the earmarking is not known."""

    currency: str
    flexible: Money
    known: Money
    unknown: int


@dataclass(frozen=True)
class Briefing:
    """The answer: money secured and asked for, and what is open between the donor and the office."""

    secured: tuple[Given, ...]
    asked: tuple[Given, ...]
    flexible: tuple[FlexiblePart, ...]
    matters: OpenMatters


def briefing(session: Session, donor: UUID) -> Briefing:
    """What a donor is told of its money and of what is open."""
    held = [
        Given(
            one.id,
            one.title,
            one.reference,
            one.stage,
            Money.of(one.amount, one.currency) if one.amount is not None and one.currency else None,
            one.earmarking,
            one.starts_on,
            one.ends_on,
        )
        for one in session.scalars(
            select(Contribution)
            .where(Contribution.donor_id == donor, Contribution.removed_at.is_(None))
            .order_by(Contribution.starts_on.desc(), Contribution.row)
        )
    ]
    secured = tuple(one for one in held if one.stage in SECURED)
    return Briefing(
        secured,
        tuple(one for one in held if one.stage in _OPEN),
        tuple(
            _flexible(secured, currency) for currency in sorted({one.amount.currency for one in secured if one.amount})
        ),
        open_matters(session, donor),
    )


def last_briefing(session: Session, donor: UUID, before: date) -> date | None:
    """The day of the last briefing of a donor before a day."""
    return session.scalar(
        select(func.max(Engagement.on)).where(
            Engagement.organisation_id == donor,
            Engagement.type == "briefing",
            Engagement.on < before,
            Engagement.removed_at.is_(None),
        )
    )


def _flexible(secured: tuple[Given, ...], currency: str) -> FlexiblePart:
    its = [one for one in secured if one.amount and one.amount.currency == currency]
    known = [one for one in its if one.earmarking]
    flexible = [one for one in known if one.earmarking in FLEXIBLE]

    def added(parts: list[Given]) -> Money:
        return Money.of(sum(one.amount.minor for one in parts if one.amount), currency)

    return FlexiblePart(currency, added(flexible), added(known), len(its) - len(known))

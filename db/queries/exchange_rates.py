"""The exchange rates that the record holds of one source, for a file of newer ones to be compared with."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models.money import ExchangeRate
from db.models.sources import Source

KIND = "rates"
"""What a source of rates holds, in the words of `Source.kind`."""


@dataclass(frozen=True)
class HeldRates:
    """Each rate by its source, currency, base and day; and the files that rates came from, so that a plan can age."""

    rates: Mapping[tuple[str, str, str, date], tuple[UUID, Decimal]] = field(default_factory=dict)
    files: frozenset[UUID] = frozenset()


def held_rates(session: Session) -> HeldRates:
    """The published rates that are held; of two for one day the newer holds."""
    held = session.scalars(select(ExchangeRate).where(ExchangeRate.removed_at.is_(None)).order_by(ExchangeRate.row))
    files = session.scalars(select(Source.id).where(Source.removed_at.is_(None), Source.kind == KIND))
    return HeldRates(
        {(each.source, each.currency, each.base, each.valid_from): (each.id, each.rate) for each in held},
        frozenset(files),
    )

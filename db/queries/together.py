"""Amounts of several currencies put in one: which rates it took, what rounding took or gave, what has no rate."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from db.errors import RecordError
from db.money import Money
from db.queries.money import Leg, Rates
from db.queries.roll_up import Reason


@dataclass(frozen=True)
class Sum:
    """Money in each currency it is of, and all of it in one; without that, a rate is lacking."""

    amounts: tuple[Money, ...]
    together: Money | None


class Together:
    """Amounts put in one currency, with the rates used, what rounding took, and what has no rate."""

    def __init__(self, known: Rates, currency: str) -> None:
        self.currency = currency
        self._known = known
        self._legs: dict[Leg, None] = {}
        self._lacking: dict[Reason, None] = {}
        self.rounding = Decimal()

    @property
    def legs(self) -> tuple[Leg, ...]:
        """The rates that were used, each once."""
        return tuple(self._legs)

    @property
    def lacking(self) -> tuple[Reason, ...]:
        """Why some amounts could not be put in this currency."""
        return tuple(self._lacking)

    def of(self, money: Money, on: date, contribution: UUID | None = None) -> Money | None:
        """An amount of a day, by the rule of its contribution."""
        try:
            found = self._known.convert(money, self.currency, on, contribution=contribution)
        except RecordError as refused:
            self._lacking[Reason(refused.message, tuple(refused.gaps.items()))] = None
            return None
        self._legs |= dict.fromkeys(found.legs)
        self.rounding += found.rounding
        return found.money

    def sum(self, parts: Iterable[tuple[Money, Money | None]]) -> Sum:
        """Amounts with what each is in the one currency, added up."""
        parts = tuple(parts)
        currencies = sorted({money.currency for money, _one in parts})
        known = [one.amount for _money, one in parts if one is not None]
        whole = Money(sum(known, Decimal()), self.currency) if len(known) == len(parts) else None
        return Sum(tuple(added(money for money, _one in parts if money.currency == one) for one in currencies), whole)


def added(amounts: Iterable[Money]) -> Money:
    """Amounts of one currency, of which there is at least one."""
    known = tuple(amounts)
    return Money(sum((one.amount for one in known), Decimal()), known[0].currency)

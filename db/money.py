"""Amounts of money: minor units in the record, exact decimals with their currency everywhere else.

A field of kind MONEY holds minor units of the currency that stands in the field `currency` of the same row.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Dialect, String, Text, TypeDecorator, cast
from sqlalchemy.orm import InstrumentedAttribute

from db.errors import InvalidValue
from i18n import N_
from i18n.currencies import decimals_of

CURRENCY = "currency"

INDICATIVE = N_("Indicative amounts, not certified: the record is not the ledger.")
"""Said wherever money is shown."""


class FinerThanCurrency(InvalidValue):
    message = N_("“{field}” is finer than the smallest unit of its currency.")


class NeedsCurrency(InvalidValue):
    message = N_("“{field}” is an amount of money: its currency is needed.")


@dataclass(frozen=True)
class Money:
    """An exact amount in one currency (ISO 4217)."""

    amount: Decimal
    currency: str

    @property
    def minor(self) -> int:
        """The amount in minor units; ValueError where it is finer than these."""
        units = self.amount.scaleb(decimals_of(self.currency))
        if units != units.to_integral_value():
            raise ValueError(self.amount)
        return int(units)

    @classmethod
    def of(cls, minor: int, currency: str) -> "Money":
        """From minor units: 1250 EUR is 12.50."""
        return cls(Decimal(minor).scaleb(-decimals_of(currency)), currency)


def minor_of(name: str, amount: Decimal, currency: str | None) -> int:
    """The minor units of an amount typed into the field of this name; refused where it cannot be that money."""
    if not currency:
        raise NeedsCurrency(name)
    try:
        return Money(amount, currency).minor
    except ValueError:
        raise FinerThanCurrency(name) from None


def split(minor: int, weights: Sequence[int]) -> tuple[int, ...]:
    """Minor units shared out by weight, none lost and none made: what is left over goes to the largest remainders."""
    whole = sum(weights)
    if whole <= 0 or min(weights) < 0:
        raise ValueError(weights)
    sign = -1 if minor < 0 else 1
    parts = [divmod(abs(minor) * weight, whole) for weight in weights]
    shares = [share for share, _rest in parts]
    largest = sorted(range(len(parts)), key=lambda index: -parts[index][1])
    for index in largest[: abs(minor) - sum(shares)]:
        shares[index] += 1
    return tuple(sign * share for share in shares)


class MoneyText(TypeDecorator[Money]):
    """Minor units and their currency, read together as one value: for lists, never stored."""

    impl = Text
    cache_ok = True

    def process_result_value(self, value: str | None, dialect: Dialect) -> Money | None:
        if value is None:
            return None
        minor, _space, currency = value.partition(" ")
        return Money.of(int(minor), currency)


def money_column(amount: InstrumentedAttribute[Any], currency: InstrumentedAttribute[Any]) -> ColumnElement[Money]:
    """An amount of a row with its currency; empty where either is."""
    return (cast(amount, String) + " " + currency).cast(MoneyText())


def money_of(values: Mapping[str, Any], key: str) -> Money | None:
    """The money behind the minor units in one field of a row's values."""
    minor, currency = values.get(key), values.get(CURRENCY)
    return None if minor is None or currency is None else Money.of(minor, currency)

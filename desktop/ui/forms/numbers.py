"""Inputs of numbers, typed in the reader's digits and separators: counts, exact decimals, and money.

A number that can be read in two ways is refused with an example, never guessed: an amount is not typed in twice.
"""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from db.errors import InvalidValue
from db.money import Money, minor_of
from desktop.ui.forms.inputs import FigureEdit
from desktop.ui.language import words
from i18n import N_
from i18n.currencies import decimals_of


class UnreadNumber(InvalidValue):
    message = N_("“{field}” is not a whole number. Write it with digits only.")


class UnreadDecimal(InvalidValue):
    message = N_("“{field}” is not a number. Write it like this: {example}")

    def values(self, words: Any) -> dict[str, str]:
        return super().values(words) | {"example": words.number(Decimal("12345.67"))}


class CountEdit(FigureEdit):
    """A count or another whole number; empty is not zero."""

    def value(self, field: str) -> int | None:
        if not (typed := self.text().strip()):
            return None
        reading = words().parse_number(typed)
        # Where a separator may group or part, only the whole number can stand in a count.
        number = next((each for each in (reading.value, *reading.alternatives) if each is not None), None)
        if number is None or number != int(number):
            raise UnreadNumber(field)
        return int(number)

    def show_value(self, value: int | None) -> None:
        self.show_figures("" if value is None else words().number(value))


class DecimalEdit(FigureEdit):
    """A rate or a share, exact."""

    def value(self, field: str) -> Decimal | None:
        if not (typed := self.text().strip()):
            return None
        if (number := words().parse_number(typed).value) is None:
            raise UnreadDecimal(field)
        return number

    def show_value(self, value: Decimal | None) -> None:
        self.show_figures("" if value is None else words().number(value))


class MoneyEdit(DecimalEdit):
    """An amount in the currency that stands in the same form; its value is in minor units."""

    def __init__(self) -> None:
        super().__init__()
        self.currency: Callable[[], str | None] = _no_currency

    def value(self, field: str) -> Any:
        amount = super().value(field)
        return None if amount is None else minor_of(field, amount, self.currency())

    def show_value(self, value: Any) -> None:
        if value is None:
            self.show_figures("")
            return
        currency = self.currency() or ""
        self.show_figures(words().number(Money.of(value, currency).amount, decimals_of(currency)))


def _no_currency() -> str | None:
    """An amount that stands in no form has none."""
    return None

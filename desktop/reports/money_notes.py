"""What has to be said beside sums of money: the rates that were used, what rounding took, that nothing is certified."""

from collections.abc import Iterable, Iterator
from decimal import Decimal

from db.money import INDICATIVE
from db.queries.money import SOURCES, Leg
from i18n import Words
from i18n.currencies import decimals_of

_FINER = 4
"""Decimals beyond a currency's own in which a rounding difference is shown."""


def money_notes(rates: Iterable[Leg], rounding: Decimal, currency: str, words: Words) -> Iterator[str]:
    """Whole sentences, the last of them that the amounts are indicative."""
    for leg in rates:
        yield rate_used(leg, words)
    if rounding:
        difference = words.money(rounding, currency, decimals_of(currency) + _FINER)
        yield words.gettext("Rounding: the exact total differs by {amount}.").format(amount=difference)
    yield words.gettext(INDICATIVE)


def rate_used(leg: Leg, words: Words) -> str:
    """A rate with whose it is and of which day."""
    return words.gettext("Rate used: 1 {given} is {rate} {wanted} ({source}, {day})").format(
        given=leg.given,
        rate=words.number(leg.rate),
        wanted=leg.wanted,
        source=words.gettext(dict(SOURCES)[leg.source]),
        day=words.date(leg.on),
    )

"""How a value of the document tree reads, for every renderer that prints text."""

from typing import assert_never

from desktop.reports.document import Count, Day, Hidden, Missing, Money, Said, Share, Value
from i18n import Words

HIDDEN_MARK = "•"
"""One mark for every hidden cell, whatever the reason; the notes of the report say what it means."""


def shown(value: Value, words: Words) -> str:
    """The value as a reader of the words' language sees it; a person's own words come back isolated."""
    match value:
        case str():
            return value
        case Said(text):
            return words.isolate(text)
        case Count(number):
            return words.number(number)
        case Share(ratio, decimals):
            return words.percent(ratio, decimals)
        case Money(amount, currency):
            return words.money(amount, currency)
        case Day(on):
            return words.date(on)
        case Hidden():
            return HIDDEN_MARK
        case Missing(reason):
            return reason
        case _:
            assert_never(value)

"""Words: one language's text, numbers, money, dates and lists, given to whoever shows something to a person.

It is a plain value, a tag and a typography, so that it can be compared, kept in a report's order and sent to the
process that renders. Sentences get the typography; the values put in their gaps never do. What formats values is
imported by the methods that need it: the first window paints without. Numbers are not: a report writes tens of
thousands, and to ask for what writes them took longer than the writing.
"""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Literal, Self

from i18n import isolation, numbers
from i18n.catalogues import catalogue
from i18n.currencies import decimals_of
from i18n.languages import PSEUDO, Language, language
from i18n.pseudo import disguised
from i18n.territories import OFFICIAL
from i18n.typography import PROFILES, quoted, typeset

if TYPE_CHECKING:
    from i18n import dates, parsing


@dataclass(frozen=True)
class Words:
    """What one language says and how it writes values; `typography` is one of typography.PROFILES.

    `calendar`, one of calendars.CALENDARS, is said beside every day, never instead of it.
    """

    language: str
    typography: str = "un"
    calendar: str | None = None

    @classmethod
    @lru_cache
    def of(cls, tag: str, typography: str = "un", calendar: str | None = None) -> Self:
        """The words of a language; ValueError for a tag or a typography that nobody knows."""
        if typography not in PROFILES:
            raise ValueError(typography)
        return cls(language(tag).tag, typography, calendar)

    @property
    def direction(self) -> Literal["ltr", "rtl"]:
        """Which way the language is read."""
        return self._facts.direction

    def gettext(self, message: str) -> str:
        """A message in this language."""
        return self._set(catalogue(self._facts.catalogue).gettext(message)) if message else ""

    def ngettext(self, one: str, many: str, n: int) -> str:
        """A message in the plural form that a count asks for."""
        return self._set(catalogue(self._facts.catalogue).ngettext(one, many, n))

    def pgettext(self, context: str, message: str) -> str:
        """A message whose translation depends on where it stands."""
        return self._set(catalogue(self._facts.catalogue).pgettext(context, message))

    def npgettext(self, context: str, one: str, many: str, n: int) -> str:
        """A message that depends on where it stands and on a count."""
        return self._set(catalogue(self._facts.catalogue).npgettext(context, one, many, n))

    def number(self, value: int | Decimal, decimals: int | None = None) -> str:
        """A number with these decimals, or with all that it has."""
        return numbers.number(self._facts, self.typography, value, decimals)

    def percent(self, ratio: Decimal | float, decimals: int = 0) -> str:
        """A part of a whole as a percentage."""
        return numbers.percent(self._facts, self.typography, ratio, decimals)

    def money(self, amount: Decimal, currency: str, decimals: int | None = None) -> str:
        """An amount with its currency's code, and as many decimals as the currency has where none are named."""
        places = decimals_of(currency) if decimals is None else decimals
        return numbers.money(self._facts, self.typography, amount, currency, places)

    def date(self, on: datetime.date, form: "dates.Form" = "medium") -> str:
        """One day, with the same day of the second calendar where there is one and knows it."""
        from i18n import dates

        day = dates.day(self._facts, on, form)
        if self.calendar is None:
            return day
        from i18n import calendars

        other = calendars.beside(self._facts, on, self.calendar)
        return f"{day} ({other})" if other else day

    def month(self, on: datetime.date) -> str:
        """The month that a day is in."""
        from i18n import dates

        return dates.month(self._facts, on)

    def period(self, first: datetime.date | None, last: datetime.date | None) -> str:
        """From one day to another; an end that is not set is said so."""
        from i18n import dates

        if first and last:
            return dates.period(self._facts, first, last)
        if first:
            return self.gettext("from {date}").format(date=self.date(first))
        if last:
            return self.gettext("until {date}").format(date=self.date(last))
        return self.gettext("all dates")

    def list(self, items: Sequence[str]) -> str:
        """The items in one phrase."""
        from i18n import lists

        return lists.joined(self._facts, items)

    def quoted(self, text: str) -> str:
        """Someone's words, kept apart from ours, between quotation marks."""
        return quoted(self.isolate(text), self._facts.catalogue)

    def isolate(self, text: str) -> str:
        """Someone's text made safe to stand inside a sentence of ours."""
        return isolation.isolate(text)

    def language_name(self, code: str) -> str:
        """What this language calls a language; the code where it has no name for it."""
        return str(self._facts.locale.languages.get(code.replace("-", "_"), code))

    def territory_name(self, code: str) -> str:
        """What this language calls a country or territory of ISO 3166; the code where it has no name for it."""
        official = OFFICIAL.get(self._facts.locale.language, {})
        return str(official.get(code.upper()) or self._facts.locale.territories.get(code.upper(), code))

    def currency_name(self, code: str) -> str:
        """What this language calls a currency; the code where it has no name for it."""
        return str(self._facts.locale.currencies.get(code, code))

    def amounts_in(self, code: str) -> str:
        """What this language calls amounts in a currency: “US dollars”; the code where it has no name for it."""
        from babel.numbers import get_currency_name

        return get_currency_name(code, count=100, locale=self._facts.locale)

    def parse_number(self, text: str) -> "parsing.Reading[Decimal]":
        """A number that a person typed, its separators read as this language uses them."""
        from i18n import parsing

        symbols = self._facts.locale.number_symbols["latn"]
        decimal, group = symbols["decimal"], symbols["group"]
        return parsing.parse_number(text, decimal if decimal in text or group in text else None)

    def parse_date(self, text: str) -> "parsing.Reading[datetime.date]":
        """A day that a person typed, day and month in the order this language has them."""
        from i18n import date_parsing

        short = self._facts.locale.date_formats["short"].pattern
        return date_parsing.parse_date(text, "mdy" if short.startswith("M") else "dmy")

    @property
    def _facts(self) -> Language:
        return language(self.language)

    def _set(self, sentence: str) -> str:
        if self.language == PSEUDO:
            return disguised(sentence)
        return typeset(sentence, self._facts.catalogue, self.typography)

"""Words: one language's text, numbers, money, dates and lists, given to whoever shows something to a person."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Literal

from babel import Locale
from babel.dates import format_date
from babel.lists import format_list
from babel.numbers import format_currency, format_decimal, format_percent

_CONTROLS = {code: None for code in (*range(0x20), *range(0x7F, 0xA0), *range(0x202A, 0x202F), *range(0x2066, 0x206A))}
_LOCALES = {"fr": "fr_FR", "en": "en_GB", "es": "es_ES", "ar": "ar_001"}


class Words:
    """What one language says and how it writes values."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._locale = Locale.parse(_LOCALES.get(language, language), sep="_")

    @staticmethod
    @lru_cache
    def of(language: str) -> "Words":
        """The words of a language on offer."""
        return Words(language)

    def __reduce__(self) -> tuple[object, ...]:
        return Words.of, (self.language,)

    @property
    def direction(self) -> Literal["ltr", "rtl"]:
        """Which way the language is read."""
        return "rtl" if self._locale.text_direction == "rtl" else "ltr"

    def gettext(self, message: str) -> str:
        return message

    def ngettext(self, one: str, many: str, n: int) -> str:
        return one if n == 1 else many

    def pgettext(self, context: str, message: str) -> str:
        return message

    def npgettext(self, context: str, one: str, many: str, n: int) -> str:
        return one if n == 1 else many

    def number(self, value: int | Decimal, decimals: int | None = None) -> str:
        value = value if decimals is None else round(Decimal(value), decimals)
        return format_decimal(value, locale=self._locale)

    def percent(self, ratio: Decimal | float, decimals: int = 0) -> str:
        return format_percent(round(Decimal(ratio), decimals + 2), locale=self._locale, decimal_quantization=False)

    def money(self, amount: Decimal, currency: str) -> str:
        return format_currency(amount, currency, locale=self._locale)

    def date(self, day: date, form: Literal["short", "medium", "long", "full"] = "medium") -> str:
        return format_date(day, form, locale=self._locale)

    def month(self, day: date) -> str:
        return format_date(day, "LLLL y", locale=self._locale)

    def period(self, first: date, last: date) -> str:
        return f"{self.date(first)} – {self.date(last)}"

    def list(self, items: Sequence[str]) -> str:
        return format_list(items, locale=self._locale)

    def language_name(self, code: str) -> str:
        return self._locale.languages.get(code, code)

    def territory_name(self, code: str) -> str:
        return self._locale.territories.get(code, code)

    def isolate(self, text: str) -> str:
        return f"\u2068{text.translate(_CONTROLS)}\u2069"

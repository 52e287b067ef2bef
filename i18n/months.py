"""The names of months and weekdays in the languages on offer, by the form in which they are looked up.

Arabic has three sets of names for the same months: the Egyptian, the Levant's and the Maghreb's, each in several
spellings; a field office meets all of them.
"""

from functools import lru_cache

from babel import Locale

from i18n.folding import search_form

_LOCALES = ("fr", "en", "es", "ar", "ar_LB", "ar_MA", "ar_DZ")
_SHORTENED = {"sept": 9, "set": 9, "juill": 7, "jul": 7, "fevr": 2, "janv": 1}


@lru_cache(maxsize=1)
def months() -> dict[str, int]:
    """The number of each month by its names, long and short."""
    found = dict(_SHORTENED)
    for code in _LOCALES:
        for names in Locale.parse(code).months.values():
            for width in ("wide", "abbreviated"):
                found |= {search_form(name).strip("."): number for number, name in names[width].items()}
    return found


@lru_cache(maxsize=1)
def weekdays() -> frozenset[str]:
    """The names of the days of the week, long and short."""
    return frozenset(
        search_form(name).strip(".")
        for code in _LOCALES
        for names in Locale.parse(code).days.values()
        for width in ("wide", "abbreviated")
        for name in names[width].values()
    )

"""Days, months and periods as a language writes them, in the Gregorian calendar that donors' reports use.

Put right here: French says "1er janvier"; Arabic's middle form is all digits in Babel, which reads as either order;
short forms show four digits of the year; whole months and years are named as such.
"""

import re
from calendar import monthrange
from datetime import date
from typing import Literal

from babel.dates import format_date, format_interval, format_skeleton

from i18n.languages import LANGUAGES, Language

Form = Literal["short", "medium", "long", "full"]

# Thin spaces around a dash break lines and are missing from many fonts.
_THIN = "\u2009"
_FRENCH_FIRST = re.compile(r"(?<!\d)1(?=[ –])(?! –)|(?<!\d)1(?= [^\W\d])")


def day(language: Language, on: date, form: Form = "medium") -> str:
    """One day: 05/03/2026, 5 mars 2026 (with the month cut short in the medium form), jeudi 5 mars 2026."""
    if form == "short":
        written = format_skeleton("yMd", on, locale=language.locale)
    elif form == "medium" and language.locale.language == "ar":
        written = format_date(on, "long", locale=language.locale)
    else:
        written = format_date(on, form, locale=language.locale)
    return _put_right(language, written)


def month(language: Language, on: date) -> str:
    """The month that a day is in: mars 2026."""
    return _put_right(language, format_skeleton("yMMMM", on, locale=language.locale))


def period(language: Language, first: date, last: date) -> str:
    """From one day to another, as short as it can be said: 2026, janvier – mars 2026, 5–20 mars 2026."""
    if first == last:
        return day(language, first)
    if first.day > 1 or last.day < monthrange(last.year, last.month)[1]:
        return _put_right(language, _interval(language, first, last, "yMMMd"))
    if (first.month, last.month) == (1, 12):
        years = (first,) if first.year == last.year else (first, last)
        return _put_right(language, "–".join(str(each.year) for each in years))
    if (first.year, first.month) == (last.year, last.month):
        return month(language, first)
    return _put_right(language, _interval(language, first, last, "yMMMM"))


def _interval(language: Language, first: date, last: date, skeleton: Literal["yMMMd", "yMMMM"]) -> str:
    if language.locale.language in LANGUAGES:
        return format_interval(first, last, skeleton, locale=language.locale)
    # Elsewhere Babel may write the first month twice: "January to January" for a quarter in Dari.
    written = month if skeleton == "yMMMM" else day
    return f"{written(language, first)} – {written(language, last)}"


def _put_right(language: Language, written: str) -> str:
    if language.locale.language == "fr":
        written = _FRENCH_FIRST.sub("1er", written)
    return language.in_digits(written.replace(_THIN, " "))

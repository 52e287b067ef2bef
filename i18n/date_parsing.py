"""Days and months out of what people type and out of other people's files.

ISO, day and month in either order, Excel's forms as text, names of months in the languages on offer. 04/05/2025 is
ambiguous until an order is known; a day over the twelfth settles it by itself. Only the Gregorian calendar is read:
a year such as 1404 is not taken for one of ours.
"""

import re
from collections.abc import Iterable
from datetime import date, timedelta
from functools import lru_cache
from typing import Literal

from i18n.folding import search_form
from i18n.months import months, weekdays
from i18n.parsing import LONGEST, Reading, latin_digits

DateOrder = Literal["dmy", "mdy"]

_YEARS = range(1900, 2200)
_EXCEL_BEGINS = date(1899, 12, 30)
_EXCEL_DAYS = range(20000, 80000)

_TIME = re.compile(r"(?<=\d)(t| |, ?)\d{1,2}:\d{2}(:\d{2}([.,]\d+)?)?( ?[ap]\.?m\.?)?( ?z| ?[+-]\d{2}:?\d{2})?$")
_YEAR_FIRST = re.compile(r"(\d{4})([-/. ])(\d{1,2})\2(\d{1,2})|(\d{4})()(\d{2})(\d{2})")
_YEAR_LAST = re.compile(r"(\d{1,2}) ?([-/. ]) ?(\d{1,2}) ?\2 ?(\d{4}|\d{2})")
_SERIAL = re.compile(r"\d{5}")
_MONTH_ONLY = re.compile(r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})|(?P<first>\d{1,2})[-/.](?P<last>\d{4})")
_ORDINAL = re.compile(r"(?<=\d)(er|st|nd|rd|th|o)\b")
_WORD = re.compile(r"[^\W\d_]+")
_SMALL_WORDS = frozenset(("de", "del", "of", "the", "le", "el", "du", "on"))


def parse_date(text: str, order: DateOrder | None = None) -> Reading[date]:
    """The day a text says; `order` is the one known from elsewhere. The first alternative has the day first."""
    found = _days(text)
    # An order that gives no day is no reason to refuse the only day there is.
    asked = [day for needed, day in found if order is None or needed in (None, order)] or [
        day for _needed, day in found
    ]
    days = list(dict.fromkeys(asked))
    return Reading(days[0]) if len(days) == 1 else Reading(alternatives=tuple(days))


def parse_month(text: str) -> Reading[date]:
    """The first day of the month a text says: "mars 2026", "03/2026", "Mar-26"."""
    written = _plain(text)
    if match := _MONTH_ONLY.fullmatch(written):
        return Reading(_date(match["year"] or match["last"], match["month"] or match["first"], "1"))
    month, numbers = _month_named(written)
    return Reading(_date(numbers[0], str(month), "1") if month and len(numbers) == 1 else None)


def date_order_of(texts: Iterable[str]) -> DateOrder | None:
    """The order that a column's days prove; None where none does, or where they disagree."""
    orders = {found[0][0] for text in texts if len(found := _days(text)) == 1} - {None}
    return orders.pop() if len(orders) == 1 else None


def _days(text: str) -> list[tuple[DateOrder | None, date]]:
    """Each way to read a day, and the order it takes to read it so; none where there is only one way to write it."""
    written = _plain(text)
    if match := _YEAR_FIRST.fullmatch(written):
        year, month, day = (match[1], match[3], match[4]) if match[1] else (match[5], match[7], match[8])
        return _known(None, _date(year, month, day))
    if match := _YEAR_LAST.fullmatch(written):
        first, second, year = match[1], match[3], match[4]
        return _known("dmy", _date(year, second, first)) + _known("mdy", _date(year, first, second))
    if _SERIAL.fullmatch(written):
        return [(None, _EXCEL_BEGINS + timedelta(int(written)))] if int(written) in _EXCEL_DAYS else []
    named, numbers = _month_named(written)
    if named and len(numbers) == 2:
        year, day = numbers if len(numbers[0]) == 4 else reversed(numbers)
        return _known(None, _date(year, str(named), day))
    return []


def _plain(text: str) -> str:
    """The text in lower case without accents, ordinals, marks of direction or a time of day, in Latin digits."""
    if len(text) > LONGEST:
        return ""
    return _ORDINAL.sub("", _TIME.sub("", search_form(latin_digits(text))))


def _month_named(written: str) -> tuple[int | None, list[str]]:
    """The month that a text names, and its numbers; no month where a word is left that is part of no date."""
    names = _month_names().findall(written)
    # "mar. 4 mars": a Tuesday in French looks like March.
    name = names[-1] if names and all(other in weekdays() for other in names[:-1]) else ""
    left = set(_WORD.findall(_month_names().sub(" ", written))) - _SMALL_WORDS - weekdays()
    return (months().get(name) if not left else None), re.findall(r"\d+", written)


@lru_cache(maxsize=1)
def _month_names() -> re.Pattern[str]:
    longest_first = sorted(months(), key=len, reverse=True)
    return re.compile(rf"(?<![^\W\d_])(?:{'|'.join(map(re.escape, longest_first))})(?![^\W\d_])")


def _date(year: str, month: str, day: str) -> date | None:
    """A day that exists, in a year that Gregorian records are kept of; two digits are a year from 1970 to 2069."""
    if len(year) not in (2, 4):
        return None
    full = int(year) if len(year) == 4 else int(year) + (2000 if int(year) < 70 else 1900)
    try:
        return date(full, int(month), int(day)) if full in _YEARS else None
    except (ValueError, OverflowError):
        return None


def _known(order: DateOrder | None, day: date | None) -> list[tuple[DateOrder | None, date]]:
    return [(order, day)] if day else []

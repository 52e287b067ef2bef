"""Days in the calendars that stand beside the Gregorian one: the solar one of Afghanistan and Iran, the Umm al-Qura
calendar, the Ethiopian one.

Neither Python nor Babel has them. The solar year goes by its cycle of 33 years, which holds from 1799 to 2253; the
lunar months of Umm al-Qura are announced, not worked out, and stand in a table; the Ethiopian year is the Julian one.
The months of the solar year have their Afghan names.
"""

import csv
from datetime import date
from functools import cache
from typing import NamedTuple

import resources
from i18n.languages import Language

CALENDARS = ("persian", "islamic-umalqura", "ethiopic")
_SOLAR = range(1178, 1633)
_SOLAR_EPOCH = date(622, 3, 21).toordinal()
_ETHIOPIAN_EPOCH = date(8, 8, 27).toordinal()


class OtherDay(NamedTuple):
    """A day of another calendar."""

    year: int
    month: int
    day: int


def converted(on: date, calendar: str) -> OtherDay | None:
    """The same day in another calendar; None outside the years that we know of it."""
    match calendar:
        case "persian":
            return _solar(on)
        case "islamic-umalqura":
            return _lunar(on)
        case "ethiopic":
            return _ethiopian(on)
        case _:
            raise ValueError(calendar)


def beside(language: Language, on: date, calendar: str) -> str:
    """The day of another calendar in words, such as 12 joumada II 1448; nothing where it is not known."""
    other = converted(on, calendar)
    if other is None:
        return ""
    return language.in_digits(f"{other.day} {_name(language, calendar, other.month)} {other.year}")


def _name(language: Language, calendar: str, month: int) -> str:
    names = _months()[calendar, month]
    return names.get(language.catalogue) or names["en"]


@cache
def _months() -> dict[tuple[str, int], dict[str, str]]:
    with resources.path("calendar_months.csv").open(encoding="utf-8", newline="") as file:
        return {(row["calendar"], int(row["month"])): row for row in csv.DictReader(file)}


def _solar(on: date) -> OtherDay | None:
    year = on.year - 621
    while year in _SOLAR and (first := _solar_new_year(year)) > on.toordinal():
        year -= 1
    if year not in _SOLAR:
        return None
    day = on.toordinal() - first
    if day < 186:
        return OtherDay(year, day // 31 + 1, day % 31 + 1)
    return OtherDay(year, (day - 186) // 30 + 7, (day - 186) % 30 + 1)


def _solar_new_year(year: int) -> int:
    return _SOLAR_EPOCH + 365 * (year - 1) + (8 * year + 21) // 33


def _ethiopian(on: date) -> OtherDay | None:
    cycle, day = divmod(on.toordinal() - _ETHIOPIAN_EPOCH, 1461)
    if cycle < 0:
        return None
    in_cycle = min(day // 365, 3) if day != 1095 else 2
    day -= 365 * in_cycle + (1 if in_cycle == 3 else 0)
    return OtherDay(4 * cycle + in_cycle + 1, day // 30 + 1, day % 30 + 1)


def _lunar(on: date) -> OtherDay | None:
    years = _lunar_years()
    year = next((one for one in reversed(years) if years[one][0] <= on), None)
    if year is None:
        return None
    first, lengths = years[year]
    day = (on - first).days
    for month, length in enumerate(lengths, 1):
        if day < length:
            return OtherDay(year, month, day + 1)
        day -= length
    return None


@cache
def _lunar_years() -> dict[int, tuple[date, tuple[int, ...]]]:
    """The first day of each year and the lengths of its months."""
    with resources.path("umalqura.csv").open(encoding="utf-8", newline="") as file:
        return {
            int(row["year"]): (
                date.fromisoformat(row["first_day"]),
                tuple(30 if long == "1" else 29 for long in row["long_months"]),
            )
            for row in csv.DictReader(file)
        }

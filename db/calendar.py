"""The calendar behind reporting duties: periods of a schedule, days after them, working days by a country's weekend.

Weekends are data (`resources/weekends.csv`). Public holidays are not known here: no list of them holds for every
country and year, so a working day is any day outside the weekend, and whoever follows a duty looks at the holidays.
"""

import csv
from calendar import monthrange
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

import resources

DAY = timedelta(days=1)
_ANYWHERE = "001"
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_MONTHS: Mapping[str, int] = {"quarterly": 3, "half_yearly": 6, "yearly": 12}


@dataclass(frozen=True, order=True)
class Period:
    """From one day to another, both of them included."""

    starts_on: date
    ends_on: date

    def overlaps(self, other: "Period") -> bool:
        """Whether they share a day."""
        return self.starts_on <= other.ends_on and other.starts_on <= self.ends_on

    def without(self, other: "Period") -> Iterator["Period"]:
        """What is left of it once another is taken out."""
        if not self.overlaps(other):
            yield self
            return
        if self.starts_on < other.starts_on:
            yield Period(self.starts_on, other.starts_on - DAY)
        if other.ends_on < self.ends_on:
            yield Period(other.ends_on + DAY, self.ends_on)


def periods(frequency: str, whole: Period) -> Iterator[Period]:
    """The periods of a schedule, one after the other until the end of the whole.

    Months are calendar months, cut at the start and at the end, for partners report by the month. Quarters, half years
    and years are counted from the first day, as agreements count them, and are not those of the calendar.
    """
    if frequency == "final":
        yield whole
        return
    starts_on, number = whole.starts_on, 0
    while starts_on <= whole.ends_on:
        number += 1
        last = _end_of_month(starts_on) if frequency == "monthly" else _end(whole.starts_on, number, frequency)
        ends_on = min(last or whole.ends_on, whole.ends_on)
        yield Period(starts_on, ends_on)
        if ends_on == whole.ends_on:
            return
        starts_on = ends_on + DAY


def months_later(day: date, months: int) -> date | None:
    """The same day of a later month, or the last one of a month that has no such day; None past the last year."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if year > date.max.year:
        return None
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def quarter_of(first: date, last: date) -> tuple[date, date]:
    """The quarter of the calendar that these days lie in, or the days themselves where it is more than one."""
    begins = date(first.year, (first.month - 1) // 3 * 3 + 1, 1)
    ends = _end_of_month(begins.replace(month=begins.month + 2))
    return (begins, ends) if first <= last <= ends else (first, last)


def days_after(day: date, days: int, weekend: frozenset[int] = frozenset()) -> date:
    """So many days after a day, those of a weekend not counted. OverflowError past the last year there is."""
    if not weekend:
        return day + timedelta(days=days)
    if days == 0:
        return working_day(day, weekend)
    # Whole weeks at once, then one day at a time: any seven days hold as many working days as any other.
    weeks, rest = divmod(days - 1, 7 - len(weekend))
    reached = day + timedelta(weeks=weeks)
    for _unused in range(rest + 1):
        reached = working_day(reached + DAY, weekend)
    return reached


def working_day(day: date, weekend: frozenset[int]) -> date:
    """This day, or the first one after it that is outside the weekend."""
    while day.weekday() in weekend:
        day += DAY
    return day


def weekend_of(country: str | None) -> frozenset[int]:
    """The days of a country's weekend, as `date.weekday` counts them; Saturday and Sunday where none is known."""
    weekends = _weekends()
    return weekends.get(_two_letters().get(country or "", country or ""), weekends[_ANYWHERE])


def _end_of_month(day: date) -> date:
    return day.replace(day=monthrange(day.year, day.month)[1])


def _end(first: date, number: int, frequency: str) -> date | None:
    # Always counted from the first day: from one end to the next, the 31st would turn into the 28th for good.
    next_start = months_later(first, number * _MONTHS[frequency])
    return next_start and next_start - DAY


@lru_cache
def _weekends() -> Mapping[str, frozenset[int]]:
    with resources.path("weekends.csv").open(encoding="ascii", newline="") as file:
        return {
            row["country"]: frozenset(range(_DAYS.index(row["starts"]), _DAYS.index(row["ends"]) + 1))
            for row in csv.DictReader(file)
        }


@lru_cache
def _two_letters() -> Mapping[str, str]:
    with resources.path("countries.csv").open(encoding="ascii", newline="") as file:
        return {row["alpha3"]: row["alpha2"] for row in csv.DictReader(file)}

"""Other calendars: known days, and no day skipped or told twice."""

from datetime import date, timedelta

import pytest

from i18n import Words
from i18n.calendars import CALENDARS, converted


@pytest.mark.parametrize(
    ("on", "calendar", "expected"),
    [
        (date(2026, 11, 22), "persian", (1405, 9, 1)),
        (date(2024, 3, 20), "persian", (1403, 1, 1)),
        (date(2025, 3, 20), "persian", (1403, 12, 30)),
        (date(2025, 3, 21), "persian", (1404, 1, 1)),
        (date(2026, 11, 22), "islamic-umalqura", (1448, 6, 12)),
        (date(2024, 3, 11), "islamic-umalqura", (1445, 9, 1)),
        (date(2026, 11, 22), "ethiopic", (2019, 3, 13)),
        (date(2023, 9, 12), "ethiopic", (2016, 1, 1)),
        (date(2024, 9, 11), "ethiopic", (2017, 1, 1)),
        (date(2023, 9, 11), "ethiopic", (2015, 13, 6)),
        (date(1970, 1, 1), "islamic-umalqura", None),
        (date(2090, 1, 1), "islamic-umalqura", None),
    ],
)
def test_a_known_day_is_found(on: date, calendar: str, expected: tuple[int, int, int] | None) -> None:
    assert converted(on, calendar) == expected


@pytest.mark.parametrize("calendar", CALENDARS)
def test_each_day_follows_the_one_before(calendar: str) -> None:
    on = date(1999, 12, 31)
    before = converted(on, calendar)
    for _day in range(365 * 12):
        on += timedelta(1)
        day = converted(on, calendar)
        assert day and before
        if day.day > 1:
            assert day == before._replace(day=before.day + 1)
        else:
            months = (day.year - before.year) * (13 if calendar == "ethiopic" else 12) + day.month - before.month
            assert months == 1 and before.day in (5, 6, 29, 30, 31)
        before = day


def test_a_day_is_written_with_the_second_calendar_beside_it_never_instead() -> None:
    day = date(2026, 11, 22)
    assert Words.of("fr", calendar="islamic-umalqura").date(day) == "22 nov. 2026 (12 joumada II 1448)"
    assert Words.of("fa-AF", calendar="persian").date(day).endswith("(۱ قوس ۱۴۰۵)")
    assert Words.of("am", calendar="ethiopic").date(day).endswith("(13 ኅዳር 2019)")
    assert Words.of("ru", calendar="persian").date(day).endswith("(1 Qaws 1405)")
    assert Words.of("fr", calendar="islamic-umalqura").date(date(1950, 1, 1)) == "1er janv. 1950"

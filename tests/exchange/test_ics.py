"""What is due as a calendar file: read back whole by RFC 5545, whatever people wrote into their titles."""

import re
from datetime import date
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.queries.due import Due
from desktop.exchange.ics import calendar
from i18n import LANGUAGES, Words

ID = UUID("6a1f0c5e-0f5e-4b0e-9a52-1c6a8a1f2b3c")


def due(title: str = "Accord d'essai", organisation: str | None = "Femmes Debout", on: date = date(2028, 2, 29)) -> Due:
    return Due("duties", ID, title, organisation, on, "Report to the donor")


def lines(content: bytes) -> list[str]:
    """The content lines of a file, unfolded as RFC 5545, 3.1 says."""
    assert content.endswith(b"\r\n")
    return content.replace(b"\r\n ", b"").decode().split("\r\n")[:-1]


def value(content: bytes, name: str) -> str:
    """The text of the first property of this name, unescaped as RFC 5545, 3.3.11 says."""
    written = next(line.split(":", 1)[1] for line in lines(content) if re.split("[:;]", line)[0] == name)
    unescaped = {"\\\\": "\\", "\\;": ";", "\\,": ",", "\\n": "\n", "\\N": "\n"}
    return re.sub(r"\\[\\;,nN]", lambda found: unescaped[found[0]], written)


def test_each_thing_is_a_day_with_three_reminders() -> None:
    content = calendar([due()], Words.of("en"))
    found = lines(content)
    assert found[0] == "BEGIN:VCALENDAR" and found[-1] == "END:VCALENDAR"
    assert f"UID:duties-{ID}@jalon" in found
    assert "DTSTART;VALUE=DATE:20280229" in found
    assert [line for line in found if line.startswith("TRIGGER")] == ["TRIGGER:-P90D", "TRIGGER:-P60D", "TRIGGER:-P30D"]
    assert value(content, "DESCRIPTION") == "Femmes Debout"
    assert "Accord d'essai" in value(content, "SUMMARY")
    assert "Report to the donor" in value(content, "SUMMARY")


def test_a_second_file_moves_an_entry_instead_of_doubling_it() -> None:
    first, second = (calendar([due(on=day)], Words.of("fr")) for day in (date(2026, 3, 1), date(2026, 4, 1)))
    assert value(first, "UID") == value(second, "UID")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_line_is_short_enough_and_no_letter_is_cut(language: str) -> None:
    title = "جمعية رائدات الصحراء – Élan des mères 🌍 " * 12
    content = calendar([due(title)], Words.of(language))
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    for line in content.split(b"\r\n"):
        line.decode()
    assert title in value(content, "SUMMARY")


@given(st.text(), st.text())
def test_whatever_is_in_a_title_stays_in_it(title: str, organisation: str) -> None:
    content = calendar([due(title, organisation), due("Suite")], Words.of("ar"))
    found = lines(content)
    assert sum(line.startswith("BEGIN:") for line in found) == sum(line.startswith("END:") for line in found) == 9
    assert all(re.match(r"[A-Z-]+[:;]", line) for line in found)
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f]", "".join(found))
    assert len({line for line in found if line.startswith("UID:")}) == 1


def test_a_title_that_looks_like_the_file_is_only_a_title() -> None:
    hostile = "x\r\nEND:VEVENT\nBEGIN:VALARM\rATTACH:http://invented.example\u2028;,\\n"
    content = calendar([due(hostile)], Words.of("en"))
    assert lines(content).count("END:VEVENT") == 1
    assert not any(line.startswith("ATTACH") for line in lines(content))
    assert "x END:VEVENT BEGIN:VALARM ATTACH:http://invented.example ;,\\n" in value(content, "SUMMARY")


def test_the_last_and_the_first_day_there_is() -> None:
    days = [Due("risks", uuid4(), "x", None, day, "Expires") for day in (date.min, date.max)]
    found = [line for line in lines(calendar(days, Words.of("fr"))) if line.startswith("DTSTART")]
    assert found == ["DTSTART;VALUE=DATE:00010101", "DTSTART;VALUE=DATE:99991231"]

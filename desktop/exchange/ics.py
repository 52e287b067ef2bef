"""What is due as a calendar file (RFC 5545) for any calendar program: whole days, reminders 90, 60, 30 days ahead.

Each line keeps the id of the thing it stands for, so that reading a newer file moves an entry instead of doubling it.
Titles are people's own words: they are escaped, and nothing in them begins a line or a property of the file.
"""

import re
from collections.abc import Iterable, Iterator

from db.base import now
from db.queries.due import Due
from db.queries.worklist import AHEAD
from i18n import Words

LONGEST = 75
"""Octets of a line; a longer one goes on in the next."""

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_ESCAPED = {"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"}


def calendar(dues: Iterable[Due], words: Words) -> bytes:
    """The file, in the reader's language."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:-//Jalon//Jalon//{words.language.upper()}",
        "CALSCALE:GREGORIAN",
    ]
    lines.append("METHOD:PUBLISH")
    name = words.gettext("Jalon: what is due")
    lines.append(f"X-WR-CALNAME:{_text(name)}")
    stamp = f"{now():%Y%m%dT%H%M%SZ}"
    for due in dues:
        lines += _event(due, words, stamp)
    lines.append("END:VCALENDAR")
    return b"".join(_folded(line) for line in lines)


def _event(due: Due, words: Words, stamp: str) -> Iterator[str]:
    reason = words.gettext(due.reason)
    summary = words.gettext("{reason}: {what}").format(reason=reason, what=words.isolate(due.title or "–"))
    yield "BEGIN:VEVENT"
    yield f"UID:{due.kind}-{due.id}@jalon"
    yield f"DTSTAMP:{stamp}"
    # Without an end, an event that begins on a day lasts that day.
    yield "DTSTART;VALUE=DATE:" + due.due_on.isoformat().replace("-", "")
    yield f"SUMMARY:{_text(summary)}"
    if due.organisation:
        yield f"DESCRIPTION:{_text(due.organisation)}"
    yield "CLASS:PRIVATE"
    yield "TRANSP:TRANSPARENT"
    for days in sorted(AHEAD, reverse=True):
        yield from (
            "BEGIN:VALARM",
            "ACTION:DISPLAY",
            f"TRIGGER:-P{days}D",
            f"DESCRIPTION:{_text(summary)}",
            "END:VALARM",
        )
    yield "END:VEVENT"


def _text(text: str) -> str:
    """A text as the value of a property: nothing of it ends the line or means anything to the file."""
    one_kind_of_break = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(_ESCAPED.get(each, each) for each in _CONTROL.sub(" ", one_kind_of_break))


def _folded(line: str) -> bytes:
    """A line of 75 octets at most; what is left goes on after a space, and no letter is cut in two."""
    folded, room = bytearray(), LONGEST
    for letter in line:
        octets = letter.encode()
        if len(octets) > room:
            folded += b"\r\n "
            room = LONGEST - 1
        folded += octets
        room -= len(octets)
    return bytes(folded + b"\r\n")

"""Numbers out of what people type and out of other people's files.

Any digits and any separators are taken. What can be read in two ways is said to be ambiguous, with each of its
readings, and never guessed: "29,117" may be 29117 or 29.117, and only the rest of its column knows which.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True)
class Reading(Generic[T]):
    """What a text says: a value, or each of the values it may mean, or neither where it cannot be read."""

    value: T | None = None
    alternatives: tuple[T, ...] = ()

    @property
    def ambiguous(self) -> bool:
        """Whether the text can be read, but in more ways than one."""
        return bool(self.alternatives)


LONGEST = 80
"""Nobody writes a longer number or day; a file that does is not read to its end."""

_DIRECTION_MARKS = re.compile("[\u061c\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
# A space only ever groups and ٫ only ever parts; a full stop and a comma do either.
_SEPARATORS = str.maketrans(dict.fromkeys("'’ʼ٬\u00a0\u2007\u2008\u2009\u202f", " ") | dict.fromkeys("،，", ","))
_SIGNED = re.compile(
    r"(?P<minus>[-−‐‑–﹣－] ?)?\+?(?P<body>[\d.,٫][\d., ٫]*)(?P<after>-)?|\((?P<bracketed>[\d., ٫]+)\)", re.ASCII
)
_WHOLE = re.compile(r"[1-9]\d{0,2}([., ])\d{3}(\1\d{3})*|\d+", re.ASCII)


def parse_number(text: str, decimal_mark: str | None = None) -> Reading[Decimal]:
    """The number a text says; `decimal_mark`, "." or ",", is the one known from elsewhere to part its decimals.

    The first alternative of an ambiguous number is the whole one.
    """
    values = [
        value
        for mark, group, value in _interpretations(text)
        if decimal_mark is None or (mark in (None, "٫", decimal_mark) and group != decimal_mark)
    ]
    return Reading(values[0]) if len(values) == 1 else Reading(alternatives=tuple(values))


def decimal_mark_of(texts: Iterable[str]) -> str | None:
    """The decimal mark, "." or ",", that a column's numbers prove; None where none does, or where they disagree."""
    proofs = set()
    for text in texts:
        if len(found := _interpretations(text)) == 1:
            mark, group, _value = found[0]
            proofs.add({".": ",", ",": "."}.get(group or "") if mark is None else mark)
    marks = proofs & {".", ","}
    return marks.pop() if len(marks) == 1 else None


def latin_digits(text: str) -> str:
    """The text with the digits of any script as 0 to 9."""
    if text.isascii():
        return text
    return "".join(str(unicodedata.decimal(letter)) if letter.isdecimal() else letter for letter in text)


def _interpretations(text: str) -> list[tuple[str | None, str | None, Decimal]]:
    """Each way to read a number: its decimal mark, what groups its digits, its value."""
    if len(text) > LONGEST:
        return []
    shown = latin_digits(_DIRECTION_MARKS.sub("", text)).translate(_SEPARATORS).strip()
    signed = _SIGNED.fullmatch(shown)
    if signed is None or (signed["minus"] and signed["after"]):
        return []
    body = signed["body"] or signed["bracketed"]
    negative = signed["minus"] or signed["after"] or signed["bracketed"]
    found: list[tuple[str | None, str | None, Decimal]] = []
    for mark in (None, ".", ",", "٫"):
        whole, parted, part = body.partition(mark) if mark else (body, "", "")
        grouped = _WHOLE.fullmatch(whole or "0")
        if grouped is None or (mark and not (parted and part.isdecimal())):
            continue
        value = Decimal(re.sub("[., ]", "", whole or "0") + (f".{part}" if part else ""))
        found.append((mark, grouped[1], -value if negative else value))
    return found

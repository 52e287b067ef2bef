"""Which way each stretch of a text runs, for programs that lay out text themselves.

Word and Excel know the direction of a run or a cell but little of Unicode's isolates, which older fonts print as boxes.
So an isolate becomes the plain marks both have always known, and only where it changes something.
"""

import re
import unicodedata
from collections.abc import Iterator

from desktop.render.values import clean

_LRM, _RLM = "\u200e", "\u200f"
_ISOLATE = re.compile("[\u2066-\u2068]([^\u2066-\u2069]*)\u2069")
_BIDI = re.compile("[\u202a-\u202e\u2066-\u2069]")


def plain(text: str) -> str:
    """The text clean and without any character that turns the direction of what stands around it."""
    return _BIDI.sub("", clean(text))


def marked(text: str, rtl: bool) -> str:
    """The text with its isolates as direction marks, and no other control of direction left in it."""

    def marks(found: re.Match[str]) -> str:
        inner = found[1]
        inner_rtl = runs_rtl(inner)
        if inner_rtl == rtl or not inner:
            return inner
        outside, inside = (_RLM, _LRM) if rtl else (_LRM, _RLM)
        return f"{outside}{inside}{inner}{inside}{outside}"

    return _BIDI.sub("", _ISOLATE.sub(marks, clean(text)))


def runs_rtl(text: str) -> bool:
    """Whether the first letter of the text is of a script read from right to left; False where there is none."""
    return next((strong for strong in map(_strong, text) if strong is not None), False)


def stretches(text: str, rtl: bool) -> Iterator[tuple[str, bool]]:
    """The text cut where its direction changes.

    Digits, spaces and brackets belong to the page, unless letters of one direction stand on both sides of them.
    """
    start, last, current = 0, 0, rtl
    for at, letter in enumerate(text):
        strong = _strong(letter)
        if strong is None:
            continue
        if strong != current:
            cut = at if current == rtl else last
            if cut > start:
                yield text[start:cut], current
            start, current = cut, strong
        last = at + 1
    if current != rtl and last > start:
        yield text[start:last], current
        start, current = last, rtl
    if start < len(text):
        yield text[start:], current


def _strong(letter: str) -> bool | None:
    kind = unicodedata.bidirectional(letter)
    return True if kind in ("R", "AL") else False if kind == "L" else None

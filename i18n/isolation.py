"""Text of people and files made safe to stand inside a sentence of ours, whichever way either is read.

Control characters, lone surrogates and overrides of direction are taken out; the rest is shut between FSI and PDI, so
that an Arabic name cannot turn a French sentence round, nor the other way about.
"""

import re

_BREAKS = re.compile("[\t\n\v\f\r\x1c-\x1e\x85\u2028\u2029]+")
_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_NO_CHARACTERS = re.compile("[\ud800-\udfff\ufffe\uffff]")

LRI, FSI, PDI = "\u2066", "\u2068", "\u2069"
"""Opens a stretch read left to right, opens one that reads its own way, closes either."""


def harmless(text: str) -> str:
    """The text on one line, without what could control, break or turn round what it stands in."""
    return _NO_CHARACTERS.sub("\ufffd", _CONTROLS.sub("", _BREAKS.sub(" ", text)))


def isolate(text: str) -> str:
    """The text, harmless and kept apart from the direction of the sentence around it; nothing where it is empty."""
    return f"{FSI}{kept}{PDI}" if (kept := harmless(text)) else ""

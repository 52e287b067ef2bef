"""Forms of a text to compare by: what a matcher takes as one, and what a search finds.

`fold` is the milder one: two names that differ only in case, accents, apostrophes or spaces are the same. `search_form`
also drops Arabic vowel signs and unites the letters that people write for one another.
"""

import re
import unicodedata

_APOSTROPHES = str.maketrans(dict.fromkeys("’‘ʼ′`´ʹ＇‛", "'"))
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss"})
_ARABIC_SIGNS = re.compile(
    "[\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed\u0640"
    "\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]"
)
_ARABIC_LETTERS = str.maketrans(
    dict(zip("أإآٱىیئؤةک", "ااااييي" + "وهك", strict=True))
    | {chr(0x660 + digit): str(digit) for digit in range(10)}
    | {chr(0x6F0 + digit): str(digit) for digit in range(10)}
)


def fold(text: str) -> str:
    """The text without case, accents, differences of apostrophe or of space."""
    folded = unicodedata.normalize("NFKC", text).translate(_APOSTROPHES).casefold().translate(_LIGATURES)
    if not folded.isascii():
        folded = "".join(letter for letter in unicodedata.normalize("NFD", folded) if not unicodedata.combining(letter))
    return " ".join(folded.split())


def search_form(text: str) -> str:
    """The text as the search index holds it and as a search is asked."""
    unsigned = _ARABIC_SIGNS.sub("", unicodedata.normalize("NFKC", text))
    return fold(unsigned.translate(_ARABIC_LETTERS))


def sort_key(text: str) -> str:
    """What a list sorts a name by, since SQLite without ICU puts É after Z; stored beside the name."""
    return search_form(text)

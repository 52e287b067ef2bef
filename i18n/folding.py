"""Forms of a text to compare by: what is taken as the same, what a search finds, what stands first in a list.

They fold people's names, not sentences of ours, and are kept in the record; a change here asks for a migration that
writes them anew.
"""

import re
import unicodedata

_APOSTROPHES_AND_SPACES = re.compile("['’‘ʼ′`´ʹ＇‛\\s\u200b-\u200f\u2060\ufeff]+")
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "đ": "d", "ł": "l"})
_ARABIC_SIGNS = re.compile(
    "[\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed\u0640"
    "\u061c\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]"
)
_ARABIC_LETTERS = str.maketrans(
    dict(zip("أإآٱىیئؤةک", "ااااييي" + "وهك", strict=True))
    | {chr(0x660 + digit): str(digit) for digit in range(10)}
    | {chr(0x6F0 + digit): str(digit) for digit in range(10)}
)
_OUTSIDE_WORDS = re.compile(r"[^\w~]+|_")
_NUMBER = re.compile(r"\d+")


def fold(text: str) -> str:
    """What two names share that differ only in case, accents, apostrophes or spaces: N'Djaména and NDJAMENA."""
    return _APOSTROPHES_AND_SPACES.sub("", _unaccented(text))


def search_form(text: str) -> str:
    """The text as the search index holds it: words apart, without accents, Arabic letters and digits made one."""
    return " ".join(_unaccented(_one_arabic(text)).replace("’", "'").split())


def sort_key(text: str, language: str = "") -> str:
    """Where a text stands in a list: by its letters and, inside it, by the size of its numbers; ñ follows n in Spanish.

    Marks before and between words do not count; the key of a text without a letter is the text itself.
    """
    if language == "es":
        text = re.sub("[ñÑ]", "n~", unicodedata.normalize("NFC", text))
    words = _OUTSIDE_WORDS.sub(" ", _unaccented(_one_arabic(text))).strip()
    return _NUMBER.sub(_by_size, words) or text


def _unaccented(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).casefold().translate(_LIGATURES)
    if folded.isascii():
        return folded
    return "".join(letter for letter in unicodedata.normalize("NFD", folded) if not unicodedata.combining(letter))


def _one_arabic(text: str) -> str:
    return _ARABIC_SIGNS.sub("", unicodedata.normalize("NFKC", text)).translate(_ARABIC_LETTERS)


def _by_size(number: re.Match[str]) -> str:
    digits = number[0].lstrip("0") or "0"
    return f"{len(digits):02}{digits}"

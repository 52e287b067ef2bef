"""The languages on offer, and what stands behind a language tag: locale, catalogue, digits, grouping.

`ar` writes Latin digits, as most agencies do; a country tag such as `ar-EG` or `fa-AF` brings its own digits. Babel
carries no minimum of grouping digits, so it is kept here. Babel is imported when a locale is asked for: the first
window paints without.
"""

import locale as system
import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from babel import Locale

LANGUAGES = ("fr", "en", "es", "ar")
"""The languages the program is translated into, in the order they are offered."""

PSEUDO = "x-pseudo"
"""A language for tests: English with every letter in disguise and every sentence a third longer."""

_LOCALES = {"fr": "fr_FR", "en": "en_GB", "es": "es_ES", "ar": "ar_001", "pt": "pt_PT", PSEUDO: "en_GB"}
_FIVE_DIGITS_BEFORE_GROUPING = frozenset({"es_ES", "pt_PT", "it_IT", "pl_PL"})
_ZEROS: Mapping[str, int] = {"arab": 0x660, "arabext": 0x6F0, "deva": 0x966, "beng": 0x9E6, "mymr": 0x1040}


@dataclass(frozen=True)
class Language:
    """What a tag means to the formatters; `digits` are the ten digits it writes, or nothing where they are Latin."""

    tag: str
    catalogue: str
    numbering: str
    digits: Mapping[int, str]
    grouped_from: int

    @cached_property
    def locale(self) -> "Locale":
        """Babel's locale for the tag."""
        return _locale(self.tag)

    @property
    def direction(self) -> Literal["ltr", "rtl"]:
        """Which way the language is read."""
        if self.tag in _LOCALES:  # known without reading all of Babel's locale
            return "rtl" if self.tag == "ar" else "ltr"
        return "rtl" if self.locale.text_direction == "rtl" else "ltr"

    def in_digits(self, text: str) -> str:
        """Text of ours, such as a formatted number, in the digits of the language: Babel leaves them Latin."""
        return text.translate(self.digits) if self.digits else text


@lru_cache
def language(tag: str) -> Language:
    """What stands behind a tag, or nearest to it; ValueError for one that is no language."""
    named = _LOCALES.get(tag) or str(_locale(tag))
    numbering = "latn" if tag in _LOCALES else _locale(tag).default_numbering_system
    zero = _ZEROS.get(numbering)
    return Language(
        tag=tag,
        catalogue=tag if tag in _LOCALES else _spoken(tag),
        numbering=numbering if zero else "latn",
        digits={ord("0") + digit: chr(zero + digit) for digit in range(10)} if zero else {},
        grouped_from=5 if named in _FIVE_DIGITS_BEFORE_GROUPING else 4,
    )


def _locale(tag: str) -> "Locale":
    from babel import Locale, UnknownLocaleError

    try:
        return Locale.parse(_LOCALES.get(tag, tag.replace("-", "_")))
    except UnknownLocaleError as unknown:
        # Nobody has told how Kikongo writes a number, and an installed copy carries the languages that forms offer and
        # no others. Where there is no locale there are no words of ours either: what is said is said in English.
        if (spoken := _spoken(tag)) != tag:
            return _locale(spoken)
        if spoken in (english := _locale("en")).languages:
            return english
        raise ValueError(tag) from unknown


def _spoken(tag: str) -> str:
    return tag.replace("-", "_").split("_")[0].lower()


def nearest(tag: str) -> str:
    """The language on offer nearest to a tag or a system's name for a locale, such as `fr_CD.UTF-8`; else English."""
    spoken = _spoken(tag.partition(".")[0])
    # Windows says "French_France"; the alias table knows "french".
    known = system.normalize(spoken).split("_")[0]
    return next((offered for offered in LANGUAGES if offered in (spoken, known)), "en")


def system_language() -> str:
    """The language on offer nearest to the one the computer speaks."""
    named = (os.environ.get(name) for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"))
    return nearest(next((name.split(":")[0] for name in named if name), system.getlocale()[0] or ""))

"""Several things in a row, joined as a language joins them.

Babel knows the pattern but not the word beside it: Arabic glues و to an Arabic word and not to a Latin one, and parts
what comes before by ،; Spanish says "e" before the sound of i.
"""

import re
from collections.abc import Sequence

from babel.lists import format_list

from i18n.isolation import FSI
from i18n.languages import Language
from i18n.typography import FIXED

_SOUND_OF_I = re.compile(rf"{FSI}?h?[ií](?![aeou])", re.IGNORECASE)
_ARABIC_LETTER = re.compile(f"{FSI}?[\u0621-\u064a\u0671-\u06d3]")


def joined(language: Language, items: Sequence[str]) -> str:
    """The items in one phrase: A, B et C."""
    if len(items) < 2:
        return "".join(items)
    *others, last = items
    match language.locale.language:
        case "ar":
            glue = "" if _ARABIC_LETTER.match(last) else FIXED
            return f"{'، '.join(others)} و{glue}{last}"
        case "es" if _SOUND_OF_I.match(last):
            return f"{', '.join(others)} e {last}"
    return format_list(items, locale=language.locale)

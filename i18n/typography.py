"""Typography of our sentences: spaces before French marks, apostrophes, Spanish and Arabic punctuation.

Catalogues hold plain text, because the rule belongs to the reader (the United Nations and France, the European Union,
Canada), not to the language. Only sentences are set, with their gaps still open: what people wrote is never touched.
"""

import re
from collections.abc import Callable
from functools import lru_cache

THIN, FIXED = "\u202f", "\u00a0"
"""The narrow and the ordinary space at which no line may break."""

PROFILES = ("un", "eu", "canada")
"""Whose typography: the United Nations' (and France's), the European Union's, Canada's."""

# Gaps, entities, markup, addresses and file patterns are no prose; 0x1A holds their place while the rest is set.
_HELD = "\x1a"
_NO_PROSE = re.compile(_HELD + r"|\{[^{}]*\}|&#?\w+;|<[^<>]*>|[a-z]+://\S+|\*\.\w+")

_SPACES = f"[ {FIXED}{THIN}]*"
_MARK_ENDS = r"(?=$|[\s»”)\]…;:!?،؛؟])"
_APOSTROPHE = (rf"(?<=[^\W\d_])'(?=[^\W\d_{_HELD}]|[«“{_HELD}])", "’")
_TO_ARABIC = str.maketrans(",;?", "،؛؟")

# Patterns are compiled when a language is first set: the first window speaks one only.
Rule = tuple[str, str | Callable[[re.Match[str]], str]]


def _before(marks: str, space: str) -> Rule:
    return rf"(?<=\S){_SPACES}([{marks}]+){_MARK_ENDS}", rf"{space}\1"


def _inside_quotes(space: str) -> tuple[Rule, Rule]:
    return (f"«{_SPACES}", f"«{space}"), (f"{_SPACES}»", f"{space}»")


def _arabic_marks(run: re.Match[str]) -> str:
    return re.sub(_SPACES, "", run[0]).translate(_TO_ARABIC)


_FRENCH = {
    "un": (_APOSTROPHE, _before(";!?", THIN), _before(":", FIXED), *_inside_quotes(FIXED)),
    "canada": (_APOSTROPHE, _before(";!?", ""), _before(":", FIXED), *_inside_quotes(FIXED)),
    "eu": (_APOSTROPHE, _before(";:!?", ""), *_inside_quotes(FIXED)),
}
_OTHERS: dict[str, tuple[Rule, ...]] = {
    "en": (_APOSTROPHE, (r"(?<=[^\W\d_]s)'(?= )", "’")),
    "es": (_before(";:!?", ""), *_inside_quotes(""), (f"([¿¡]){_SPACES}", r"\1")),
    "ar": (
        (rf"(?<=[\u0600-\u06ff»”)\]{_HELD}])(?:{_SPACES}[,;?،؛؟])+{_MARK_ENDS}", _arabic_marks),
        _before(":!", ""),
        *_inside_quotes(""),
    ),
}

_QUOTES = {"fr": f"«{FIXED}{{}}{FIXED}»", "es": "«{}»", "ar": "«{}»"}


@lru_cache(maxsize=4096)
def typeset(sentence: str, language: str, profile: str) -> str:
    """A sentence of ours, its gaps still open, as the profile wants it. Doing it twice changes nothing more."""
    rules = _FRENCH[profile] if language == "fr" else _OTHERS.get(language, ())
    before = None
    while before != sentence:  # a mark that moves up to an address becomes a part of it
        before, sentence = sentence, _set(sentence, rules)
    return sentence


def _set(sentence: str, rules: tuple[Rule, ...]) -> str:
    held = iter(_NO_PROSE.findall(sentence))
    text = _NO_PROSE.sub(_HELD, sentence)
    for pattern, replacement in rules:
        text = re.sub(pattern, replacement, text)
    return re.sub(_HELD, lambda _place: next(held), text)


def quoted(text: str, language: str) -> str:
    """Someone's words between the quotation marks of a language: Babel carries none."""
    return _QUOTES.get(language, "“{}”").format(text)


def thousands(language: str, profile: str, separator: str) -> str:
    """What stands between groups of digits: the locale's own, but for French outside the United Nations and France."""
    return FIXED if language == "fr" and profile != "un" else separator

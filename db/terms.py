"""The term bank: what agencies call the same thing, by language, and where prose follows another usage than the office.

Two words for one thing in a report look like two things to its reader. Which is right depends on the agency, not on
the language: *violence fondée sur le genre* at IOM, *violences basées sur le genre* in the clusters. It is only pointed
out.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from db.carried import rows
from i18n import N_

USAGES = (
    ("iom", N_("IOM")),
    ("cluster", N_("The clusters")),
    ("un", N_("The United Nations")),
)
_NEVER = re.compile(r'never "([^"]+ [^"]+)"')
"""In a note: what nobody should say. One word alone may mean something else."""
_LETTERS = "A-Za-zÀ-ÖØ-öø-ÿœŒ\u0620-\u064a"
_APOSTROPHES = "['’]"
_SPACES = "[\\s\u00a0\u202f]+"


@dataclass(frozen=True)
class Term:
    """What one language and one usage call a concept; an empty usage is everybody's.

    One that is a common word besides is never taken for the other usage's.
    """

    concept: str
    language: str
    usage: str
    term: str
    common: bool
    note: str


@dataclass(frozen=True)
class Suspicion:
    """A stretch of prose in another usage than the office's, and what the office says; `usage` is whose it is.

    None where it is nobody's, or where the text says the same thing in two usages.
    """

    found: str
    better: str
    usage: str | None = None
    mixed: bool = False


@lru_cache
def terms() -> tuple[Term, ...]:
    """The whole bank."""
    return tuple(
        Term(row["concept"], row["language"], row["usage"], row["term"], row["common"] == "yes", row["note"])
        for row in rows("terms.csv")
    )


def check(text: str, language: str, usage: str | None) -> tuple[Suspicion, ...]:
    """What in this text belongs to another usage, each wording once; without a usage only what is mixed or wrong."""
    spoken = language.partition("-")[0]
    concepts: dict[str, list[Term]] = {}
    for one in terms():
        if one.language == spoken:
            concepts.setdefault(one.concept, []).append(one)
    return tuple(found for bank in concepts.values() for found in _checked(text, bank, usage))


def _checked(text: str, bank: list[Term], usage: str | None) -> Iterator[Suspicion]:
    """What is to be said of one concept."""
    ours = [one for one in bank if usage and one.usage == usage] or [one for one in bank if not one.usage]
    for wrong in dict.fromkeys(said for one in bank for said in _NEVER.findall(one.note)):
        if (found := _pattern(wrong).search(text)) and (ours or bank):
            yield Suspicion(found[0], (ours or bank)[0].term)
    if not usage:
        yield from _mixed(text, bank)
    elif ours:
        own = {one.term for one in ours}
        covered = [found.span() for one in ours for found in _pattern(one.term).finditer(text)]
        for other in bank:
            if other.term in own or other.common or not other.usage or other.usage == usage:
                continue
            for found in _pattern(other.term).finditer(text):
                if not any(start <= found.start() and found.end() <= end for start, end in covered):
                    yield Suspicion(found[0], ours[0].term, other.usage)
                    break


def _mixed(text: str, bank: list[Term]) -> Iterator[Suspicion]:
    """One thing said in the words of two agencies."""
    said: dict[str, str] = {}
    for one in bank:
        if one.usage and not one.common and one.usage not in said and (found := _pattern(one.term).search(text)):
            said[one.usage] = found[0]
    if len(said) > 1:
        first, second, *_others = said.values()
        yield Suspicion(second, first, mixed=True)


@lru_cache(maxsize=512)
def _pattern(term: str) -> re.Pattern[str]:
    """The term as people write it: one or several, any apostrophe and space; an acronym only in capitals."""
    words = [_word(word) for word in term.split()]
    flags = re.NOFLAG if term.isupper() else re.IGNORECASE
    arabic = "[\u0648\u0641\u0628\u0644\u0643]?" if re.match("[\u0620-\u064a]", term) else ""
    return re.compile(f"(?<![{_LETTERS}]){arabic}{_SPACES.join(words)}(?![{_LETTERS}])", flags)


def _word(word: str) -> str:
    if word.isupper() or re.match("[\u0620-\u064a]", word):
        return re.escape(word)
    stem = word.removesuffix("s")
    plural = "s?" if len(stem) > 3 else "" if stem == word else "s"
    return re.sub(r"['’]", _APOSTROPHES, re.escape(stem)) + plural

"""How alike two names are: across accents, scripts and transliterations, word order and a slip of the hand.

An Arabic name has a dozen Latin spellings, which differ in their vowels and in how a few consonants are written. So a
word is reduced to its consonants, one sign for all that are written for one another (محمد, Mohamed and Muhammad are all
mhmd), and names are compared word by word. Likeness never proves that two are the same: it asks a person to look.
"""

import re
from collections.abc import Callable
from functools import lru_cache

from i18n.folding import search_form

_ARABIC = str.maketrans(
    dict(zip("بپتثجچحخدذرزژسشصضطظغفقكگلمنه", "bbttjxhkddrzjsxsdtzgfkkjlmnh", strict=True))
    | dict.fromkeys("اعء" + "ى", "")
)
_LATIN = (
    ("(?<=[aeiouy])h$|(?<=....)at$", ""),
    ("sch|sh|ch", "x"),
    ("kh", "k"),
    ("gh", "%"),
    ("th", "t"),
    ("dh", "d"),
    ("ph", "f"),
    ("dj", "j"),
    ("ck|q", "k"),
    ("c(?=[eiy])", "s"),
    ("c", "k"),
    ("g", "j"),
    ("%", "g"),
    ("v", "f"),
    ("p", "b"),
    ("^ou(?=[aei])|^w", "w"),
    ("^y(?=[aeou])", "Y"),
    ("(?<!^)w", ""),
    ("[aeiouy]", ""),
)
_ARTICLE = re.compile("(?:al|el)(?=[^aeiouy].{3})")
_DOUBLED = re.compile(r"(.)\1+")
_ARTICLES = frozenset("al el ul as ash ar an at ad az ال".split())
"""Articles as they stand apart: they join names differently in each spelling and tell no two apart."""

_SAME, _SLIP, _SOUNDS, _BOTH = 1.0, 0.95, 0.9, 0.8
_SHORTEST_WITH_A_SLIP = 5
_SHORTEST_BY_SOUND = 3


def words_of(name: str) -> tuple[str, ...]:
    """The words of a name as they are compared: folded, without signs and articles, unless it has nothing else."""
    spaced = "".join(letter if letter.isalnum() else "" if letter in "'’ʼ`" else " " for letter in search_form(name))
    words = spaced.split()
    return tuple(word for word in words if word not in _ARTICLES) or tuple(words)


@lru_cache(maxsize=50_000)
def skeleton(word: str) -> str:
    """The consonants of a folded word in one sign each, so that its spellings in two scripts meet."""
    if is_arabic(word):
        bare = word.removeprefix("ال") if len(word) > 4 else word
        first = {"و": "w", "ي": "y"}.get(bare[:1], "") if len(bare) > 1 else ""
        # A last h is written or left out as people like; ة is one, and a t before another word.
        sounds = re.sub("[هح]$", "", bare)
        found = first + sounds.replace("و", "").replace("ي", "").translate(_ARABIC)
    else:
        found = _ARTICLE.sub("", word, count=1) if _ARTICLE.match(word) else word
        for written, sound in _LATIN:
            found = re.sub(written, sound, found)
        found = found.lower()
    return _DOUBLED.sub(r"\1", found)


def is_arabic(text: str) -> bool:
    """Whether a text is written in Arabic letters."""
    return any("\u0600" <= letter <= "\u06ff" for letter in text)


def name_skeleton(name: str) -> str:
    """The consonants of a whole name, its words in one fixed order."""
    return "".join(sorted(filter(None, map(skeleton, words_of(name)))))


@lru_cache(maxsize=100_000)
def word_likeness(one: str, other: str) -> float:
    """How alike two folded words are, 0 to 1: the same, one slip of the hand apart, or alike by their consonants."""
    if one == other:
        return _SAME
    if min(len(one), len(other)) >= _SHORTEST_WITH_A_SLIP and _one_slip(one, other):
        return _SLIP
    ours, theirs = skeleton(one), skeleton(other)
    shortest = 2 if is_arabic(one) != is_arabic(other) else _SHORTEST_BY_SOUND
    if min(len(ours), len(theirs)) >= shortest and ours == theirs:
        return _SOUNDS
    if min(len(ours), len(theirs)) > _SHORTEST_BY_SOUND and _one_slip(ours, theirs):
        return _BOTH
    return 0.0


def likeness(one: str, other: str, weight: Callable[[str], float] = lambda _word: 1.0) -> float:
    """How alike two names are, 0 to 1: how much of the shorter one stands in the longer one, in any order.

    `weight` says how much a word tells: "association" tells nothing where every second name holds it. A single word
    found inside a longer name is no likeness, or every Mohamed would be like every other.
    """
    shorter, longer = sorted((words_of(one), words_of(other)), key=len)
    if not shorter:
        return 0.0
    whole = word_likeness("".join(shorter), "".join(longer))
    if len(shorter) == 1 and len(longer) > 1:
        return whole
    left = list(longer)
    found = told = 0.0
    for word in sorted(shorter, key=weight, reverse=True):
        best = max(left, key=lambda each: word_likeness(word, each), default="")
        alike = word_likeness(word, best)
        told += weight(word)
        found += weight(word) * alike
        if alike:
            left.remove(best)
    spare = sum(map(weight, left)) / (told + sum(map(weight, left)) or 1.0)
    return max(whole, found / told * (1 - 0.2 * spare)) if told else whole


def word_keys(word: str) -> frozenset[str]:
    """What two folded words have to share, one at least, to be alike at all: for finding the few worth comparing."""
    sounds = skeleton(word)
    keys = {word}
    if len(word) >= _SHORTEST_WITH_A_SLIP:
        keys |= _without_one(word)
    if len(sounds) >= 2:
        keys.add(f"~{sounds}")
    if len(sounds) > _SHORTEST_BY_SOUND:
        keys.update(f"~{each}" for each in _without_one(sounds))
    return frozenset(keys)


def _without_one(word: str) -> set[str]:
    return {word[:at] + word[at + 1 :] for at in range(len(word))}


def _one_slip(one: str, other: str) -> bool:
    """Whether one letter was left out, added, changed, or changed places with its neighbour."""
    if abs(len(one) - len(other)) > 1:
        return False
    start = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    a, b = one[start:], other[start:]
    return a[1:] == b[1:] or a[1:] == b or a == b[1:] or (a[:2] == b[1::-1] and a[2:] == b[2:])

"""Finding, among many names, those that are probably the same as another: by runs of letters, words and sounds.

Names that differ only in case, accents, apostrophes or spaces are one; anything further is a likeness, for a person to
judge.
"""

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable
from functools import lru_cache
from typing import Generic, TypeVar

from i18n.folding import fold, search_form
from i18n.spelling import name_skeleton, words_of

Who = TypeVar("Who", bound=Hashable)

_ALIKE = 0.8
_SHORTEST_ALIKE = 8
"""Below this many letters a name is as good as an acronym."""
_SHORTEST_BY_SOUND = 6
"""Fewer consonants than these are those of many names."""


@lru_cache(maxsize=50_000)
def same_key(name: str) -> str:
    """What two names have in common when they differ only in case, accents, apostrophes or spaces."""
    return fold(name).replace(" ", "")


@lru_cache(maxsize=20_000)
def trigrams(text: str) -> frozenset[str]:
    """The runs of three letters of a text, its ends included."""
    padded = f"  {text} "
    return frozenset(padded[start : start + 3] for start in range(len(padded) - 2))


class Likely(Generic[Who]):
    """Names to be found again by their runs of letters, by the same words in another order, or by their sounds."""

    def __init__(self, names: Iterable[tuple[str, Who]]) -> None:
        self._names = [(name, who, _letters(name)) for name, who in names]
        self._by_run: dict[str, list[int]] = defaultdict(list)
        self._by_words: dict[tuple[str, ...], list[int]] = defaultdict(list)
        self._by_sound: dict[str, list[int]] = defaultdict(list)
        self._times = Counter(run for _name, _who, letters in self._names for run in trigrams(letters))
        for index, (name, _who, letters) in enumerate(self._names):
            for run in self._rarest(letters):
                self._by_run[run].append(index)
            self._by_words[_words(name)].append(index)
            self._by_sound[name_skeleton(name)].append(index)

    def like(self, name: str, me: Who | None = None) -> list[tuple[str, Who]]:
        """The names like this one that are not its own, the most like first."""
        words = _words(name)
        scores = dict.fromkeys(self._by_words[words], 1.0) if len(words) > 1 else {}
        letters = _letters(name)
        if len(letters) >= _SHORTEST_ALIKE:
            runs = trigrams(letters)
            for index in {index for run in self._rarest(letters) for index in self._by_run.get(run, ())}:
                theirs = self._names[index][2]
                others = trigrams(theirs)
                alike = 2 * len(runs & others) / (len(runs) + len(others))
                if alike >= _ALIKE and len(theirs) >= _SHORTEST_ALIKE:
                    scores[index] = max(alike, scores.get(index, 0))
        return self._others(scores, me)

    def sounding_like(self, name: str, me: Who | None = None) -> list[tuple[str, Who]]:
        """The names with the same consonants, in whatever script, that are not its own."""
        sounds = name_skeleton(name)
        if len(sounds) < _SHORTEST_BY_SOUND:
            return []
        return self._others(dict.fromkeys(self._by_sound[sounds], 1.0), me)

    def _rarest(self, letters: str) -> list[str]:
        """The rarest third of the runs: two that are so much alike share two thirds of theirs, so one of these too."""
        runs = trigrams(letters)
        return sorted(runs, key=lambda run: (self._times[run], run))[: len(runs) // 3 + 1]

    def _others(self, scores: dict[int, float], me: Who | None) -> list[tuple[str, Who]]:
        best = sorted(scores, key=lambda index: (-scores[index], index))
        return [(self._names[index][0], self._names[index][1]) for index in best if self._names[index][1] != me]


def _letters(name: str) -> str:
    return "".join(letter for letter in search_form(name) if letter.isalnum())


def _words(name: str) -> tuple[str, ...]:
    """The words of a name without their order or punctuation: "USAID/BHA" and "BHA- USAID" are alike."""
    return tuple(sorted(words_of(name)))

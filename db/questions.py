"""The questions of the harmonised donor report (8+3) as data, and which of them a donor's profile asks at what length.

What each question asks is recalled, not verified, and its titles are our own: both stand in the file with their source.
A profile keeps nothing but codes with limits, `{"C-1": 500, "X-2": None}`; the same answers serve several donors.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from db.carried import rows, texts

COVER, CORE, ADDITIONAL = "cover", "core", "additional"
MOST_ADDITIONAL = 3


@dataclass(frozen=True)
class Question:
    """A question: its part of the template, its titles by language, and what the record fills it in from."""

    code: str
    part: str
    titles: Mapping[str, str]
    filled_from: str
    source: str
    note: str


@dataclass(frozen=True)
class AskedQuestion:
    """A question that a donor asks, in at most so many words; None where the length is free."""

    question: Question
    words: int | None


@lru_cache
def questions() -> Mapping[str, Question]:
    """All questions by their codes, in the order of the template."""
    return {
        row["code"]: Question(
            row["code"], row["part"], texts(row, "title"), row["filled_from"], row["source"], row["note"]
        )
        for row in rows("questions.csv")
    }


def asked(profile: Mapping[str, int | None] | None) -> tuple[AskedQuestion, ...]:
    """What a profile asks, in the order of the template; where it says nothing, the eight core questions."""
    core = {code: None for code, each in questions().items() if each.part == CORE}
    limits = profile or core
    return tuple(AskedQuestion(each, limits[code]) for code, each in questions().items() if code in limits)

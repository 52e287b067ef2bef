"""The definitions by which an office assesses who leads an organisation, each with its version and its criteria.

They are data, as several stand side by side and none binds everybody. A definition is met in one or several ways, and
each way asks for all of its criteria; whatever nobody answered stays unknown unless the rest decides.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from db.carried import rows, said, texts

MET, NOT_MET, UNKNOWN = "met", "not_met", "unknown"
_RANK = (NOT_MET, UNKNOWN, MET)


@dataclass(frozen=True)
class AskedCriterion:
    """One criterion of a definition: what it asks, which evidence to keep, and what of a count measures it."""

    code: str
    way: int
    rules: Mapping[str, str]
    evidence: Mapping[str, str]
    source: str
    verified: bool
    share_of: str
    at_least: Fraction | None
    woman: str

    def measured(self, count: object) -> str:
        """What a count of the lead says, by its fields: unknown where it does not hold what is asked."""
        found = []
        if self.woman:
            found.append(_answer(getattr(count, self.woman)))
        if self.at_least is not None:
            women, total = (getattr(count, f"{self.share_of}_{part}") for part in ("women", "total"))
            found.append(_answer(Fraction(women, total) >= self.at_least if women is not None and total else None))
        return all_of(found) if found else UNKNOWN


@dataclass(frozen=True)
class Definition:
    """One version of one definition, with its name and what it asks in each language."""

    code: str
    version: str
    about: str
    months: int
    names: Mapping[str, str]
    rules: Mapping[str, str]
    criteria: tuple[AskedCriterion, ...]

    def status(self, answers: Mapping[str, str]) -> str:
        """What follows from the answers; a criterion without one is unknown."""
        ways = {each.way for each in self.criteria}
        return any_of(
            all_of(answers.get(each.code, UNKNOWN) for each in self.criteria if each.way == way) for way in sorted(ways)
        )


def all_of(answers: Iterable[str]) -> str:
    """Met where all are met; not met where one is not, whatever the others are."""
    return min(answers, key=_RANK.index)


def any_of(answers: Iterable[str]) -> str:
    """Met where one is met, whatever the others are; not met where none can be."""
    return max(answers, key=_RANK.index)


@lru_cache
def definitions(about: str = "women_led") -> tuple[Definition, ...]:
    """The definitions on offer for one question, the default first."""
    return tuple(each for each in _all() if each.about == about)


def definition(code: str, version: str) -> Definition | None:
    """One version of a definition; None where this version of the program does not carry it."""
    return next((each for each in _all() if (each.code, each.version) == (code, version)), None)


def newest(code: str) -> Definition | None:
    """The newest version of a definition."""
    return next((each for each in reversed(_all()) if each.code == code), None)


def name_of(code: str, version: str, language: str) -> str:
    """What a definition is called; one this version does not carry goes by its code."""
    found = definition(code, version)
    return said(found.names, language) if found else f"{code} {version}"


@lru_cache
def _all() -> tuple[Definition, ...]:
    criteria = [
        (
            (row["definition"], row["version"]),
            AskedCriterion(
                row["code"],
                int(row["way"]),
                texts(row, "rule"),
                texts(row, "evidence"),
                row["source"],
                row["verified"] == "yes",
                row["share_of"],
                Fraction(row["at_least"]) if row["at_least"] else None,
                row["woman"],
            ),
        )
        for row in rows("criteria.csv")
    ]
    return tuple(
        Definition(
            row["code"],
            row["version"],
            row["about"],
            int(row["months"]),
            texts(row, "name"),
            texts(row, "rule"),
            tuple(one for owner, one in criteria if owner == (row["code"], row["version"])),
        )
        for row in rows("women_led.csv")
    )


def _answer(fact: bool | None) -> str:
    return UNKNOWN if fact is None else MET if fact else NOT_MET

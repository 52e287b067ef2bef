"""Who a report is for, and what is hidden from them: the thresholds of `resources/thresholds.csv` as values.

Where counts are rounded, more of the small ones are hidden: so many that who takes every hidden count for a small one
still finds none closer than the width. The rules are versioned data, so that a report says under which version it was
released, and an office can be shown them. They concern counts of people only: never organisations, documents,
activities or money.
"""

import csv
from dataclasses import dataclass, replace
from enum import Enum
from functools import cache

import resources

SUPPRESS, ROUND = "suppress", "round"
"""How small counts are kept: hidden with what gives them away, or, of all counts, rounded besides."""


class Audience(Enum):
    """Who reads it."""

    INTERNAL = "internal"
    PARTNER = "partner"
    DONOR = "donor"
    PUBLIC = "public"


class Leaves(Enum):
    """Whether counts of a kind may be sent out at all."""

    YES = "yes"
    AUTHORISED = "authorised"
    """Only with a written authorisation on record."""
    NO = "no"


@dataclass(frozen=True)
class Rule:
    """What is hidden of one kind of count: 1 to `hidden_up_to`, and zero where zeros are not shown."""

    leaves: Leaves
    hidden_up_to: int
    zeros_shown: bool
    width: int
    """What can be worked out for a hidden count stays an interval with max − min of at least this."""
    rounded_to: int = 0
    """Shown counts are rounded to the nearest multiple of this; 0 where they are shown as they are."""

    def hides(self, count: int) -> bool:
        """Whether this count is small by itself."""
        return count <= self.hidden_up_to and (count > 0 or not self.zeros_shown)

    @property
    def least(self) -> int:
        """What everybody knows of a hidden count: where zeros are shown, it is at least one."""
        return 1 if self.zeros_shown else 0

    def shown(self, count: int) -> int:
        """What is printed for a count that is shown; the same for the same count, whoever asks how often."""
        return rounded(count, self.rounded_to)


def rounded(count: int, to: int) -> int:
    """A count rounded to the nearest multiple."""
    return (count + to // 2) // to * to if to else count


def within(count: int, to: int) -> tuple[int, int]:
    """By how much a count can be lower or higher than it is, for who reads it rounded; zero is never rounded to."""
    if not to or not count:
        return 0, 0
    away = rounded(count, to) - count
    return away - to // 2, away + (to - 1) // 2


EXCEPTED = Rule(Leaves.YES, 0, True, 0)
"""A count of an indicator that the reader may be shown below the threshold."""


@dataclass(frozen=True)
class Profile:
    """The rules for one audience."""

    audience: Audience
    version: str
    ordinary: Rule
    sensitive: Rule

    def may_be_named(self, answer: bool | None) -> bool:
        """Whether a partner's name goes out, given what is on record (None: nobody has said)."""
        if self.audience is Audience.INTERNAL:
            return True
        return self.audience is not Audience.PUBLIC if answer is None else answer


def profile(audience: Audience, method: str = SUPPRESS) -> Profile:
    """The rules for this audience."""
    return _profiles()[audience, method]


@cache
def _profiles() -> dict[tuple[Audience, str], Profile]:
    with resources.path("thresholds.csv").open(encoding="utf-8", newline="") as file:
        rows = {(row["audience"], row["kind"]): row for row in csv.DictReader(file)}
    return {
        (audience, method): Profile(
            audience,
            rows[audience.value, "ordinary"]["version"],
            _rule(rows[audience.value, "ordinary"], method),
            _rule(rows[audience.value, "sensitive"], method),
        )
        for audience in Audience
        for method in (SUPPRESS, ROUND)
    }


def _rule(row: dict[str, str], method: str) -> Rule:
    rule = Rule(Leaves(row["leaves"]), int(row["hidden_up_to"]), row["zeros"] == "shown", int(row["width"]))
    if method == SUPPRESS:
        return rule
    return replace(rule, hidden_up_to=int(row["hidden_up_to_rounded"]), rounded_to=int(row["rounded_to"]))

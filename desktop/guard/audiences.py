"""Who a report is for, and what is hidden from them: the thresholds of `resources/thresholds.csv` as values.

The rules are versioned data, so that a report says under which version it was released, and an office can be shown
them. They concern counts of people only: never organisations, documents, activities or money.
"""

import csv
from dataclasses import dataclass
from enum import Enum
from functools import cache

import resources


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

    def hides(self, count: int) -> bool:
        """Whether this count is small by itself."""
        return count <= self.hidden_up_to and (count > 0 or not self.zeros_shown)

    @property
    def least(self) -> int:
        """What everybody knows of a hidden count: where zeros are shown, it is at least one."""
        return 1 if self.zeros_shown else 0


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


def profile(audience: Audience) -> Profile:
    """The rules for this audience."""
    return _profiles()[audience]


@cache
def _profiles() -> dict[Audience, Profile]:
    with resources.path("thresholds.csv").open(encoding="utf-8", newline="") as file:
        rows = {(row["audience"], row["kind"]): row for row in csv.DictReader(file)}
    return {
        audience: Profile(
            audience,
            rows[audience.value, "ordinary"]["version"],
            _rule(rows[audience.value, "ordinary"]),
            _rule(rows[audience.value, "sensitive"]),
        )
        for audience in Audience
    }


def _rule(row: dict[str, str]) -> Rule:
    return Rule(Leaves(row["leaves"]), int(row["hidden_up_to"]), row["zeros"] == "shown", int(row["width"]))

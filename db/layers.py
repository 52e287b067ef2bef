"""Layers of funding and degrees of earmarking as the Grand Bargain's reporting has them: data, with their sources.

A layer says how many hands money went through before a local partner had it: what counts toward the 25 % and what does
not is a reading that others may not share, so it stands in a file with where it is from.
"""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import resources
from i18n import LANGUAGES

MOST_PASSES = 2
"""Longer chains are no layers of their own."""


@dataclass(frozen=True)
class Layer:
    """A layer, whether it counts toward the 25 %, and by which ways money reaches a partner at it."""

    code: str
    names: Mapping[str, str]
    counts: bool
    reached: tuple[tuple[str, int], ...]
    """Pairs of a contribution's channel and how many partners passed the money on: by none, nothing is recorded."""
    source: str

    @property
    def recorded(self) -> bool:
        """Whether an office's record can hold such money at all; where it cannot, no figure is not zero."""
        return bool(self.reached)


@dataclass(frozen=True)
class Earmarking:
    """A modality of earmarking: its category, 1 to 4, and whether it counts as flexible."""

    code: str
    category: str
    names: Mapping[str, str]
    flexible: bool


@lru_cache
def layers() -> tuple[Layer, ...]:
    """The layers, in the order they are printed in."""
    return tuple(
        Layer(row["code"], _names(row, "name"), row["counts"] == "yes", _ways(row["reached"]), row["source"])
        for row in _rows("layers.csv")
    )


@lru_cache
def earmarkings() -> Mapping[str, Earmarking]:
    """The modalities by their letters."""
    return {
        row["code"]: Earmarking(row["code"], row["category"], _names(row, "category"), row["flexible"] == "yes")
        for row in _rows("earmarking.csv")
    }


def _rows(name: str) -> list[dict[str, str]]:
    with resources.path(name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _names(row: Mapping[str, str], key: str) -> Mapping[str, str]:
    return {language: row[f"{key}_{language}"] for language in LANGUAGES}


def _ways(text: str) -> tuple[tuple[str, int], ...]:
    pairs = (way.split(":") for way in text.split())
    return tuple((channel, int(passes)) for channel, passes in pairs)

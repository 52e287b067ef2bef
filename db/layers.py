"""Layers of funding and degrees of earmarking as the Grand Bargain's reporting has them: data, with their sources.

A layer says how many hands money went through before a local partner had it: what counts toward the 25 % and what does
not is a reading that others may not share, so it stands in a file with where it is from.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from db.carried import rows, texts

MOST_PASSES = 2
"""Longer chains are no layers of their own."""


@dataclass(frozen=True)
class Layer:
    """A layer, which `LAYERS` names: whether it counts toward the 25 %, and by which ways money gets to it."""

    code: str
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
        Layer(row["code"], row["counts"] == "yes", _ways(row["reached"]), row["source"]) for row in rows("layers.csv")
    )


@lru_cache
def earmarkings() -> Mapping[str, Earmarking]:
    """The modalities by their letters."""
    return {
        row["code"]: Earmarking(row["code"], row["category"], texts(row, "category"), row["flexible"] == "yes")
        for row in rows("earmarking.csv")
    }


def _ways(text: str) -> tuple[tuple[str, int], ...]:
    pairs = (way.split(":") for way in text.split())
    return tuple((channel, int(passes)) for channel, passes in pairs)

"""Outlines of places at hand, by P-code: those we carry, and those the office has put into the record."""

import json
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache

import resources

Ring = tuple[tuple[float, float], ...]


def outlines(kept: Sequence[bytes] = ()) -> Mapping[str, tuple[Ring, ...]]:
    """The rings of (longitude, latitude) of every place that has some; the office's own, the newest, before ours."""
    found = dict(_carried())
    for content in kept:
        found |= _read(content)
    return found


@cache
def _carried() -> Mapping[str, tuple[Ring, ...]]:
    found: dict[str, tuple[Ring, ...]] = {}
    for file in sorted(resources.path("outlines").glob("*.json")):
        found |= _read(file.read_bytes())
    return found


@lru_cache(8)
def _read(content: bytes) -> Mapping[str, tuple[Ring, ...]]:
    try:
        return {
            pcode: tuple(tuple((float(x), float(y)) for x, y in ring) for ring in rings)
            for pcode, rings in json.loads(content)["outlines"].items()
        }
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        # Somebody called another document so; it is kept, and no map is drawn from it.
        return {}

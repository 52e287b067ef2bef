"""Outlines of places at hand, by P-code: what maps are drawn from."""

import json
from functools import cache

import resources

Ring = tuple[tuple[float, float], ...]


@cache
def outlines() -> dict[str, tuple[Ring, ...]]:
    """The rings of (longitude, latitude) of every place we carry an outline of."""
    found: dict[str, tuple[Ring, ...]] = {}
    for file in sorted(resources.path("outlines").glob("*.json")):
        for pcode, rings in json.loads(file.read_text(encoding="utf-8"))["outlines"].items():
            found[pcode] = tuple(tuple((float(x), float(y)) for x, y in ring) for ring in rings)
    return found

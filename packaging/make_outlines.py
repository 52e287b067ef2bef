"""Makes the outlines of the practice record's invented district and its communes.

Everything is drawn from seeds, so that the same bytes come again: run it after changing what is written here or the
communes in resources/sample/office.json, and commit what it makes. No such land is anywhere.
"""

import json
import math
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from random import Random

RESOURCES = Path(__file__).resolve().parent.parent / "resources"
OFFICE = json.loads((RESOURCES / "sample" / "office.json").read_text("utf-8"))
COMMUNES = [place for place in OFFICE["places"] if place["level"] == 3]

Point = tuple[float, float]

BORDER: tuple[Point, ...] = (
    (0.08, 0.30), (0.22, 0.86), (0.55, 1.02), (0.92, 0.93), (1.30, 1.10), (1.72, 0.98), (1.95, 0.62), (1.83, 0.30),
    (1.55, 0.10), (1.12, 0.16), (0.80, -0.06), (0.38, 0.04),
)  # fmt: skip
"""The district's corners in degrees, at sea where the equator meets the first meridian: no such land is anywhere."""
CENTRES: tuple[Point, ...] = (
    (0.46, 0.72), (0.95, 0.66), (1.22, 0.92), (1.70, 0.74), (0.28, 0.28), (0.70, 0.26), (1.16, 0.34), (1.58, 0.30),
)  # fmt: skip
ROUGH, FINEST = 0.16, 0.025


def make(folder: Path) -> None:
    """The communes' outlines, in their place under this folder: neighbours share every point of their border."""
    (folder / "outlines").mkdir(exist_ok=True)
    cells = [[_rounded(point) for point in _cell(centre)] for centre in CENTRES]
    outlines = {}
    for commune, cell in zip(COMMUNES, cells, strict=True):
        corners = _with_neighbours(cell, [point for other in cells for point in other])
        ring = [point for start, end in pairwise([*corners, corners[0]]) for point in _wander(start, end)[:-1]]
        outlines[commune["code"]] = [[*ring, ring[0]]]
    text = json.dumps(
        {"name": "District de Kivara", "source": OFFICE["notice"], "outlines": outlines},
        ensure_ascii=False,
        indent=None,
    )
    (folder / "outlines" / "practice.json").write_text(text.replace('"XJ', '\n"XJ') + "\n", "utf-8")


def _cell(centre: Point) -> list[Point]:
    """The part of the district that is nearer to this centre than to any other."""
    cell = list(BORDER)
    for other in CENTRES:
        if other != centre:
            cell = _nearer(cell, centre, other)
    return cell


def _nearer(ring: Sequence[Point], centre: Point, other: Point) -> list[Point]:
    def side(point: Point) -> float:
        return math.dist(point, other) ** 2 - math.dist(point, centre) ** 2

    kept: list[Point] = []
    for start, end in pairwise([*ring, ring[0]]):
        here, there = side(start), side(end)
        if here >= 0:
            kept.append(start)
        if here * there < 0:
            share = here / (here - there)
            kept.append((start[0] + share * (end[0] - start[0]), start[1] + share * (end[1] - start[1])))
    return kept


def _with_neighbours(ring: Sequence[Point], points: Sequence[Point]) -> list[Point]:
    """A ring with the corners of its neighbours that lie on its sides, so that both have the same ones."""
    corners: list[Point] = []
    for start, end in pairwise([*ring, ring[0]]):
        between = {
            point
            for point in points
            if point not in (start, end)
            and math.dist(start, point) + math.dist(point, end) - math.dist(start, end) < 1e-7
        }
        corners += [start, *sorted(between, key=lambda point: math.dist(start, point))]
    return list(dict.fromkeys(corners))


def _wander(start: Point, end: Point) -> list[Point]:
    """A border from one corner to another, the same line from either end."""
    if start > end:
        return _wander(end, start)[::-1]
    length = math.dist(start, end)
    if length < FINEST:
        return [start, end]
    random = Random(f"{start} {end}")
    off = random.uniform(-ROUGH, ROUGH)
    middle = _rounded(
        (
            (start[0] + end[0]) / 2 - off * (end[1] - start[1]),
            (start[1] + end[1]) / 2 + off * (end[0] - start[0]),
        )
    )
    return [*_wander(start, middle)[:-1], *_wander(middle, end)]


def _rounded(point: Point) -> Point:
    return round(point[0], 4), round(point[1], 4)


if __name__ == "__main__":
    make(RESOURCES)

"""Outlines of places from a GeoJSON file, such as OCHA's COD-AB of a country, made small enough for maps.

Every place is found by its P-code, whichever level the file is of. Borders are thinned out as far as a map a hand wide
can show, so that a country's hundred megabytes become one; what is no outline of a place with a code is left out.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import hypot, isfinite
from pathlib import Path
from typing import Any

from desktop.intake.errors import FileNotFound, FileRefused, FileTooLarge, FileUnreadable
from i18n import N_

MOST_MEGABYTES = 100
MOST_PLACES = 30_000
MOST_POINTS = 6_000_000
_STEPS = 4_000
"""How fine a border stays: the widest side of all outlines in so many steps."""
_LONGEST_RING = 5_000
_DECIMALS = 4
_CODE = re.compile(r"(?:adm(?:in)?(?P<level>\d)_?)?p_?code(?:_\w+)?", re.IGNORECASE)

Point = tuple[float, float]
Ring = list[Point]


class NoOutlines(FileRefused):
    message = N_(
        "{name} holds no outlines of places with P-codes in degrees. Choose the GeoJSON file of a level of a country's "
        "administrative boundaries."
    )


@dataclass(frozen=True)
class Outlines:
    """The outlines of a file, by P-code, as the record keeps them; and how many of its shapes are left out."""

    codes: tuple[str, ...]
    content: bytes
    left_out: int


def read_outlines(path: Path) -> Outlines:
    """The outlines that a file holds; it is not trusted."""
    try:
        if path.stat().st_size > MOST_MEGABYTES * 1_000_000:
            raise FileTooLarge(name=path.name, megabytes=MOST_MEGABYTES)
        found = json.loads(path.read_bytes())
    except FileNotFoundError as absent:
        raise FileNotFound(path=path) from absent
    except OSError as refused:
        raise FileUnreadable(name=path.name) from refused
    except (ValueError, RecursionError) as wrong:
        raise NoOutlines(name=path.name) from wrong
    features = found.get("features") if isinstance(found, dict) else None
    if not isinstance(features, list) or len(features) > MOST_PLACES:
        raise NoOutlines(name=path.name)
    shapes: dict[str, list[Ring]] = {}
    left_out, points = 0, 0
    for feature in features:
        code, rings = _code(feature), list(_rings(feature))
        points += sum(map(len, rings))
        if points > MOST_POINTS:
            raise NoOutlines(name=path.name)
        if code and rings:
            shapes.setdefault(code, []).extend(rings)
        else:
            left_out += 1
    if not shapes:
        raise NoOutlines(name=path.name)
    return Outlines(tuple(sorted(shapes)), _written(path.stem, _thinned(shapes)), left_out)


def _code(feature: Any) -> str | None:
    """The P-code of the deepest level that a shape names."""
    properties = feature.get("properties") if isinstance(feature, dict) else None
    if not isinstance(properties, dict):
        return None
    found = [
        (int(match["level"] or 0), value.strip())
        for key, value in properties.items()
        if isinstance(value, str) and value.strip() and (match := _CODE.fullmatch(key))
    ]
    code = max(found, default=(0, ""))[1]
    return code[:40] or None


def _rings(feature: Any) -> Iterator[Ring]:
    """The rings of a shape that are rings, in degrees."""
    geometry = feature.get("geometry") if isinstance(feature, dict) else None
    if not isinstance(geometry, dict):
        return
    held = geometry.get("coordinates")
    polygons = held if geometry.get("type") == "MultiPolygon" else [held] if geometry.get("type") == "Polygon" else []
    for polygon in polygons if isinstance(polygons, list) else []:
        for ring in polygon if isinstance(polygon, list) else []:
            points = [point for one in ring if (point := _point(one))] if isinstance(ring, list) else []
            if len(points) > 3 and len(points) == len(ring):
                yield points


def _point(one: Any) -> Point | None:
    if not isinstance(one, list) or len(one) < 2:
        return None
    x, y = one[:2]
    if not all(isinstance(value, int | float) and isfinite(value) for value in (x, y)):
        return None
    return (float(x), float(y)) if -180 <= x <= 180 and -90 <= y <= 90 else None


def _thinned(shapes: Mapping[str, Sequence[Ring]]) -> dict[str, list[Ring]]:
    """The rings as fine as a map can show; islands too small to be seen go, but no place loses all it has."""
    xs = [x for rings in shapes.values() for ring in rings for x, _y in ring]
    ys = [y for rings in shapes.values() for ring in rings for _x, y in ring]
    step = max(max(xs) - min(xs), max(ys) - min(ys), 0.01) / _STEPS
    thin: dict[str, list[Ring]] = {}
    for code, rings in sorted(shapes.items()):
        kept = [ring for ring in (_simple(ring, step) for ring in rings) if len(ring) > 3 and _span(ring) > 2 * step]
        thin[code] = kept or [max(rings, key=_span)[:: max(1, len(max(rings, key=_span)) // 20)]]
    return thin


def _span(ring: Ring) -> float:
    xs, ys = [x for x, _y in ring], [y for _x, y in ring]
    return max(max(xs) - min(xs), max(ys) - min(ys))


def _simple(ring: Ring, step: float) -> Ring:
    """The ring without what lies nearer than a step to the line between its neighbours (Douglas and Peucker)."""
    near = [ring[0]]
    for point in ring[1:]:
        if abs(point[0] - near[-1][0]) > step / 2 or abs(point[1] - near[-1][1]) > step / 2:
            near.append(point)
    near = near[:: max(1, len(near) // _LONGEST_RING)]
    near.append(ring[-1])
    keep = {0, len(near) // 2, len(near) - 1}
    open_ = [(0, len(near) // 2), (len(near) // 2, len(near) - 1)]
    while open_:
        first, last = open_.pop()
        away, at = max(((_away(near[i], near[first], near[last]), i) for i in range(first + 1, last)), default=(0.0, 0))
        if away > step:
            keep.add(at)
            open_ += [(first, at), (at, last)]
    return [near[i] for i in sorted(keep)]


def _away(point: Point, one: Point, other: Point) -> float:
    """How far a point lies from a line."""
    (x, y), (x1, y1), (x2, y2) = point, one, other
    dx, dy = x2 - x1, y2 - y1
    length = hypot(dx, dy)
    return abs(dy * (x - x1) - dx * (y - y1)) / length if length else hypot(x - x1, y - y1)


def _written(name: str, shapes: Mapping[str, Sequence[Ring]]) -> bytes:
    rounded = {
        code: [[[round(x, _DECIMALS), round(y, _DECIMALS)] for x, y in ring] for ring in rings]
        for code, rings in shapes.items()
    }
    return json.dumps({"name": name, "outlines": rounded}, separators=(",", ":"), sort_keys=True).encode()

"""What a map shows, whatever it is drawn with: outlines brought to a plane, and how each place is filled."""

from collections.abc import Sequence
from itertools import pairwise
from math import cos, isfinite, radians
from typing import NamedTuple

from desktop.render import theme
from desktop.render.pdf_patterns import Bounds, Pattern
from desktop.render.values import clean, hidden_mark
from desktop.reports.document import Area, Count, Hidden, Map, Missing
from i18n import Words

ELSEWHERE = "#EDF0F3"


class Look(NamedTuple):
    """How a place is filled: a shade, or None for a hidden count; and its pattern."""

    fill: str | None
    pattern: Pattern = Pattern.PLAIN


MISSING = Look(theme.PAPER, Pattern.LEVEL)


class Shape(NamedTuple):
    """A place on the page, measured from the map's lower left corner."""

    area: Area
    rings: list[list[tuple[float, float]]]

    def bounds(self) -> Bounds:
        xs = [x for ring in self.rings for x, _y in ring]
        ys = [y for ring in self.rings for _x, y in ring]
        return min(xs), min(ys), max(xs), max(ys)


def projected(areas: Sequence[Area], widest: float, tallest: float) -> tuple[list[Shape], float, float]:
    """The outlines in points, north up whichever way the page is read, and the size they take."""
    kept = [(area, [[(x, y) for x, y in ring if isfinite(x) and isfinite(y)] for ring in area.rings]) for area in areas]
    kept = [(area, [ring for ring in rings if len(ring) > 2]) for area, rings in kept]
    points = [point for _area, rings in kept for ring in rings for point in ring]
    if not points:
        return [], 0.0, 0.0
    west, east = min(x for x, _y in points), max(x for x, _y in points)
    south, north = min(y for _x, y in points), max(y for _x, y in points)
    narrow = cos(radians(max(-80.0, min(80.0, (south + north) / 2))))
    across, along = max((east - west) * narrow, 1e-9), max(north - south, 1e-9)
    scale = min(widest / across, tallest / along)
    shapes = [
        Shape(area, [[((x - west) * narrow * scale, (y - south) * scale) for x, y in ring] for ring in rings])
        for area, rings in kept
        if rings
    ]
    return shapes, across * scale, along * scale


def classes_of(areas: Sequence[Area]) -> list[tuple[int, int]]:
    """The lowest and highest value of each shade; as many places in each as can be."""
    distinct = sorted({area.value.value for area in areas if isinstance(area.value, Count)})
    count = min(len(theme.SHADES), len(distinct))
    cuts = [len(distinct) * i // count for i in range(count + 1)] if count else []
    return [(distinct[a], distinct[b - 1]) for a, b in pairwise(cuts)]


def _shade(number: int, count: int) -> str:
    return theme.SHADES[-1] if count == 1 else theme.SHADES[number * (len(theme.SHADES) - 1) // (count - 1)]


def look_of(area: Area, classes: list[tuple[int, int]]) -> Look:
    match area.value:
        case Count(value):
            number = next(i for i, (_low, high) in enumerate(classes) if value <= high)
            return Look(_shade(number, len(classes)))
        case Hidden():
            return Look(None)
        case Missing():
            return MISSING
        case None:
            return Look(ELSEWHERE)


def legend_of(asked: Map, classes: list[tuple[int, int]], words: Words) -> list[tuple[Look, str]]:
    """What each way of filling means."""
    entries = []
    for number, (low, high) in enumerate(classes):
        text = words.number(low)
        if high > low:
            text = words.gettext("{low} to {high}").format(low=text, high=words.number(high))
        entries.append((Look(_shade(number, len(classes))), text))
    values = [area.value for area in asked.areas]
    if any(isinstance(value, Hidden) for value in values):
        text = words.gettext("{mark}: hidden to protect people").format(mark=hidden_mark(words))
        entries.append((Look(None), text))
    reasons = dict.fromkeys(clean(value.reason) for value in values if isinstance(value, Missing))
    entries += [(MISSING, reason) for reason in reasons]
    if any(value is None for value in values):
        entries.append((Look(ELSEWHERE), words.gettext("Outside this report")))
    return entries

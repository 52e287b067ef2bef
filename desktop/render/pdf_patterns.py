"""Fills that can be told apart without colour: in print, on a bad screen, by eyes that see colours otherwise."""

from enum import Enum
from math import floor

from desktop.render import theme
from desktop.render.pdf_text import colour

Bounds = tuple[float, float, float, float]
"""Left, bottom, right and top."""


class Pattern(Enum):
    """What is drawn over a fill."""

    PLAIN = "plain"
    RISING = "rising"
    LEVEL = "level"
    FALLING = "falling"
    CROSSED = "crossed"
    UPRIGHT = "upright"


BAR_PATTERNS = tuple(pattern for pattern in Pattern if pattern is not Pattern.CROSSED)
"""Crossed lines are kept for hidden counts."""
_GAP = 4.0


def rectangle(bounds: Bounds) -> str:
    """The path of a rectangle."""
    left, bottom, right, top = bounds
    return f"{left:.2f} {bottom:.2f} {right - left:.2f} {top - bottom:.2f} re"


def filled(path: str, bounds: Bounds, fill: str, pattern: Pattern, line: str = theme.PAPER) -> str:
    """A path, closed, filled and patterned; holes in it stay holes."""
    if pattern is Pattern.PLAIN:
        return f"{colour(fill)} rg {path} f*"
    return f"q {path} W* n {colour(fill)} rg {rectangle(bounds)} f {colour(line)} RG .8 w {_lines(bounds, pattern)} S Q"


def hidden(path: str, bounds: Bounds) -> str:
    """What stands for every hidden count, in charts and on maps."""
    return f"{filled(path, bounds, theme.PAPER, Pattern.CROSSED, theme.GREY)} {colour(theme.GREY)} RG .6 w {path} s"


def series_look(number: int) -> tuple[str, Pattern]:
    """The colour and pattern of the bars of one series."""
    return theme.BARS[number % len(theme.BARS)], BAR_PATTERNS[number % len(BAR_PATTERNS)]


def _lines(bounds: Bounds, pattern: Pattern) -> str:
    left, bottom, right, top = bounds
    height = top - bottom
    parts: list[str] = []
    # Lines start from a common raster, so that neighbouring shapes look alike.
    if pattern in (Pattern.RISING, Pattern.CROSSED):
        for x in _raster(left - height, right):
            parts.append(f"{x:.1f} {bottom:.1f} m {x + height:.1f} {top:.1f} l")
    if pattern in (Pattern.FALLING, Pattern.CROSSED):
        for x in _raster(left - height, right):
            parts.append(f"{x:.1f} {top:.1f} m {x + height:.1f} {bottom:.1f} l")
    if pattern is Pattern.UPRIGHT:
        for x in _raster(left, right):
            parts.append(f"{x:.1f} {bottom:.1f} m {x:.1f} {top:.1f} l")
    if pattern is Pattern.LEVEL:
        y = bottom + 1.5
        while y < top:
            parts.append(f"{left:.1f} {y:.1f} m {right:.1f} {y:.1f} l")
            y += 3.0
    return " ".join(parts)


def _raster(low: float, high: float) -> list[float]:
    first = floor(low / _GAP)
    return [_GAP * i for i in range(first, first + int((high - low) / _GAP) + 2)]

"""Text in lines: which glyphs stand where, in any script and in both directions, before anything is drawn.

Text is cut where it may break, each cut is shaped once and remembered, and lines are filled greedily. A word that no
line can hold is cut between letters: a name of ten thousand letters lays out like any other.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple
from unicodedata import category

from desktop.render import bidi
from desktop.render.fonts import REPLACEMENT, Cut, Font, Glyph, choose, first


class Style(NamedTuple):
    """How a stretch of text looks."""

    size: float
    bold: bool = False
    colour: str = "#000000"
    italic: bool = False

    @property
    def cut(self) -> Cut:
        """How its letters are cut."""
        return Cut.ITALIC if self.italic else Cut.BOLD if self.bold else Cut.REGULAR


class Piece(NamedTuple):
    """A stretch in one font and style; `glyphs` is None where its letters stand one by one, written in `codes`."""

    font: Font
    style: Style
    text: str
    glyphs: tuple[Glyph, ...] | None
    codes: str
    rtl: bool


class Line(NamedTuple):
    """A line's pieces from left to right, and its width in points."""

    pieces: tuple[Piece, ...]
    width: float


class _Stretch(NamedTuple):
    """A part of the paragraph in one font, style and level, without a place to break inside."""

    start: int
    end: int
    level: int
    font: Font
    style: Style


_HAN = "\u2e80-\u2fff\u3005-\u3007\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
_CLOSING = "\u3001\u3002\uff0c\uff0e\uff1a\uff1b\uff01\uff1f\uff09\u300b\u300d\u300f\u3011\u201d\u2019\u2026%)"
"""What no Chinese line begins with."""
_OPENING = "\uff08\u300a\u300c\u300e\u3010\u201c\u2018(\u2068"
_BREAK = re.compile(
    r"(?<=[ \t\u1361\u200b\u2013\u2014])(?=[^ \t])|(?<=[^\W\d][-/])(?=[^\W\d])"
    rf"|(?<=[{_HAN}{_CLOSING}])(?=[{_HAN}{_OPENING}])(?![{_CLOSING}])"
    rf"|(?<=[{_HAN}])(?=[^\s{_CLOSING}\u2069])|(?<=[^\s{_OPENING}])(?=[{_HAN}])"
)
"""Where a line may break: after spaces and dashes, and around each Chinese character that need not stay."""
_ONE_WAY = re.compile(r"[0-9.,\u00a0\u202f]*[0-9]|[A-Za-z0-9]+")
_FSI, _PDI = "\u2068", "\u2069"
UNSEEN = frozenset("\u061c\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u00ad\u2060\ufeff")


class Typesetter:
    """Lays text out for one document: its language, its direction, and the characters no font had."""

    def __init__(self, language: str, rtl: bool) -> None:
        self.language, self.rtl = language, rtl
        self.unknown: set[str] = set()
        self._cells: dict[tuple[str, Style, float], list[Line]] = {}
        self._faces: dict[Style, Font] = {}

    def lines(self, runs: Sequence[tuple[str, Style]], width: float = float("inf")) -> list[Line]:
        """The runs as one paragraph, broken to the width; an empty paragraph is one empty line."""
        text = "".join(run for run, _style in runs)
        levels, base = bidi.levels(text, 1 if self.rtl else 0)
        stretches = list(self._stretches(runs, text, levels))
        if not stretches:
            return [Line((), 0.0)]
        spans = self._fill(text, stretches, width)
        return [self._line(text, stretches, levels, base, start, end) for start, end in spans]

    def width(self, text: str, style: Style) -> float:
        """How wide a text stands on one line."""
        units = _plain_width(self._face(style), text.strip(_FSI + _PDI))
        return units * style.size / 1000 if units is not None else self.lines(((text, style),))[0].width

    def cell(self, text: str, style: Style, width: float) -> list[Line]:
        """A short text of one style: the quick way where it is plain and fits, the whole way else."""
        letters = _inside(text)
        if letters is not text or not self.rtl or _ONE_WAY.fullmatch(text):
            face = self._face(style)
            units = _plain_width(face, letters)
            if units is not None and (points := units * style.size / 1000) <= width:
                codes = "".join(map(face.plain_codes.__getitem__, letters))
                return [Line((Piece(face, style, letters, None, codes, False),), points)]
        # Tables say the same things again and again: their headings, their reasons, the names of places.
        known = self._cells.get((text, style, width))
        if known is None:
            known = self._cells[text, style, width] = self.lines(((text, style),), width)
        return known

    def fitted(self, text: str, style: Style, width: float, most: int = 1) -> list[Line]:
        """As much of a text as so many lines hold, with an ellipsis where it is cut."""
        lines = self.cell(text, style, width)
        if len(lines) <= most:
            return lines

        def cut(length: int) -> list[Line]:
            return self.lines(((text[:length] + "…", style),), width)

        length = bisect_right(range(len(text)), most, key=lambda length: len(cut(length)))
        return cut(max(length - 1, 0))

    def _face(self, style: Style) -> Font:
        """The font of a style, found once: every cell of a table asks for it."""
        face = self._faces.get(style)
        if face is None:
            face = self._faces[style] = first(style.cut)
        return face

    def _stretches(self, runs: Sequence[tuple[str, Style]], text: str, levels: list[int]) -> Iterator[_Stretch]:
        cuts = _places_to_break(text)
        looks: list[tuple[Font, Style]] = []
        face: Font | None = None
        for run, style in runs:
            for character in run:
                face = choose(character, style.cut, face)
                if face is None:
                    self.unknown.add(character)
                    face = first(style.cut)
                looks.append((face, style))
        start, last = 0, len(text)
        for end in range(1, last + 1):
            if end == last or end in cuts or levels[end] != levels[start] or looks[end] != looks[start]:
                yield _Stretch(start, end, levels[start], *looks[start])
                start = end

    def _glyphs(self, text: str, stretch: _Stretch) -> tuple[Glyph, ...]:
        start, end, level, face, _style = stretch
        before = text[start - 1 : start] if start and not text[start - 1].isspace() else ""
        after = text[end : end + 1] if not text[end : end + 1].isspace() else ""
        return _shaped(face, self._printable(text[start:end], face), bool(level & 1), self.language, before, after)

    def _printable(self, text: str, face: Font) -> str:
        if self.unknown and not self.unknown.isdisjoint(text):
            return "".join(REPLACEMENT if character in self.unknown else character for character in text)
        return text

    def _fill(self, text: str, stretches: list[_Stretch], width: float) -> list[tuple[int, int]]:
        """Where each line starts and ends."""
        spans: list[tuple[int, int]] = []
        start, used = 0, 0.0
        for unit in self._units(text, stretches):
            unit_start, unit_end = unit[0].start, unit[-1].end
            wide = sum(_points(self._glyphs(text, stretch), stretch.style) for stretch in unit)
            trailing = len(text[unit_start:unit_end]) - len(text[unit_start:unit_end].rstrip(" "))
            seen = wide - (trailing * _points(_space(unit[-1].font), unit[-1].style) if trailing else 0)
            if used and used + seen > width:
                spans.append((start, unit_start))
                start, used = unit_start, 0.0
            if seen > width:
                cuts, used = self._cuts(text, unit, width)
                for cut in cuts:
                    spans.append((start, cut))
                    start = cut
            else:
                used += wide
        spans.append((start, len(text)))
        return spans

    def _units(self, text: str, stretches: list[_Stretch]) -> Iterator[list[_Stretch]]:
        """Stretches gathered between the places where a line may break."""
        cuts = _places_to_break(text)
        unit: list[_Stretch] = []
        for stretch in stretches:
            unit.append(stretch)
            if stretch.end in cuts:
                yield unit
                unit = []
        if unit:
            yield unit

    def _cuts(self, text: str, unit: list[_Stretch], width: float) -> tuple[list[int], float]:
        """Where a word too wide for any line is cut, never before a mark; and the width of what is left."""
        cuts: list[int] = []
        used, last = 0.0, unit[0].start
        for stretch in unit:
            advances = dict.fromkeys(range(stretch.start, stretch.end), 0.0)
            for _glyph, advance, _x, _y, place in self._glyphs(text, stretch):
                advances[stretch.start + place] += advance * stretch.style.size / 1000
            for place, advance in advances.items():
                if used and used + advance > width and place > last and category(text[place])[0] != "M":
                    cuts.append(place)
                    used, last = 0.0, place
                used += advance
        return cuts, used

    def _line(self, text: str, stretches: list[_Stretch], levels: list[int], base: int, start: int, end: int) -> Line:
        while end > start and text[end - 1] in " \t":
            end -= 1
        line_levels = bidi.line_levels(text, levels, base, start, end) if base or any(levels[start:end]) else None
        pieces: list[tuple[int, Piece | None]] = []
        width = 0.0
        for i in range(bisect_right(stretches, start, key=lambda one: one.start) - 1, len(stretches)):
            stretch = stretches[i]
            if stretch.start >= end:
                break
            if stretch.start < start or stretch.end > end:
                stretch = stretch._replace(start=max(stretch.start, start), end=min(stretch.end, end))
            part = text[stretch.start : stretch.end]
            level = line_levels[stretch.start - start] if line_levels else 0
            if UNSEEN.issuperset(part):
                pieces.append((level, None))  # what isolates two pieces keeps their orders apart, though nobody sees it
                continue
            glyphs = self._glyphs(text, stretch)
            width += _points(glyphs, stretch.style)
            pieces.append((level, Piece(stretch.font, stretch.style, part, glyphs, "", bool(stretch.level & 1))))
        if line_levels:
            order = bidi.visual_order([level for level, _piece in pieces])
            pieces = [pieces[i] for i in order]
        return Line(tuple(piece for _level, piece in pieces if piece is not None), width)


def _inside(text: str) -> str:
    """What an isolate holds that is the whole text: plain letters in it run left to right on any page."""
    return text[1:-1] if text[:1] == _FSI and text[-1:] == _PDI else text


def _places_to_break(text: str) -> set[int]:
    return {match.start() for match in _BREAK.finditer(text)}


@lru_cache(50_000)
def _shaped(face: Font, text: str, rtl: bool, language: str, before: str, after: str) -> tuple[Glyph, ...]:
    return face.shape(text, rtl, language, before, after)


def _plain_width(face: Font, text: str) -> float | None:
    """The width in thousandths of letters that stand one by one, or None where the text needs shaping."""
    try:
        return sum(map(face.plain_widths.__getitem__, text))
    except KeyError:
        return None


@lru_cache
def _space(face: Font) -> tuple[Glyph, ...]:
    return face.shape(" ", False, "en", "", "")


def _points(glyphs: tuple[Glyph, ...], style: Style) -> float:
    return sum([glyph[1] for glyph in glyphs]) * style.size / 1000

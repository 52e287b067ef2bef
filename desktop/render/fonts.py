"""The fonts we carry, opened once a process, and which of them has a character.

A font here never changes: what one document used of it is kept with that document, so that a warm worker process makes
the same bytes again.
"""

from enum import Enum
from functools import lru_cache
from typing import Any
from unicodedata import category

import uharfbuzz as hb

import resources

REPLACEMENT = "\ufffd"


class Cut(Enum):
    """How a letter is cut. Only Latin, Greek and Cyrillic have an italic: other scripts are never slanted."""

    REGULAR = "Regular"
    BOLD = "Bold"
    ITALIC = "Italic"


_OTHERS = ("NotoSansArabic", "NotoSansEthiopic")
_SIGNS = ("NotoSansMath-Regular", "NotoSansSymbols2-Regular")


def _fallback(cut: Cut) -> tuple[str, ...]:
    upright = Cut.BOLD if cut is Cut.BOLD else Cut.REGULAR
    others = (f"{family}-{upright.value}" for family in _OTHERS)
    return (f"NotoSans-{cut.value}", *others, *_SIGNS, f"NotoSansSC-{upright.value}")


_FALLBACK = {cut: _fallback(cut) for cut in Cut}
# What stands one letter a glyph, without shaping: Latin, and the spaces and dashes that numbers hold.
_PLAIN = (
    *range(0x20, 0x7F),
    *range(0xA0, 0xAD),
    *range(0xAE, 0x250),
    *range(0x2010, 0x2028),
    0x202F,
    0x2030,
    0x20AC,
    0x2212,
)

_BLANK = "\u200c\u200d\u200e\u200f\x00"

Glyph = tuple[int, float, float, float, int]
"""A shaped glyph: its number, advance, offsets and the place of its letter; in thousandths of the font's size."""


class Font:
    """One font file, with the widths of its glyphs in thousandths of its size."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.face: Any = hb.Face(hb.Blob(resources.content(f"fonts/{name}.ttf")))
        self._font: Any = hb.Font(self.face)
        self._scale = 1000 / self.face.upem
        self._advances: dict[int, float] = {}
        self.characters = frozenset(self.face.unicodes)
        extents = self._font.get_font_extents("ltr")
        self.ascender, self.descender = extents.ascender * self._scale, extents.descender * self._scale
        self.plain_codes: dict[str, str] = {}
        self.plain_widths: dict[str, float] = {}
        for code in _PLAIN:
            if glyph := self._font.get_nominal_glyph(code):
                self.plain_codes[chr(code)] = f"{glyph:04X}"
                self.plain_widths[chr(code)] = self.advance(glyph)
        blanks = [self._font.get_nominal_glyph(ord(code)) for code in _BLANK]
        self.blanks = [glyph for glyph in dict.fromkeys(blanks) if glyph and not self.advance(glyph)]
        self.letters = {int(code, 16): letter for letter, code in reversed(self.plain_codes.items())}

    def advance(self, glyph: int) -> float:
        """The width of a glyph."""
        width = self._advances.get(glyph)
        if width is None:
            width = self._advances[glyph] = self._font.get_glyph_h_advance(glyph) * self._scale
        return width

    def shape(self, text: str, rtl: bool, language: str, before: str, after: str) -> tuple[Glyph, ...]:
        """The glyphs of a stretch from left to right; neighbours let Arabic letters join across a border."""
        buffer: Any = hb.Buffer()
        level = hb.BufferClusterLevel
        buffer.cluster_level = level.MONOTONE_CHARACTERS if rtl else level.MONOTONE_GRAPHEMES
        buffer.flags = hb.BufferFlags.REMOVE_DEFAULT_IGNORABLES
        buffer.add_str(before + text + after, len(before), len(text))
        buffer.guess_segment_properties()
        buffer.direction, buffer.language = "rtl" if rtl else "ltr", language
        hb.shape(self._font, buffer)
        k, skipped = self._scale, len(before)
        return tuple(
            (info.codepoint, place.x_advance * k, place.x_offset * k, place.y_offset * k, info.cluster - skipped)
            for info, place in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True)
        )


@lru_cache
def font(name: str) -> Font:
    """The font of a file we carry, by its name without ending."""
    return Font(name)


def first(cut: Cut) -> Font:
    """The font that text is set in wherever it has the characters."""
    return font(_FALLBACK[cut][0])


def choose(character: str, cut: Cut, previous: Font | None) -> Font | None:
    """The font for a character: the neighbour's for signs, spaces and marks, else the first that has it, else None."""
    if previous is not None and _follows(character) and ord(character) in previous.characters:
        return previous
    if category(character) == "Cf":
        return previous or first(cut)
    return _first_with(character, cut)


@lru_cache(16384)
def _follows(character: str) -> bool:
    return category(character)[0] in "PSZMC"


@lru_cache(16384)
def _first_with(character: str, cut: Cut) -> Font | None:
    return next((one for name in _FALLBACK[cut] if ord(character) in (one := font(name)).characters), None)

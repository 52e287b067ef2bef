"""The fonts of one document in its file: only the glyphs it used, their widths and the text they stand for."""

from hashlib import sha256
from typing import Any

import uharfbuzz as hb

from desktop.render.pdf_file import Objects
from desktop.render.pdf_text import Use

# What was shaped needs no shaping tables, and a report no names of features.
_DROPPED = ("GSUB", "GPOS", "GDEF", "MATH", "kern", "name", "DSIG", "STAT", "meta")
_HEAD = """/CIDInit /ProcSet findresource begin 12 dict begin begincmap
/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def
/CMapName /Adobe-Identity-UCS def /CMapType 2 def 1 begincodespacerange <0000> <FFFF> endcodespacerange
"""
_FOOT = "endcmap CMapName currentdict /CMap defineresource pop end end\n"


def embed(objects: Objects, use: Use) -> int:
    """Put what was used of a font into the file; answers the number of its font object."""
    font = use.font
    texts = dict(use.texts)
    for character in sorted(set("".join(use.plain))):
        texts.setdefault(int(font.plain_codes[character], 16), character)
    glyphs = sorted(use.glyphs | texts.keys())
    content = _subset(font.face, glyphs)
    letters = sha256(repr(glyphs).encode() + font.name.encode()).digest()[:6]
    name = "".join(chr(65 + byte % 26) for byte in letters) + "+" + font.name
    file = objects.stream(content, f"/Length1 {len(content)}")
    descriptor = objects.put(
        f"<</Type/FontDescriptor/FontName/{name}/Flags 4/Ascent {font.ascender:.0f}/Descent {font.descender:.0f}"
        f"/CapHeight 714/ItalicAngle 0/StemV 80/FontBBox[-1000 -500 2000 1300]/FontFile2 {file} 0 R>>"
    )
    widths = " ".join(f"{glyph}[{font.advance(glyph):g}]" for glyph in glyphs)
    descendant = objects.put(
        f"<</Type/Font/Subtype/CIDFontType2/BaseFont/{name}/CIDToGIDMap/Identity/DW 1000/W[{widths}]"
        f"/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/FontDescriptor {descriptor} 0 R>>"
    )
    to_unicode = objects.stream(_to_unicode({glyph: texts[glyph] for glyph in glyphs if texts.get(glyph)}))
    return objects.put(
        f"<</Type/Font/Subtype/Type0/BaseFont/{name}/Encoding/Identity-H"
        f"/DescendantFonts[{descendant} 0 R]/ToUnicode {to_unicode} 0 R>>"
    )


def _subset(face: Any, glyphs: list[int]) -> bytes:
    wanted: Any = hb.SubsetInput()
    wanted.glyph_set.update(glyphs)
    wanted.flags = hb.SubsetFlags.RETAIN_GIDS | hb.SubsetFlags.NO_HINTING
    for table in _DROPPED:
        wanted.drop_table_tag_set.add(int.from_bytes(table.ljust(4).encode(), "big"))
    return bytes(hb.subset(face, wanted).blob.data)


def _to_unicode(texts: dict[int, str]) -> bytes:
    pairs = [f"<{glyph:04X}> <{text.encode('utf-16-be').hex().upper()}>" for glyph, text in texts.items()]
    parts = [_HEAD]
    for start in range(0, len(pairs), 100):
        some = pairs[start : start + 100]
        parts.append(f"{len(some)} beginbfchar\n" + "\n".join(some) + "\nendbfchar\n")
    return ("".join(parts) + _FOOT).encode("ascii")

"""Makes our Chinese fonts: Noto Sans SC with the characters of GB 2312 and no others, a quarter of the whole.

Usage: .venv/bin/python packaging/make_fonts.py FOLDER, with the unpacked npm package @expo-google-fonts/noto-sans-sc.
Characters beyond are named to whoever writes a report with them. Commit what it makes, and in
fonts.csv the digests it prints.
"""

import lzma
import sys
from hashlib import sha256
from pathlib import Path
from typing import Any

import uharfbuzz as hb

FONTS = Path(__file__).resolve().parent.parent / "resources" / "fonts"
CUTS = {"Regular": "400Regular", "Bold": "700Bold"}
_LATIN = range(0x20, 0x7F)


def characters() -> set[int]:
    """The characters of GB 2312: signs, punctuation and the 6,763 ideographs in use; and ASCII."""
    double = [bytes((high, low)) for high in range(0xA1, 0xF8) for low in range(0xA1, 0xFF)]
    return set(_LATIN) | {ord(one) for pair in double for one in pair.decode("gb2312", "ignore")}


def main() -> None:
    """Write both cuts into our fonts, packed as the README there says."""
    folder = Path(sys.argv[1])
    for style, cut in CUTS.items():
        source = folder / cut / f"NotoSansSC_{cut}.ttf"
        wanted: Any = hb.SubsetInput()
        wanted.unicode_set.update(characters())
        wanted.flags = hb.SubsetFlags.NO_HINTING
        face: Any = hb.Face(hb.Blob.from_file_path(str(source)))
        font = bytes(hb.subset(face, wanted).blob.data)
        (FONTS / f"NotoSansSC-{style}.ttf.xz").write_bytes(lzma.compress(font, preset=9 | lzma.PRESET_EXTREME))
        print(style, sha256(font).hexdigest())


if __name__ == "__main__":
    main()

"""Turns the screen of Xvfb into a picture to look at: python packaging/linux/picture.py Xvfb_screen0 out.png

A clean root has no program that takes pictures, and must have none to be clean; the virtual screen keeps its own in a
file.
"""

import struct
import sys
import zlib
from pathlib import Path


def picture(screen: bytes) -> bytes:
    """The screen, 24 bits deep in words of 32, as a PNG."""
    head, _version, _format, depth, width, height = struct.unpack_from(">6I", screen)
    per_line, colours = struct.unpack_from(">I", screen, 48)[0], struct.unpack_from(">I", screen, 76)[0]
    if depth != 24:
        raise ValueError(f"a screen of 24 bits was expected, not of {depth}")
    start = head + 12 * colours
    rows = bytearray()
    for y in range(height):
        line = screen[start + y * per_line :][: width * 4]
        row = bytearray(width * 3)
        row[0::3], row[1::3], row[2::3] = line[2::4], line[1::4], line[0::4]
        rows += b"\0" + row
    parts = (
        (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)),
        (b"IDAT", zlib.compress(rows)),
        (b"IEND", b""),
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body)) for name, body in parts
    )


if __name__ == "__main__":
    Path(sys.argv[2]).write_bytes(picture(Path(sys.argv[1]).read_bytes()))

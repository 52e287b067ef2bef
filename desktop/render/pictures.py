"""Pictures of people made safe: opened under limits and drawn anew, so that nothing goes on but what is seen.

A picture can be a script with another name, or a page of zeros that unpacks to gigabytes. Only PNG and JPEG are opened,
by what they hold and not by their name; their size is looked at before their pixels; what is written is our own copy,
without whatever else the file carried: where it was taken, by whom, with what.
"""

from io import BytesIO
from typing import NamedTuple

from PIL import Image, ImageOps

from db.errors import RecordError
from i18n import N_

LARGEST_FILE = 10_000_000
MOST_PIXELS = 25_000_000
_LONGEST_SIDE = 1600


class PictureRefused(RecordError):
    message = N_(
        "A picture cannot be used in a report: it must be a PNG or JPEG file of at most {megabytes} MB and "
        "{megapixels} million pixels. Choose another picture, or save this one anew."
    )


class Picture(NamedTuple):
    """A picture of our own making: its size in pixels, its colours row by row, and the same as a PNG file."""

    width: int
    height: int
    pixels: bytes
    file: bytes


def opened(content: bytes) -> Picture:
    """The picture, on white where it was clear, no larger than print can show."""
    try:
        if len(content) > LARGEST_FILE:
            raise ValueError("the file is too large")
        with Image.open(BytesIO(content), formats=("PNG", "JPEG")) as found:
            if found.width * found.height > MOST_PIXELS:
                raise ValueError("the picture is too large")
            found.draft("RGB", (_LONGEST_SIDE, _LONGEST_SIDE))
            upright = ImageOps.exif_transpose(found)
            upright.thumbnail((_LONGEST_SIDE, _LONGEST_SIDE))
            clear = upright.convert("RGBA")
    except Exception as refused:  # a damaged file breaks its reader in ways of its own: struct.error too
        raise PictureRefused(megabytes=LARGEST_FILE // 1_000_000, megapixels=MOST_PIXELS // 1_000_000) from refused
    plain = Image.new("RGB", clear.size, "white")
    plain.paste(clear, mask=clear.getchannel("A"))
    target = BytesIO()
    plain.save(target, "PNG", optimize=False)
    return Picture(*plain.size, plain.tobytes(), target.getvalue())

"""A picture in a Word file: our own copy of it, with the words for who does not see it."""

from io import BytesIO
from xml.sax.saxutils import quoteattr

from docx.document import Document as WordFile
from docx.oxml.ns import nsdecls

from desktop.render.direction import plain
from desktop.render.pictures import opened
from desktop.reports.document import Image

_PIXEL, _TWIP = 9525, 635
"""English metric units in a dot of a screen and in the twentieth of a point."""
_TALLEST, _TALLEST_LOGO = 7_200_000, 720_000
_PICTURE = "http://schemas.openxmlformats.org/drawingml/2006/picture"


def picture_run(file: WordFile, asked: Image, number: int, width: int, logo: bool = False) -> str:
    """The run that shows the picture in text this wide; `number` is its own in the file."""
    held = opened(asked.content)
    relation, _image = file.part.get_or_add_image(BytesIO(held.file))
    widest = width * _TWIP * min(max(asked.width, 0.02), 1.0)
    tallest = _TALLEST_LOGO if logo else _TALLEST
    scale = min(1.0, widest / (held.width * _PIXEL), tallest / (held.height * _PIXEL))
    across, along = round(held.width * _PIXEL * scale), round(held.height * _PIXEL * scale)
    described = quoteattr(plain(asked.description))
    return (
        f'<w:r><w:drawing><wp:inline {nsdecls("wp", "a", "r")} distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent cx="{across}" cy="{along}"/><wp:docPr id="{number}" name={described} descr={described}/>'
        f'<a:graphic><a:graphicData uri="{_PICTURE}"><pic:pic xmlns:pic="{_PICTURE}">'
        f'<pic:nvPicPr><pic:cNvPr id="{number}" name="picture"/><pic:cNvPicPr/></pic:nvPicPr>'
        f'<pic:blipFill><a:blip r:embed="{relation}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
        f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{across}" cy="{along}"/></a:xfrm>'
        f'<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>'
        "</wp:inline></w:drawing></w:r>"
    )

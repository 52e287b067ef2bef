"""A map as a picture, for programs that draw none: the places alone, their names and figures stand in a table by it."""

from io import BytesIO

from PIL import Image, ImageChops, ImageDraw

from desktop.render import theme
from desktop.render.maps import Look, Shape, classes_of, look_of, projected
from desktop.render.pdf_patterns import Pattern
from desktop.reports.document import Map

_WIDEST, _TALLEST = 1200.0, 900.0
_FINER = 2
"""How many times finer it is drawn than it is kept, so that borders are smooth."""
_GAP, _LINE = 22, 3


def map_picture(drawn: Map) -> bytes | None:
    """The map as a PNG file, or None where there are no outlines."""
    shapes, width, height = projected(drawn.areas, _WIDEST * _FINER, _TALLEST * _FINER)
    if not shapes:
        return None
    sheet = Image.new("RGB", (int(width) + 2 * _LINE, int(height) + 2 * _LINE), theme.PAPER)
    classes = classes_of(drawn.areas)
    for shape in shapes:
        _draw(sheet, shape, look_of(shape.area, classes), height)
    target = BytesIO()
    kept = sheet.resize((max(sheet.width // _FINER, 1), max(sheet.height // _FINER, 1)), Image.Resampling.LANCZOS)
    kept.save(target, "PNG")
    return target.getvalue()


def _draw(sheet: Image.Image, shape: Shape, look: Look, height: float) -> None:
    """Fill one place, the holes in it left open, and draw its border."""
    left, bottom, right, top = shape.bounds()
    corner = int(left), int(height - top)
    size = int(right - left) + 2 * _LINE, int(top - bottom) + 2 * _LINE
    rings = [[(x - corner[0] + _LINE, height - y - corner[1] + _LINE) for x, y in ring] for ring in shape.rings]
    inside = Image.new("1", size)
    for ring in rings:
        one = Image.new("1", size)
        ImageDraw.Draw(one).polygon(ring, fill=1)
        inside = ImageChops.logical_xor(inside, one)
    ground = Image.new("RGB", size, look.fill or theme.PAPER)
    pen = ImageDraw.Draw(ground)
    # From a common raster, so that neighbouring places look alike.
    if look.fill is None:
        for at in range(-size[1] - (corner[0] + corner[1]) % _GAP, size[0] + size[1], _GAP):
            pen.line((at, 0, at + size[1], size[1]), fill=theme.GREY, width=_LINE)
            pen.line((at, 0, at - size[1], size[1]), fill=theme.GREY, width=_LINE)
    elif look.pattern is Pattern.LEVEL:
        for at in range(-(corner[1] % _GAP), size[1], _GAP):
            pen.line((0, at, size[0], at), fill=theme.GREY, width=_LINE)
    sheet.paste(ground, corner, inside)
    border = ImageDraw.Draw(sheet)
    for ring in rings:
        border.line([(x + corner[0], y + corner[1]) for x, y in (*ring, ring[0])], fill=theme.GREY, width=_LINE)

"""Maps in Word and Excel: a picture with what its shades mean, told to who does not see it, and its places listed."""

import io

from PIL import Image as Drawn
from PIL import ImageColor

from desktop.render import render, theme
from desktop.render.map_picture import map_picture
from desktop.reports.document import Area, Count, Hidden, Map, Measure, Missing, Said
from tests.render.made import document, part, parts


def square(x: float) -> tuple[tuple[float, float], ...]:
    return ((x, 0.0), (x + 1.0, 0.0), (x + 1.0, 1.0), (x, 1.0))


def drawn(*values: Measure | None) -> Map:
    areas = tuple(
        Area(Said(f"Zone {i}"), (square(1.5 * i),), value if isinstance(value, Count | Hidden | Missing) else None)
        for i, value in enumerate(values)
    )
    return Map("Carte", areas, "Une carte des zones.", "Les limites n’engagent personne.")


def colours(asked: Map) -> list[tuple[int, ...]]:
    """What stands in the middle of each square."""
    content = map_picture(asked)
    assert content
    picture = Drawn.open(io.BytesIO(content))
    span = 1.5 * (len(asked.areas) - 1) + 1.0
    return [
        picture.getpixel((round((1.5 * i + 0.53) / span * picture.width), picture.height // 2))  # type: ignore[misc]
        for i in range(len(asked.areas))
    ]


def test_a_map_in_word_and_excel_is_seen_and_told() -> None:
    asked = document(drawn(Count(5), Count(90), Hidden(), Missing("inconnu"), None))
    word, book = render(asked, "docx"), render(asked, "xlsx")
    body = part(word, "word/document.xml")
    assert 'descr="Une carte des zones."' in body and "Les limites n’engagent personne." in body
    assert "[masqué]" in body and "inconnu" in body and "Zone 1" in body
    assert any(name.startswith("word/media/") for name in parts(word))
    assert "Une carte des zones." in part(book, "xl/drawings/drawing1.xml")
    assert any(name.startswith("xl/media/") for name in parts(book))


def test_more_is_darker_and_a_hidden_place_has_no_shade() -> None:
    less, more, elsewhere = colours(drawn(Count(5), Count(90), None))
    assert more == ImageColor.getrgb(theme.SHADES[-1]) and less == ImageColor.getrgb(theme.SHADES[0])
    assert elsewhere not in (less, more)
    shades = {ImageColor.getrgb(shade) for shade in theme.SHADES}
    hidden, missing, _known = colours(drawn(Hidden(), Missing("inconnu"), Count(5)))
    assert hidden not in shades and missing not in shades


def test_without_outlines_or_with_strange_ones_there_is_still_the_list() -> None:
    assert map_picture(Map("Carte", (Area(Said("Zone"), (), Count(5)),), "")) is None
    strange = Map(
        "Carte", (Area(Said("Zone"), (((0.0, 0.0), (float("nan"), 1.0), (1e9, 1e9), (0.0, 1.0)),), Count(5)),), ""
    )
    for form in ("docx", "xlsx"):
        assert render(document(strange), form)  # type: ignore[arg-type]

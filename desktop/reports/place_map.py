"""Places shaded by a count, where outlines of them are at hand; a table with the same cells is their list elsewhere."""

from collections.abc import Iterable
from typing import cast

from db.queries.measured import PlaceNamed
from db.queries.protection import NamedPlace
from desktop.guard.released import Released
from desktop.reports.document import Area, Count, Hidden, Map, Missing, Said, Value
from desktop.reports.outlines import outlines
from desktop.reports.report import FRAME, Frame
from i18n import Words


def place_map(
    title: str,
    values: Iterable[tuple[NamedPlace | PlaceNamed, Value]],
    released: Released,
    words: Words,
    description: str = "",
) -> list[Map]:
    """The map of these places, or none where nothing of it can be drawn."""
    known = outlines(cast(Frame, released.plain[FRAME]).outlines)
    shaded = tuple(
        Area(Said(place.name, place.language), known[place.pcode], shade(value))
        for place, value in values
        if place.pcode and place.pcode in known
    )
    if not shaded:
        return []
    return [
        Map(
            title,
            shaded,
            description or words.gettext("Map of the places in the table above, darker where the figure is higher."),
            words.gettext("Outlines do not imply any opinion on the status of a territory or its borders."),
        )
    ]


def shade(value: Value) -> Count | Hidden | Missing:
    """What a place or a bar is drawn by."""
    return value if isinstance(value, Count | Hidden | Missing) else Missing(str(value))

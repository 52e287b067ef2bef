"""The page of a place."""

from functools import partial

from db.models.places import Place
from desktop.ui.desk import Desk
from desktop.ui.dialogs.merge import PLACES, merge_with
from desktop.ui.entries.entry import Act, Entry, Related
from desktop.ui.forms.form import Form
from i18n import N_


class PlaceForm(Form):
    """What a place is called, and where it lies."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.fields(desk, Place.name, Place.kind, Place.pcode)
        self.section(N_("Where it lies"))
        self.fields(desk, Place.parent_id, Place.country, Place.level)
        self.section(N_("How its name is written"))
        self.fields(desk, Place.name_language)


ENTRIES: tuple[Entry, ...] = (
    Entry(
        "places",
        PlaceForm,
        (Related("places", "parent_id"), Related("place-codes", "place_id"), Related("activities", "place_id")),
        (Act(N_("Merge with another place…"), dialog=partial(merge_with, PLACES)),),
    ),
)

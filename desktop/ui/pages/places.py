"""The list of places, into which outlines for maps come from a file."""

from desktop.ui.desk import Desk
from desktop.ui.dialogs.outlines_file import bring_in_outlines
from desktop.ui.language import _
from desktop.ui.pages.listing import ListPage
from desktop.ui.parts import button


class PlacesPage(ListPage):
    """The list of places."""

    def __init__(self, desk: Desk, kind: str) -> None:
        super().__init__(desk, kind)
        self.buttons.insert(1, button(_("Outlines for maps…"), lambda: bring_in_outlines(desk, self)))

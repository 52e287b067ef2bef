"""The list of exchange rates, into which each month's come from a file."""

from desktop.ui.desk import Desk
from desktop.ui.dialogs.rates_file import bring_in_rates
from desktop.ui.language import _
from desktop.ui.pages.listing import ListPage
from desktop.ui.parts import button


class RatesPage(ListPage):
    """The list of exchange rates."""

    def __init__(self, desk: Desk, kind: str) -> None:
        super().__init__(desk, kind)
        self.buttons.insert(1, button(_("Rates from a file…"), lambda: bring_in_rates(desk, self)))

"""What people are asked to see to, so that the record outlives this computer: a line each above the work list."""

from PySide6.QtWidgets import QWidget

from desktop.ui.desk import Desk
from desktop.ui.language import _
from desktop.ui.parts import button, card, plain, row, text
from i18n import N_

_ASKED = {
    "second": (
        N_("All copies are on this computer. Choose a second place for them: a stick, or another disk."),
        N_("Choose a second place"),
    ),
    "stale": (
        N_("The second place has had no copy for more than a week. Plug in the stick or the disk."),
        N_("Look at the back-ups"),
    ),
    "failed": (
        N_("The newest copy was brought back on trial, and that failed."),
        N_("Look at the back-ups"),
    ),
}


def cards_of_care(desk: Desk, window: QWidget) -> list[QWidget]:
    """The lines that stand open; a record to practise with asks for nothing."""
    if desk.practice or desk.backing is None or desk.backing.care is None:
        return []

    def look() -> None:
        from desktop.ui.dialogs.copies import CopiesDialog

        CopiesDialog(desk, window).open()

    told = [_ASKED[key] for key in desk.backing.care.asked]
    return [card(plain(row(text(_(said)), button(_(label), look, "", "arrow-right")))) for said, label in told]

"""What is told when a record was opened, each in a dialog of its own, and only where there is something to tell.

Of the record, at every opening: what its opening found. Of the program, once for each start: what went wrong the last
time, a new version that was sent back, rules of the organisation's IT that cannot be relied on.
"""

from PySide6.QtWidgets import QWidget

from desktop.opening import Opened
from desktop.ui.dialogs.faults import FaultsDialog
from desktop.ui.dialogs.told import Told, rules_dialog
from desktop.ui.dialogs.updating import sent_back_dialog
from desktop.ui.language import _, words


def tell(opened: Opened, before: str, window: QWidget | None, *, first: bool) -> None:
    """Tell what there is; `before` is what went wrong the last time, `first` whether it is the first opening."""
    if before:
        FaultsDialog(before, window).open()
    if first and (back := sent_back_dialog(window)):
        back.open()
    if news := opened.news(words()):
        Told(_("About this record"), "\n\n".join(news), window).open()
    if first and (rules := rules_dialog(window)):
        rules.open()

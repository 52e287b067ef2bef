"""What the record says in the part being written, under its text; each figure opens what is behind it."""

from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.reports.document import Value
from desktop.ui.composed import LivePart
from desktop.ui.desk import Desk
from desktop.ui.dialogs.behind import explain
from desktop.ui.language import _
from desktop.ui.parts import empty, text
from desktop.ui.tables.blocks import shown_blocks
from i18n import Words


class LiveView(QWidget):
    """The blocks of one part."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(6)

    def show_part(self, part: LivePart | None, speaks: Words) -> None:
        """Show what the record says in this part, in the words of the report."""
        empty(self._lines)
        if part is None or not part.blocks:
            return
        self._lines.addWidget(text(_("What the record says here"), "subtitle"))
        self._lines.addWidget(text(_("It stands on the page after your text. Enter on a figure shows why."), "muted"))
        for widget in shown_blocks(part.blocks, speaks, partial(self._explain, speaks)):
            self._lines.addWidget(widget)

    def _explain(self, speaks: Words, label: str, value: Value) -> None:
        explain(self._desk, label, value, speaks, self)

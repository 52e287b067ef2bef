"""Taking back several deeds: which they are, and one answer before any of it is done."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QListWidget, QWidget

from desktop.ui.language import _, counted
from desktop.ui.parts import button, column, plain, row_at_end, text


class UndoBackDialog(QDialog):
    """The deeds, newest first; staying is the first answer."""

    def __init__(self, deeds: Sequence[str], do: Callable[[], object], parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        title = counted("Take {count} deed back?", "Take {count} deeds back?", len(deeds))
        self.setWindowTitle(title)
        shown = QListWidget()
        shown.setAccessibleName(_("Deeds to take back"))
        shown.setWordWrap(True)
        shown.addItems(deeds)
        stay = button(_("Leave everything"), self.reject)
        take = button(_("Take back"), self.accept, "primary", "undo-2")
        self.accepted.connect(do)
        self.setLayout(
            column(
                text(title, "subtitle"),
                text(_("They are taken back one by one, the newest first. Redo does them again."), "muted"),
                shown,
                plain(row_at_end(stay, take)),
            )
        )
        self.resize(round(self.fontMetrics().averageCharWidth() * 70), 360)
        stay.setFocus()

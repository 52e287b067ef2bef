"""The disk is full: the room that was kept in reserve can be given up, so that work can go on for a while."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QWidget

from db import ballast
from desktop.ui.language import _, words
from desktop.ui.parts import button, column, plain, row_at_end, text


class FullDialog(QDialog):
    """Offers the reserve; accepted, it is given up."""

    def __init__(self, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("The disk is full"))
        size = words().number(ballast.SIZE >> 20)
        free = button(_("Free the reserve"), self.accept, "primary", "check")
        self.setLayout(
            column(
                text(_("The disk is full"), "subtitle"),
                text(_("Nothing that was saved is lost. Jalon keeps {size} MB in reserve for this.").format(size=size)),
                text(
                    _(
                        "Freed now, it lets you save and end your work. Then remove what nobody needs from this disk: "
                        "the reserve is made again by itself where there is room."
                    ),
                    "muted",
                ),
                plain(row_at_end(button(_("Not now"), self.reject), free)),
            )
        )
        self.setMinimumWidth(round(self.fontMetrics().averageCharWidth() * 70))
        free.setDefault(True)

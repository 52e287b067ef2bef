"""What Jalon is: its version, how it is brought up to date, and the licences of everything it carries."""

import platform

from PySide6.QtCore import Qt, qVersion
from PySide6.QtWidgets import QDialog, QListWidget, QListWidgetItem, QTextBrowser, QWidget

from db.errors import RecordError
from desktop import VERSION
from desktop.licences import Licence, carried
from desktop.ui.dialogs.told import news_dialog
from desktop.ui.language import _, words
from desktop.ui.parts import button, column, plain, row_at_end, text
from desktop.updates.place import here
from i18n import N_

_SOURCES = N_(
    "Qt and PySide are used under the GNU Lesser General Public Licence, version 3: they lie beside the program as "
    "files of their own, and may be exchanged for others. Their source is on download.qt.io; whoever gave you this "
    "copy gives it to you, too, for three years, when you ask."
)


class AboutDialog(QDialog):
    """The program in a few sentences, then what it stands on: choose a part to read its licence."""

    def __init__(self, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("About Jalon"))
        version = _("Version {version}, with Python {python} and Qt {qt}.")
        said = version.format(version=VERSION, python=platform.python_version(), qt=qVersion())
        self._parts = QListWidget()
        self._parts.setAccessibleName(_("What Jalon carries"))
        for part in carried():
            item = QListWidgetItem(_one_line(part))
            item.setData(Qt.ItemDataRole.UserRole, part)
            self._parts.addItem(item)
        self._licence = QTextBrowser()
        self._licence.setAccessibleName(_("Licence"))
        self._licence.setTabChangesFocus(True)
        by = Qt.TextInteractionFlag
        self._licence.setTextInteractionFlags(by.TextSelectableByMouse | by.TextSelectableByKeyboard)
        self._parts.currentItemChanged.connect(lambda item, _before: self._read(item))
        close = button(_("Close"), self.accept, "primary")
        news = button(_("What is new"), lambda: news_dialog(self).open(), "", "info")
        self.setLayout(
            column(
                text("Jalon", "title"),
                text(_("An offline record of partners, donors, activities and results, and the reports made from it.")),
                text(_("The record is one encrypted file on this computer. Nothing is sent anywhere.")),
                text(said),
                text(brought_up_to_date(), "muted"),
                text(_("What Jalon carries, and under which licence"), "subtitle"),
                self._parts,
                self._licence,
                text(_(_SOURCES), "muted"),
                plain(row_at_end(news, close)),
            )
        )
        self.resize(680, 640)
        self._parts.setCurrentRow(0)
        close.setFocus()

    def _read(self, item: QListWidgetItem | None) -> None:
        if item is None:
            return
        part: Licence = item.data(Qt.ItemDataRole.UserRole)
        without = _("The text of this licence did not come with the part itself.")
        self._licence.setPlainText(part.text() or without)


def brought_up_to_date() -> str:
    """Whether a file brings this copy up to date, or who else does."""
    try:
        here()
    except RecordError as otherwise:
        return _(otherwise.message).format(**otherwise.values(words()))
    return _("A newer version comes as a file, on a stick or otherwise: Help, “Install an update…”.")


def _one_line(part: Licence) -> str:
    said = _("{name}: {licence}") if part.licence else "{name}"
    gaps = {"name": f"{part.name} {part.version}".strip(), "licence": part.licence}
    return said.format(**{gap: words().isolate(value) for gap, value in gaps.items()})

"""The whole record as a workbook to be worked on: who may read such a file is said before it is written."""

from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from desktop.exporting import export_raw
from desktop.ui.desk import Desk
from desktop.ui.dialogs.leaving import with_reason
from desktop.ui.language import _, words
from desktop.ui.parts import button, column, plain, row_at_end, text


class ExportDialog(QDialog):
    """What the workbook holds, a warning, and where to save it."""

    def __init__(self, desk: Desk, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        title = _("Export all as a workbook")
        self.setWindowTitle(title)
        self._desk = desk
        what = _(
            "Every row of the record, a sheet for each kind, to be worked on in a spreadsheet program and brought back "
            "through Import. What is confidential or sealed stays in the record."
        )
        warned = _(
            "The workbook is internal and not encrypted: whoever has the file reads all of it, names and figures of "
            "people included. Keep it on this computer and delete it when you are done."
        )
        self._choose = button(_("Choose where to save it…"), self.choose, "primary", "download")
        self.setLayout(
            column(
                text(title, "subtitle"),
                text(what),
                text(warned, "warning"),
                plain(row_at_end(button(_("Cancel"), self.reject), self._choose)),
            )
        )
        self.resize(round(self.fontMetrics().averageCharWidth() * 80), self.sizeHint().height())
        self._choose.setFocus()

    def choose(self) -> None:
        """Ask why it leaves and where it goes, and write it."""
        with_reason(self._desk, self, self._write)

    def _write(self) -> None:
        desk, spoken = self._desk, words()
        proposed = Path.home() / f"{desk.record.path.stem}-{date.today().isoformat()}.xlsx"
        name, _filter = QFileDialog.getSaveFileName(
            self, _("Export all as a workbook"), str(proposed), _("Workbooks (*.xlsx)")
        )
        if not name:
            return
        path = Path(name if name.lower().endswith(".xlsx") else f"{name}.xlsx")
        said = _("Written: {path}").format(path=spoken.isolate(str(path)))
        self.accept()
        desk.tasks.with_record(
            lambda: export_raw(desk.record, (), spoken.language, path), lambda _rows: desk.say(said), owner=desk.refresh
        )

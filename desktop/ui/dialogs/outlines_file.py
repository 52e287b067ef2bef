"""Bringing the outlines of places in from a file: how many there are, how many places they fit, and then the deed.

The file is read in the other process, as every foreign file is.
"""

from pathlib import Path

from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from db.commands.outlines import keep_outlines
from db.queries.outlines import places_outlined
from desktop.intake.outlines import Outlines, read_outlines
from desktop.ui.desk import Desk
from desktop.ui.language import _, counted
from desktop.ui.parts import Note, button, column, plain, row_at_end, text


def bring_in_outlines(desk: Desk, over: QWidget) -> None:
    """Ask for a file and show what it would bring in."""
    kinds = _("Outlines (*.geojson *.json);;All files (*)")
    chosen, _filter = QFileDialog.getOpenFileName(over, _("Choose a file"), str(Path.home()), kinds)
    if chosen:
        OutlinesDialog(desk, Path(chosen), over).open()


class OutlinesDialog(QDialog):
    """What would be kept; nothing is done before somebody says so."""

    def __init__(self, desk: Desk, path: Path, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setModal(True)
        self.setWindowTitle(_("Outlines for maps"))
        self._desk, self._path = desk, path
        self._found: Outlines | None = None
        self._said, self._note = text(_("Reading the file…")), Note()
        self._doing = button(_("Bring in"), self._bring_in, "primary", "check")
        self._doing.setEnabled(False)
        why = _("Maps of reports are drawn from them. Nothing of the file but outlines and codes is kept.")
        answers = plain(row_at_end(button(_("Cancel"), self.reject), self._doing))
        self.setLayout(column(text(why, "muted"), self._said, self._note, answers))
        self.resize(self.fontMetrics().averageCharWidth() * 70, self.fontMetrics().height() * 10)
        desk.tasks.elsewhere(read_outlines, path, then=self._read, failed=self._refused, owner=self)

    def _read(self, found: Outlines) -> None:
        self._found = found
        self._desk.ask(places_outlined, found.codes, then=self._show, failed=self._refused, owner=self)

    def _show(self, known: int) -> None:
        assert self._found is not None
        lines = [
            counted("{count} outline in the file.", "{count} outlines in the file.", len(self._found.codes)),
            counted("{count} place of the record has one.", "{count} places of the record have one.", known),
        ]
        if self._found.left_out:
            left_out = self._found.left_out
            lines.append(counted("{count} shape is left out.", "{count} shapes are left out.", left_out))
        self._said.setText("\n".join(lines))
        self._doing.setEnabled(True)

    def _bring_in(self) -> None:
        assert self._found is not None
        self._doing.setEnabled(False)
        kept = (self._path.stem, self._found.content)
        self._desk.do(keep_outlines, *kept, then=lambda _done: self.accept(), failed=self._refused, owner=self)

    def _refused(self, error: Exception) -> None:
        self._said.setText("")
        self._desk.refused(error, self._note)

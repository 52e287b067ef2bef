"""Choosing a figure of the report to cite: found by a part of what it is called, with what it shows now."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QWidget

from desktop.ui.composed import Cited
from desktop.ui.forms.inputs import TextEdit
from desktop.ui.language import _
from desktop.ui.parts import button, column, plain, row_at_end, text
from desktop.ui.tables.short import ShortColumn, ShortView
from desktop.ui.tables.view import choose_row
from i18n import N_
from i18n.folding import sort_key

COLUMNS = (
    ShortColumn(N_("Figure"), lambda one: one.label, 40),
    ShortColumn(N_("Shown as"), lambda one: one.shown, 16, numeric=True),
)


class CitingDialog(QDialog):
    """Enter cites the chosen figure; Escape none."""

    def __init__(self, figures: Sequence[Cited], cite: Callable[[str], object], parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Cite a figure"))
        self._all, self._cite = figures, cite
        self.search = TextEdit()
        self.search.setAccessibleName(_("Find a figure"))
        self.search.setPlaceholderText(_("Type a part of the name"))
        self.search.textChanged.connect(lambda _typed: self._find())
        self.list = ShortView(_("Figures of this report"), COLUMNS)
        self.list.opened.connect(self._take)
        told = text(_("The text shows a cited figure as it is counted, and goes on doing so."), "muted")
        none = text(_("This report names no figures to cite."), "warning")
        none.setVisible(not figures)
        choose = button(_("Cite"), lambda: self._take(self.list.current()), "primary")
        choose.setEnabled(bool(figures))
        self.setLayout(
            column(
                text(_("Cite a figure"), "subtitle"),
                told,
                none,
                self.search,
                self.list,
                plain(row_at_end(button(_("Cancel"), self.reject), choose)),
            )
        )
        self.resize(620, 420)
        choose.setDefault(True)
        self._find()
        self.search.setFocus()

    def _find(self) -> None:
        wanted = sort_key(self.search.text())
        self.list.show_rows([one for one in self._all if wanted in sort_key(one.label)])
        if self.list.list.rows:
            choose_row(self.list, 0)

    def _take(self, chosen: Cited | None) -> None:
        if chosen is not None:
            self.accept()
            self._cite(chosen.name)

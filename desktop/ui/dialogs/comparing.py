"""Two frozen versions side by side: every figure that they say differently, and the records that made it differ."""

from collections.abc import Sequence
from functools import partial
from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QWidget

from db.queries import Session
from db.queries.entries import called
from db.queries.kinds import KINDS
from db.queries.reports import Frozen
from desktop.freezing import Difference, compare
from desktop.reports.standing import said_before, where_said
from desktop.ui.desk import Desk
from desktop.ui.forms.choices import ChoiceEdit
from desktop.ui.language import _, words
from desktop.ui.parts import Note, button, column, plain, row, row_at_end, text
from desktop.ui.tables.column import one_line
from desktop.ui.tables.short import ShortColumn, ShortView
from i18n import N_

_MOST = 300


COLUMNS = (
    ShortColumn(N_("Figure"), lambda one: where_said(one.path, words()), 44),
    ShortColumn(N_("Before"), lambda one: said_before(one.before, words()), 16, numeric=True),
    ShortColumn(N_("After"), lambda one: said_before(one.after, words()), 16, numeric=True),
    ShortColumn(N_("Records that differ"), lambda one: words().number(len(one.records)), 12, numeric=True),
)
NAMES = (ShortColumn(N_("Record"), lambda pair: one_line(pair[1]), 60),)


class CompareDialog(QDialog):
    """Which two are compared is chosen above; the records of the chosen figure stand below."""

    def __init__(self, desk: Desk, versions: Sequence[Frozen], parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Compare two versions"))
        self._desk, self._versions = desk, list(versions)
        named = [(place, _name(one)) for place, one in enumerate(self._versions)]
        self._before, self._after = ChoiceEdit(named, None), ChoiceEdit(named, None)
        self._before.setAccessibleName(_("Before"))
        self._after.setAccessibleName(_("After"))
        self._before.show_value(1)
        self._after.show_value(0)
        for each in (self._before, self._after):
            each.setSizeAdjustPolicy(ChoiceEdit.SizeAdjustPolicy.AdjustToContents)
            each.edited.connect(self._compare)
        self._count, self._note = text("", "muted"), Note()
        self.list = ShortView(_("Figures that differ"), COLUMNS)
        self.list.chosen.connect(self._show_records)
        self.records = ShortView(_("Records that made it differ"), NAMES)
        self.records.opened.connect(self._open)
        self.setLayout(
            column(
                text(_("Compare two versions"), "subtitle"),
                plain(row(text(_("Before"), wrap=False), self._before, text(_("After"), wrap=False), self._after)),
                self._note,
                self._count,
                self.list,
                text(_("Records that made it differ: added, taken away or changed in between")),
                self.records,
                plain(row_at_end(button(_("Close"), self.reject, "primary"))),
            )
        )
        self.resize(900, 620)
        self._kind = ""
        self._compare()
        self.list.setFocus()

    def _compare(self) -> None:
        before, after = (self._versions[each.currentData()] for each in (self._before, self._after))
        self._count.setText(_("Reading the record…"))
        self._desk.ask(compare, before, after, then=self._show, failed=self._refused, owner=self)

    def _show(self, found: Sequence[Difference]) -> None:
        self.list.show_rows(found)
        self.records.show_rows(())
        said = _("Figures that differ: {count}").format(count=words().number(len(found)))
        self._count.setText(said if found else _("Every figure is the same in both. Their texts are not compared."))

    def _show_records(self, one: Difference | None) -> None:
        if one is None or one.kind is None or not one.records:
            self.records.show_rows(())
            return
        self._kind = one.kind
        self._desk.ask(_names, one.kind, one.records[:_MOST], then=self.records.show_rows, owner=self)

    def _open(self, pair: tuple[UUID, str]) -> None:
        self.reject()
        self._desk.open(self._kind, pair[0])

    def _refused(self, error: Exception) -> None:
        self._desk.refused(error, self._note)


def _name(one: Frozen) -> str:
    said = _("Version {version} of {day}")
    return said.format(version=words().number(one.version), day=words().date(one.on))


def _names(session: Session, kind: str, ids: Sequence[UUID]) -> list[tuple[UUID, str]]:
    """What these records are called; those that were removed have a name too."""
    say: Any = partial(called, session, KINDS[kind].entity)
    return [(id, say(id)) for id in ids]

"""A partner's sheet between offices: writing one, and looking at another office's before anything of it is taken in."""

from datetime import date
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QDialog, QFileDialog, QWidget

from db.commands.partner_sheets import take_in_sheet
from db.fields import fields_of
from db.queries.columns import entity_of
from db.queries.kinds import KINDS
from db.queries.partner_sheet import Known, PartnerSheet, known_of
from desktop.exchange.partner_sheet import open_sheet
from desktop.exchange.sheet_plan import Difference, SheetPlan, plan_sheet
from desktop.exporting import export_partner_sheet
from desktop.ui.desk import Desk
from desktop.ui.dialogs.leaving import with_reason
from desktop.ui.dialogs.saving import proposed
from desktop.ui.errors import sentence
from desktop.ui.language import _, words
from desktop.ui.parts import Note, button, card, column, empty, plain, row_at_end, scrolled, text
from desktop.ui.tables.column import one_line, shown


def write_one(desk: Desk, id: UUID, parent: QWidget) -> None:
    """Ask why the sheet leaves and where it goes, and write it."""
    with_reason(desk, parent, lambda: _write_one(desk, id, parent))


def _write_one(desk: Desk, id: UUID, parent: QWidget) -> None:
    name, _filter = QFileDialog.getSaveFileName(
        parent,
        _("Write the partner sheet"),
        proposed(Path.home(), _("Sheet of a partner"), "json"),
        _("Partner sheets (*.json)"),
    )
    if name:
        path = Path(name)
        desk.tasks.with_record(
            lambda: export_partner_sheet(desk.record, id, path),
            lambda _done: desk.say(_("Written: {path}").format(path=words().isolate(str(path)))),
            owner=parent,
        )


def take_one(desk: Desk, parent: QWidget) -> None:
    """Ask for a sheet and show what it would do."""
    name, _filter = QFileDialog.getOpenFileName(
        parent, _("Take in a partner sheet"), str(Path.home()), _("Partner sheets (*.json);;All files (*)")
    )
    if name:
        dialog = SheetDialog(desk, Path(name), parent)
        dialog.open()


class SheetDialog(QDialog):
    """Whose sheet it is, what it adds, what it says otherwise, and which of that a person takes."""

    def __init__(self, desk: Desk, path: Path, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        title = _("Take in a partner sheet")
        self.setWindowTitle(title)
        self._desk, self._path = desk, path
        self._sheet: tuple[PartnerSheet, str] | None = None
        self._known: Known | None = None
        self._taken: dict[tuple[UUID, str], QCheckBox] = {}
        self._note = Note("muted")
        self._lines = column(None)
        self._whose = QComboBox()
        self._whose.setAccessibleName(_("Which organisation it is here"))
        self._whose.activated.connect(lambda _place: self._look(self._whose.currentData()))
        self._whose.hide()
        self._take = button(_("Take in"), self.take, "primary", "check")
        self._take.setEnabled(False)
        self.setLayout(
            column(
                text(title, "subtitle"),
                self._note,
                self._whose,
                scrolled(plain(self._lines), title),
                plain(row_at_end(button(_("Cancel"), self.reject), self._take)),
            )
        )
        self.resize(round(self.fontMetrics().averageCharWidth() * 100), 580)
        self._note.say(_("Reading the sheet…"))
        desk.tasks.elsewhere(open_sheet, path, then=self._read, failed=self._refused, owner=self)

    def plan(self) -> SheetPlan:
        """What would be done, with what is ticked."""
        assert self._sheet is not None and self._known is not None
        taken = {which for which, box in self._taken.items() if box.isChecked()}
        sheet, digest = self._sheet
        return plan_sheet(sheet, self._known, self._path.name, digest, date.today(), taken)

    def take(self) -> None:
        """Do what is planned."""
        plan = self.plan()
        self._desk.do(
            take_in_sheet,
            plan.arrival,
            plan.files,
            then=lambda _done: self.accept(),
            failed=self._refused,
            owner=self,
        )

    def _read(self, sheet: tuple[PartnerSheet, str]) -> None:
        self._sheet = sheet
        self._look(None)

    def _look(self, whose: UUID | None) -> None:
        assert self._sheet is not None
        self._desk.ask(known_of, self._sheet[0], whose, then=self._show, failed=self._refused, owner=self)

    def _show(self, known: Known) -> None:
        self._known = known
        self._taken = {}
        try:
            plan = self.plan()
        except Exception as error:  # noqa: BLE001 # the sheet is foreign: whatever it is about is said
            self._refused(error)
            return
        empty(self._lines)
        self._note.say(
            _("The sheet of {name}, written by {office}.").format(
                name=one_line(plan.name), office=one_line(plan.office)
            )
        )
        self._offer(plan)
        for table, count in plan.adds.items():
            name = _(_called(table))
            self._lines.addWidget(text(_("New: {kind} ({count})").format(kind=name, count=words().number(count))))
        for difference in plan.differences:
            self._lines.addWidget(self._difference(difference))
        for (table, why), count in plan.remarks.items():
            told = _("{kind} ({count}): {reason}")
            self._lines.addWidget(
                text(told.format(kind=_(_called(table)), count=words().number(count), reason=_(why)), "warning")
            )
        if plan.arrival.empty:
            self._lines.addWidget(text(_("The record holds all of this sheet already.")))
        self._lines.addStretch(1)
        self._take.setEnabled(bool(self._taken) or not plan.arrival.empty)

    def _offer(self, plan: SheetPlan) -> None:
        """Let a person say which organisation it is, where one of ours looks like it."""
        self._whose.clear()
        if plan.organisation_id is None:
            self._whose.addItem(_("It is new here"), None)
        for one in plan.lookalikes:
            self._whose.addItem(_("It is {name}").format(name=one_line(one.name)), one.id)
        self._whose.setCurrentIndex(max(0, self._whose.findData(plan.organisation_id)))
        self._whose.setVisible(self._whose.count() > 1)

    def _difference(self, difference: Difference) -> QWidget:
        field = fields_of(entity_of(difference.entity))[difference.key]
        theirs = one_line(shown(field, difference.theirs))
        name = _(field.name)
        if difference.held is None:
            return text(_("{field}: empty here, becomes {value}").format(field=name, value=theirs))
        box = QCheckBox(_("Take theirs: {value}").format(value=theirs).replace("&", "&&"))
        self._taken[difference.id, difference.key] = box
        ours = _("Here: {value}").format(value=one_line(shown(field, difference.held)))
        box.setAccessibleDescription(words().list([name, ours]))
        return card(text(name, "muted"), text(ours), box)

    def _refused(self, error: Exception) -> None:
        if (told := sentence(error)) is None:
            raise error
        self._take.setEnabled(False)
        self._note.say(told, "error")


def _called(table: str) -> str:
    """What many of a kind are called; the widest list of several of one kind comes last."""
    return {kind.entity.__tablename__: kind.name for kind in KINDS.values()}[table]

"""Raw workbooks in the window: writing the whole record as one, and bringing one back after it was shown what changes.

The workbook is read and compared in the other process, as every file is; its rows are known by the ids in it, so there
is nothing to map and one question only: what to do where the record says otherwise.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QDialog, QFileDialog, QWidget

from db.commands.arrivals import BreaksRule, bring_in, rehearse
from db.queries.raw import HeldRaw, held_raw
from desktop.deliver import export_raw
from desktop.intake.plan import Verdict
from desktop.intake.raw_plan import RawPlan
from desktop.ui.desk import Desk
from desktop.ui.errors import sentence
from desktop.ui.language import _, counted, words
from desktop.ui.parts import Note, button, column, plain, row_at_end, text
from desktop.ui.reading import RawLook, look_raw, planned_raw
from desktop.ui.tables.column import one_line
from desktop.ui.tables.short import ShortColumn, ShortView
from desktop.ui.work import Work
from i18n import N_


@dataclass(frozen=True)
class Line:
    """A sheet in numbers."""

    sheet: str
    rows: int
    counts: dict[Verdict, int]
    conflicts: int


@dataclass(frozen=True)
class Said:
    """What there is to say about a row: what becomes of it, and why. A rule of the whole record names no row."""

    what: str
    why: str
    sheet: str = ""
    row: int | None = None


def _number(value: int | None) -> str:
    return "" if value is None else words().number(value)


def _counts(title: str, verdict: Verdict) -> ShortColumn:
    return ShortColumn(title, lambda line: _number(line.counts[verdict]), 13, numeric=True)


_WRONG, _OTHERWISE = N_("To be put right"), N_("Otherwise in the record")
_SHEETS = (
    ShortColumn(N_("Sheet"), lambda line: one_line(line.sheet), 24),
    ShortColumn(N_("Rows"), lambda line: _number(line.rows), 10, numeric=True),
    _counts(N_("Added"), Verdict.ADD),
    _counts(N_("Changed"), Verdict.CHANGE),
    _counts(N_("Held already"), Verdict.HELD),
    _counts(_WRONG, Verdict.PROBLEM),
    ShortColumn(_OTHERWISE, lambda line: _number(line.conflicts), 18, numeric=True),
)
_ROWS = (
    ShortColumn(N_("Sheet"), lambda said: one_line(said.sheet), 18),
    ShortColumn(N_("Row"), lambda said: _number(said.row), 8, numeric=True),
    ShortColumn(N_("What happens"), lambda said: _(said.what), 26),
    ShortColumn(N_("In words"), lambda said: said.why, 70),
)
_FOUND = (("problems", _WRONG), ("changes", N_("Changed")), ("conflicts", _OTHERWISE), ("remarks", N_("To look at")))


class RawDialog(QDialog):
    """What a raw workbook would add and change, sheet by sheet; nothing is done before somebody says so."""

    def __init__(
        self, desk: Desk, path: Path, password: str | None, brought: Callable[[object], object], parent: QWidget | None
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        title = _("Bring a workbook of Jalon back in")
        self.setWindowTitle(title)
        self._desk, self._path, self._password, self._brought = desk, path, password, brought
        self._plan: RawPlan | None = None
        self._work, self._note = Work(), Note()
        self._said = text("", "muted")
        self.sheets, self.rows = ShortView(_("Sheets"), _SHEETS), ShortView(_("What happens to which row"), _ROWS)
        self.theirs = QCheckBox(_("Take what the file says where the record says otherwise"))
        self.theirs.hide()
        self.theirs.toggled.connect(lambda _on: self.read())
        self._again = button(_("Read again"), self.read, "", "refresh-cw")
        self._doing = button(_("Bring in"), self.bring_in, "primary", "check")
        named = _("{file}: its rows are known by their ids. Nothing is stored before you have seen what would change.")
        lines = column(
            text(title, "subtitle"),
            text(named.format(file=one_line(path.name))),
            self._work,
            self._note,
            self._said,
            self.sheets,
            self.rows,
            self.theirs,
            plain(row_at_end(self._again, button(_("Cancel"), self.reject), self._doing)),
        )
        lines.setStretchFactor(self.rows, 2)
        self.setLayout(lines)
        self.resize(round(self.fontMetrics().averageCharWidth() * 120), 620)
        self.read()

    def read(self) -> None:
        """Read the file, as it is now, and compare it with the record, as it is now."""
        self._begin(_("Comparing the file with the record…"))
        self._work.runs(
            self._desk.tasks.elsewhere(
                look_raw, self._path, self._password, then=self._ask, failed=self._refused, owner=self
            )
        )

    def bring_in(self) -> None:
        """Do what was shown."""
        if self._plan is None:
            return
        arrival = self._plan.arrival
        for each in (self._again, self.theirs):
            each.setEnabled(False)
        self._begin(_("Bringing the file in, after a back-up of the record…"))
        self._desk.do(bring_in, arrival, then=self._done, failed=self._refused, owner=self)

    def _begin(self, doing: str) -> None:
        self._plan = None
        self._note.say("")
        self._work.cancel()
        self._work.begin(doing)
        self._doing.setEnabled(False)

    def _ask(self, seen: RawLook) -> None:
        self._desk.ask(held_raw, seen.tables, seen.told.state, then=self._compare, failed=self._refused, owner=self)

    def _compare(self, held: HeldRaw) -> None:
        theirs = self.theirs.isChecked()
        asked = (self._path, self._password, held, date.today(), theirs)
        self._work.runs(
            self._desk.tasks.elsewhere(
                planned_raw, *asked, then=lambda plan: self._try(plan, theirs), failed=self._refused, owner=self
            )
        )

    def _try(self, plan: RawPlan, theirs: bool) -> None:
        """Ask which rules of the record would refuse it, before anybody presses the button."""
        if theirs != self.theirs.isChecked():
            return  # it was ticked meanwhile, and the plan of that is on its way
        if plan.arrival.empty:
            self._show(plan, ())
        else:
            self._desk.ask(
                rehearse,
                plan.arrival,
                then=lambda broken: self._show(plan, broken),
                failed=self._refused,
                owner=self,
            )

    def _show(self, plan: RawPlan, broken: tuple[BreaksRule, ...]) -> None:
        self._end()
        self._plan = plan
        self.sheets.show_rows([_line(plan, sheet) for sheet in plan.kinds if _line(plan, sheet).rows])
        self.rows.show_rows([*(Said(_WRONG, sentence(one) or "") for one in broken), *_rows(plan)])
        self.theirs.setVisible(bool(plan.conflicts) or self.theirs.isChecked())
        self._said.setText("\n".join([_outcome(plan, bool(broken)), *(note.text(words()) for note in plan.notes)]))
        self._doing.setEnabled(not plan.arrival.empty and not broken)
        (self._doing if self._doing.isEnabled() else self.rows).setFocus()

    def _done(self, done: object) -> None:
        self.accept()
        self._brought(done)

    def _end(self) -> None:
        self._work.end()
        for each in (self._again, self.theirs):
            each.setEnabled(True)

    def _refused(self, error: Exception) -> None:
        self._end()
        if said := sentence(error):
            self._note.say(said)
            self._again.setFocus()
        else:
            self._desk.tasks.failed.emit(error)


def _line(plan: RawPlan, sheet: str) -> Line:
    rows = [row for row in plan.rows if row.sheet == sheet]
    counts = {verdict: plan.count(verdict, sheet) for verdict in Verdict}
    return Line(sheet, len(rows), counts, sum(bool(row.conflicts) for row in rows))


def _rows(plan: RawPlan) -> Iterator[Said]:
    """What the plan says row by row, what must be put right first."""
    for found, what in _FOUND:
        for row in plan.rows:
            for one in getattr(row, found):
                yield Said(what, one.text(words()), row.sheet, row.number)


def _outcome(plan: RawPlan, broken: bool) -> str:
    if broken:
        return _("Nothing of this file comes in before it keeps to the rules.")
    if not plan.arrival.empty:
        comes = plan.count(Verdict.ADD) + plan.count(Verdict.CHANGE)
        return counted("{count} row comes in.", "{count} rows come in.", comes)
    if plan.count(Verdict.PROBLEM):
        return _("Nothing can be brought in before these rows are put right.")
    if plan.conflicts:
        return _("Nothing is taken where the record says otherwise, unless you say so below.")
    return _("The record holds all of this already. Nothing to bring in.")


class ExportDialog(QDialog):
    """Who may read the workbook is said before it is written."""

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
        """Ask where the workbook goes, and write it."""
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

"""A raw workbook comes back: what it would add and change, sheet by sheet and row by row, and only then the deed.

It is read and compared in the other process, as every file is; its rows are known by the ids in it, so there
is nothing to map and one question only: what to do where the record says otherwise.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QDialog, QFileDialog, QWidget

from db.commands.arrivals import BreaksRule, rehearse
from db.queries.raw import HeldRaw, held_raw
from desktop.deliver import write
from desktop.intake.findings import Finding
from desktop.intake.plan import Verdict
from desktop.intake.raw_plan import RawPlan, RawRow
from desktop.ui.deeds import brought_in
from desktop.ui.desk import Desk
from desktop.ui.errors import sentence
from desktop.ui.language import _, counted, words
from desktop.ui.parts import Note, button, column, plain, row_at_end, text
from desktop.ui.reading import RawLook, look_raw, planned_raw, problems_raw
from desktop.ui.tables.column import one_line
from desktop.ui.tables.short import ShortColumn, ShortView
from desktop.ui.work import Work
from i18n import N_


@dataclass(frozen=True)
class Line:
    """A sheet in numbers."""

    sheet: str
    rows: int
    counts: Counter[Verdict]
    conflicts: int


@dataclass(frozen=True)
class Said:
    """What there is to say about a row: what becomes of it, and why, put in words only when it is on show.

    A rule of the whole record names no row.
    """

    what: str
    why: Finding | BreaksRule
    sheet: str = ""
    row: int | None = None


def _number(value: int | None) -> str:
    return "" if value is None else words().number(value)


def _why(said: Said) -> str:
    return said.why.text(words()) if isinstance(said.why, Finding) else sentence(said.why) or ""


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
    ShortColumn(N_("In words"), _why, 70),
)
_FOUND = (("problems", _WRONG), ("changes", N_("Changed")), ("conflicts", _OTHERWISE), ("remarks", N_("To look at")))


class RawDialog(QDialog):
    """What a raw workbook would add and change, sheet by sheet; nothing is done before somebody says so."""

    def __init__(
        self,
        desk: Desk,
        path: Path,
        password: str | None,
        brought: Callable[[UUID, int], object],
        parent: QWidget | None,
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
        self._save = button(_("Save these rows as a file…"), self.save, "", "download")
        self._save.setToolTip(_("The rows to be put right, with a column that says why"))
        self._save.hide()
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
            plain(row_at_end(self._save, self._again, button(_("Cancel"), self.reject), self._doing)),
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
        record, arrival, left_out = self._desk.record, self._plan.arrival, self._plan.count(Verdict.PROBLEM)
        for each in (self._again, self.theirs):
            each.setEnabled(False)
        self._begin(_("Bringing the file in, after a back-up of the record…"))
        self._desk.tasks.with_record(
            lambda: brought_in(record, arrival), lambda deed: self._done(deed, left_out), self._refused, self
        )

    def save(self) -> None:
        """Save the rows to be put right as a workbook that can be brought in like this one."""
        if (plan := self._plan) is None:
            return
        proposed = self._path.with_name(f"{self._path.stem}-2.xlsx")
        name, _filter = QFileDialog.getSaveFileName(
            self, _("Save the rows to put right"), str(proposed), _("Workbooks (*.xlsx)")
        )
        if not name:
            return
        said, tasks = _("Saved: {file}").format(file=words().isolate(name)), self._desk.tasks

        def made(content: bytes) -> None:
            saved = partial(self._note.say, said, "good")
            tasks.with_record(lambda: write(content, Path(name)), lambda _done: saved(), self._refused, self)

        asked = (self._path, self._password, plan, words().language, date.today())
        tasks.elsewhere(problems_raw, *asked, then=made, failed=self._refused, owner=self)

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
        self.sheets.show_rows(_lines(plan))
        self.rows.show_rows([*(Said(_WRONG, one) for one in broken), *_rows(plan)])
        self._save.setVisible(bool(plan.count(Verdict.PROBLEM)))
        self.theirs.setVisible(bool(plan.conflicts) or self.theirs.isChecked())
        self._said.setText("\n".join([_outcome(plan, bool(broken)), *(note.text(words()) for note in plan.notes)]))
        self._doing.setEnabled(not plan.arrival.empty and not broken)
        (self._doing if self._doing.isEnabled() else self.rows).setFocus()

    def _done(self, deed: UUID, left_out: int) -> None:
        self.accept()
        self._brought(deed, left_out)

    def _end(self) -> None:
        self._work.end()
        for each in (self._again, self.theirs):
            each.setEnabled(True)

    def _refused(self, error: Exception) -> None:
        self._end()
        if said := sentence(error):
            self._note.say(said, "error")
            self._again.setFocus()
        else:
            self._desk.tasks.failed.emit(error)


def _lines(plan: RawPlan) -> list[Line]:
    found: dict[str, list[RawRow]] = {sheet: [] for sheet in plan.kinds}
    for row in plan.rows:
        found[row.sheet].append(row)
    return [
        Line(sheet, len(rows), Counter(row.verdict for row in rows), sum(bool(row.conflicts) for row in rows))
        for sheet, rows in found.items()
        if rows
    ]


def _rows(plan: RawPlan) -> Iterator[Said]:
    """What the plan says row by row, what must be put right first."""
    for found, what in _FOUND:
        for row in plan.rows:
            for one in getattr(row, found):
                yield Said(what, one, row.sheet, row.number)


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
    if not plan.rows:
        return _("No sheet of this workbook has a row that is filled in. Nothing to bring in.")
    return _("The record holds all of this already. Nothing to bring in.")

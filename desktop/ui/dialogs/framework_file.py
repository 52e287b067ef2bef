"""Bringing the lines of a framework in from a file: the plan first, with our indicators proposed, and then the deed.

The file is read in the other process, as every foreign file is.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from uuid import UUID

from PySide6.QtWidgets import QCheckBox, QDialog, QFileDialog, QWidget

from db.commands.frameworks import NewLine, bring_lines
from db.fields import field_of
from db.models.frameworks import FrameworkItem
from db.queries.indicators import OurIndicator, our_indicators
from desktop.intake.logframe import LogFramePlan, plan_log_frame, read_tables
from desktop.ui.desk import Desk
from desktop.ui.language import _, counted, words
from desktop.ui.parts import Note, button, column, plain, row_at_end, scrolled, text
from desktop.ui.tables.column import one_line, shown
from desktop.ui.tables.short import ShortColumn, ShortView
from i18n import N_

COLUMNS = (
    ShortColumn(N_("Code"), lambda line: words().isolate(line.code), 12),
    ShortColumn(N_("Kind of line"), lambda line: shown(field_of(FrameworkItem.kind), line.kind), 12),
    ShortColumn(N_("Under"), lambda line: words().isolate(line.parent) if line.parent else "", 10),
    ShortColumn(N_("Name"), lambda line: one_line(line.name), 50),
)
LEFT_OUT = (ShortColumn(N_("Rows that are left out"), one_line, 84),)


def planned(path: Path, ours: Sequence[OurIndicator]) -> LogFramePlan:
    """What a file would bring in; run in the other process."""
    return plan_log_frame(path.name, read_tables(path), ours)


def bring_in_lines(desk: Desk, framework_id: UUID, over: QWidget) -> None:
    """Ask for a file and show what it would bring in."""
    chosen, _filter = QFileDialog.getOpenFileName(
        over,
        _("Choose a file"),
        str(Path.home()),
        _("Word files, workbooks and tables (*.docx *.xlsx *.xls *.ods *.csv);;All files (*)"),
    )
    if chosen:
        LinesDialog(desk, framework_id, Path(chosen), over).open()


class LinesDialog(QDialog):
    """What would be brought in; nothing is done before somebody says so."""

    def __init__(self, desk: Desk, framework_id: UUID, path: Path, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setModal(True)
        self.setWindowTitle(_("Lines from a file"))
        self._desk, self._framework, self._path = desk, framework_id, path
        self._plan: LogFramePlan | None = None
        self._links: list[tuple[QCheckBox, str, UUID]] = []
        self._said = text(_("Reading the file…"))
        self._note = Note()
        self.list = ShortView(_("Lines"), COLUMNS)
        self.left_out = ShortView(_("Rows that are left out"), LEFT_OUT)
        self.left_out.setMaximumHeight(self.fontMetrics().height() * 9)
        self.left_out.hide()
        self._proposals = column()
        self._doing = button(_("Bring in"), self._bring_in, "primary", "check")
        self._doing.setEnabled(False)
        answers = plain(row_at_end(button(_("Cancel"), self.reject), self._doing))
        proposals = scrolled(plain(self._proposals), _("Our indicators for these lines"))
        self.setLayout(column(self._said, self._note, self.list, self.left_out, proposals, answers))
        self.resize(self.fontMetrics().averageCharWidth() * 110, self.fontMetrics().height() * 38)
        desk.ask(our_indicators, then=self._read, owner=self)

    def _read(self, ours: tuple[OurIndicator, ...]) -> None:
        self._desk.tasks.elsewhere(planned, self._path, ours, then=self._show, failed=self._refused, owner=self)

    def _show(self, plan: LogFramePlan) -> None:
        self._plan = plan
        lines = counted("{count} line would be brought in.", "{count} lines would be brought in.", len(plan.lines))
        made = counted(
            "{count} of them has no code in the file and is given one here.",
            "{count} of them have no code in the file and are given one here.",
            len(plan.without_code),
        )
        self._said.setText("\n".join([lines, made] if plan.without_code else [lines]))
        self._note.say("\n".join(_lost(plan)), "warning")
        self.list.show_rows(plan.lines)
        self.left_out.show_rows(plan.left_out)
        self.left_out.setVisible(bool(plan.left_out))
        names: dict[str, NewLine] = {line.code: line for line in plan.lines}
        if plan.proposed:
            self._proposals.addWidget(text(_("Our indicators for these lines"), "subtitle"))
        for one in plan.proposed:
            said = _("{line}: our indicator “{indicator}”").format(
                line=one_line(names[one.code].name), indicator=one_line(one.name)
            )
            box = QCheckBox(said)
            box.setChecked(one.nearness == 1)
            self._links.append((box, one.code, one.indicator_id))
            self._proposals.addWidget(box)
        self._doing.setEnabled(True)
        self._doing.setFocus()

    def _bring_in(self) -> None:
        assert self._plan is not None
        self._doing.setEnabled(False)
        links = [(code, indicator) for box, code, indicator in self._links if box.isChecked()]
        values = {"lines": self._plan.lines, "links": links}
        self._desk.do(
            bring_lines, self._framework, values, then=lambda _done: self.accept(), failed=self._refused, owner=self
        )

    def _refused(self, error: Exception) -> None:
        self._desk.refused(error, self._note)
        self._doing.setEnabled(False)


def _lost(plan: LogFramePlan) -> Iterator[str]:
    """What of the file is not brought in."""
    if plan.unread:
        headings = [
            one_line(heading) or _("column {number}").format(number=words().number(number))
            for number, heading in plan.unread
        ]
        yield _("These columns are not understood and not brought in: {headings}.").format(
            headings=words().list(headings)
        )
    if plan.left_out:
        yield counted(
            "{count} row holds neither a result nor an indicator and is left out: see below.",
            "{count} rows hold neither a result nor an indicator and are left out: see below.",
            len(plan.left_out),
        )

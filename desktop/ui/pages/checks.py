"""What there is to know and to put right before a report leaves: each line opens where that is done."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from uuid import UUID

from PySide6.QtWidgets import QVBoxLayout, QWidget

from db.commands.entries import edit
from db.fields import field_of
from db.models import WrittenReport
from db.queries.kinds import KINDS
from db.queries.names import office_usage
from db.queries.reports import Written, written
from db.queries.selection import Behind
from db.record import Record
from desktop.deliver import Order, gather, told_coarser
from desktop.guard.tables import Tables
from desktop.reports.building import lacked
from desktop.reports.coarser import Proposal, proposals, proposed
from desktop.reports.offer import report_called
from desktop.reports.report import Lacking
from desktop.reports.telling import HeldBack, held_back, told
from desktop.reports.written import asked_of
from desktop.ui.composed import Weighed, weigh
from desktop.ui.desk import At, Desk
from desktop.ui.dialogs.behind import BehindDialog
from desktop.ui.language import _, words
from desktop.ui.pages.text_points import GoTo, Point, points_of_text
from desktop.ui.parts import Note, button, plain, row, text
from desktop.ui.tables.short import ShortColumn, ShortView
from i18n import N_

COLUMNS = (
    ShortColumn(N_("What to look at"), lambda point: point.said, 70),
    ShortColumn(N_("Where"), lambda point: point.where, 26),
)


class ChecksPart(QWidget):
    """What is missing in the record and in the text, and what the guard hides."""

    def __init__(self, desk: Desk, go_to: GoTo) -> None:
        super().__init__()
        self._desk, self._go_to = desk, go_to
        self._id: UUID | None = None
        self._said = text("", "muted")
        self._guard, self._note = Note("warning"), Note("error")
        self.list = ShortView(_("What to look at before it leaves"), COLUMNS)
        self._whole = text("")
        self.list.chosen.connect(lambda point: self._whole.setText(point.said if point else ""))
        self.list.opened.connect(lambda point: point.opens())
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 4, 0, 0)
        lines.addWidget(plain(row(self._said, button(_("Look again"), self._look, "", "refresh-cw"))))
        lines.addWidget(self._note)
        lines.addWidget(self._guard)
        lines.addWidget(self.list, 1)
        lines.addWidget(self._whole)

    def show_of(self, id: UUID, _title: str) -> None:
        """Look this report over."""
        self._id = id
        self._look()

    def _look(self) -> None:
        if (id := self._id) is None:
            return
        self._said.setText(_("Reading the record…"))
        self._note.say("")
        record = self._desk.record
        self._desk.tasks.with_record(
            lambda: _gathered(record, id), lambda found: self._weigh(id, *found), self._refused, self
        )

    def _weigh(self, id: UUID, found: Written, tables: Tables, lacking: Sequence[Lacking], usage: str | None) -> None:
        report, asked, language = str(found.values["report"]), asked_of(found), str(found.values["language"])

        def weighed(answer: Weighed) -> None:
            if id == self._id:
                self._show(found, answer, lacking, usage)
                self._propose(found, answer)

        bare = replace(asked, own=type(asked.own)())
        self._desk.tasks.elsewhere(
            weigh, tables, report, bare, language, then=weighed, failed=self._refused, owner=self
        )

    def _show(self, found: Written, weighed: Weighed, lacking: Sequence[Lacking], usage: str | None) -> None:
        told_of = {one.key for one in lacking if one.kind == "reports"}
        points = [
            *(_lack(self._desk, one, found, self._go_to) for one in lacking),
            *points_of_text(found, weighed, self._go_to, told_of, usage),
            *self._hidden(weighed),
        ]
        self.list.show_rows(points)
        self._guard.say("\n".join(told(weighed.notes, words())))
        said = _("Open a line to put it right.") if points else _("Nothing is missing that this program knows of.")
        self._said.setText(said)

    def _propose(self, found: Written, weighed: Weighed) -> None:
        """Coarser lines are proposed before small counts are hidden one by one."""
        asked = asked_of(found)
        order = Order(str(found.values["report"]), asked, str(found.values["language"]), "pdf")
        if not weighed.notes.hidden or not report_called(order.report).coarsens:
            return

        def gathered(alternatives: dict[str, Tables]) -> None:
            self._desk.tasks.elsewhere(
                proposals, weighed.notes, alternatives, asked, then=self._add_proposals, owner=self
            )

        record = self._desk.record
        self._desk.tasks.with_record(lambda: told_coarser(record, order), gathered, self._refused, self)

    def _add_proposals(self, found: Sequence[Proposal]) -> None:
        where = _(field_of(WrittenReport.coarser).name)
        points = [Point(proposed(one, words()), where, partial(self._tell_coarser, one.coarser)) for one in found]
        self.list.show_rows([*self.list.list.rows, *points])

    def _tell_coarser(self, way: str) -> None:
        """Take a proposal: the report is told more coarsely from here on."""
        record, id = self._desk.record, self._id

        def do() -> None:
            assert id is not None
            chosen = [one.strip() for one in (record.read(written, id).values["coarser"] or "").split(",")]
            record.write(edit, WrittenReport, id, {"coarser": ", ".join(filter(None, dict.fromkeys([*chosen, way])))})

        self._desk.tasks.with_record(do, failed=self._refused, owner=self)

    def _hidden(self, weighed: Weighed) -> Iterator[Point]:
        blocks = [block for part in weighed.parts for block in part.blocks]
        for one in held_back(weighed.notes, blocks, words()):
            yield Point(one.why, one.where, partial(self._explain, one))

    def _explain(self, one: HeldBack) -> None:
        if isinstance(one.behind, Behind) and one.behind.kind in KINDS:
            BehindDialog(self._desk, one.where, one.why, one.behind, self).open()

    def _refused(self, error: Exception) -> None:
        self._said.setText("")
        self._desk.refused(error, self._note)


def _lack(desk: Desk, one: Lacking, found: Written, go_to: GoTo) -> Point:
    kind = KINDS[one.kind]
    where = _(kind.fields[one.key].name) if one.key in kind.fields else _(kind.one)
    opens: Callable[[], object] = partial(desk.open, one.kind, At(one.id, one.key) if one.id and one.key else one.id)
    if one.kind == "reports" and one.id is None and one.key:  # a part of this report
        opens = partial(go_to, one.key, found.values["language"])
    return Point(lacked(one, words()), where, opens)


def _gathered(record: Record, id: UUID) -> tuple[Written, Tables, Sequence[Lacking], str | None]:
    found = record.read(written, id)
    report, asked = str(found.values["report"]), asked_of(found)
    tables = gather(record, Order(report, asked, str(found.values["language"]), "pdf"))
    return found, tables, report_called(report).lacking(record, asked), record.read(office_usage)

"""The page of a partner's report: its lines are taken in with it as one deed, and what does not fit is said above."""

from typing import Any
from uuid import UUID

from db.commands.received import receive_report
from db.queries.entries import EntryPage as Seen
from db.queries.results import remarks
from db.queries.roll_up import Reason
from desktop.ui.desk import Desk
from desktop.ui.entries.entry import Entry
from desktop.ui.entries.results import ReportForm
from desktop.ui.language import _, words
from desktop.ui.pages.entry import EntryPage
from desktop.ui.parts import Note


class ReportPage(EntryPage):
    """The page of one report received."""

    def __init__(self, desk: Desk, entry: Entry) -> None:
        super().__init__(desk, entry)
        self.form: ReportForm
        self.remarks = Note("warning")
        self.body.insertWidget(self.body.indexOf(self.note) + 1, self.remarks)

    def load(self, id: UUID | None, draft: dict[str, Any] | None) -> None:
        self.form.begin_lines(new=id is None)
        super().load(id, draft)
        self.remarks.say("")
        if id is not None:
            self.desk.ask(remarks, id, then=self._remark, failed=lambda _gone: None, owner=self)

    def write(self, values: dict[str, Any]) -> None:
        lines = values.pop("lines")
        if self.about is None:
            said = {key: value for key, value in values.items() if value is not None}
            self.desk.do(receive_report, said, lines, then=self.saved, failed=self.refused, owner=self)
        else:
            super().write(values)

    def _show(self, id: UUID, seen: Seen, draft: dict[str, Any] | None) -> None:
        super()._show(id, seen, draft)
        if id == self.about:  # a partner's reports are told apart by their periods
            period = words().period(seen.values["starts_on"], seen.values["ends_on"])
            self.heading.setText(_("{partner}, {period}").format(partner=self.heading.text(), period=period))

    def _remark(self, found: tuple[Reason, ...]) -> None:
        self.remarks.say("\n".join(remark.said(words()) for remark in found))

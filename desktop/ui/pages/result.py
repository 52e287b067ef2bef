"""The page of a figure: one that was corrected says by what, above everything else, and leads there."""

from typing import Any
from uuid import UUID

from db.queries.entries import EntryPage as Seen
from db.queries.entries import result_entry
from desktop.ui.desk import Desk
from desktop.ui.entries.entry import Entry
from desktop.ui.language import _, words
from desktop.ui.pages.entry import EntryPage
from desktop.ui.parts import button, plain, row, text


class ResultPage(EntryPage):
    """The page of one result."""

    query = staticmethod(result_entry)

    def __init__(self, desk: Desk, entry: Entry) -> None:
        super().__init__(desk, entry)
        self._newer: UUID | None = None
        self.corrected = text("", "warning", wrap=False)
        self.leads = button(_("Open the newer figure"), lambda: desk.open("results", self._newer), "link")
        self._notice = plain(row(self.corrected, self.leads))
        self._notice.hide()
        self.body.insertWidget(self.body.indexOf(self.note) + 1, self._notice)

    def load(self, id: UUID | None, draft: dict[str, Any] | None) -> None:
        if id is None:
            self._notice.hide()
        super().load(id, draft)

    def _show(self, id: UUID, seen: Seen, draft: dict[str, Any] | None) -> None:
        super()._show(id, seen, draft)
        if id != self.about:
            return
        self._newer, figure = seen.values["corrected_by"] or (None, None)
        said = _("Corrected by {figure}. This figure is kept and no longer counts.")
        missing = _("Corrected: the newer figure is missing. This one is kept and no longer counts.")
        self.corrected.setText(missing if figure is None else said.format(figure=words().number(figure)))
        self._notice.setVisible(self._newer is not None)

"""The page of a report that is owed: for one owed to a donor, what partners have not sent for it yet."""

from collections.abc import Callable, Sequence
from uuid import UUID

from PySide6.QtWidgets import QVBoxLayout, QWidget

from db.fields import field_of
from db.models import ReportingDuty
from db.queries.duties import Gap, gaps
from desktop.ui.desk import Desk
from desktop.ui.language import _, counted, words
from desktop.ui.pages.entry import EntryPage
from desktop.ui.parts import text
from desktop.ui.tables.column import one_line
from desktop.ui.tables.short import ShortColumn, ShortView
from i18n import N_


def _standing(gap: Gap) -> str:
    """What is missing, in words."""
    if gap.duty_id is None:
        return _("No report was asked for")
    if gap.received:
        return _("Received, not yet accepted")
    if gap.status == "sent_back":
        return _("Sent back")
    return _("Not received")


COLUMNS = (
    ShortColumn(N_("Partner"), lambda gap: one_line(gap.partner or ""), 26),
    ShortColumn(N_("Agreement"), lambda gap: one_line(gap.agreement or ""), 30),
    ShortColumn(N_("Period"), lambda gap: words().period(gap.starts_on, gap.ends_on), 22),
    ShortColumn(field_of(ReportingDuty.due_on).name, lambda gap: words().date(gap.due_on) if gap.due_on else "", 14),
    ShortColumn(N_("What is missing"), _standing, 24),
)


class DutyPage(EntryPage):
    """The page of a report that is owed."""

    def more_parts(self) -> Sequence[tuple[str, Callable[[], QWidget]]]:
        return ((_("Missing from partners"), lambda: GapsPart(self.desk)),)


class GapsPart(QWidget):
    """What partners have not sent, or what of it is not accepted, for the period of this report."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._said = text("", "muted")
        self.list = ShortView(_("Missing from partners"), COLUMNS)
        self.list.opened.connect(self._open)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 4, 0, 0)
        lines.addWidget(self._said)
        lines.addWidget(self.list, 1)

    def show_of(self, id: UUID, _title: str) -> None:
        """Look up what is missing for this report."""
        self._desk.ask(gaps, id, then=self._show, owner=self)

    def _show(self, found: Sequence[Gap]) -> None:
        nothing = _("Nothing is missing: every report of the period that goes into this one was accepted.")
        missing = counted("{count} report is missing.", "{count} reports are missing.", len(found))
        self._said.setText(missing if found else nothing)
        self.list.show_rows(found)

    def _open(self, gap: Gap) -> None:
        if gap.duty_id is not None:
            self._desk.open("duties", gap.duty_id)
        elif gap.agreement_id is not None:
            self._desk.open("agreements", gap.agreement_id)

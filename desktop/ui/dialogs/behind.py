"""What is behind a figure: the records it was counted from, as they are now, each one key from its page."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QWidget

from db.queries.kinds import KINDS
from db.queries.selection import Behind
from desktop.render.values import shown
from desktop.reports.document import Count, Hidden, Missing, Money, Said, Share, Value
from desktop.ui.desk import Desk
from desktop.ui.language import _, words
from desktop.ui.parts import button, column, plain, row_at_end, text
from desktop.ui.tables.column import columns_of
from desktop.ui.tables.view import ListView
from i18n import N_, Words

_HOW: tuple[tuple[type, str], ...] = (
    (Count, N_("It is counted from the records in this list.")),
    (Share, N_("It is a part of a whole: the list holds what the part is counted from.")),
    (Money, N_("It is added up from the records in this list. Amounts are indicative, not certified.")),
    (Said, N_("It stands as it was stated: the list holds the records that say so.")),
    (
        Hidden,
        N_("It is hidden from the readers, because it is small or would give a small one away. You see why here."),
    ),
    (Missing, N_("There is no figure: these are the records in which it is missing.")),
)
"""How a value came to be, by what it is."""


class BehindDialog(QDialog):
    """The list behind one figure; a line that is opened leads to its page."""

    def __init__(self, desk: Desk, said: str, how: str, behind: Behind, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("What is behind a figure"))
        self._desk, self._behind = desk, behind
        kind = KINDS[behind.kind]
        self._count = text(_("Reading the record…"), "muted")
        self.list = ListView(
            desk, f"behind {behind.kind}", _(kind.name), kind.listing, columns_of(kind), kind.order, kind.shown
        )
        self.list.list.counted.connect(self._say)
        self.list.opened.connect(self._open)
        close = button(_("Close"), self.reject)
        whole = button(_("Show as a list of its own"), self._show_list, "primary", "list")
        self.setLayout(
            column(text(said, "subtitle"), text(how), self._count, self.list, plain(row_at_end(close, whole)))
        )
        self.resize(860, 480)
        self.list.ask(filters=dict(behind.filters))
        self.list.setFocus()

    def _say(self, rows: int) -> None:
        kind = _(KINDS[self._behind.kind].name)
        self._count.setText(_("{kind}: {count}").format(kind=kind, count=words().number(rows)))

    def _open(self, id: object) -> None:
        self.reject()
        self._desk.open(self._behind.kind, id)  # type: ignore[arg-type]

    def _show_list(self) -> None:
        self.reject()
        self._desk.go(self._behind.kind, dict(self._behind.filters))


def explain(desk: Desk, label: str, value: Value, speaks: Words, parent: QWidget) -> None:
    """Say what is behind a value of a report, where there is anything to say."""
    behind = getattr(value, "behind", None)
    if not isinstance(behind, Behind) or behind.kind not in KINDS:
        desk.say(_("No list of records stands behind this."))
        return
    how = next((_(said) for kind, said in _HOW if isinstance(value, kind)), "")
    said = _("{label}: {figure}").format(label=label, figure=shown(value, speaks))
    BehindDialog(desk, said, how, behind, parent).open()

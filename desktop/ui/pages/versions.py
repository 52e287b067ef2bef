"""What has become of a report: who approved it, its frozen versions with their files, to whom they went."""

from dataclasses import dataclass
from uuid import UUID

from PySide6.QtWidgets import QVBoxLayout, QWidget

from db.queries.documents import Kept
from db.queries.reports import Frozen, Written, written
from desktop.reports.standing import standing
from desktop.ui.desk import Desk
from desktop.ui.dialogs.comparing import CompareDialog
from desktop.ui.dialogs.saving import save_copy
from desktop.ui.language import _, words
from desktop.ui.parts import Note, button, plain, row, text
from desktop.ui.tables.column import one_line
from desktop.ui.tables.short import ShortColumn, ShortView
from i18n import N_


@dataclass(frozen=True)
class File:
    """One file of a frozen version."""

    frozen: Frozen
    kept: Kept


FILES = (
    ShortColumn(N_("Version"), lambda one: words().number(one.frozen.version), 8, numeric=True),
    ShortColumn(N_("Frozen on"), lambda one: words().date(one.frozen.on), 14),
    ShortColumn(N_("File"), lambda one: one_line(one.kept.file), 36),
    ShortColumn(N_("Language"), lambda one: words().language_name(one.kept.language) if one.kept.language else "", 12),
    ShortColumn(N_("Size in KB"), lambda one: words().number(-(-one.kept.size // 1024)), 10, numeric=True),
    ShortColumn(N_("Program"), lambda one: one.frozen.program, 10),
)


class VersionsPart(QWidget):
    """Said in lines: approvals and dispatches; in a list: the files."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._report: Written | None = None
        self._said = text("")
        self._note = Note("error")
        self.list = ShortView(_("Files of the frozen versions"), FILES)
        self.list.opened.connect(lambda _file: self.open_file())
        self.list.chosen.connect(lambda _file: self._allow())
        self._open = button(_("Open"), self.open_file, "", "external-link")
        self._save = button(_("Save a copy…"), self.save_copy, "", "download")
        self._page = button(_("Signed page"), self.open_signed, "", "file-text")
        self._compare = button(_("Compare two versions…"), self.compare, "", "columns-3")
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 4, 0, 0)
        lines.addWidget(self._said)
        lines.addWidget(plain(row(self._open, self._save, self._compare, self._page)))
        lines.addWidget(self._note)
        lines.addWidget(self.list, 1)
        self._allow()

    def show_of(self, id: UUID, _title: str) -> None:
        """Show what has become of this report."""
        self._note.say("")
        self._desk.ask(written, id, then=self._show, owner=self)

    def save_copy(self) -> None:
        """Write the chosen file where the person says."""
        chosen: File | None = self.list.current()
        if chosen is not None:
            save_copy(self._desk, chosen.kept, self, self._refused)

    def open_file(self) -> None:
        """The document in the record: it is read there, and a copy is saved from there."""
        chosen: File | None = self.list.current()
        if chosen is not None:
            self._desk.open("documents", chosen.kept.id)

    def open_signed(self) -> None:
        """Show the newest signed page."""
        if (page := self._signed) is not None:
            self._desk.open("documents", page)

    def compare(self) -> None:
        """Say what differs between two versions."""
        versions = self._versions
        if len(versions) > 1:
            CompareDialog(self._desk, versions, self).open()

    @property
    def _versions(self) -> list[Frozen]:
        """Those of this report and of the one it replaces, the newest first."""
        return list(self._report.versions) if self._report else []

    @property
    def _signed(self) -> UUID | None:
        approvals = self._report.approvals if self._report else ()
        return next((one.document_id for one in approvals if one.document_id), None)

    def _show(self, found: Written) -> None:
        self._report = found
        self._said.setText("\n".join(standing(found, words())))
        self.list.show_rows([File(frozen, kept) for frozen in self._versions for kept in frozen.files])
        self._allow()

    def _allow(self) -> None:
        chosen = self.list.current() is not None
        self._open.setEnabled(chosen)
        self._save.setEnabled(chosen)
        self._page.setEnabled(self._signed is not None)
        self._compare.setEnabled(len(self._versions) > 1)

    def _refused(self, error: Exception) -> None:
        self._desk.refused(error, self._note)

"""Freezing a report: in which formats, what leaves, how far it is; it can be stopped until it is kept."""

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QDialog, QWidget

from db.queries.reports import Written, written
from desktop.deliver import FORMS, Order, gather
from desktop.freezing import Pressed, keep, orders_of, press
from desktop.guard.tables import Tables
from desktop.reports.telling import told
from desktop.reports.written import languages_of
from desktop.ui.desk import Desk
from desktop.ui.errors import sentence
from desktop.ui.forms.report import FORM_NAMES
from desktop.ui.language import _, words
from desktop.ui.parts import Note, button, column, plain, row, row_at_end, text
from desktop.ui.work import Work

_FIRST = ("pdf", "docx")


class FreezeDialog(QDialog):
    """Makes every file, says what the guard says of them, and keeps them once that was read."""

    def __init__(self, desk: Desk, report: Written, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Freeze the report"))
        self._desk, self._report = desk, report
        self._pressed: Pressed | None = None
        self._forms = {form: QCheckBox(_(FORM_NAMES[form])) for form in FORMS}
        for form, box in self._forms.items():
            box.setChecked(form in _FIRST)
            box.toggled.connect(lambda _on: self._begin_anew())
        names = [words().language_name(one) for one in languages_of(report)]
        self._note, self._work = Note("warning"), Work()
        self._work.stopped.connect(self._stopped)
        self._make = button(_("Make the files"), self.make, "primary", "file-text")
        self._keep = button(_("Keep them, frozen"), self.keep, "primary", "lock")
        self._keep.hide()
        said = _("The files are kept in the record as they are sent. A frozen report is never changed: it is replaced.")
        self.setLayout(
            column(
                text(_("Freeze the report"), "subtitle"),
                text(said),
                text(_("In all its languages at once: {languages}").format(languages=words().list(names))),
                plain(row(text(_("Format"), wrap=False), *self._forms.values())),
                self._work,
                self._note,
                None,
                plain(row_at_end(button(_("Cancel"), self.reject), self._make, self._keep)),
            )
        )
        self.resize(640, 320)
        self._make.setDefault(True)
        self._make.setFocus()

    def make(self) -> None:
        """Make every file; nothing is kept yet."""
        forms = [form for form, box in self._forms.items() if box.isChecked()]
        if not forms:
            self._note.say(_("Choose at least one format."), "error")
            return
        record, id = self._desk.record, self._report.id
        self._begin(_("Reading the record…"))

        def asked() -> tuple[Sequence[Order], Tables]:
            # As the report is now: another window may have changed it since this one opened.
            orders = orders_of(record.read(written, id), forms)
            return orders, gather(record, orders[0])

        def gathered(what: tuple[Sequence[Order], Tables]) -> None:
            orders, tables = what
            self._work.begin(_("Making the files…"))
            job = self._desk.tasks.elsewhere(
                press,
                tables,
                orders,
                then=self._made,
                failed=self._refused,
                progress=self._work.progress,
                owner=self,
            )
            self._work.runs(job)

        self._desk.tasks.with_record(asked, gathered, self._refused, self)

    def keep(self) -> None:
        """Keep what was made: from here on the report is frozen."""
        pressed = self._pressed
        if pressed is None:
            return
        self._begin(_("Keeping the files…"))
        record, id = self._desk.record, self._report.id
        self._desk.tasks.with_record(lambda: keep(record, id, pressed), lambda _id: self._done(), self._refused, self)

    def reject(self) -> None:
        self._work.cancel()
        super().reject()

    def _made(self, pressed: Pressed) -> None:
        self._work.end()
        self._allow_forms(True)
        self._pressed = pressed
        notes = pressed.files[0][1].notes
        letters = "".join(dict.fromkeys("".join(one.unprintable for _order, one in pressed.files)))
        files = words().number(len(pressed.files))
        lines = [_("Files made: {count}. They leave this record as soon as you send them.").format(count=files)]
        lines += told(notes, words())
        if letters:
            said = _("No font of ours has these letters; they stand on the page as a mark: {letters}")
            lines.append(said.format(letters=words().isolate(" ".join(letters))))
        self._note.say("\n".join(lines), "warning" if notes.hidden or letters else "good")
        self._make.hide()
        self._keep.show()
        self._keep.setEnabled(True)
        self._keep.setDefault(True)
        self._keep.setFocus()

    def _begin(self, said: str) -> None:
        self._note.say("")
        self._work.begin(said)
        self._make.setEnabled(False)
        self._keep.setEnabled(False)
        self._allow_forms(False)  # the files would be others than those that are ticked

    def _allow_forms(self, allowed: bool) -> None:
        for box in self._forms.values():
            box.setEnabled(allowed)

    def _begin_anew(self) -> None:
        """Other files are wanted than those that were made."""
        self._pressed = None
        self._note.say("")
        self._keep.hide()
        self._make.show()
        self._make.setEnabled(True)

    def _stopped(self) -> None:
        self._work.end()
        self._allow_forms(True)
        self._make.setEnabled(True)

    def _done(self) -> None:
        self._work.end()
        self._desk.say(_("The report is frozen. Its files are under “Versions”."))
        self.accept()

    def _refused(self, error: Exception) -> None:
        """What was made is made again: the record may be another by now."""
        self._stopped()
        self._begin_anew()
        if said := sentence(error):
            self._note.say(said, "error")
        else:
            self._desk.tasks.failed.emit(error)


def freeze(desk: Desk, id: UUID, over: QWidget) -> None:
    """Ask how a report is frozen."""
    desk.ask(written, id, then=lambda found: FreezeDialog(desk, found, over).open(), owner=over)

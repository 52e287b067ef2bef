"""A donor's own form filled with a report: which form, in which language, what stayed empty, and where it is saved."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from db.commands.documents import clean_name
from db.queries.documents import Kept, content_of
from db.queries.report_forms import report_forms
from db.queries.reports import Written, written
from desktop.deliver import Order, gather, leave
from desktop.filling import Filled, Prepared, filled, form_of, looked_at, prepared, words_of
from desktop.guard.tables import Tables
from desktop.render.fill import LIMIT, fill_form
from desktop.render.form_places import FilledForm
from desktop.reports.telling import told
from desktop.reports.written import asked_of, languages_of
from desktop.ui.desk import Desk
from desktop.ui.dialogs.leaving import with_reason
from desktop.ui.forms.choices import ChoiceEdit
from desktop.ui.language import _, words
from desktop.ui.parts import Note, button, column, plain, row, row_at_end, text
from desktop.ui.work import Work

_KINDS = "*.docx *.xlsx"
_OTHER = "other"


class FillDialog(QDialog):
    """Fills a form, says what became of its places, and saves it once that was read."""

    def __init__(self, desk: Desk, report: Written, forms: Sequence[Kept], parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Fill the donor's form"))
        self._desk, self._report, self._digests = desk, report, {str(one.id): one.digest for one in forms}
        self._done: tuple[Order, Filled] | None = None
        self._file: Path | None = None
        kept = [(str(one.id), words().isolate(one.title)) for one in forms]
        self._form = ChoiceEdit([*kept, (_OTHER, _("Another file…"))], None)
        self._form.setAccessibleName(_("Form"))
        self._language = ChoiceEdit([(one, words().language_name(one)) for one in languages_of(report)], None)
        self._language.setAccessibleName(_("Language"))
        self._note, self._work = Note("warning"), Work()
        self._work.stopped.connect(self._stopped)
        self._fill = button(_("Fill the form"), self.fill, "primary", "file-text")
        self._save = button(_("Save as a file…"), self.save, "primary")
        self._save.hide()
        said = _("Its places are names between double braces, such as {place}; forms are kept with the requirements.")
        self.setLayout(
            column(
                text(_("Fill the donor's form"), "subtitle"),
                text(said.format(place="{{ people_reached }}")),
                plain(row(text(_("Form"), wrap=False), self._form, text(_("Language"), wrap=False), self._language)),
                self._work,
                self._note,
                None,
                plain(row_at_end(button(_("Cancel"), self.reject), self._fill, self._save)),
            )
        )
        for edit in (self._form, self._language):
            edit.edited.connect(self._begin_anew)
        self._form.show_value(kept[0][0] if kept else _OTHER)
        self._language.show_value(languages_of(report)[0])
        self.resize(640, 320)

    def fill(self) -> None:
        """Fill the form that is chosen; nothing leaves yet."""
        if self._form.currentData() == _OTHER:
            chosen, _filter = QFileDialog.getOpenFileName(self, _("Form"), str(Path.home()), _KINDS)
            if not chosen:
                return
            self._file = Path(chosen)
        self._fill.setEnabled(False)
        self._note.say("")
        self._work.begin(_("Reading the record…"))
        report, record = self._report, self._desk.record
        order = Order(str(report.values["report"]), asked_of(report), self._language.currentData(), "docx")
        digest, file = self._digests.get(self._form.currentData()), self._file

        def read() -> tuple[Tables, bytes]:
            form = record.read(content_of, digest) if digest else form_of(record, order, file)
            return gather(record, order), form

        self._desk.tasks.with_record(read, lambda found: self._prepare(order, *found), self._refused, self)

    def _prepare(self, order: Order, tables: Tables, form: bytes) -> None:
        self._work.begin(_("Filling the form…"))
        then = partial(self._put_in, order, form)
        job = self._desk.tasks.elsewhere(prepared, tables, order, form, then=then, failed=self._refused, owner=self)
        self._work.runs(job)

    def _put_in(self, order: Order, form: bytes, ready: Prepared) -> None:
        def take(answer: FilledForm) -> None:
            self._show(order, filled(ready, answer))

        known = dict(ready.places)
        job = self._desk.tasks.elsewhere(
            fill_form, form, known, words_of(order), then=take, failed=self._refused, owner=self, seconds=LIMIT
        )
        self._work.runs(job)

    def save(self) -> None:
        """Save it where the person wants; from there it leaves, and the register knows."""
        if self._done is not None:
            with_reason(self._desk, self, self._choose)

    def _choose(self) -> None:
        assert self._done is not None
        order, done = self._done
        name = clean_name(f"{self._report.values['title']}-{order.language}.{done.form}")
        path, _filter = QFileDialog.getSaveFileName(
            self, _("Save as a file…"), str(Path.home() / name), f"*.{done.form}"
        )
        if path:
            self.leave_to(Path(path))

    def leave_to(self, path: Path) -> None:
        """Write it there."""
        assert self._done is not None
        order, done = self._done
        record = self._desk.record
        self._desk.tasks.with_record(
            lambda: leave(record, replace(order, form=done.form), done.made, path),
            lambda _left: self._left(path),
            self._refused,
            self,
        )

    def reject(self) -> None:
        self._work.cancel()
        super().reject()

    def _show(self, order: Order, done: Filled) -> None:
        self._work.end()
        self._done = (order, done)
        lines = [*looked_at(done, words()), *told(done.made.notes, words())]
        if order.asked.own.draft:
            lines.append(_("Nobody has approved this report yet, and no page of the form says so."))
        wanting = order.asked.own.draft or done.empty or done.unknown or done.made.notes.hidden
        self._note.say("\n".join(lines), "warning" if wanting else "good")
        self._fill.hide()
        self._save.show()
        self._save.setDefault(True)
        self._save.setFocus()

    def _begin_anew(self) -> None:
        """Another form or another language is wanted than what was filled."""
        self._done = None
        self._note.say("")
        self._save.hide()
        self._fill.show()
        self._fill.setEnabled(True)

    def _stopped(self) -> None:
        self._work.end()
        self._fill.setEnabled(True)

    def _left(self, path: Path) -> None:
        self._desk.say(_("Saved: {file}").format(file=words().isolate(str(path))))
        self.accept()

    def _refused(self, error: Exception) -> None:
        self._stopped()
        self._desk.refused(error, self._note)


def fill_form_of(desk: Desk, id: UUID, over: QWidget) -> None:
    """Ask which form of the report's donor to fill."""

    def show(report: Written, forms: Sequence[Kept]) -> None:
        FillDialog(desk, report, forms, over).open()

    def ask(report: Written) -> None:
        if donor := report.values["donor_id"]:
            desk.ask(report_forms, donor, then=partial(show, report), owner=over)
        else:
            show(report, ())

    desk.ask(written, id, then=ask, owner=over)

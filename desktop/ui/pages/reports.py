"""The list of written reports; and the page of a report made at once, without anybody writing in it."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QFileDialog, QHBoxLayout

from db.commands.documents import add_document, clean_name
from db.commands.drafts import draft_of, keep_draft
from db.commands.issuing import Destination
from db.errors import InvalidValue
from db.models import Office
from db.queries.names import office_id
from desktop import settings
from desktop.deliver import Cleared, Made, Order, clear, gather
from desktop.exporting import Exported, export_fivew
from desktop.guard.released import Notes
from desktop.reports.offer import report_called
from desktop.reports.telling import told
from desktop.together import leave_each, made_each
from desktop.ui.composed import first_page
from desktop.ui.desk import Desk
from desktop.ui.dialogs.leaving import look_before_it_leaves, with_reason
from desktop.ui.dialogs.outside import told_once
from desktop.ui.dialogs.saving import open_outside
from desktop.ui.dialogs.template_file import take_in
from desktop.ui.forms.report import FORM_NAMES, ReportForm
from desktop.ui.help import help_button
from desktop.ui.language import _, words
from desktop.ui.pages.listing import ListPage
from desktop.ui.pages.page import Page
from desktop.ui.parts import Note, button, column, plain, row, scrolled
from desktop.ui.preview import Preview
from desktop.ui.work import Work
from i18n import N_, Words

SUFFIXES = {"text": "txt"}
Files = Sequence[tuple[Order, Made]]
"""One report as it was ordered and made, in each of its languages."""


class ReportsPage(ListPage):
    """The written reports, and the ways to all that is about reports."""

    def __init__(self, desk: Desk, kind: str) -> None:
        super().__init__(desk, kind)
        ways = (
            (N_("Make one at once…"), "quick-report", "chart-column"),
            (N_("Templates"), "report-templates", "layers"),
            (N_("What left the record"), "register", "log-out"),
        )
        for place, (name, key, drawing) in enumerate(ways, 1):
            self.buttons.insert(place, button(_(name), partial(desk.go, key), "", drawing))


class TemplatesPage(ListPage):
    """The templates of the office; others' come in as files."""

    def __init__(self, desk: Desk, kind: str) -> None:
        super().__init__(desk, kind)
        self.buttons.insert(1, button(_("Take one in…"), lambda: take_in(desk, self), "", "file-down"))


class QuickReportPage(Page):
    """The order on one side, its pages on the other."""

    key = "quick-report"
    title = N_("A report made at once")

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.form = ReportForm(desk)
        self.form.paused.connect(self.keep_draft)
        self.form.kind_changed.connect(self._begin_another)
        self._preview, self._work, self._note = Preview(), Work(), Note("good")
        self.buttons.addWidget(button(_("Export the 5W…"), self.export, "", "download"))
        self.buttons.addWidget(button(_("Show the pages"), self.preview, "", "eye"))
        self.buttons.addWidget(button(_("Make the report…"), self.save, "primary", "chart-column"))
        self.buttons.addWidget(help_button("small-numbers"))
        self._orders: Sequence[Order] = ()
        self._file: Path | None = None
        self._files: tuple[Path, ...] = ()
        self._keep = button(_("Keep it in the record"), self.keep_inside, "", "paperclip")
        self._done = plain(
            row(
                button(_("Open"), lambda: self._open(self._file), "", "external-link"),
                button(
                    _("Show in its folder"), lambda: self._open(self._file and self._file.parent), "", "folder-open"
                ),
                self._keep,
            )
        )
        self._done.hide()
        inside = plain(column(self.form, None))
        inside.layout().setContentsMargins(2, 0, 12, 8)
        order = scrolled(inside, _("What the report is about"))
        sides = QHBoxLayout()
        sides.setSpacing(14)
        sides.addWidget(order, 2)
        sides.addWidget(self._preview, 3)
        for part in (self._work, self._note, self._done):
            self.body.addWidget(part)
        self.body.addLayout(sides, 1)
        self._restored = False

    def reload(self) -> None:
        if not self._restored:
            self._restored = True
            self.desk.ask(draft_of, self.desk.record.person, self.key, None, then=self._restore, owner=self)

    def show_about(self, about: dict[str, Any] | None) -> None:
        """Begin the order with these values, once what was kept of an earlier one stands there."""
        super().show_about(about)
        if about:
            self.desk.ask(
                draft_of,
                self.desk.record.person,
                self.key,
                None,
                then=lambda _kept: self.form.restore(about),
                owner=self,
            )

    def preview(self) -> None:
        """Show the pages as they would be printed."""
        if (order := self.form.order("pdf")) is not None:
            self._make([order], lambda files: self._preview.show_pdf(files[0][1].content))

    def save(self) -> None:
        """Make the report in all its languages, show what leaves, and put it where the person says."""
        if orders := self.form.orders():
            self._make(orders, self._look)

    def keep_inside(self) -> None:
        """Keep what was just written in the record too, with the office, to be sent from there."""
        record, files = self.desk.record, self._files
        self._keep.setEnabled(False)  # or two clicks would keep it twice

        def put() -> None:
            office = record.read(office_id)
            for file in files:
                record.write(add_document, Office, office, file.name, file.read_bytes(), {"kind": "report"})

        def kept(_done: object) -> None:
            self._note.say(_("It is kept in the record, with the documents of the office."), "good")

        def refused(error: Exception) -> None:
            self._keep.setEnabled(True)
            self._refused(error)

        self.desk.tasks.with_record(put, kept, refused, self)

    def export(self) -> None:
        """Write the activities in scope as a 5W, for this audience."""
        with_reason(self.desk, self, self._export)

    def _export(self) -> None:
        if (order := self.form.order()) is None:
            return
        chosen, _filter = QFileDialog.getSaveFileName(
            self,
            _("Save the 5W"),
            str(settings.reports_folder() / f"5w-{order.language}.xlsx"),
            _("Workbooks (*.xlsx);;Tables (*.csv)"),
        )

        def saved(exported: Exported) -> None:
            self._saved([Path(chosen)], exported.notes)

        if chosen:
            self._begin(_("Writing the 5W…"))
            self.desk.tasks.with_record(
                lambda: export_fivew(self.desk.record, order.asked, order.language, Path(chosen)),
                saved,
                self._refused,
                self,
            )

    def _look(self, files: Files) -> None:
        order, first = files[0]
        if order.form == "pdf":
            self._preview.show_pdf(first.content)
        letters = "".join(dict.fromkeys("".join(each.unprintable for _order, each in files)))
        shown = replace(first, unprintable=letters)
        look_before_it_leaves(self.desk, order, shown, partial(self._ask_path, files), self)

    def _ask_path(self, files: Files, sent: Destination) -> None:
        names = [
            # Its reader's language: the name leaves with the file.
            clean_name(f"{title}-{order.language}.{SUFFIXES.get(order.form, order.form)}")
            for order, _made in files
            for title in [Words.of(order.language).gettext(report_called(order.report).title)]
        ]
        if len(files) > 1:
            folder = QFileDialog.getExistingDirectory(self, _("Folder for the reports"), str(settings.reports_folder()))
            paths = [_free(Path(folder) / name) for name in names] if folder else []
        else:
            form = files[0][0].form
            kind = f"{_(FORM_NAMES[form])} (*.{SUFFIXES.get(form, form)})"
            chosen, _filter = QFileDialog.getSaveFileName(
                self, _("Save the report"), str(settings.reports_folder() / names[0]), kind
            )
            paths = [Path(chosen)] if chosen else []
        if paths:
            self._leave(files, paths, sent)

    def _leave(self, files: Files, paths: Sequence[Path], sent: Destination) -> None:
        leaving = [(order, each, path) for (order, each), path in zip(files, paths, strict=True)]
        self.desk.tasks.with_record(
            lambda: leave_each(self.desk.record, leaving, sent),
            lambda _done: self._saved(paths, files[0][1].notes),
            self._refused,
            self,
        )

    def begin(self) -> None:
        self.form.focus_first()

    def look_for(self) -> None:
        self.form.focus_first()

    def keep_draft(self) -> None:
        if self.form.dirty:
            record, body = self.desk.record, self.form.draft()
            self.desk.tasks.with_record(lambda: record.note(keep_draft, record.person, self.key, None, body))

    def _begin(self, sentence: str) -> None:
        self._done.hide()
        self._note.say("")
        self._work.begin(sentence)

    def _begin_another(self) -> None:
        """What was said and shown of the report before is not about this one."""
        self._orders = ()
        self._work.cancel()
        self._done.hide()
        self._note.say("")
        self._preview.clear()

    def _make(self, orders: Sequence[Order], then: Callable[[Files], object]) -> None:
        self._begin(_("Reading the record…"))
        self._orders = orders

        def while_wanted(then: Callable[[Any], object]) -> Callable[[Any], object]:
            return lambda answer: then(answer) if self._orders is orders else None

        refused = while_wanted(self._refused)

        def elsewhere(work: Callable[..., Any], *args: Any, then: Callable[[Any], object], **more: Any) -> Any:
            return self.desk.tasks.elsewhere(work, *args, then=while_wanted(then), failed=refused, owner=self, **more)

        def done(files: Files) -> None:
            self._work.end()
            then(files)

        def cleared(found: Cleared) -> None:
            if orders[0].form == "pdf":
                elsewhere(first_page, found, orders[0], then=self._preview.show_pdf)
            self._work.runs(elsewhere(made_each, found, orders, then=done, progress=self._work.progress))

        def gathered(tables: Any) -> None:
            self._work.begin(_("Making the report…"))
            self._work.runs(elsewhere(clear, tables, orders[0].asked, then=cleared))

        self.desk.tasks.with_record(lambda: gather(self.desk.record, orders[0]), while_wanted(gathered), refused, self)

    def _saved(self, paths: Sequence[Path], notes: Notes) -> None:
        self._work.end()
        self._file, self._files = paths[0], tuple(paths)
        self._keep.setEnabled(True)
        settings.change(reports_folder=str(paths[0].parent))
        saved = [_("Saved: {file}").format(file=words().isolate(str(path))) for path in paths]
        to_know = notes.earlier or notes.given_away or notes.not_weighed
        self._note.say("\n".join((*saved, *told_once(), *told(notes, words()))), "warning" if to_know else "good")
        self._done.show()

    def _refused(self, error: Exception) -> None:
        self._work.end()
        if not (isinstance(error, InvalidValue) and self.form.refuse(error)):
            self.desk.refused(error, self._note)

    def _restore(self, draft: dict[str, Any] | None) -> None:
        if draft is not None:
            self.form.restore(draft)

    def _open(self, path: Path | None) -> None:
        if path is not None:
            open_outside(path, self._note)


def _free(path: Path) -> Path:
    """This name, or the next one that no file has: whoever chose a folder has not looked at what is in it."""
    others = (path.with_stem(f"{path.stem}-{number}") for number in count(2))
    return path if not path.exists() else next(one for one in others if not one.exists())

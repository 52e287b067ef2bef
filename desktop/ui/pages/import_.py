"""Import: a file, its columns, what would change, done. Nothing is stored before the last step, which is one deed."""

from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QStackedWidget

from db.queries.arrivals import held, kept_mappings
from desktop.deliver import write
from desktop.intake.errors import PasswordNeeded, WrongPassword
from desktop.intake.mapping import Mapping, loaded
from desktop.intake.plan import Decisions, Plan, Verdict
from desktop.intake.problems import problems_sheet
from desktop.render.sheet import write_xlsx
from desktop.ui.deeds import brought_in
from desktop.ui.desk import Desk
from desktop.ui.dialogs.raw import RawDialog
from desktop.ui.language import _, words
from desktop.ui.pages.import_columns import ColumnsStep
from desktop.ui.pages.import_done import DoneStep
from desktop.ui.pages.import_drafts import SettledDrafts
from desktop.ui.pages.import_file import FileStep
from desktop.ui.pages.import_mappings import Mappings
from desktop.ui.pages.import_preview import PreviewStep
from desktop.ui.pages.page import Page
from desktop.ui.parts import Note, button, scrolled, text
from desktop.ui.reading import Look, RawLook, look, planned
from desktop.ui.work import Work
from i18n import N_

FILE, COLUMNS, PREVIEW, DONE = range(4)
STEPS = (N_("1. File"), N_("2. Columns"), N_("3. Preview"), N_("4. Done"))


class ImportPage(Page):
    """Four steps; each can be gone back from."""

    key = "import"
    title = N_("Import")

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._path: Path | None = None
        self._plan: Plan | None = None
        self._decisions = Decisions()
        self._brought_back = False
        self._settled = SettledDrafts(desk)
        self._where = text("", "muted")
        self._work, self._note = Work(), Note()
        self._file, self._columns, self._preview = FileStep(), ColumnsStep(), PreviewStep(desk)
        self._mappings = Mappings(self, self._columns, lambda mapping: self._look_into(None, mapping))
        self._mappings.saved.connect(lambda said: self._note.say(said, "good"))
        self._mappings.refused.connect(self._refused)
        self._preview.save_asked.connect(self._save_problems)
        self._columns.asked.connect(lambda: self._look_into(self._columns.sheet))
        self._preview.decided.connect(self._decide)
        self._file.chosen.connect(self.take)
        self._file.unlock_asked.connect(self._look_into)
        self._back = button(_("Back"), self._go_back, "", "arrow-left")
        self._next = button(_("Next"), self._go_on, "primary", "arrow-right")
        self.buttons.addWidget(self._back)
        self.buttons.addWidget(self._next)
        self._done = DoneStep(desk, lambda: self._show_step(FILE))
        self._steps = QStackedWidget()
        file, columns, done = (
            scrolled(step, _(STEPS[number]))
            for number, step in ((FILE, self._file), (COLUMNS, self._columns), (DONE, self._done))
        )
        for step in (file, columns, self._preview, done):
            self._steps.addWidget(step)
        for part in (self._where, self._work, self._note):
            self.body.addWidget(part)
        self.body.addWidget(self._steps, 1)
        self.setAcceptDrops(True)
        self._show_step(FILE)

    @property
    def free(self) -> bool:
        """Whether no file is on its way in."""
        return self._path is None or self._steps.currentIndex() in (FILE, DONE)

    def take(self, path: Path) -> None:
        """Begin with this file."""
        self._path, self._plan = path, None
        self._decisions = Decisions(received_on=date.today())
        self._file.begin_with(path)
        self._look_into()

    def reload(self) -> None:
        self._done.look()

    def begin(self) -> None:
        (self._next if self._next.isVisible() else self._file.choice).setFocus()

    def new(self) -> None:
        self._show_step(FILE)
        self._file.choose()

    def save(self) -> None:
        self._go_on()

    # The steps.

    def _show_step(self, step: int) -> None:
        self._steps.setCurrentIndex(step)
        file = words().isolate(self._path.name) if self._path and step != FILE else ""
        self._where.setText(_("{step}: {file}").format(step=_(STEPS[step]), file=file) if file else _(STEPS[step]))
        self._back.setVisible(step in (COLUMNS, PREVIEW))
        self._next.setVisible(step in (COLUMNS, PREVIEW))
        self._next.setText(_("Bring in") if step == PREVIEW else _("Next"))
        self._note.say("")

    def _go_back(self) -> None:
        self._show_step(self._steps.currentIndex() - 1)

    def _go_on(self) -> None:
        match self._steps.currentIndex():
            case 0:
                self._file.choose()
            case 1:
                self._settled.read(self._decisions, self._begin_plan, self)
            case 2:
                self._bring_in()
            case _:
                self._show_step(FILE)

    # What each step does.

    def _look_into(self, sheet: str | None = None, mapping: Mapping | None = None) -> None:
        self._note.say("")
        self._work.begin(_("Reading the file…"))
        path, password = self._path, self._file.password

        def known(bodies: Any) -> None:
            kept = tuple(loaded(body, name) for name, body in bodies)
            self._work.runs(
                self.desk.tasks.elsewhere(
                    look, path, password, kept, mapping, sheet, then=self._seen, failed=self._refused, owner=self
                )
            )

        self.desk.ask(kept_mappings, then=known, owner=self)

    def _save_problems(self) -> None:
        plan, spoken = self._plan, words()
        if plan is None or self._path is None:
            return
        proposed = self._path.with_name(f"{self._path.stem}-2.xlsx")
        chosen, _filter = QFileDialog.getSaveFileName(
            self, _("Save the rows to put right"), str(proposed), _("Workbooks (*.xlsx)")
        )
        if chosen:
            said = _("Saved: {file}. It holds rows of the file, in the clear: remove it when it is put right.")
            said = said.format(file=words().isolate(chosen))
            self.desk.tasks.with_record(
                lambda: write(write_xlsx(problems_sheet(plan, spoken, date.today())), Path(chosen)),
                lambda _done: self._note.say(said, "good"),
                self._refused,
                self,
            )

    def _seen(self, seen: Look | RawLook) -> None:
        self._work.end()
        self._file.hide_lock()
        if isinstance(seen, RawLook):
            assert self._path is not None
            RawDialog(self.desk, self._path, self._file.password, self._brought, self).open()
            return
        self._columns.show_look(seen)
        self._settled.name = f"file {seen.digest} {seen.sheet}"
        self._show_step(COLUMNS)
        self._next.setFocus()

    def _begin_plan(self, decisions: Decisions, kept: bool) -> None:
        self._brought_back = kept and decisions != self._decisions
        self._make_plan(decisions)

    def _decide(self, decisions: Decisions) -> None:
        """What somebody settled is kept before the plan is made anew."""
        self._settled.keep(decisions)
        self._make_plan(decisions)

    def _make_plan(self, decisions: Decisions) -> None:
        mapping = self._columns.mapping()
        path, password, sheet = self._path, self._file.password, self._columns.sheet
        self._note.say("")
        self._work.begin(_("Comparing the file with the record…"))

        def compared(known: Any) -> None:
            self._work.runs(
                self.desk.tasks.elsewhere(
                    planned,
                    path,
                    password,
                    mapping,
                    known,
                    decisions,
                    sheet,
                    then=lambda plan: self._planned(plan, decisions),
                    failed=self._refused,
                    owner=self,
                )
            )

        self.desk.tasks.with_record(
            lambda: self.desk.record.read(held, mapping.holds.value), compared, self._refused, self
        )

    def _planned(self, plan: Plan, decisions: Decisions) -> None:
        self._work.end()
        first = self._steps.currentIndex() != PREVIEW
        self._plan, self._decisions = plan, decisions
        self._preview.show_plan(plan, decisions)
        self._next.setEnabled(not plan.arrival.empty)
        if first:
            self._show_step(PREVIEW)
        if first and self._brought_back:
            self._note.say(_("What you had settled in this file before was kept."), "good")
        if first or not plan.count(Verdict.PROBLEM):
            self._next.setFocus()
            self._preview.first_to_settle()

    def _bring_in(self) -> None:
        if self._plan is None or not self._next.isEnabled():
            return  # the key that saves presses no button that is out of reach
        self._work.begin(_("Bringing the file in, after a back-up of the record…"))
        self._next.setEnabled(False)
        record, arrival, left_out = self.desk.record, self._plan.arrival, self._plan.count(Verdict.PROBLEM)
        self.desk.tasks.with_record(
            lambda: brought_in(record, arrival), lambda deed: self._brought(deed, left_out), self._refused, self
        )

    def _brought(self, deed: UUID, left_out: int) -> None:
        assert self._path is not None
        self._work.end()
        self._settled.drop()
        self._done.tell(self._path, deed, left_out)
        self._show_step(DONE)

    def _refused(self, error: Exception) -> None:
        self._work.end()
        self._next.setEnabled(True)
        if isinstance(error, PasswordNeeded | WrongPassword):
            self._file.ask_password()
        if isinstance(error, PasswordNeeded):
            return
        self.desk.refused(error, self._note)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _dropped(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        if path := _dropped(event.mimeData()):
            self.take(path)


def _dropped(what: QMimeData) -> Path | None:
    paths = [Path(url.toLocalFile()) for url in what.urls() if url.isLocalFile()]
    return paths[0] if len(paths) == 1 else None

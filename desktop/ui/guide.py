"""The guide through the main job: a step at a time above the page, ticked once the record knows that it was done.

It comes by itself in a practice record only; in a real one somebody asks for it in the menu Help. How far a person is
stands with their drafts, in the record, and there alone: each window shows what is kept, and goes on from it.
"""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QFrame, QMenu, QPushButton, QWidget

from db.commands.drafts import draft_of, keep_draft
from db.queries.guided import Begun, done_since, so_far
from desktop.opening import PRACTICE_PASSPHRASE
from desktop.ui.desk import Desk
from desktop.ui.guide_steps import STEPS, Step
from desktop.ui.help import help_button, module_of
from desktop.ui.language import _, words
from desktop.ui.pages.page import Page
from desktop.ui.parts import Note, button, column, plain, row, text

if TYPE_CHECKING:
    from db.record import Record

GUIDE = "guide"
"""The name under which its progress stands among the drafts."""

_FIGURES = frozenset({"figure", "amount", "share", "paid", "actions", "lacking", "served"})
"""By one of these a list holds the rows behind a figure, as its dialog does."""

_LINES = 24
"""So many lines of text high, a window has room for it beside the work."""


@dataclass(frozen=True)
class Progress:
    """How far somebody is: which steps were seen done or skipped, and since when it counts."""

    changes: int
    issued: int
    seen: tuple[str, ...] = ()
    skipped: tuple[str, ...] = ()
    open: bool = True

    @property
    def left(self) -> list[Step]:
        """The steps that are neither done nor skipped."""
        return [step for step in STEPS if step.seen not in (*self.seen, *self.skipped)]


class Guide(QFrame):
    """The step to do next, the way to it, and the list of all; the same in every window on the record."""

    def __init__(self, desk: Desk, page: Callable[[], Page], point_at: Callable[[str], object]) -> None:
        super().__init__()
        self.setProperty("is", "guide")
        self._desk, self._page, self._point_at = desk, page, point_at
        self._progress: Progress | None = None
        self._at: Step | None = None
        self._away = False
        self._title, self._says, self._done = text("", "subtitle"), text(""), Note("good")
        self._go = button(_("Show me"), self._show_me, "", "arrow-right")
        self._skip = button(_("Skip"), self.skip, "link")
        self._all = QPushButton(_("All steps"))
        self._all.setProperty("is", "link")
        self._all.setMenu(QMenu(self._all))
        close = button(_("Close the guide"), self.put_away, "link")
        head = row(self._title, self._done, self._go, self._skip, self._all, close, help_button("practice"))
        lines = column(plain(head), self._says)
        lines.setContentsMargins(16, 6, 16, 6)
        lines.setSpacing(4)
        self.setLayout(lines)
        self.hide()
        self._pause = QTimer(self, singleShot=True, interval=300)
        self._pause.timeout.connect(self._look_around)
        QApplication.instance().focusChanged.connect(self._moved)
        desk.refresh.changed.connect(self._look)
        desk.refresh.noted.connect(self._follow)
        self._read(asked=False)

    def bring_back(self) -> None:
        """Show it because somebody asked for it."""
        self._read(asked=True)

    def put_away(self) -> None:
        """Close it, in every window, until somebody asks for it."""
        self._go_on(lambda progress: replace(progress, open=False))
        self.hide()
        self._page().begin()
        self._desk.say(_("The guide is in the menu Help."))

    def skip(self) -> None:
        """Go on to the next step without this one."""
        if self._at is not None:
            seen = self._at.seen
            self._go_on(lambda progress: replace(progress, skipped=_with(progress.skipped, seen)))

    def _read(self, *, asked: bool) -> None:
        record = self._desk.record

        def begin(kept: Progress | None) -> None:
            comes = kept.open if kept is not None else self._desk.practice
            roomy = self.window().height() >= self.fontMetrics().height() * _LINES
            if asked or (comes and roomy):
                self._go_on(lambda progress: _opened(progress) if asked else progress)
            elif comes:
                self._desk.say(_("The guide is in the menu Help."))

        self._desk.tasks.with_record(lambda: _kept(record), begin, owner=self)

    def _go_on(self, change: Callable[[Progress], Progress]) -> None:
        """Keep how far one is now, on from what is kept: in another window one may have gone on meanwhile."""
        record = self._desk.record

        def keep() -> Progress:
            kept = _kept(record)
            progress = change(kept or Progress(**asdict(record.read(so_far))))
            if progress != kept:
                record.note(keep_draft, record.person, GUIDE, None, asdict(progress))
            return progress

        self._desk.tasks.with_record(keep, self._take, lambda _error: None, self)

    def _follow(self) -> None:
        """A file may have left, of which the record itself says nothing; or one went on in another window."""
        if not self.isHidden():
            record = self._desk.record
            self._desk.tasks.with_record(lambda: _kept(record), self._take, lambda _error: None, self)
            self._look()

    def _take(self, progress: Progress | None) -> None:
        """Show how far one is, where that is news."""
        before = self._progress
        if progress is None or progress == before:
            return
        self._progress = progress
        passed = {*progress.seen, *progress.skipped} - {*(before or progress).seen, *(before or progress).skipped}
        if self._at is not None and self._at.seen in passed:
            self._at = None
        self.setVisible(progress.open)
        self._show()
        if done := [step for step in STEPS if step.seen in passed.intersection(progress.seen)]:
            self._done.say(_("Done: {step}").format(step=_(done[-1].title)))
        self._look()

    def _look(self) -> None:
        """Ask the record what was done."""
        if self._progress is not None and not self.isHidden():
            begun = Begun(self._progress.changes, self._progress.issued)
            self._desk.ask(done_since, begun, then=self._tick, failed=lambda _error: None, owner=self)

    def _moved(self, _before: QWidget | None, _now: QWidget | None) -> None:
        if self.isVisible():
            self._pause.start()  # what was opened is on show a moment later

    def _look_around(self) -> None:
        """What is only looked at: parts of the page, and dialogs."""
        if self._progress is not None and any(step.seen.startswith("shown:") for step in self._progress.left):
            parts = [*self._page().findChildren(QWidget), *QApplication.topLevelWidgets()]
            shown = {f"shown:{module_of(each)}" for each in parts if each.isVisible()}
            about = self._page().about
            if isinstance(about, Mapping) and not _FIGURES.isdisjoint(about):
                shown.add("shown:behind")
            self._tick(frozenset(shown))

    def _tick(self, facts: frozenset[str]) -> None:
        if self._progress is not None:
            done = [step.seen for step in STEPS if step.seen in facts]
            if not set(done) <= set(self._progress.seen):
                self._go_on(lambda progress: replace(progress, seen=_with(progress.seen, *done)))

    def _show(self) -> None:
        assert self._progress is not None
        left = self._progress.left
        self._at = self._at or (left[0] if left else None)
        for each in (self._go, self._skip):
            each.setVisible(self._at is not None)
        self._done.say("")
        if self._at is None:
            self._title.setText(_("That was the main job"))
            self._says.setText(_("Go on as you like: undo takes anything back, and the help is one key away (F1)."))
        else:
            place = _("Step {number} of {count}: {step}")
            number, count = words().number(STEPS.index(self._at) + 1), words().number(len(STEPS))
            self._title.setText(place.format(number=number, count=count, step=_(self._at.title)))
            besides = self._at.practice if self._desk.practice else ""
            said = [_(self._at.says), _(besides).format(passphrase=PRACTICE_PASSPHRASE) if besides else ""]
            self._says.setText("\n".join(filter(None, said)))
        menu = self._all.menu()
        menu.clear()
        for step in STEPS:
            action = menu.addAction(_(step.title), partial(self._choose, step))
            action.setCheckable(True)
            action.setChecked(step.seen in self._progress.seen)

    def _choose(self, step: Step) -> None:
        self._at = step
        self._show()
        self._go.setFocus()

    def _show_me(self) -> None:
        """Open the page of the step, or the menu in which its command stands."""
        step = self._at
        if step is None:
            return
        if step.command:
            self._point_at(step.command)
        elif self._desk.go(step.page, step.about):
            page: Any = self._page()
            if step.page == "import" and self._desk.practice and page.free:
                from desktop.sample import to_import

                page.take(to_import()[0])

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        # Not put away by the person, nor together with a window made small: locked with all windows.
        self._away = not self.isHidden() and not event.spontaneous()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._away:
            self._away = False
            self._tick(frozenset({"away"}))


def _kept(record: "Record") -> Progress | None:
    """How far whoever works here is, where they have begun."""
    kept = record.read(draft_of, record.person, GUIDE, None)
    if kept is None:
        return None
    return Progress(**{**kept, "seen": tuple(kept["seen"]), "skipped": tuple(kept["skipped"])})


def _opened(progress: Progress) -> Progress:
    """Asked for: where nothing is left, what was skipped comes again."""
    return replace(progress, open=True, skipped=progress.skipped if progress.left else ())


def _with(steps: tuple[str, ...], *more: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*steps, *more)))

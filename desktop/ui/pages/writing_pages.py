"""The real pages of a report beside its text: made in the other process at each pause, the newest only."""

from collections.abc import Callable

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.reports.report import WritersWords
from desktop.ui.composed import Printed, Weighed, pages
from desktop.ui.desk import Desk
from desktop.ui.language import _, words
from desktop.ui.parts import Note
from desktop.ui.preview import Preview


class PagesPart(QWidget):
    """Follows a text: asked again while pages are being made, it makes only those asked for last."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._wanted: Callable[[], tuple[Weighed, str, WritersWords]] | None = None
        self._busy = self._again = self._turn = False
        self._printed = Printed(b"")
        self._part = ""
        self._note = Note("warning")
        self.preview = Preview()
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.addWidget(self._note)
        lines.addWidget(self.preview, 1)

    def follow(self, wanted: Callable[[], tuple[Weighed, str, WritersWords]]) -> None:
        """What to print when it is time: the figures, the kind of report, the writer's words as they stand then."""
        self._wanted = wanted
        if self._busy:
            self._again = True
        elif self.isVisible():
            self._make()

    def show_kept(self, content: bytes) -> None:
        """Show pages that were kept: nothing is made anew of a frozen report."""
        self._wanted, self._again, self._printed = None, False, Printed(content)
        self._note.say(_("These are the pages as they were frozen. What the record says may have changed since."))
        self.preview.show_pdf(content)

    def show_part(self, part: str) -> None:
        """Turn to the page where this part begins, now or as soon as there are pages."""
        if part != self._part:
            self._part, self._turn = part, True
            self._show_place()

    def clear(self) -> None:
        """Another report."""
        self._wanted, self._again, self._part, self._printed = None, False, "", Printed(b"")
        self._note.say("")
        self.preview.clear()

    def _make(self) -> None:
        assert self._wanted is not None
        weighed, report, own = self._wanted()
        # Where nothing is on show yet, the first page comes by itself and the others after it.
        first = None if self._printed.content else 1
        self._busy, self._again = True, first is not None
        self._desk.tasks.elsewhere(
            pages,
            weighed.released,
            report,
            own,
            weighed.language,
            first,
            then=self._show,
            failed=self._failed,
            owner=self,
        )

    def _show(self, printed: Printed) -> None:
        self._busy = False
        if self._wanted is not None:
            first = not self._printed.content
            self._printed = printed
            self.preview.show_pdf(printed.content, 0 if first else None)
            self._show_place()
            self._say(printed)
        self._next()

    def _say(self, printed: Printed) -> None:
        if printed.unprintable:
            said = _("No font of ours has these letters; they stand on the page as a mark: {letters}")
            self._note.say(said.format(letters=words().isolate(" ".join(printed.unprintable))))
        else:
            self._note.say("")

    def _show_place(self) -> None:
        if self._turn and self._printed.content and self._part in self._printed.starts:
            self._turn = False
            self.preview.go(self._printed.starts[self._part])

    def _failed(self, error: Exception) -> None:
        self._busy = False
        self._desk.refused(error, self._note)
        self._next()

    def _next(self) -> None:
        if self._again and self._wanted is not None and self.isVisible():
            self._make()

    def showEvent(self, event: object) -> None:
        super().showEvent(event)  # type: ignore[arg-type]
        if self._wanted is not None and not self._busy:
            self._make()

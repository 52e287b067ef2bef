"""What is due, on show: lines with their day, what they are, why they are due and with whom; one click opens each.

Home, the page of an organisation and the form of an engagement show the same lines.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from db.queries.due import Due
from db.queries.engagements import Matter, OpenMatters, open_matters
from desktop.ui.desk import Desk
from desktop.ui.language import _, counted, words
from desktop.ui.parts import button, card, empty, plain, row, scrolled, text
from desktop.ui.tables.column import one_line
from i18n import N_

AT_MOST = 20
"""Lines of one sort; the lists have all of them."""

_REASONS = {"commitments": N_("Commitment"), "questions": N_("Question")}


@dataclass(frozen=True)
class Line:
    """One thing to do, in words of the screen."""

    kind: str
    id: UUID
    title: str
    reason: str
    whose: str
    on: date | None


def line_of(due: Due) -> Line:
    """A thing that is due by a day."""
    return Line(due.kind, due.id, due.title, _(due.reason), one_line(due.organisation or ""), due.due_on)


def line_of_matter(matter: Matter, whose: str | None = None) -> Line:
    """A promise or a question; with whom it is, or what else there is to say of it."""
    shown = whose if whose is not None else one_line(matter.organisation or "")
    return Line(matter.kind, matter.id, matter.title, _(_REASONS[matter.kind]), shown, matter.due_on)


def lines_card(desk: Desk, title: str, lines: Sequence[Line], today: date, *more: QWidget) -> QWidget:
    """Lines under their heading, those whose day has passed marked in words."""
    grid = QGridLayout()
    grid.setHorizontalSpacing(16)
    grid.setVerticalSpacing(2)
    for column, share in enumerate((0, 5, 3, 4)):
        grid.setColumnStretch(column, share)
    for place, line in enumerate(lines):
        day = words().date(line.on) if line.on else _("No date")
        late = line.on is not None and line.on < today
        when = text(day, "error" if late else "muted", wrap=False)
        when.setMinimumWidth(when.fontMetrics().averageCharWidth() * 14)
        opens = _Title(line.title, partial(desk.open, line.kind, line.id))
        said = _("{what}. {reason}. {day}").format(what=one_line(line.title), reason=line.reason, day=day)
        opens.setAccessibleName(said)
        for column, part in enumerate((when, opens, text(line.reason), text(line.whose, "muted"))):
            grid.addWidget(part, place, column)
    return card(text(title, "subtitle"), plain(grid), *more)


class OpenWith(QWidget):
    """What is open with one organisation, as a part of its page."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._inside = OpenLines(desk)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.addWidget(scrolled(self._inside, _("Open with this organisation")))

    def show_of(self, id: UUID, _title: str) -> None:
        """Look up what is open with this organisation."""
        self._inside.show_of(id)


class OpenLines(QWidget):
    """What is open with one organisation: what the next briefing with it begins with."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setProperty("is", "plain")
        self._desk = desk
        self._about: UUID | None = None
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(0, 8, 8, 0)

    def show_of(self, id: UUID | None) -> None:
        """Look up what is open with this organisation; nothing is shown of nobody."""
        self._about = id
        if id is None:
            empty(self._lines)
        else:
            self._desk.ask(open_matters, id, then=lambda found: self._show(id, found), owner=self)

    def _show(self, id: UUID, found: OpenMatters) -> None:
        if id != self._about:
            return
        empty(self._lines)
        self._lines.addWidget(text(_("Open with this organisation"), "subtitle"))
        if not found.any:
            self._lines.addWidget(text(_("Nothing was promised and nothing asked that is still open."), "muted"))
        for each in self._cards(found):
            self._lines.addWidget(each)
        self._lines.addStretch(1)

    def _cards(self, found: OpenMatters) -> Iterator[QWidget]:
        today = date.today()
        for title, matters in (
            (_("What we promised"), found.ours),
            (_("What was promised to us"), found.theirs),
            (_("Questions not answered"), found.questions),
        ):
            if matters:
                lines = [line_of_matter(each, _from(each)) for each in matters[:AT_MOST]]
                left = len(matters) - len(lines)
                more = [text(counted("and {count} more", "and {count} more", left), "muted")] if left else []
                yield lines_card(self._desk, title, lines, today, *more)
        if (step := found.next_step) is not None:
            open_it = partial(self._desk.open, "engagements", step.engagement_id)
            said = _("Next step, agreed on {day}: {step}").format(day=words().date(step.on), step=one_line(step.text))
            yield card(text(said), plain(row(button(_("Open the engagement"), open_it, "link"))))


def _from(matter: Matter) -> str:
    """Where it comes from."""
    if not matter.engagement:
        return ""
    return _("From “{engagement}”").format(engagement=one_line(matter.engagement))


class _Title(QPushButton):
    """A title that opens its page; what the line has no room for is in its tip."""

    def __init__(self, title: str, opens: Callable[[], object]) -> None:
        self._title = one_line(title) or "–"
        super().__init__(self._title)
        self.setProperty("is", "link")
        self.setAutoDefault(True)
        self.setToolTip(self._title)
        # However long a title is, it does not widen the window.
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setMinimumWidth(self.fontMetrics().averageCharWidth() * 20)
        self.clicked.connect(lambda _checked=False: opens())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        room = self.width() - self.fontMetrics().averageCharWidth() * 3
        self.setText(self.fontMetrics().elidedText(self._title, Qt.TextElideMode.ElideRight, room))

"""What is due, on show: lines with their day, what they are, why they are due and with whom; one click opens each.

Home, the page of an organisation and the form of an engagement show the same lines.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from db.queries.due import Due
from db.queries.engagements import Matter, OpenMatters
from desktop.ui.desk import Desk
from desktop.ui.language import _, words
from desktop.ui.parts import button, card, text
from desktop.ui.tables.column import one_line
from i18n import N_

LONGEST = 60
"""Letters of a title in a line; the rest is in its tip, and on its page."""

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
    for column, share in enumerate((0, 5, 4, 4)):
        grid.setColumnStretch(column, share)
    for row, line in enumerate(lines):
        day = words().date(line.on) if line.on else _("No date")
        late = line.on is not None and line.on < today
        opens = button(_cut(line.title), partial(desk.open, line.kind, line.id), "link")
        opens.setToolTip(one_line(line.title))
        said = _("{what}. {reason}. {day}").format(what=one_line(line.title), reason=line.reason, day=day)
        opens.setAccessibleName(said)
        parts = (text(day, "error" if late else "muted", wrap=False), opens, text(line.reason), text(line.whose, "muted"))
        for column, part in enumerate(parts):
            grid.addWidget(part, row, column, Qt.AlignmentFlag.AlignTop if column != 1 else Qt.AlignmentFlag())
    inside = QWidget()
    inside.setProperty("is", "plain")
    grid.setContentsMargins(0, 0, 0, 0)
    inside.setLayout(grid)
    return card(text(title, "subtitle"), inside, *more)


def matters_cards(desk: Desk, open_: OpenMatters, today: date) -> list[QWidget]:
    """What is open with one organisation: what we promised, what it promised, what it asked, what was to come next."""
    cards = [
        lines_card(desk, title, [line_of_matter(each, _from(each)) for each in matters], today)
        for title, matters in (
            (_("What we promised"), open_.ours),
            (_("What was promised to us"), open_.theirs),
            (_("Questions not answered"), open_.questions),
        )
        if matters
    ]
    if (step := open_.next_step) is not None:
        opens = button(_("Open the engagement"), partial(desk.open, "engagements", step.engagement_id), "link")
        said = _("Next step, agreed on {day}: {step}").format(day=words().date(step.on), step=one_line(step.text))
        cards.append(card(text(said), opens))
    return cards


def _from(matter: Matter) -> str:
    """Where it comes from."""
    if not matter.engagement:
        return ""
    return _("From “{engagement}”").format(engagement=one_line(matter.engagement))


def _cut(title: str) -> str:
    plain = " ".join(title.split()) or "–"
    return one_line(plain if len(plain) <= LONGEST else plain[: LONGEST - 1] + "…")

"""The page of a line of a framework, with what was done for it and for the lines under it, each thing once."""

from collections.abc import Callable, Sequence
from uuid import UUID

from PySide6.QtWidgets import QVBoxLayout, QWidget

from db.fields import field_of
from db.models import Training
from db.queries.engagements import Counted, Participants, counted_for
from db.queries.kinds import KINDS
from desktop.ui.desk import Desk
from desktop.ui.language import _, ngettext, words
from desktop.ui.pages.entry import EntryPage
from desktop.ui.parts import card, empty, row, text

COUNTS = (
    ("activities", "activities"),
    ("engagements", "engagements"),
    ("trainings", "trainings"),
    ("advocacy_actions", "advocacy-actions"),
    ("escalations", "escalations"),
    ("analyses", "analyses"),
    ("agreements", "agreements"),
)
"""What is counted, with its key in KINDS."""

TRAINED = (Training.women, Training.men, Training.not_said)


class ItemPage(EntryPage):
    """The page of one line."""

    def more_parts(self) -> Sequence[tuple[str, Callable[[], QWidget]]]:
        return ((_("What counts for it"), lambda: CountedPart(self.desk)),)


class CountedPart(QWidget):
    """What was done for a line, and who took part in its trainings as far as they were counted."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(0, 8, 0, 0)

    def show_of(self, id: UUID, _title: str) -> None:
        """Count what is tied to this line and to those under it."""
        self._desk.ask(counted_for, id, then=self._show, owner=self)

    def _show(self, found: Counted) -> None:
        empty(self._lines)
        self._lines.addWidget(text(_("Tied to this line and to the lines under it, each thing counted once."), "muted"))
        done = [_figure(getattr(found, key), _(KINDS[kind].name)) for key, kind in COUNTS]
        self._lines.addLayout(row(*done))
        if found.trainings:
            self._lines.addWidget(text(_("Participants in these trainings"), "subtitle"))
            trained = [_trained(getattr(found, each.key), _(field_of(each).name), found.trainings) for each in TRAINED]
            self._lines.addLayout(row(*trained))
        self._lines.addStretch(1)


def _figure(count: int, name: str, *more: QWidget) -> QWidget:
    return card(text(words().number(count), "figure"), text(name, "muted"), *more)


def _trained(people: Participants, name: str, trainings: int) -> QWidget:
    """A sum of those counted, and in how many trainings nobody counted: what is not known is never a zero."""
    if people.people is None:
        return card(text(_("Not collected"), "figure"), text(name, "muted"))
    if people.trainings == trainings:
        return _figure(people.people, name)
    said = ngettext(
        "Counted in {noted} of {count} training", "Counted in {noted} of {count} trainings", trainings
    ).format(noted=words().number(people.trainings), count=words().number(trainings))
    return _figure(people.people, name, text(said, "warning"))

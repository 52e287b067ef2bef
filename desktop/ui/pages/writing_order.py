"""The parts of a report in the writer's order: moved by the mouse or the keyboard, left out, brought back, renamed."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import count

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFont, QKeyEvent, QPalette
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from db.commands.reports import Arranged
from db.queries.reports import WrittenSection
from desktop.reports.building import ADDED, in_their_places
from desktop.ui.composed import LivePart
from desktop.ui.forms.inputs import TextEdit
from desktop.ui.icons import icon
from desktop.ui.language import _, words
from desktop.ui.parts import button, plain, row, text

_NAME = Qt.ItemDataRole.UserRole
_SPACING = 3


@dataclass(frozen=True)
class Placed:
    """A part in its place: as the report has it, and what its writer made of it."""

    part: LivePart
    shown: bool = True
    heading: str = ""
    section: WrittenSection | None = None

    @property
    def title(self) -> str:
        """What it is called in this report."""
        return self.heading or self.part.title

    def title_in(self, language: str) -> str:
        """The same in a language, where its heading was put into it."""
        texts = self.section.headings if self.section else ()
        return next((text.body for text in texts if text.language == language), self.title)


def placed(parts: Sequence[LivePart], sections: Sequence[WrittenSection]) -> list[Placed]:
    """The parts in the writer's order, those nobody placed where they are printed."""
    added = [LivePart(one.part, one.heading or "") for one in sections if one.part.startswith(ADDED)]
    known = {part.name: part for part in (*parts, *added)}
    held = {one.part: one for one in sections if one.part in known}
    order = in_their_places(list(held), [part.name for part in parts])
    return [
        Placed(known[name], one.shown, one.heading or "", one) if (one := held.get(name)) else Placed(known[name])
        for name in order
    ]


class OrderPart(QWidget):
    """The list of parts. `chosen` names the one to be written; `arranged` brings the whole order once it changed."""

    chosen = Signal(str)
    arranged = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._parts: list[Placed] = []
        self._named = ""
        """The part whose heading stands in the input."""
        self.list = _Parts()
        self.list.setAccessibleName(_("Parts of the report"))
        self.list.currentItemChanged.connect(self._move_to)
        self.list.dropped.connect(self._dropped)
        self.list.moved.connect(self.move_by)
        self._up = _small(_("Move up"), partial(self.move_by, -1), "arrow-up")
        self._down = _small(_("Move down"), partial(self.move_by, 1), "arrow-down")
        self._leave = _small(_("Leave out"), self.leave_out, "x")
        self._heading = TextEdit()
        self._heading.setAccessibleName(_("Heading of its own"))
        self._heading.editingFinished.connect(self._rename)
        self.list.setAccessibleDescription(_("Ctrl and the arrows move a part."))
        self.list.setToolTip(self.list.accessibleDescription())
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.addWidget(self.list, 1)
        lines.addWidget(text(_("Heading of its own"), "muted"))
        lines.addWidget(self._heading)
        self._add = _small(_("Add a part"), self.add, "plus")
        lines.addWidget(plain(row(self._up, self._down, self._leave, self._add)))
        self._allowed = True
        self._allow()

    def show_parts(self, parts: Sequence[Placed], current: str) -> None:
        """Show these parts, this one chosen."""
        self._parts = list(parts)
        self.list.blockSignals(True)
        self.list.clear()
        for one in self._parts:
            item = QListWidgetItem(_said(one))
            item.setData(_NAME, one.part.name)
            item.setToolTip(one.title)
            font = QFont(item.font())
            font.setStrikeOut(not one.shown)
            item.setFont(font)
            self.list.addItem(item)
            if one.part.name == current:
                self.list.setCurrentItem(item)
        self.list.blockSignals(False)
        self._allow()

    def allow(self, allowed: bool) -> None:
        """Whether the order can be changed."""
        self._allowed = allowed
        self._allow()

    @property
    def current(self) -> Placed | None:
        """The part that is chosen."""
        item = self.list.currentItem()
        name = item.data(_NAME) if item is not None else None
        return next((one for one in self._parts if one.part.name == name), None)

    def move_by(self, by: int) -> None:
        """Move the chosen part so many places down."""
        if (one := self.current) is None or not self._allowed:
            return
        at = self._parts.index(one)
        to = at + by
        if 0 <= to < len(self._parts):
            self._parts.insert(to, self._parts.pop(at))
            self._tell()

    def leave_out(self) -> None:
        """Leave the chosen part out, or bring it back."""
        if (one := self.current) is not None:
            self._parts[self._parts.index(one)] = replace(one, shown=not one.shown)
            self._tell()

    def add(self) -> None:
        """Add a part of the writer's own after the chosen one, to be named and written."""
        names = {one.part.name for one in self._parts}
        name = next(each for number in count(1) if (each := f"{ADDED}{number}") not in names)
        heading = _("A part of your own")
        at = self._parts.index(self.current) + 1 if self.current is not None else len(self._parts)
        self._parts.insert(at, Placed(LivePart(name, heading), True, heading))
        self._tell(name)
        self.chosen.emit(name)
        self._heading.setFocus()
        self._heading.selectAll()

    def _rename(self) -> None:
        one = self.current
        typed = self._heading.text().strip()
        if one is not None and typed != one.heading:
            self._parts[self._parts.index(one)] = replace(one, heading=typed)
            self._tell()

    def _dropped(self) -> None:
        names = [self.list.item(place).data(_NAME) for place in range(self.list.count())]
        by_name = {one.part.name: one for one in self._parts}
        self._parts = [by_name[name] for name in names]
        self._tell()

    def _tell(self, current: str = "") -> None:
        chosen = self.current
        self.show_parts(self._parts, current or (chosen.part.name if chosen else ""))
        self.arranged.emit([Arranged(one.part.name, one.shown, one.heading or None) for one in self._parts])

    def _move_to(self, item: QListWidgetItem | None) -> None:
        self._allow()
        if item is not None:
            self.chosen.emit(item.data(_NAME))

    def _allow(self) -> None:
        one = self.current
        at = self._parts.index(one) if one is not None else -1
        self._up.setEnabled(self._allowed and at > 0)
        self._down.setEnabled(self._allowed and 0 <= at < len(self._parts) - 1)
        self._leave.setEnabled(self._allowed and one is not None)
        self._add.setEnabled(self._allowed)
        stands = one is None or one.shown
        _call(self._leave, _("Leave out") if stands else _("Bring back"), "x" if stands else "undo-2")
        self._heading.setEnabled(self._allowed and one is not None)
        heading = one.heading if one is not None else ""
        typing = self._heading.hasFocus() and self._heading.isModified()
        if self._heading.text() != heading and not (typing and one is not None and one.part.name == self._named):
            self._heading.setText(heading)
            self._heading.setCursorPosition(0)
        self._named = one.part.name if one is not None else ""
        self.list.setDragEnabled(self._allowed)


class _Lines(QStyledItemDelegate):
    """As high as the words are in the room there is: Qt forgets the space around a line, and cuts its last word."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        room = option.rect
        room.setWidth(room.width() - 2 * _SPACING)
        option.rect = room
        return super().sizeHint(option, index)


class _Parts(QListWidget):
    """The list itself: a part is dragged, or moved with Ctrl and the arrows."""

    dropped = Signal()
    moved = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setWordWrap(True)
        self.setSpacing(_SPACING)
        self.setItemDelegate(_Lines(self))
        self.setTextElideMode(Qt.TextElideMode.ElideNone)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def dropEvent(self, event: object) -> None:
        super().dropEvent(event)  # type: ignore[arg-type]
        QTimer.singleShot(0, self, self.dropped.emit)  # once Qt has done with what was dragged

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier and event.key() in steps:
            self.moved.emit(steps[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)


def _small(name: str, does: Callable[[], object], drawing: str) -> QPushButton:
    """A button with a drawing alone: the column of parts is narrow."""
    made = button("", does, "small")
    _call(made, name, drawing)
    return made


def _call(made: QPushButton, name: str, drawing: str) -> None:
    """Say what such a button does."""
    made.setIcon(icon(drawing, QPalette.ColorRole.ButtonText))
    made.setAccessibleName(name)
    made.setToolTip(name)


def _said(one: Placed) -> str:
    named = words().isolate(one.title)
    return named if one.shown else _("{part} (left out)").format(part=named)

"""The input of a link: something else of the record, found by typing a part of its name, one key away from its page."""

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPalette, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QCompleter, QLineEdit, QToolButton, QWidget

from db.errors import InvalidValue
from db.queries.in_language import entries_like_in
from desktop.ui.desk import Desk
from desktop.ui.forms.inputs import at_the_beginning, mirrored
from desktop.ui.icons import icon
from desktop.ui.language import _, words
from i18n import N_


class UnknownName(InvalidValue):
    message = N_("“{field}”: choose one from the list that appears while you type.")


Found = Sequence[tuple[Any, str]]


class LinkEdit(QLineEdit):
    """Something else of the record. `tool` is a button that opens its page, where there is one to open."""

    edited = Signal()

    def __init__(
        self,
        search: Callable[[str, Callable[[Found], object], QWidget], None],
        open_page: Callable[[UUID], object] | None = None,
    ) -> None:
        super().__init__()
        self._search, self._id, self._known = search, None, dict[str, Any]()
        self._left_out: UUID | None = None
        self._names = QStandardItemModel(self)
        completer = QCompleter(self._names, self)
        completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.activated[QModelIndex].connect(self._chosen)  # type: ignore[index]  # unknown to Qt's stubs
        self.setCompleter(completer)
        self._pause = QTimer(self, singleShot=True, interval=150)
        self._pause.timeout.connect(lambda: search(self.text(), self._found, self))
        self.textEdited.connect(self._typed)
        self.setPlaceholderText(_("Type a part of the name"))
        if mirrored():
            self.setAlignment(at_the_beginning())
        self.tool: QToolButton | None = None
        if open_page is not None:
            self.tool = QToolButton()
            self.tool.setIcon(icon("external-link", QPalette.ColorRole.ButtonText))
            self.tool.setToolTip(_("Open its page"))
            self.tool.setEnabled(False)
            self.tool.clicked.connect(lambda _checked=False: open_page(self._id) if self._id else None)

    def leave_out(self, id: UUID) -> None:
        """Never offer this one: nothing points at itself."""
        self._left_out = id

    def value(self, field: str) -> Any:
        if not self.text().strip():
            return self._id  # emptied by a person it points at nothing; what has no name still points at something
        if self._id is None and (only := self._known.get(self.text())) is not None:
            return only
        if self._id is None:
            raise UnknownName(field)
        return self._id

    def show_value(self, value: tuple[Any, str] | None) -> None:
        """Show an id with its name."""
        id, name = value or (None, "")
        self._point_at(id)
        self.setText(name)
        self.setCursorPosition(0)

    def state(self) -> Any:
        return [str(self._id) if self._id else None, self.text()]

    def show_state(self, state: Any) -> None:
        id, name = state or (None, "")
        self.show_value((UUID(id) if id else None, name))

    def setAccessibleName(self, name: str) -> None:
        super().setAccessibleName(name)
        if self.tool is not None:
            self.tool.setAccessibleName(_("Open the page of “{field}”").format(field=name))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Down lists what there is: who does not know the names has nothing to type."""
        if event.key() == Qt.Key.Key_Down and not self.isReadOnly():
            self._search(self.text(), self._list, self)
        else:
            super().keyPressEvent(event)

    def _list(self, offered: Found) -> None:
        self._found(offered)
        if self.hasFocus():
            self.completer().complete()

    def _typed(self, _text: str) -> None:
        self._point_at(None)
        self._pause.start()
        self.edited.emit()

    def _found(self, offered: Found) -> None:
        found = [(id, name) for id, name in offered if id != self._left_out]
        times = Counter(name for _id, name in found)
        # Two of one name are told apart by pointing at one of them, never by typing the name.
        self._known = {name: id for id, name in found if times[name] == 1}
        self._names.clear()
        for id, name in found:
            item = QStandardItem(name)
            item.setData(id, Qt.ItemDataRole.UserRole)
            self._names.appendRow(item)
        if not found:
            nothing = QStandardItem(_("Nothing found"))
            nothing.setFlags(Qt.ItemFlag.NoItemFlags)  # read, never chosen
            self._names.appendRow(nothing)
        if self.hasFocus() and self.text():
            self.completer().complete()

    def _chosen(self, index: QModelIndex) -> None:
        self._point_at(index.data(Qt.ItemDataRole.UserRole))
        self.edited.emit()

    def _point_at(self, id: Any) -> None:
        self._id = id
        if self.tool is not None:
            self.tool.setEnabled(id is not None)


def entry_link(desk: Desk, table: str) -> LinkEdit:
    """A link to whatever is kept in this table."""
    return LinkEdit(
        lambda typed, then, owner: desk.ask(entries_like_in, words(), table, typed, then=then, owner=owner),
        lambda id: desk.open_row(table, id),
    )

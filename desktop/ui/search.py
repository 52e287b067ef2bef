"""The one search box, in the head of the window: results under it as one types, an arrow, Enter."""

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPoint, QSize, Qt, QTimer
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QWidget

from desktop.ui.desk import Desk
from desktop.ui.icons import icon
from desktop.ui.language import _, words

if TYPE_CHECKING:
    from db.queries.found import Found

_SHOWN = 12


class Search(QLineEdit):
    """Finds anything in the record while somebody types, what is called so first."""

    def __init__(self, desk: Desk, window: QWidget) -> None:
        super().__init__()
        self._desk = desk
        self.setPlaceholderText(_("Search everything (Ctrl+K)"))
        self.setAccessibleName(_("Search everything"))
        self.addAction(icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        self.found = QListWidget(window)
        self.found.setAccessibleName(_("Found"))
        self.found.setProperty("is", "found")
        self.found.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the cursor stays in the box
        self.found.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.found.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.found.hide()
        self.found.itemClicked.connect(self._go)
        self._pause = QTimer(self, singleShot=True, interval=120)
        self._pause.timeout.connect(self._ask)
        self.textEdited.connect(lambda _text: self._pause.start())

    def begin(self) -> None:
        """Take the keyboard; what stands there is typed over."""
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.selectAll()

    def _ask(self) -> None:
        from db.queries.in_language import search_in

        typed = self.text()
        if typed.strip():
            self._desk.ask(search_in, words(), typed, then=lambda found: self._show(typed, found), owner=self)
        else:
            self.found.hide()

    def _show(self, typed: str, found: "tuple[Found, ...]") -> None:
        if typed != self.text() or not self.hasFocus():
            return
        self.found.clear()
        for each in found:
            item = QListWidgetItem(_line(each))
            item.setData(Qt.ItemDataRole.UserRole, (each.entity, each.id))
            self.found.addItem(item)
        if not found:
            nothing = QListWidgetItem(_("Nothing found"))
            nothing.setFlags(Qt.ItemFlag.NoItemFlags)
            self.found.addItem(nothing)
        self.found.setCurrentRow(0)
        self._place()

    def _place(self) -> None:
        """Under the box, as wide as it is, no longer than what was found."""
        parent = self.found.parentWidget()
        assert parent is not None
        line = self.found.sizeHintForRow(0)
        high = min(self.found.count(), _SHOWN) * line + 2 * self.found.frameWidth() + 4
        below = self.mapTo(parent, QPoint(0, self.height() + 2))
        self.found.setGeometry(below.x(), below.y(), self.width(), min(high, parent.height() - below.y() - 8))
        self.found.raise_()
        self.found.show()

    def _go(self, item: QListWidgetItem | None) -> None:
        target: Any = item.data(Qt.ItemDataRole.UserRole) if item is not None else None
        if target is not None:
            self.found.hide()
            self.clear()
            self._desk.open_row(*target)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        shown = self.found.isVisible()
        match event.key():
            case (Qt.Key.Key_Down | Qt.Key.Key_Up) as key if shown:
                step = 1 if key == Qt.Key.Key_Down else -1
                self.found.setCurrentRow((self.found.currentRow() + step) % self.found.count())
            case Qt.Key.Key_Return | Qt.Key.Key_Enter if shown:
                self._go(self.found.currentItem())
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self._ask()
            case Qt.Key.Key_Escape if shown:
                self.found.hide()
            case _:
                super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.found.hide()

    def sizeHint(self) -> QSize:
        return QSize(self.fontMetrics().averageCharWidth() * 60, super().sizeHint().height())


def _line(found: "Found") -> str:
    from db.queries.table_kinds import one_of_table

    title = words().isolate(found.title or _("without a name"))
    kind = _(one_of_table(found.entity))
    if not found.where:
        return _("{title} · {kind}").format(title=title, kind=kind)
    return _("{title} · {kind} · {where}").format(title=title, kind=kind, where=words().isolate(found.where))

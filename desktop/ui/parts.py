"""The few small things every page is made of: titles, cards, notes, buttons. The theme says how each looks."""

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QKeySequence, QPalette, QShortcut
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from desktop.ui.flow import Flow
from desktop.ui.icons import icon

L = TypeVar("L", bound=QBoxLayout)

_ANSWERS = ("Ctrl+Return", "Ctrl+Enter")
"""As whoever writes in a field of several lines looks for: there Enter begins a new one."""


def text(words: str, kind: str = "", wrap: bool = True) -> QLabel:
    """A piece of text of this kind: title, subtitle, figure, muted, error, good, warning, code."""
    label = QLabel(words)
    # What people and files wrote is never markup.
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(wrap)
    label.setAlignment(_reading_side())
    if kind:
        label.setProperty("is", kind)
    return label


def button(words: str, on_click: Callable[[], object], kind: str = "", drawing: str = "") -> QPushButton:
    """A button; one `primary` a page. Enter presses the one that has the focus, on a page as in a dialog."""
    made = QPushButton(words)
    made.setAutoDefault(True)
    line = made.fontMetrics().height()
    made.setIconSize(QSize(line, line))
    made.clicked.connect(lambda _checked=False: on_click())
    if kind:
        made.setProperty("is", kind)
    if drawing:
        roles = {"primary": QPalette.ColorRole.HighlightedText, "link": QPalette.ColorRole.Link}
        made.setIcon(icon(drawing, roles.get(kind, QPalette.ColorRole.ButtonText)))
    return made


def answered_by_keys(dialog: QWidget, answer: QPushButton, *, saves: bool = True) -> None:
    """Let keys press this button of a dialog. Ctrl+S saves and nothing else: by habit it would erase or hand over."""
    for keys in (*(("Ctrl+S",) if saves else ()), *_ANSWERS):
        presses = QShortcut(QKeySequence(keys), dialog)
        presses.setAutoRepeat(False)  # a key that is held down presses once
        presses.activated.connect(answer.click)


def row(*parts: QWidget) -> Flow:
    """Parts side by side, in more than one line where they need it."""
    return Flow(*parts)


def row_at_end(*parts: QWidget) -> QHBoxLayout:
    """Parts side by side at the end of the line, as the answers of a dialog stand."""
    return _filled(QHBoxLayout(), (None, *parts))


def column(*parts: QWidget | None) -> QVBoxLayout:
    """Parts one under the other; None takes up the room that is left."""
    return _filled(QVBoxLayout(), parts)


def card(*parts: QWidget | None) -> QFrame:
    """Parts that belong together, on a surface of their own."""
    frame = QFrame()
    frame.setProperty("is", "card")
    layout = column(*parts)
    layout.setContentsMargins(16, 14, 16, 14)
    frame.setLayout(layout)
    return frame


def plain(layout: QLayout) -> QWidget:
    """A widget around a layout."""
    widget = QWidget()
    widget.setProperty("is", "plain")
    layout.setContentsMargins(0, 0, 0, 0)
    widget.setLayout(layout)
    return widget


def scrolled(inside: QWidget, name: str) -> QScrollArea:
    """What may be longer than the window; reached by the keyboard through what stands in it."""
    area = _Scrolled()
    area.setProperty("is", "plain")
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setAccessibleName(name)
    area.setWidget(inside)
    return area


def scrolled_cards(name: str) -> tuple[QScrollArea, QVBoxLayout]:
    """A scrolled column of cards to be read, no wider than the eye follows a line; and the column, to be filled."""
    cards = column()
    inside = plain(cards)
    inside.setMaximumWidth(round(inside.fontMetrics().averageCharWidth() * 120))
    cards.setContentsMargins(2, 8, 12, 8)
    cards.setSpacing(10)
    return scrolled(inside, name), cards


def make_room(dialog: QWidget) -> None:
    """Let a dialog be as tall as what it says: sentences that wrap need more than Qt proposes."""
    lines = dialog.layout()
    lines.activate()
    had = dialog.height() if dialog.isVisible() else 0
    dialog.resize(dialog.width(), max(had, lines.totalHeightForWidth(dialog.width())))


def bring_into_view(*inside: QWidget) -> None:
    """Scroll to what stands in something scrolled; of several the last is seen for certain."""
    for each in inside:
        around = each.parentWidget()
        while around is not None and not isinstance(around, QScrollArea):
            around = around.parentWidget()
        if around is not None:
            around.ensureWidgetVisible(each, 0)


class _Scrolled(QScrollArea):
    """Never narrower than what stands in it: it scrolls up and down only."""

    def minimumSizeHint(self) -> QSize:
        inside, bar = self.widget().minimumSizeHint().width(), self.verticalScrollBar().sizeHint().width()
        return QSize(inside + bar, super().minimumSizeHint().height())


class Note(QLabel):
    """A sentence that appears when there is something to say and is read out by a screen reader then."""

    def __init__(self, kind: str = "error") -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setAlignment(_reading_side())
        self.setProperty("is", kind)
        self.hide()

    def say(self, words: str, kind: str | None = None) -> None:
        """Show these words; nothing when they are empty."""
        if kind is not None and kind != self.property("is"):
            self.setProperty("is", kind)
            self.style().unpolish(self)
            self.style().polish(self)
        self.setText(words)
        self.setVisible(bool(words))
        if words:
            from PySide6.QtGui import QAccessible, QAccessibleEvent

            QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))


def empty(layout: QLayout) -> None:
    """Take everything out of a layout, to fill it anew: the keyboard comes back to the same button if it was on one."""
    holder = layout.parentWidget()
    left = holder.window().focusWidget() if holder is not None else None
    if holder is not None and left is not None and holder.isAncestorOf(left):
        named = left.accessibleName() or getattr(left, "text", str)()
        # Once whoever empties has filled; without it the keyboard would be on the window's first button, the way back.
        QTimer.singleShot(0, holder, lambda: _return_to(holder, named))
    _take_out(layout)


def _return_to(holder: QWidget, named: str) -> None:
    """Put the keyboard on the button of this name, or on the page where there is none any more."""
    for each in holder.findChildren(QPushButton):
        if named and named in (each.accessibleName(), each.text()) and not each.isHidden():
            each.setFocus()
            return
    page: QWidget | None = holder
    while page is not None and page.property("is") != "page":
        page = page.parentWidget()
    if page is not None and not page.isAncestorOf(page.window().focusWidget()):
        page.setFocus()


def _take_out(layout: QLayout) -> None:
    while (item := layout.takeAt(0)) is not None:
        if widget := item.widget():
            # Qt shows what was just laid out a moment later: without a parent that would be a window of its own.
            widget.hide()
            widget.setParent(None)
            widget.deleteLater()
        elif inner := item.layout():
            _take_out(inner)


def _reading_side() -> Qt.AlignmentFlag:
    # A label follows the direction of its own text: a French name would stand on the wrong side of an Arabic window.
    if QGuiApplication.layoutDirection() == Qt.LayoutDirection.RightToLeft:
        return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter
    return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


def _filled(layout: L, parts: tuple[QWidget | None, ...]) -> L:
    for part in parts:
        if part is None:
            layout.addStretch(1)
        else:
            layout.addWidget(part)
    return layout

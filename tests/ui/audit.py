"""What a keyboard, a screen reader and a longer language meet in a window, found by walking through it."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QCheckBox,
    QLabel,
    QPushButton,
    QTableView,
    QWidget,
)


def on_show(window: QWidget) -> Iterator[QWidget]:
    """What a window shows, without the pages that stand behind; most of a window is hidden at any time."""
    for child in window.children():
        if isinstance(child, QWidget) and not child.isHidden():
            yield child
            yield from on_show(child)


def focusable(window: QWidget) -> list[QWidget]:
    """Everything on show that the Tab key should stop at."""
    return [
        widget
        for widget in on_show(window)
        if widget.isEnabled()
        and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and widget.focusProxy() is None
        and not _is_a_part(widget)
        and not (isinstance(widget, QAbstractButton) and widget.autoExclusive() and not widget.isChecked())
    ]


def unnamed(window: QWidget) -> list[str]:
    """What a screen reader would call by nothing."""
    return [_described(widget) for widget in focusable(window) if not _name(widget)]


def lost_by_keyboard(window: QWidget) -> list[str]:
    """What Tab never reaches, and what neither Tab nor Shift+Tab can leave: a trap hides all that lies behind it."""
    wanted = focusable(window)
    if len(wanted) < 2:
        return []
    walked = list(_walk(window, wanted, Qt.KeyboardModifier.NoModifier))
    back = list(_walk(window, wanted, Qt.KeyboardModifier.ShiftModifier))
    held = {_described(one) for way in (walked, back) for one, after in pairwise(way) if one is after}
    return sorted(held | {_described(widget) for widget in set(wanted) - set(walked)})


def cut_off(window: QWidget) -> list[str]:
    """Text that has less room than it needs."""
    found = []
    for widget in on_show(window):
        if not widget.width():
            continue
        match widget:
            case QLabel() if widget.text() and widget.wordWrap():
                short = widget.height() + 2 < widget.heightForWidth(widget.width())
                short = short or _longest_word(widget) > widget.width() + 2
            case QLabel() if widget.text():
                short = widget.width() + 2 < widget.sizeHint().width()
            case QPushButton() | QCheckBox():
                short = widget.width() + 2 < widget.minimumSizeHint().width()
            case QTableView():
                header = widget.horizontalHeader()
                short = any(
                    header.sectionSize(section) + 2 < header.sectionSizeHint(section)
                    for section in range(header.count())
                    if not header.isSectionHidden(section)
                )
            case _:
                continue
        if short:
            found.append(_described(widget))
    return found


def not_translated(window: QWidget) -> list[str]:
    """In the pseudo-language, every text of ours stands between its marks; what people wrote is isolated."""
    texts = []
    for widget in window.findChildren(QWidget):
        if isinstance(widget, QLabel | QAbstractButton) and widget.isVisibleTo(window):
            texts.append("" if widget.property("is") == "code" else widget.text())
        texts += [widget.toolTip(), widget.accessibleName(), widget.windowTitle()]
        if hasattr(widget, "placeholderText"):
            texts.append(widget.placeholderText())
    return [text for text in texts if any(letter.isalpha() for letter in text) and not _ours_or_theirs(text)]


def _ours_or_theirs(text: str) -> bool:
    return "⟦" in text or text.startswith("\u2068") or text == "Jalon"


def _walk(window: QWidget, wanted: Sequence[QWidget], back: Qt.KeyboardModifier) -> Iterator[QWidget]:
    wanted[0].setFocus()
    for _step in range(len(wanted) + 10):
        now = window.focusWidget()
        if now is None:
            return
        yield now
        QTest.keyClick(now, Qt.Key.Key_Tab, back)


def _is_a_part(widget: QWidget) -> bool:
    """The viewport of a view, the line inside a box: reached as the thing they belong to."""
    parent = widget.parentWidget()
    return isinstance(parent, QAbstractScrollArea) and parent.viewport() is widget


def _name(widget: QWidget) -> str:
    interface = QAccessible.queryAccessibleInterface(widget)
    if isinstance(widget, QAbstractItemView) and widget.accessibleName():
        return widget.accessibleName()
    name = interface.text(QAccessible.Text.Name).strip()
    # A combo box goes by its value on some systems: it needs a label or a name of its own.
    if name and (widget.metaObject().className() != "QComboBox" or widget.accessibleName()):
        return name
    related = [one for one, kind in interface.relations() if kind & QAccessible.RelationFlag.Label]
    return related[0].text(QAccessible.Text.Name) if related else ""


def _longest_word(label: QLabel) -> int:
    return max((label.fontMetrics().horizontalAdvance(word) for word in label.text().split()), default=0)


def _described(widget: QWidget) -> str:
    text = getattr(widget, "text", lambda: "")()
    return f"{type(widget).__name__} {widget.accessibleName() or text!r} in {type(widget.parent()).__name__}"

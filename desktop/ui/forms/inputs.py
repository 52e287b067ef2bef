"""Inputs of text and of days. Each reads and shows one value, and says when a person changed it.

Days are typed as text and read by the same `Words` that writes them everywhere else, so that what is shown can be
typed back, in any digits.
"""

from datetime import date
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit

from db.errors import InvalidValue
from desktop.ui.language import _, words
from i18n import N_

_LEFT, _RIGHT = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
_MARKS = dict.fromkeys(map(ord, "\u200e\u200f\u061c\u2066\u2067\u2068\u2069"))


class UnreadDate(InvalidValue):
    message = N_("“{field}” is not a day of the calendar. Write it like this: {example}")

    def values(self, words: Any) -> dict[str, str]:
        return super().values(words) | {"example": words.date(date.today(), "short")}


class TextEdit(QLineEdit):
    """A line of text."""

    edited = Signal()

    def __init__(self, *, left_to_right: bool = False) -> None:
        super().__init__()
        self.textEdited.connect(lambda _text: self.edited.emit())
        if left_to_right:  # addresses, links and codes keep their order in any language
            self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        elif mirrored():  # a French name would else carry the line, and an empty one the cursor, to the other side
            self.setAlignment(at_the_beginning())

    def value(self, _field: str) -> Any:
        return self.text().strip() or None

    def show_value(self, value: Any) -> None:
        self.setText("" if value is None else str(value))
        self.setCursorPosition(0)

    def state(self) -> Any:
        return self.text()

    def show_state(self, state: Any) -> None:
        self.setText(str(state or ""))


class CodeEdit(TextEdit):
    """A code, an address or a link: from left to right in any language."""

    def __init__(self) -> None:
        super().__init__(left_to_right=True)


class LongTextEdit(QPlainTextEdit):
    """Several lines of text; Tab goes on to the next field."""

    edited = Signal()

    def __init__(self, lines: int = 4) -> None:
        super().__init__()
        self.setTabChangesFocus(True)
        self.setFixedHeight(self.fontMetrics().lineSpacing() * lines + 22)
        self.textChanged.connect(self.edited)

    def value(self, _field: str) -> Any:
        return self.toPlainText().strip() or None

    def show_value(self, value: Any) -> None:
        self.blockSignals(True)
        self.setPlainText(value or "")
        self.blockSignals(False)

    def state(self) -> Any:
        return self.toPlainText()

    def show_state(self, state: Any) -> None:
        self.show_value(str(state or ""))


class FigureEdit(TextEdit):
    """A line of figures: in their own order while it is typed, and where the reader's lines begin.

    Left to Qt, figures alone stand on the left in an Arabic window, and a day turns round when its last sign is typed.
    """

    def __init__(self) -> None:
        super().__init__(left_to_right=True)
        self.setAlignment(at_the_beginning())

    def show_figures(self, figures: str) -> None:
        """Show a number or a day without the marks that turn it round: here it stands by itself."""
        self.setText(figures.translate(_MARKS))


class DateEdit(FigureEdit):
    """A day, typed as people write it."""

    def __init__(self) -> None:
        super().__init__()
        example = words().date(date.today(), "short").translate(_MARKS)
        # As a sentence of its own, in the reader's direction: a bare day would look like one that was typed.
        self.setPlaceholderText(words().isolate(_("For example {day}").format(day=example)))

    def value(self, field: str) -> date | None:
        if not (typed := self.text().strip()):
            return None
        if (day := words().parse_date(typed).value) is None:
            raise UnreadDate(field)
        return day

    def show_value(self, value: date | None) -> None:
        self.show_figures("" if value is None else words().date(value, "short"))


def at_the_beginning() -> Qt.AlignmentFlag:
    """Where the lines of the screen's language begin, whatever is typed: by itself Qt goes by the first letter."""
    return (_RIGHT if mirrored() else _LEFT) | Qt.AlignmentFlag.AlignAbsolute


def mirrored() -> bool:
    """Whether the screen's language is written from right to left."""
    return QGuiApplication.layoutDirection() == Qt.LayoutDirection.RightToLeft

"""Inputs of text and of days. Each reads and shows one value, and says when a person changed it.

Days are typed as text and read by the same `Words` that writes them everywhere else, so that what is shown can be
typed back, in any digits.
"""

from datetime import date
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit

from db.errors import InvalidValue
from desktop.ui.language import words
from i18n import N_


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


class DateEdit(TextEdit):
    """A day, typed as people write it."""

    def __init__(self) -> None:
        super().__init__()
        self.setPlaceholderText(words().date(date.today(), "short"))

    def value(self, field: str) -> date | None:
        if not (typed := self.text().strip()):
            return None
        if (day := words().parse_date(typed).value) is None:
            raise UnreadDate(field)
        return day

    def show_value(self, value: date | None) -> None:
        self.setText("" if value is None else words().date(value, "short"))

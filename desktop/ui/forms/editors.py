"""Inputs, one a kind of value. Each reads and shows one value, and says when a person changed it.

Dates and numbers are typed as text and read by the same `Words` that writes them everywhere else, so that what is
shown can be typed back, in any digits.
"""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from PySide6.QtCore import QStringListModel, Qt, QTimer, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QCompleter, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from db.errors import InvalidValue
from db.fields import Attribute, field_of
from desktop.ui.language import _, words
from i18n import N_


class UnreadDate(InvalidValue):
    message = N_("“{field}” is not a date. Write it like this: {example}")

    def values(self, words: Any) -> dict[str, str]:
        return super().values(words) | {"example": words.date(date.today())}


class UnreadNumber(InvalidValue):
    message = N_("“{field}” is not a whole number. Write it with digits only.")


class UnknownName(InvalidValue):
    message = N_("“{field}”: choose one from the list that appears while you type.")


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


class CountEdit(TextEdit):
    """A count; empty is not zero."""

    def value(self, field: str) -> int | None:
        if not (typed := self.text().strip()):
            return None
        reading = words().parse_number(typed)
        # Where a separator may group or part, only the whole number can stand in a count.
        number = next((each for each in (reading.value, *reading.alternatives) if each is not None), None)
        if number is None or number != int(number):
            raise UnreadNumber(field)
        return int(number)

    def show_value(self, value: int | None) -> None:
        self.setText("" if value is None else words().number(value))


class ChoiceEdit(QComboBox):
    """One of a few; the first line stands for none."""

    edited = Signal()

    def __init__(self, choices: Sequence[tuple[Any, str]], nothing: str | None = "") -> None:
        super().__init__()
        if nothing is not None:
            self.addItem(nothing or _("Not known"), None)
        for value, shown in choices:
            self.addItem(shown, value)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(12)
        self.activated.connect(lambda _index: self.edited.emit())

    def value(self, _field: str) -> Any:
        return self.currentData()

    def show_value(self, value: Any) -> None:
        self.setCurrentIndex(max(0, next((i for i in range(self.count()) if self.itemData(i) == value), 0)))

    def state(self) -> Any:
        return self.currentData()

    def show_state(self, state: Any) -> None:
        self.show_value(state)

    def wheelEvent(self, event: Any) -> None:
        event.ignore()  # scrolling a form must not change it


class YesNoEdit(ChoiceEdit):
    """Yes, no, or not known: three answers, not two."""

    def __init__(self) -> None:
        super().__init__([(True, _("Yes")), (False, _("No"))])


Found = Sequence[tuple[Any, str]]


class LinkEdit(QLineEdit):
    """Something else of the record, found by typing a part of its name."""

    edited = Signal()

    def __init__(self, search: Callable[[str, Callable[[Found], object], QWidget], None]) -> None:
        super().__init__()
        self._search, self._id, self._known = search, None, dict[str, Any]()
        self._names = QStringListModel(self)
        completer = QCompleter(self._names, self)
        completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.activated.connect(self._chosen)
        self.setCompleter(completer)
        self._pause = QTimer(self, singleShot=True, interval=150)
        self._pause.timeout.connect(lambda: search(self.text(), self._found, self))
        self.textEdited.connect(self._typed)
        self.setPlaceholderText(_("Type a part of the name"))

    def value(self, field: str) -> Any:
        if not self.text().strip():
            return None
        if self._id is None and (only := self._known.get(self.text())) is not None:
            return only
        if self._id is None:
            raise UnknownName(field)
        return self._id

    def show_value(self, value: tuple[Any, str] | None) -> None:
        """Show an id with its name."""
        self._id, name = value or (None, "")
        self.setText(name)
        self.setCursorPosition(0)

    def state(self) -> Any:
        return [str(self._id) if self._id else None, self.text()]

    def show_state(self, state: Any) -> None:
        id, name = state or (None, "")
        self.show_value((UUID(id) if id else None, name))

    def _typed(self, _text: str) -> None:
        self._id = None
        self._pause.start()
        self.edited.emit()

    def _found(self, found: Found) -> None:
        self._known = {name: id for id, name in found}
        self._names.setStringList(list(self._known))
        if self.hasFocus() and self._known:
            self.completer().complete()

    def _chosen(self, name: str) -> None:
        self._id = self._known.get(name)
        self.edited.emit()


class ChoicesEdit(QWidget):
    """Several of a few."""

    edited = Signal()

    def __init__(self, choices: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(0)
        self._boxes = {value: QCheckBox(shown) for value, shown in choices}
        for box in self._boxes.values():
            box.clicked.connect(lambda _checked: self.edited.emit())
            lines.addWidget(box)
        self.setFocusProxy(next(iter(self._boxes.values())))

    def value(self, _field: str) -> list[str]:
        return [value for value, box in self._boxes.items() if box.isChecked()]

    def show_value(self, value: Any) -> None:
        for each, box in self._boxes.items():
            box.setChecked(each in (value or ()))

    def state(self) -> Any:
        return self.value("")

    def show_state(self, state: Any) -> None:
        self.show_value(state)


def choice_of(attribute: Attribute[Any], **more: Any) -> ChoiceEdit:
    """The choices of a field, in the words of the screen."""
    return ChoiceEdit([(code, _(title)) for code, title in field_of(attribute).choices], **more)

"""Inputs of a choice: one of a few, yes or no, several of a few, one of a list of codes."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QVBoxLayout, QWidget

from db.fields import Attribute, field_of
from desktop.ui.language import _, words
from i18n import Words


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
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # scrolling a form must not take the keyboard along
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
    """Yes, no, or not known: three answers, not two; two only where the record keeps no third."""

    def __init__(self, nothing: str | None = "") -> None:
        super().__init__([(True, _("Yes")), (False, _("No"))], nothing)


class CodedEdit(ChoiceEdit):
    """One of a long list of codes by their names; a code the list does not know stands for itself."""

    def __init__(self, named: Callable[[Words], list[tuple[str, str]]], nothing: str | None = "") -> None:
        super().__init__(named(words()), nothing)

    def show_value(self, value: Any) -> None:
        if value is not None and self.findData(value) < 0:
            self.addItem(words().isolate(value), value)
        super().show_value(value)


class OwnWordEdit(QComboBox):
    """One of a few by its name, or a word of one's own."""

    edited = Signal()

    def __init__(self, choices: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.addItem("", None)
        for code, shown in choices:
            self.addItem(shown, code)
        self.setMinimumContentsLength(12)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.editTextChanged.connect(lambda _text: self.edited.emit())

    def value(self, _field: str) -> Any:
        typed = self.currentText().strip()
        known = self.findText(typed, Qt.MatchFlag.MatchFixedString)
        return self.itemData(known) if known >= 0 else typed or None

    def show_value(self, value: Any) -> None:
        known = self.findData(value)
        self.show_state(self.itemText(known) if known >= 0 else value)

    def state(self) -> Any:
        return self.currentText()

    def show_state(self, state: Any) -> None:
        self.blockSignals(True)
        self.setEditText(str(state or ""))
        self.blockSignals(False)

    def wheelEvent(self, event: Any) -> None:
        event.ignore()  # scrolling a form must not change it


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

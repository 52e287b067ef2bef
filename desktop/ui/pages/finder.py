"""The line over a list: a search field, a few choices, and how many were found."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from desktop.ui.flow import Flow
from desktop.ui.language import _
from desktop.ui.parts import text


@dataclass(frozen=True)
class Choice:
    """A filter: its key, its name, what stands for none, its choices as (code, msgid)."""

    key: str
    name: str
    everything: str
    choices: Sequence[tuple[str, str]]


class Finder(QWidget):
    """Asks a list again when typing pauses or a choice is taken."""

    def __init__(
        self,
        placeholder: str,
        choices: Sequence[Choice],
        ask: Callable[[str, dict[str, Any]], object],
        counted: Callable[[int], str],
    ) -> None:
        super().__init__()
        self._ask, self._counted = ask, counted
        self.search = QLineEdit()
        self.search.setPlaceholderText(placeholder)
        self.search.setAccessibleName(placeholder)
        self.search.setClearButtonEnabled(False)
        self._pause = QTimer(self, singleShot=True, interval=200)
        self._pause.timeout.connect(self.ask)
        self.search.textEdited.connect(lambda _text: self._pause.start())
        self.search.returnPressed.connect(self.ask)
        self._boxes: dict[str, QComboBox] = {}
        line = Flow(self.search)
        self.setLayout(line)
        for choice in choices:
            box = QComboBox()
            box.addItem(choice.everything, None)
            for code, title in choice.choices:
                box.addItem(_(title), code)
            box.setAccessibleName(choice.name)
            box.setToolTip(choice.name)
            label = text(choice.name, wrap=False)
            label.setBuddy(box)
            label.hide()
            box.activated.connect(lambda _index: self.ask())
            self._boxes[choice.key] = box
            line.addWidget(label)
            line.addWidget(box)
        self._count = text("", "muted", wrap=False)
        self._count.setAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        line.addWidget(self._count)

    def ask(self) -> None:
        """Ask for what is typed and chosen."""
        self._pause.stop()
        self._ask(self.search.text(), {key: box.currentData() for key, box in self._boxes.items()})

    def choose(self, chosen: Mapping[str, Any]) -> dict[str, Any]:
        """Take these choices, all others off, without asking yet; gives back those there is no box for."""
        for key, box in self._boxes.items():
            box.setCurrentIndex(max(0, box.findData(chosen.get(key))))
        return {key: code for key, code in chosen.items() if key not in self._boxes}

    def chosen(self) -> dict[str, Any]:
        """What is chosen now."""
        return {key: box.currentData() for key, box in self._boxes.items() if box.currentData() is not None}

    def show_count(self, count: int) -> None:
        """Say how many were found."""
        self._count.setText(self._counted(count))

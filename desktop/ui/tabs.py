"""The parts of a page under their names, as tabs that go on in a second line where there is no more room.

A bar of Qt's own hides what does not fit behind two arrows; nobody finds the eighth tab there.
"""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QStackedWidget, QVBoxLayout, QWidget

from desktop.ui.flow import Flow


class Tabs(QWidget):
    """Parts of which one is on show. A part is made when it is first looked at."""

    shown = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._buttons: list[QPushButton] = []
        self._make: list[Callable[[], QWidget]] = []
        self._made: dict[int, QWidget] = {}
        self._bar = Flow()
        self._stack = QStackedWidget()
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(8)
        lines.addLayout(self._bar)
        lines.addWidget(self._stack, 1)

    def add(self, name: str, make: Callable[[], QWidget]) -> int:
        """One more part; gives its place."""
        place = len(self._buttons)
        button = QPushButton(name)
        button.setProperty("is", "tab")
        button.setCheckable(True)
        button.setAutoExclusive(True)  # the arrows go from one to the next, Tab to the chosen one
        button.toggled.connect(lambda on: self._show(place) if on else None)
        self._buttons.append(button)
        self._make.append(make)
        self._bar.addWidget(button)
        return place

    def count(self) -> int:
        """How many parts there are."""
        return len(self._buttons)

    def go(self, place: int) -> None:
        """Show a part."""
        if self._buttons[place].isChecked():
            self._show(place)
        self._buttons[place].setChecked(True)

    def part(self, place: int) -> QWidget:
        """A part, made now where it was not yet."""
        if place not in self._made:
            self._made[place] = self._make[place]()
            self._stack.addWidget(self._made[place])
        return self._made[place]

    def rename(self, place: int, name: str) -> None:
        """Give a part another name, as when it counts something."""
        self._buttons[place].setText(name)

    def allow(self, place: int, allowed: bool) -> None:
        """Whether a part can be shown now."""
        self._buttons[place].setVisible(allowed)

    def allowed(self, place: int) -> bool:
        """Whether a part can be shown now."""
        return not self._buttons[place].isHidden()

    @property
    def place(self) -> int:
        """Which part is on show."""
        return next((place for place, button in enumerate(self._buttons) if button.isChecked()), 0)

    def begin(self) -> None:
        """Take the keyboard where one chooses a part."""
        self._buttons[self.place].setFocus()

    def _show(self, place: int) -> None:
        self._stack.setCurrentWidget(self.part(place))
        self.shown.emit(place)

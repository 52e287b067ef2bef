"""The parts of a page under their names, as tabs in two lines at most; what has no room there is in a menu at the end.

A bar of Qt's own hides what does not fit behind two arrows; nobody finds the eighth tab there.
"""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QMenu, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from desktop.ui.flow import GAP, Flow
from desktop.ui.language import _

_TALL = 24
"""So many lines of text high, a page has room for a second line of tabs."""


class _Tab(QPushButton):
    """The name of a part. `stepped` says by how many to go on: by itself Qt goes no further than the line's end."""

    stepped = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        ahead, back = (Qt.Key.Key_Right, Qt.Key.Key_Left)[:: -1 if mirrored else 1]
        if event.key() in (ahead, Qt.Key.Key_Down):
            self.stepped.emit(1)
        elif event.key() in (back, Qt.Key.Key_Up):
            self.stepped.emit(-1)
        else:
            super().keyPressEvent(event)


class Tabs(QWidget):
    """Parts of which one is on show. A part is made when it is first looked at."""

    shown = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._buttons: list[QPushButton] = []
        self._make: list[Callable[[], QWidget]] = []
        self._made: dict[int, QWidget] = {}
        self._allowed: set[int] = set()
        self._more = QPushButton(_("More"))
        self._more.setProperty("is", "tab")
        self._more.setMenu(QMenu(self._more))
        # A menu that closes under the mouse leaves its button as if the mouse were still on it.
        self._more.menu().aboutToHide.connect(lambda: self._more.setAttribute(Qt.WidgetAttribute.WA_UnderMouse, False))
        self._bar = Flow(self._more)
        self._stack = QStackedWidget()
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(8)
        lines.addLayout(self._bar)
        lines.addWidget(self._stack, 1)

    def add(self, name: str, make: Callable[[], QWidget]) -> int:
        """One more part; gives its place."""
        place = len(self._buttons)
        button = _Tab(name)
        button.stepped.connect(self._step)
        button.setProperty("is", "tab")
        button.setCheckable(True)
        button.setAutoExclusive(True)  # Tab goes to the chosen one
        button.toggled.connect(lambda on: self._show(place) if on else None)
        self._buttons.append(button)
        self._make.append(make)
        self._allowed.add(place)
        self._bar.insert(place, button)
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
        if name != self._buttons[place].text():
            self._buttons[place].setText(name)
            self._fit()

    def allow(self, place: int, allowed: bool) -> None:
        """Whether a part can be shown now."""
        if allowed != (place in self._allowed):
            (self._allowed.add if allowed else self._allowed.discard)(place)
            self._fit()

    def allowed(self, place: int) -> bool:
        """Whether a part can be shown now."""
        return place in self._allowed

    @property
    def place(self) -> int:
        """Which part is on show."""
        return next((place for place, button in enumerate(self._buttons) if button.isChecked()), 0)

    def begin(self) -> None:
        """Take the keyboard where one chooses a part."""
        self._buttons[self.place].setFocus()

    def _step(self, by: int) -> None:
        """On to the next part, from the last one to the first; one that was in the menu comes out of it."""
        places = sorted(self._allowed)
        self.go(places[(places.index(self.place) + by) % len(places)])
        self.begin()

    def _take(self, place: int) -> None:
        """A part out of the menu: the keyboard goes with it, or the menu's button would look as if it were chosen."""
        self.go(place)
        self.begin()

    def _show(self, place: int) -> None:
        self._stack.setCurrentWidget(self.part(place))
        self._fit()
        self.shown.emit(place)

    def _fit(self) -> None:
        """Show as many tabs as there is room for, the chosen one among them; the others go into the menu."""
        most = 2 if self.height() >= self.fontMetrics().height() * _TALL else 1
        places = sorted(self._allowed)
        shown = set(places)
        wide = {place: self._buttons[place].sizeHint().width() for place in places}
        for fitting in range(len(places), -1, -1):
            shown = {*places[:fitting], *({self.place} & self._allowed)}
            widths = [wide[place] for place in sorted(shown)]
            if len(shown) < len(places):
                widths.append(self._more.sizeHint().width())
            if _lines(widths, self.width()) <= most:
                break
        menu = self._more.menu()
        menu.clear()
        for place, button in enumerate(self._buttons):
            button.setVisible(place in shown and len(places) > 1)
            if place in self._allowed - shown:
                menu.addAction(button.text().replace("&", "&&"), partial(self._take, place))
        self._more.setVisible(len(shown) < len(places))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()


def _lines(widths: list[int], room: int) -> int:
    """How many lines parts of these widths take."""
    lines, left = 1, 0
    for width in widths:
        if left and left + GAP + width > room:
            lines, left = lines + 1, 0
        left += width + (GAP if left else 0)
    return lines

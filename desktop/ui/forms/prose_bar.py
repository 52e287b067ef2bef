"""What can be done to a text being written, as a line of buttons over it: marks, points, headings, figures to cite."""

from functools import partial

from PySide6.QtWidgets import QPushButton, QWidget

from desktop.ui.forms.citing import CitingDialog
from desktop.ui.forms.prose import ProseEdit
from desktop.ui.language import _
from desktop.ui.parts import button, row
from i18n import N_

_MARKS: tuple[tuple[str, str, str], ...] = (
    ("strong", N_("Strong"), "Ctrl+B"),
    ("emphasis", N_("Emphasis"), "Ctrl+I"),
    ("bullet", N_("Points"), ""),
    ("heading", N_("Heading"), ""),
)


class ProseBar(QWidget):
    """The buttons of one editor; they show what holds where its cursor stands."""

    def __init__(self, edit: ProseEdit) -> None:
        super().__init__()
        self.setProperty("is", "plain")
        self._edit = edit
        self._buttons: dict[str, QPushButton] = {}
        line = row()
        for key, name, shortcut in _MARKS:
            made = button(_(name), partial(self._do, key))
            made.setCheckable(True)
            if shortcut:
                made.setToolTip(_("{name} ({keys})").format(name=_(name), keys=shortcut))
            self._buttons[key] = made
            line.addWidget(made)
        self._figures = button(_("Cite a figure…"), self.choose_figure, "", "plus")
        self._figures.setToolTip(_("The text shows it as it is counted, and goes on doing so."))
        line.addWidget(self._figures)
        line.setContentsMargins(0, 0, 0, 0)
        self.setLayout(line)
        edit.cursorPositionChanged.connect(self._follow)
        edit.currentCharFormatChanged.connect(lambda _form: self._follow())

    def allow(self, allowed: bool) -> None:
        """Whether the text can be changed."""
        for each in (*self._buttons.values(), self._figures):
            each.setEnabled(allowed)

    def choose_figure(self) -> None:
        """Let a person choose a figure of the report to cite."""
        CitingDialog(tuple(self._edit.figures.values()), self._edit.cite, self).open()

    def _do(self, key: str) -> None:
        if key == "bullet":
            self._edit.turn("bullet")
        elif key == "heading":
            self._edit.turn("heading")
        else:
            self._edit.mark(key)
        self._follow()

    def _follow(self) -> None:
        for key, holds in self._edit.marks().items():
            self._buttons[key].setChecked(holds)

"""What somebody changed elsewhere while it was being edited here: both values, and who of the two is to stay.

Nothing is written over in silence, in either direction; the form cannot be saved before each clash is settled.
"""

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout

from db.fields import Field
from desktop.ui.language import _
from desktop.ui.parts import button, empty, plain, row, text
from desktop.ui.tables.column import one_line, shown

Settle = Callable[[str, bool], object]


class Clashes(QFrame):
    """One line a field, with two answers; `settle` is told the field and whether the other value is taken."""

    def __init__(self, settle: Settle) -> None:
        super().__init__()
        self.setProperty("is", "trouble")
        self._settle = settle
        self._lines = QVBoxLayout(self)
        self._open: dict[str, tuple[Field, Any]] = {}
        self.hide()

    @property
    def unsettled(self) -> bool:
        """Whether something is still to be decided."""
        return bool(self._open)

    def show_clashes(self, clashes: Mapping[str, tuple[Field, Any]]) -> None:
        """Ask about these fields: what each is, and the value it was given elsewhere."""
        self._open = dict(clashes)
        empty(self._lines)
        if self._open:
            self._lines.addWidget(text(_("Changed elsewhere while you were typing. Which value stays?"), "subtitle"))
        for key, (field, theirs) in self._open.items():
            self._lines.addWidget(plain(row(text(_line(field, theirs)), *self._answers([key]))))
        if len(self._open) > 1:
            self._lines.addWidget(plain(row(text(_("All of them"), "muted"), *self._answers(list(self._open)))))
        self.setVisible(bool(self._open))

    def _answers(self, keys: list[str]) -> tuple[QPushButton, QPushButton]:
        return (
            button(_("Take the other"), lambda: self.answer(keys, take=True)),
            button(_("Keep mine"), lambda: self.answer(keys, take=False)),
        )

    def answer(self, keys: list[str], *, take: bool) -> None:
        """Settle these fields."""
        for key in keys:
            self._settle(key, take)
        self.show_clashes({other: clash for other, clash in self._open.items() if other not in keys})


def _line(field: Field, theirs: Any) -> str:
    value = one_line(theirs[1]) if isinstance(theirs, tuple) else shown(field, theirs)
    return _("{field} is now: {value}").format(field=_(field.name), value=value or _("empty"))

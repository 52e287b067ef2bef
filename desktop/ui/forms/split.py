"""The parts of a figure that is put right: by sex and age, by disability and so on, a line each.

A part that is left empty is not said, or missing for the reason it was missing for; it is no zero.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from db.fields import Kind, field_of, fields_of
from db.models.results import Breakdown
from desktop.ui.forms.numbers import CountEdit
from desktop.ui.language import _
from desktop.ui.parts import empty, text
from desktop.ui.tables.column import shown

_TELL = ("sex", "age_band", "disability", "population", "status")
_MISSING = field_of(Breakdown.missing)

Part = Mapping[str, Any]


class SplitEdit(QWidget):
    """A figure for each part that there is."""

    edited = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._parts: list[tuple[Part, CountEdit]] = []
        self._asked = False
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setColumnStretch(0, 1)

    def show_value(self, parts: Sequence[Part] | None) -> None:
        """Show these parts; none while they are still read."""
        empty(self._grid)
        self._asked, self._parts = parts is not None, []
        for part in parts or ():
            called = part_called(part)
            edit = CountEdit()
            edit.setAccessibleName(called)
            edit.setPlaceholderText(_(_MISSING.title_of(part["missing"] or "not_stated")))
            edit.show_value(part["value"])
            edit.edited.connect(self.edited)
            line = len(self._parts)
            self._grid.addWidget(text(called), line, 0)
            self._grid.addWidget(edit, line, 1)
            self._parts.append((part, edit))
        if self._parts:
            self.setFocusProxy(self._parts[0][1])

    def value(self, field: str) -> list[Part] | None:
        """The parts as they are to be kept."""
        return [_with(part, edit.value(field)) for part, edit in self._parts] if self._asked else None

    def state(self) -> list[str]:
        return [edit.text() for _part, edit in self._parts]

    def show_state(self, state: Any) -> None:
        for (_part, edit), typed in zip(self._parts, state or (), strict=False):
            edit.setText(str(typed))


def part_called(part: Part) -> str:
    """Which part it is, in words."""
    fields = fields_of(Breakdown)
    told = [
        _(fields[key].name) if fields[key].kind is Kind.YES_NO and part[key] else shown(fields[key], part[key])
        for key in _TELL
        if part[key] is not None
    ]
    return " · ".join(told) if told else shown(fields["cut"], part["cut"])


def _with(part: Part, value: int | None) -> Part:
    missing = (part["missing"] or "not_stated") if value is None else None
    return {**part, "value": value, "missing": missing}

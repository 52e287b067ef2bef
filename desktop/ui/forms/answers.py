"""The input of an assessment: a line for each criterion or question, with its answer and what the answer rests on.

Which lines there are depends on what was chosen before it, a definition as a rule. What was typed for lines that are
not on show is kept, and stays out of the value.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from db.fields import field_of
from db.models.women_led import Criterion
from desktop.ui.desk import Desk
from desktop.ui.forms.columns import Columns
from desktop.ui.forms.editors import ChoiceEdit, LinkEdit, TextEdit, entry_link
from desktop.ui.language import _, words
from desktop.ui.parts import card, column, empty, plain, text

_PARTS = ("answer", "evidence", "document_id")


@dataclass(frozen=True)
class Line:
    """What is asked, in the words of the screen, what may be answered, and which evidence to keep."""

    code: str
    asked: str
    choices: Sequence[tuple[str, str]]
    keep: str = ""


@dataclass(frozen=True)
class _Inputs:
    answer: ChoiceEdit
    evidence: TextEdit
    document_id: LinkEdit

    def of(self, part: str) -> Any:
        return getattr(self, part)


class AnswersEdit(QWidget):
    """Answers with their evidence, by code."""

    edited = Signal()

    def __init__(self, desk: Desk, nothing: str | None = "") -> None:
        super().__init__()
        self._desk, self._nothing = desk, nothing
        self._inputs: dict[str, _Inputs] = {}
        self._kept: dict[str, dict[str, Any]] = {}
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(10)

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Ask these instead."""
        self._kept = self.state()
        self._inputs = {}
        empty(self._lines)
        for line in lines:
            self._lines.addWidget(self._line(line))
        self._order()
        self.show_state(self._kept)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._order()  # only now do the lines stand in the window that Tab goes through

    def _order(self) -> None:
        """Tab goes from line to line, and only then to what stands below, though the lines came after it."""
        before = self.previousInFocusChain()
        while before is not None and before is not self and not before.focusPolicy() & Qt.FocusPolicy.TabFocus:
            before = before.previousInFocusChain()
        for inputs in self._inputs.values():
            for editor in (inputs.answer, inputs.document_id, inputs.evidence):
                if before is not None:
                    QWidget.setTabOrder(before, editor)
                before = editor

    def fill(self, answers: Mapping[str, str]) -> None:
        """Answer these lines, as far as they are on show."""
        for code in answers.keys() & self._inputs.keys():
            self._inputs[code].answer.show_value(answers[code])

    def begin_with(self, given: Mapping[str, tuple[str | None, str | None, tuple[UUID, str] | None]]) -> None:
        """Show answers given before, each with its evidence and its document."""
        self.show_value({code: dict(zip(_PARTS, parts, strict=True)) for code, parts in given.items()})

    def answers(self) -> dict[str, str]:
        """The answers alone; what nobody answered is not among them."""
        given = {code: inputs.answer.value("") for code, inputs in self._inputs.items()}
        return {code: answer for code, answer in given.items() if answer is not None}

    def value(self, field: str) -> dict[str, dict[str, Any]]:
        return {code: {part: inputs.of(part).value(field) for part in _PARTS} for code, inputs in self._inputs.items()}

    def show_value(self, value: Mapping[str, Mapping[str, Any]] | None) -> None:
        for code, inputs in self._inputs.items():
            for part in _PARTS:
                inputs.of(part).show_value((value or {}).get(code, {}).get(part))

    def state(self) -> dict[str, dict[str, Any]]:
        shown = {code: {part: inputs.of(part).state() for part in _PARTS} for code, inputs in self._inputs.items()}
        return {**self._kept, **shown}

    def show_state(self, state: Any) -> None:
        self._kept = dict(state or {})
        for code in self._kept.keys() & self._inputs.keys():
            for part in _PARTS:
                self._inputs[code].of(part).show_state(self._kept[code].get(part))

    def _line(self, line: Line) -> QWidget:
        inputs = _Inputs(
            ChoiceEdit(line.choices, nothing=self._nothing), TextEdit(), entry_link(self._desk, "document")
        )
        self._inputs[line.code] = inputs
        columns = Columns()
        for part, attribute in (
            ("answer", Criterion.answer),
            ("document_id", Criterion.document_id),
            ("evidence", Criterion.evidence),
        ):
            name, editor = _(field_of(attribute).name), inputs.of(part)
            label = text(name, "muted")
            label.setBuddy(editor)
            editor.setAccessibleName(_("{code}, {field}").format(code=line.code, field=name))
            editor.edited.connect(self.edited)
            parts: list[QWidget | None] = [label, editor]
            if part == "evidence" and line.keep:
                parts.append(text(_("To keep: {evidence}").format(evidence=line.keep), "muted"))
            block = plain(column(*parts))
            block.setProperty("wide", part == "evidence")
            columns.addWidget(block)
        return card(
            text(_("{code}: {asked}").format(code=words().isolate(line.code), asked=line.asked)),
            plain(columns),
        )

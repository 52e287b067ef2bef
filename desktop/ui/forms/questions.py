"""Inputs of a donor's profile that no other form has: its questions with word limits, its languages in order."""

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QWidget

from db.carried import said
from db.models.donors import LANGUAGES_AT_MOST, languages_asked
from db.questions import ADDITIONAL, CORE, questions
from desktop.ui.forms.coded import LanguageEdit
from desktop.ui.forms.numbers import CountEdit
from desktop.ui.language import _, words
from desktop.ui.parts import text
from i18n import N_

_PARTS = ((CORE, N_("Core questions")), (ADDITIONAL, N_("Additional questions, three at most")))


class QuestionsEdit(QWidget):
    """Which questions a donor asks, each with the words an answer may have; empty is any length."""

    edited = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._inputs: dict[str, tuple[QCheckBox, CountEdit]] = {}
        lines = QGridLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setColumnStretch(0, 1)
        for part, title in _PARTS:
            at = lines.rowCount()
            lines.addWidget(text(_(title)), at, 0)
            lines.addWidget(text(_("Words at most"), "muted"), at, 1)
            for each in (one for one in questions().values() if one.part == part):
                asked, limit = self._line(each.code, said(each.titles, words().language))
                at = lines.rowCount()
                lines.addWidget(asked, at, 0)
                lines.addWidget(limit, at, 1)
        self.setFocusProxy(next(iter(self._inputs.values()))[0])

    def value(self, field: str) -> dict[str, int | None] | None:
        asked = {code: limit.value(field) for code, (box, limit) in self._inputs.items() if box.isChecked()}
        return asked or None

    def show_value(self, value: Any) -> None:
        kept = value if isinstance(value, dict) else {}
        for code, (box, limit) in self._inputs.items():
            box.setChecked(code in kept)
            limit.show_value(kept.get(code))
            limit.setEnabled(box.isChecked())

    def state(self) -> Any:
        return {code: [box.isChecked(), limit.state()] for code, (box, limit) in self._inputs.items()}

    def show_state(self, state: Any) -> None:
        for code, (box, limit) in self._inputs.items():
            checked, typed = (state or {}).get(code, (False, ""))
            box.setChecked(bool(checked))
            limit.show_state(typed)
            limit.setEnabled(box.isChecked())

    def _line(self, code: str, title: str) -> tuple[QCheckBox, CountEdit]:
        said_as = _("{code}: {asked}").format(code=words().isolate(code), asked=title)
        asked, limit = QCheckBox(said_as), CountEdit()
        limit.setMaximumWidth(limit.fontMetrics().averageCharWidth() * 14)
        limit.setAccessibleName(_("Words at most for {question}").format(question=said_as))
        limit.setEnabled(False)
        asked.toggled.connect(limit.setEnabled)
        asked.clicked.connect(lambda _checked: self.edited.emit())
        limit.edited.connect(self.edited)
        self._inputs[code] = asked, limit
        return asked, limit


class LanguagesEdit(QWidget):
    """Several languages, the first one first; kept as their codes, as raw workbooks and people write them."""

    edited = Signal()

    def __init__(self) -> None:
        super().__init__()
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        self._inputs = [LanguageEdit(_("No language")) for _place in range(LANGUAGES_AT_MOST)]
        for place, each in enumerate(self._inputs, 1):
            each.setMinimumContentsLength(6)
            each.setAccessibleName(_("Language {number}").format(number=words().number(place)))
            each.edited.connect(self.edited)
            line.addWidget(each, 1)
        self.setFocusProxy(self._inputs[0])

    def value(self, field: str) -> str | None:
        chosen = [each.value(field) for each in self._inputs]
        return ", ".join(dict.fromkeys(filter(None, chosen))) or None

    def show_value(self, value: str | None) -> None:
        kept = languages_asked(value)
        for place, each in enumerate(self._inputs):
            each.show_value(kept[place] if place < len(kept) else None)

    def state(self) -> Any:
        return [each.state() for each in self._inputs]

    def show_state(self, state: Any) -> None:
        for each, kept in zip(self._inputs, state or (), strict=False):
            each.show_state(kept)

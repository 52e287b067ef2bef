"""Inputs of countries, languages and currencies: long lists, in which one is found by typing a part of its name.

What fits several stays open, with the candidates on show, until a person says which is meant: a box that takes the
first of them takes Congo where the Democratic Republic was meant.
"""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QStringListModel, Qt, Signal
from PySide6.QtWidgets import QComboBox, QCompleter, QLineEdit

from db.errors import InvalidValue
from db.searching import forms_of
from desktop.ui.errors import sentence
from desktop.ui.forms.choices import CodedEdit
from desktop.ui.forms.inputs import at_the_beginning
from desktop.ui.forms.names import countries, currencies, languages
from desktop.ui.language import _
from i18n import N_, Words
from i18n.folding import search_form

_NAMED = 5
"""So many candidates are named in a sentence."""


class FitsNone(InvalidValue):
    message = N_("Nothing in the list is called “{typed}”. Type another part of the name, or choose from the list.")


class FitsSeveral(InvalidValue):
    message = N_("“{typed}” may be one of these: {choices}. Choose the one you mean.")


class NamedEdit(CodedEdit):
    """One of a long list. `settled` comes when one was chosen, `unclear` with a sentence when that is left open."""

    settled = Signal()
    unclear = Signal(str)

    def __init__(self, named: Callable[[Words], list[tuple[str, str]]], nothing: str | None = "") -> None:
        super().__init__(named, nothing)
        self._typed: str | None = None
        """What was typed and is not settled."""
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        line = self.lineEdit()
        assert isinstance(line, QLineEdit)
        self._line = line
        line.setAlignment(at_the_beginning())  # a code at its front would carry a name to the other side
        line.setPlaceholderText(nothing or _("Not known"))
        self.setCompleter(None)  # type: ignore[arg-type]  # its own takes the first that fits
        self._fitting = QStringListModel(self)
        completer = QCompleter(self._fitting, self)
        completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        completer.activated[str].connect(self._pick)  # type: ignore[index]  # unknown to Qt's stubs
        line.setCompleter(completer)
        line.textEdited.connect(self._type)
        line.editingFinished.disconnect()  # the box would take what is called exactly so, whatever else may be meant
        line.editingFinished.connect(self._leave)
        self.activated.connect(self._choose)
        self._settle()

    @property
    def code(self) -> str | None:
        """What is chosen; nothing while that is open."""
        return self.currentData() if self._typed is None else None

    def value(self, field: str) -> Any:
        if self._typed is None:
            return self.currentData()
        fitting = self._fit(self._typed)
        if len(fitting) == 1:
            return self.itemData(fitting[0])
        raise self._open(field, fitting)

    def show_value(self, value: Any) -> None:
        super().show_value(value)
        self._settle()

    def state(self) -> Any:
        return self.currentData() if self._typed is None else [self._typed]

    def show_state(self, state: Any) -> None:
        if isinstance(state, list):
            self._typed = state[0]
            self._line.setText(state[0])
        else:
            self.show_value(state)

    def setAccessibleName(self, name: str) -> None:
        super().setAccessibleName(name)
        self._line.setAccessibleName(name)

    def _type(self, typed: str) -> None:
        self._typed = typed
        self._fitting.setStringList([self.itemText(place) for place in self._fit(typed)])
        if typed.strip() and self._fitting.rowCount():
            self._line.completer().complete()
        self.unclear.emit("")
        self.edited.emit()

    def _leave(self) -> None:
        """Enter, or the keyboard goes on: what fits one is that one, what fits several is asked about."""
        if self._typed is None:
            return
        fitting = self._fit(self._typed)
        if len(fitting) == 1:
            self._choose(fitting[0])
        else:
            self.unclear.emit(sentence(self._open("", fitting)) or "")

    def _pick(self, name: str) -> None:
        self._choose(self.findText(name, Qt.MatchFlag.MatchExactly | Qt.MatchFlag.MatchCaseSensitive))

    def _choose(self, place: int) -> None:
        self.setCurrentIndex(place)
        self._settle()
        self.edited.emit()
        self.settled.emit()

    def _settle(self) -> None:
        """Show the name of what is chosen; nothing is chosen by an empty line, which says so in grey."""
        self._typed = None
        self._line.setText("" if self.currentData() is None else self.currentText())
        self._line.setCursorPosition(0)
        self.unclear.emit("")

    def _open(self, field: str, fitting: list[int]) -> InvalidValue:
        typed = (self._typed or "").strip()
        if not fitting:
            return FitsNone(field, typed=typed)
        more = [_("others")] if len(fitting) > _NAMED else []
        return FitsSeveral(field, typed=typed, choices=[*map(self.itemText, fitting[:_NAMED]), *more])

    def _fit(self, typed: str) -> list[int]:
        """Which may be meant: what begins so, by itself or by a word of it.

        A code in capitals leaves no doubt, nor does a whole name that is part of no other.
        """
        folded = search_form(typed)
        if not folded:
            return [place for place in range(self.count()) if self.itemData(place) is None]
        if typed.strip().isupper() and (code := self.findData(typed.strip())) >= 0:
            return [code]
        names = {place: search_form(self.itemText(place)) for place in range(self.count())}
        same = [place for place, name in names.items() if name == folded]
        if same and sum(folded in _words(name) for name in names.values()) == 1:
            return same
        begin = [place for place, name in names.items() if name.startswith(folded)]
        return [*begin, *(place for place, name in names.items() if place not in begin and _has(name, folded))]


class CountryEdit(NamedEdit):
    """A country, by its name in the screen's language."""

    def __init__(self, nothing: str | None = "") -> None:
        super().__init__(countries, nothing)


class LanguageEdit(NamedEdit):
    """A language, by its name in the screen's language."""

    def __init__(self, nothing: str | None = "") -> None:
        super().__init__(languages, nothing)


class CurrencyEdit(NamedEdit):
    """A currency, by its code and its name; the code can be typed."""

    def __init__(self, nothing: str | None = "") -> None:
        super().__init__(currencies, nothing)


def _has(name: str, typed: str) -> bool:
    """Whether a word of a name begins so, its Arabic article left away too."""
    bare = (next(forms_of(word), word) for word in _words(name))
    return any(f" {' '.join(each)}".find(f" {typed}") >= 0 for each in (_words(name), bare))


def _words(name: str) -> list[str]:
    return name.replace("-", " ").replace("(", " ").split()

"""The binder: a field of the record, an input, its label, its error beside it; what changed, and a draft of it.

Saving is always possible to press; what is wrong is then said beside each field and the first of them gets the focus.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, TypeVar

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from db.errors import InvalidValue
from db.fields import Attribute, Field, Kind, field_of
from db.money import CURRENCY, INDICATIVE
from db.privacy import KINDS, LOOKS_PERSONAL, looks_personal, watched
from desktop.ui.desk import Desk
from desktop.ui.errors import sentence
from desktop.ui.forms.blocks import block, mark, with_tool
from desktop.ui.forms.coded import NamedEdit
from desktop.ui.forms.columns import Columns
from desktop.ui.forms.editors import LinkEdit, MoneyEdit, editor_of
from desktop.ui.language import _, counted, words
from desktop.ui.parts import Note, bring_into_view, text

_WIDE = ("name", "title", "definition")
"""What a thing is called stands on a line of its own, as long texts do."""


E = TypeVar("E", bound=QWidget)


@dataclass
class Bound:
    """A field with its input."""

    key: str
    field: Field
    editor: Any
    note: Note
    warning: Note
    empty: Any = None
    """What the record keeps where nothing is given."""
    watched: bool = False
    """Whether somebody is warned when the text looks like personal data."""
    around: QWidget | None = None
    """All of it that is seen: label, input and notes."""


class Form(QWidget):
    """A form of some fields. `edited` comes at each change, `paused` when typing has stopped for a while."""

    edited = Signal()
    paused = Signal()
    follows: Note | None = None
    """What follows from the values, where something does: a dialog keeps it in sight."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bound: list[Bound] = []
        self._loaded: dict[str, Any] = {}
        self._currency: str | None = None
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(8)
        self._summary = Note()
        self._lines.addWidget(self._summary)
        self._columns = self._new_columns()
        self._pause = QTimer(self, singleShot=True, interval=2000)
        self._pause.timeout.connect(self.paused)
        self.paused.connect(self._look_at_texts)

    def section(self, title: str) -> None:
        """Begin a part of the form under a heading (a msgid)."""
        self._lines.addSpacing(14)
        self._lines.addWidget(text(_(title), "subtitle"))
        self._columns = self._new_columns()

    def fields(self, desk: Desk, *attributes: Attribute[Any]) -> None:
        """Give each of these fields the editor of its kind."""
        described = [field_of(attribute).kind for attribute in attributes]
        if Kind.MONEY in described and Kind.MONEY not in [bound.field.kind for bound in self._bound]:
            self.beside(text(_(INDICATIVE), "muted"))
        for attribute in attributes:
            self.bind(attribute, editor_of(desk, attribute))

    def bind(self, attribute: Attribute[Any], editor: E) -> E:
        """Give a field its input, with the field's words around it."""
        column = attribute.property.columns[0]
        kept = column.default is not None and column.default.is_scalar and not column.nullable
        field = field_of(attribute)
        self.add(attribute.key, field, editor, column.default.arg if kept else None)
        self._bound[-1].watched = watched(attribute.property.parent.class_, field)
        return editor

    def add(self, key: str, field: Field, editor: E, empty: Any = None, wide: bool | None = None) -> E:
        """Give a described value its input; for what a deed asks beyond the fields of an entity."""
        bound = Bound(key, field, editor, Note(), Note("warning"), empty)
        # The star is said in words for those who do not see it.
        name = _("{field} (needed)").format(field=_(field.name)) if field.required else _(field.name)
        label = text(name)
        label.setBuddy(editor)
        editor.setAccessibleName(name)
        described = _(field.help) if field.help else ""
        editor.setAccessibleDescription(described)
        parts = [label, with_tool(editor), *([text(described, "muted")] if described else ())]
        spread = field.kind in (Kind.LONG_TEXT, Kind.SEALED) or key in _WIDE if wide is None else wide
        bound.around = block(*parts, bound.note, bound.warning)
        self.beside(bound.around, wide=spread)
        bound.editor.edited.connect(self._changed)
        if isinstance(editor, MoneyEdit):
            editor.currency = self.currency
        if isinstance(editor, NamedEdit):
            editor.unclear.connect(bound.warning.say)
        self._bound.append(bound)
        self._loaded[key] = None
        return editor

    def beside(self, widget: QWidget | QLabel, *, wide: bool = True) -> None:
        """Something between two fields."""
        widget.setProperty("wide", wide)
        self._columns.addWidget(widget)

    def editor(self, attribute: Attribute[Any]) -> Any:
        """The input of a field."""
        return next(bound.editor for bound in self._bound if bound.key == attribute.key)

    def currency(self) -> str | None:
        """The currency of the amounts in this form: as chosen here, or as it was loaded."""
        for bound in self._bound:
            if bound.key == CURRENCY:
                chosen: str | None = bound.editor.code
                return chosen
        return self._currency

    def warn(self, key: str, words: str) -> None:
        """Say something beside a field that does not keep it from being saved; nothing when the words are empty."""
        for bound in self._bound:
            if bound.key == key:
                bound.warning.say(words)

    def load(self, values: dict[str, Any]) -> None:
        """Show these values; from here on, what differs is a change."""
        self._currency = values.get(CURRENCY)
        # An amount is written with its currency's decimals, so the currency comes first.
        for bound in sorted(self._bound, key=lambda bound: bound.key != CURRENCY):
            bound.editor.show_value(values.get(bound.key))
            bound.warning.say("")
        self.load_state()

    def load_state(self) -> None:
        """Take what stands here as loaded: it was saved."""
        self.begin_here()
        self.clear_errors()

    def begin_here(self) -> None:
        """From here on, what differs is a change; what is said beside the fields stays."""
        self._loaded = self._current()

    def restore(self, draft: dict[str, Any]) -> None:
        """Show a draft as unsaved changes."""
        for bound in self._bound:
            if bound.key in draft:
                bound.editor.show_state(draft[bound.key])
        self.edited.emit()  # what follows from the values follows from these

    def start_anew(self) -> None:
        """Show what was loaded in place of what was typed."""
        self.restore(self._loaded)
        self.clear_errors()

    def draft(self) -> dict[str, Any]:
        """What stands in the inputs, readable or not, as plain text; of what will be sealed, nothing."""
        return {bound.key: bound.editor.state() for bound in self._bound if bound.field.kind is not Kind.SEALED}

    @property
    def kept_whole(self) -> bool:
        """Whether a draft keeps all that is typed here."""
        return not any(bound.field.kind is Kind.SEALED and self.changed(bound.key) for bound in self._bound)

    @property
    def dirty(self) -> bool:
        """Whether anything differs from what was loaded."""
        return self._current() != self._loaded

    def described(self) -> dict[str, Field]:
        """The fields of this form by their keys."""
        return {bound.key: bound.field for bound in self._bound}

    def changed(self, key: str) -> bool:
        """Whether this field differs from what was loaded."""
        return any(bound.key == key and bound.editor.state() != self._loaded[key] for bound in self._bound)

    def take(self, key: str, value: Any) -> None:
        """Show a value that was loaded meanwhile, in place of what stands there."""
        for bound in self._bound:
            if bound.key == key:
                bound.editor.show_value(value)
                self._loaded[key] = bound.editor.state()

    def values(self) -> dict[str, Any] | None:
        """The values, or None after saying what is wrong with them."""
        found: dict[str, Any] = {}
        wrong: dict[str, str] = {}
        for bound in self._bound:
            try:
                value = bound.editor.value(bound.field.name)
                found[bound.key] = bound.empty if value is None else value
                problem = bound.field.problem(found[bound.key])
            except InvalidValue as unread:
                problem = unread
            if problem is not None:
                wrong[bound.key] = sentence(problem) or ""
        self.show_errors(wrong)
        return None if wrong else found

    def refuse(self, error: Exception) -> bool:
        """Say what the record refused, beside its field where it names one. Whether there were words for it."""
        words = sentence(error)
        if words is None:
            return False
        named = getattr(error, "field", None)
        self.show_errors({bound.key: words for bound in self._bound if bound.field.name == named})
        if not any(bound.field.name == named for bound in self._bound):
            self._summary.say(words)
            QTimer.singleShot(0, self, lambda: bring_into_view(self._summary))
        return True

    def show_errors(self, wrong: dict[str, str]) -> None:
        """Say these sentences beside their fields and go to the first."""
        self.clear_errors()
        for bound in self._bound:
            if bound.key in wrong:
                bound.note.say(wrong[bound.key])
                mark(bound.editor, True)
                bound.editor.setAccessibleDescription(wrong[bound.key])
        if len(wrong) > 1:
            self._summary.say(
                counted("{count} field needs your attention.", "{count} fields need your attention.", len(wrong))
            )
        if first := next((bound for bound in self._bound if bound.key in wrong), None):
            first.editor.setFocus()
            whole = first.around or first.note
            QTimer.singleShot(0, self, lambda: bring_into_view(whole, first.editor))  # room is made for the note

    def ask_for(self, key: str, asked: bool) -> None:
        """Whether this field is asked for at all; what stands in one that is not stays."""
        for bound in self._bound:
            if bound.key == key and bound.around is not None:
                bound.around.setVisible(asked)

    def focus_on(self, key: str) -> None:
        """Put the cursor into this field."""
        if editor := next((bound.editor for bound in self._bound if bound.key == key), None):
            editor.setFocus()
            QTimer.singleShot(0, self, lambda: bring_into_view(editor))

    def clear_errors(self) -> None:
        self._summary.say("")
        for bound in self._bound:
            bound.note.say("")
            mark(bound.editor, False)
            bound.editor.setAccessibleDescription(_(bound.field.help) if bound.field.help else "")

    def hold(self, keys: Collection[str]) -> None:
        """These fields are only read here, for something else changes them; the others are typed in."""
        for bound in self._bound:
            bound.editor.setEnabled(bound.key not in keys)

    def only_read(self) -> None:
        for bound in self._bound:
            bound.editor.setEnabled(False)  # the way to what a link points at stays open

    def focus_first(self) -> None:
        """Put the cursor where one begins: at the first fault, or else behind what the thing was added to."""
        if self._bound:
            given = (bound for bound in self._bound if not (isinstance(bound.editor, LinkEdit) and bound.editor.text()))
            first = next(given, self._bound[0])
            begin = next((bound for bound in self._bound if bound.note.text()), first)
            begin.editor.setFocus(Qt.FocusReason.TabFocusReason)  # what stands there is typed over

    def _current(self) -> dict[str, Any]:
        return {bound.key: bound.editor.state() for bound in self._bound}

    def _look_at_texts(self) -> None:
        """Point out what looks like personal data; whoever writes decides."""
        for bound in self._bound:
            if bound.watched:
                kinds = dict.fromkeys(_(dict(KINDS)[one.kind]) for one in looks_personal(str(bound.editor.state())))
                bound.warning.say(_(LOOKS_PERSONAL).format(what=words().list(list(kinds))) if kinds else "")

    def _new_columns(self) -> Columns:
        columns = Columns()
        self._lines.addLayout(columns)
        return columns

    def _changed(self) -> None:
        self._pause.start()
        self.edited.emit()

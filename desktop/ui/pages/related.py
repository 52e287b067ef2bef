"""The parts of a page on one thing besides its form: what points at it, as a list with a button to add one more."""

from typing import Any, Protocol
from uuid import UUID

from PySide6.QtWidgets import QVBoxLayout, QWidget

from db.commands.entries import add
from db.links import is_part
from db.money import CURRENCY, INDICATIVE
from db.queries.entries import NUMBERED, next_number
from db.queries.history import history_of
from db.queries.kinds import KINDS
from desktop.ui.desk import Desk
from desktop.ui.dialogs.form_dialog import FormDialog
from desktop.ui.drafts import Drafts
from desktop.ui.entries import entry_of
from desktop.ui.entries.entry import Related, Values
from desktop.ui.language import _
from desktop.ui.pages.history import STEPS
from desktop.ui.parts import button, plain, row, text
from desktop.ui.tables.column import columns_of
from desktop.ui.tables.short import ShortView
from desktop.ui.tables.view import ListView


class Part(Protocol):
    """A part of a page: told which thing the page is about, whenever that was read anew."""

    def show_of(self, id: UUID, title: str) -> None: ...


class RelatedPart(QWidget):
    """A list of another kind, narrowed to what points at the thing on show."""

    def __init__(self, desk: Desk, related: Related) -> None:
        super().__init__()
        self._desk, self._related = desk, related
        self._about: tuple[UUID, str] | None = None
        self.values: Values = {}
        """What the thing on show holds: most of its parts are in its currency."""
        kind = KINDS[related.kind]
        columns = tuple(column for column in columns_of(kind) if column.key != related.by)
        order = kind.order if kind.order != related.by else columns[0].key
        name = f"{related.kind} {related.by}"
        self.list = ListView(desk, name, _(kind.name), kind.listing, columns, order, kind.shown)
        self.list.opened.connect(lambda id: desk.open(related.kind, id))
        self._line = row(text(_(INDICATIVE) if kind.has_money else "", "muted", wrap=True))
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 4, 0, 0)
        if entry_of(related.kind).editable and entry_of(related.kind).addable:
            self._line.addWidget(button(_("Add: {kind}").format(kind=_(kind.one)), self.add, "", "plus"))
        self._line.addWidget(self.list.choice_of_columns())
        lines.addWidget(plain(self._line))
        lines.addWidget(self.list, 1)

    def show_of(self, id: UUID, title: str) -> None:
        self._about = (id, title)
        self.list.ask(filters={self._related.by: id})

    def add(self) -> None:
        """Add one: a part of the thing in a dialog, so that one stays with the whole; anything else on its page."""
        kind = KINDS[self._related.kind]
        given: dict[str, Any] = {self._related.by: self._about}
        takes = ({CURRENCY: CURRENCY} if hasattr(kind.entity, CURRENCY) else {}) | dict(self._related.takes)
        given |= {key: self.values[its] for key, its in takes.items() if self.values.get(its) is not None}
        if not is_part(kind.entity.__tablename__, self._related.by):
            self._desk.open(self._related.kind, given)
            return
        if self._about is not None and hasattr(kind.entity, NUMBERED):
            self._desk.ask(
                next_number,
                kind.entity,
                self._related.by,
                self._about[0],
                then=lambda number: self._add_part({**given, NUMBERED: number}),
                owner=self,
            )
        else:
            self._add_part(given)

    def _add_part(self, given: Values) -> None:
        kind, entry = KINDS[self._related.kind], entry_of(self._related.kind)
        form = entry.form(self._desk)
        form.load(entry.begins_with(given))

        def do(values: dict[str, Any], done: Any, refused: Any) -> None:
            self._desk.do(add, kind.entity, values, then=done, failed=refused, owner=self)

        whole = self._about[0] if self._about is not None else None
        drafts = Drafts(self._desk, form, f"{self._related.kind} {self._related.by}", whole)
        FormDialog(_("Add: {kind}").format(kind=_(kind.one)), form, do, self, drafts=drafts).open()


class HistoryPart(QWidget):
    """Everything that happened to the thing on show."""

    def __init__(self, desk: Desk, entity: Any) -> None:
        super().__init__()
        self._desk, self._entity = desk, entity
        self._steps = ShortView(_("History"), STEPS)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 4, 0, 0)
        lines.addWidget(self._steps)

    def show_of(self, id: UUID, _title: str) -> None:
        self._desk.ask(history_of, self._entity, id, then=self._steps.show_rows, owner=self)

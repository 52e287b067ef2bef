"""The list of any kind: its columns and filters come from its fields, and what is wanted again is kept under a name."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from PySide6.QtWidgets import QPushButton

from db.fields import Field, Kind
from db.money import INDICATIVE
from db.queries.entries import ids_of
from db.queries.kinds import KINDS
from desktop.ui.desk import Desk
from desktop.ui.dialogs.bulk import bulk_dialog
from desktop.ui.entries import entry_of
from desktop.ui.language import _, counted
from desktop.ui.pages.finder import Choice, Finder
from desktop.ui.pages.kept_filters import KeptFilters
from desktop.ui.pages.page import Page
from desktop.ui.parts import button, text
from desktop.ui.tables.column import columns_of
from desktop.ui.tables.view import ListView
from i18n import N_

_WIDER = {("activities", "sector"): (("protection", N_("All of protection")),)}
"""Choices that stand for several values of a field."""

_YES_NO = (("1", N_("Yes")), ("0", N_("No")))


class ListPage(Page):
    """The list of one kind. `about` may name choices, and links to narrow it by."""

    def __init__(self, desk: Desk, kind: str) -> None:
        self.key, self.kind = kind, KINDS[kind]
        self.title = self.kind.name
        super().__init__(desk)
        self.list = ListView(
            desk, kind, _(self.title), self.kind.listing, columns_of(self.kind), self.kind.order, self.kind.shown
        )
        self.list.opened.connect(lambda id: desk.open(kind, id))
        self._narrowed: dict[str, Any] = {}
        fields = self.kind.fields
        choices = [_choice(kind, key, fields[key]) for key in self.kind.shown if _few(fields[key])]
        self.finder = Finder(_("Find in this list"), choices, self._ask, _found)
        self.list.list.counted.connect(self.finder.show_count)
        self.kept = KeptFilters(desk, kind, self._search, self._take)
        self.editing = button(_("Edit together…"), self.edit_chosen, "", "pencil")
        self.editing.setEnabled(False)
        self._all: QPushButton = button(_("Show all"), self._show_all, "", "x")
        self._all.hide()
        for each in (self._all, self.kept, self.list.choice_of_columns()):
            self.buttons.addWidget(each)
        if entry_of(kind).editable:
            self.list.allow_several()
            self.list.selectionModel().selectionChanged.connect(self._count_chosen)
            self.buttons.addWidget(self.editing)
        if _addable(kind):
            self.buttons.addWidget(button(_("New"), self.new, "primary", "plus"))
        self.body.addWidget(self.finder)
        self.body.addWidget(self.list, 1)
        if self.kind.has_money:
            self.body.addWidget(text(_(INDICATIVE), "muted"))

    def show_about(self, about: Any) -> None:
        super().show_about(about)
        if isinstance(about, Mapping):
            self._narrowed = self.finder.choose(about)
            self._all.setVisible(bool(self._narrowed))

    def reload(self) -> None:
        self.finder.ask()
        self.kept.read()

    def begin(self) -> None:
        self.list.setFocus()

    def look_for(self) -> None:
        self.finder.search.setFocus()

    def new(self) -> None:
        if _addable(self.key):
            self.desk.open(self.key, None)

    def edit_chosen(self) -> None:
        """Put one field of all chosen rows right."""
        entity, numbers = self.kind.entity, self.list.chosen_numbers()
        self.desk.ask(
            ids_of, entity, numbers, then=lambda ids: bulk_dialog(self.desk, entity, ids, self).open(), owner=self
        )

    def _count_chosen(self) -> None:
        self.editing.setEnabled(self.list.chosen_count() > 1)

    def _search(self) -> dict[str, Any]:
        chosen = {**self._narrowed, **self.finder.chosen()}
        kept = {key: str(value) if isinstance(value, UUID) else value for key, value in chosen.items()}
        return {"search": self.finder.search.text(), "chosen": kept}

    def _take(self, body: Mapping[str, Any]) -> None:
        self.finder.search.setText(body.get("search", ""))
        self.show_about(body.get("chosen", {}))
        self.finder.ask()

    def _ask(self, search: str, chosen: dict[str, Any]) -> None:
        self.list.ask(search, {**self.kind.filters, **self._narrowed, **chosen})

    def _show_all(self) -> None:
        self._narrowed = {}
        self._all.hide()
        self.finder.ask()


def _addable(kind: str) -> bool:
    return entry_of(kind).editable and entry_of(kind).addable


def _found(count: int) -> str:
    return counted("{count} found", "{count} found", count)


def _few(field: Field) -> bool:
    return field.kind == Kind.YES_NO or (field.kind == Kind.CHOICE and bool(field.choices))


def _choice(kind: str, key: str, field: Field) -> Choice:
    choices = _YES_NO if field.kind == Kind.YES_NO else (*_WIDER.get((kind, key), ()), *field.choices)
    return Choice(key, _(field.name), _("{field}: all").format(field=_(field.name)), choices)

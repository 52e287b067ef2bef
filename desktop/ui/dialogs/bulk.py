"""Putting one field of many things right at once: which field, which value; one deed, one step of undo."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from PySide6.QtWidgets import QStackedWidget, QWidget

from db.base import Entity
from db.commands.entries import BY_DEED, edit_many
from db.fields import Field, Kind, fields_of
from db.money import CURRENCY
from db.queries.entries import blank
from desktop.ui.desk import Desk
from desktop.ui.dialogs.form_dialog import FormDialog
from desktop.ui.drafts import Drafts
from desktop.ui.forms.editors import ChoiceEdit
from desktop.ui.forms.form import Form
from desktop.ui.language import _, counted
from desktop.ui.parts import text
from i18n import N_

_NOT_AT_ONCE = (Kind.DATA, Kind.MOMENT, Kind.SEALED, Kind.MONEY)
"""An amount is in the currency of its own row, so it is put right row by row, and so is that currency."""
_OWN = ("name", "title")
_WHICH = Field(N_("Field"), Kind.CHOICE)


class BulkForm(Form):
    """A choice of field, and under it the one chosen."""

    def __init__(self, desk: Desk, entity: type[Entity]) -> None:
        super().__init__()
        described = fields_of(entity)
        money = (CURRENCY,) if any(each.kind is Kind.MONEY for each in described.values()) else ()
        apart = {*_OWN, *money, *BY_DEED.get(entity, ())}
        keys = [key for key, each in described.items() if each.kind not in _NOT_AT_ONCE and key not in apart]
        self._one: dict[str, Form] = {}
        self._which = self.add("which", _WHICH, ChoiceEdit([(key, _(described[key].name)) for key in keys], None))
        self.beside(text(_("A value left empty empties the field in all of them."), "muted"))
        stack = QStackedWidget()
        for key in keys:
            self._one[key] = form = Form()
            form.fields(desk, getattr(entity, key))
            form.load(blank(entity))
            form.edited.connect(self._changed)
            stack.addWidget(form)
        self.beside(stack)
        self._which.currentIndexChanged.connect(stack.setCurrentIndex)

    def values(self) -> dict[str, Any] | None:
        """The one field with its value."""
        return self._one[self._which.currentData()].values()

    def draft(self) -> dict[str, Any]:
        """Which field is chosen, and what stands in it."""
        key = self._which.currentData()
        return {**super().draft(), key: self._one[key].draft()[key]}

    def restore(self, draft: dict[str, Any]) -> None:
        for key, form in self._one.items():
            if key in draft:
                form.restore({key: draft[key]})
        super().restore({"which": draft["which"]})

    def refuse(self, error: Exception) -> bool:
        return self._one[self._which.currentData()].refuse(error)

    def choose(self, key: str) -> Form:
        """Choose a field; gives the form with that one field."""
        self._which.show_value(key)
        return self._one[key]

    def _current(self) -> dict[str, Any]:
        return super()._current() | {key: form.draft()[key] for key, form in self._one.items()}


def bulk_dialog(desk: Desk, entity: type[Entity], ids: Sequence[UUID], parent: QWidget) -> FormDialog:
    """The dialog for these things."""

    def do(values: dict[str, Any], done: Any, refused: Any) -> None:
        desk.do(edit_many, entity, ids, values, then=done, failed=refused, owner=parent)

    title = counted("Edit {count} thing", "Edit {count} things at once", len(ids))
    form = BulkForm(desk, entity)
    return FormDialog(title, form, do, parent, drafts=Drafts(desk, form, f"together {entity.__tablename__}"))

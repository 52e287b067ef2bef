"""What a page of one kind is made of: its form, the lists that hang on it, and the deeds of its own."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from PySide6.QtWidgets import QWidget

from db.deeds import Deed
from db.queries.entries import blank
from db.queries.kinds import KINDS
from db.queries.listed import ListedKind
from desktop.ui.desk import Desk
from desktop.ui.forms.form import Form

Values = Mapping[str, Any]


@dataclass(frozen=True)
class Related:
    """A list of another kind, narrowed to what points here by one of its links.

    `takes` says what one that is added here begins with besides: its fields, each with the field here that it is as.
    """

    kind: str
    by: str
    takes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Act:
    """Something that can be done to the thing on show, besides editing its fields: a deed `(session, id, values)`.

    `form` asks for the values, where there are any to ask for; it is given the desk and the values of the thing on
    show. `possible` says for which values of the thing the act stands on the page. What is more than a deed has a
    `dialog` of its own in its place, shown over the page.
    """

    name: str
    deed: Deed[..., Any] | None = None
    form: Callable[[Desk, Values], Form] | None = None
    possible: Callable[[Values], bool] = lambda _values: True
    dialog: Callable[[Desk, UUID, QWidget], object] | None = None


def taking(deed: Deed[..., Any], *keys: str) -> Deed[..., Any]:
    """A deed that takes its values one by one, as an act calls it: from the values of the act's form, in this order."""

    def does(session: Any, id: UUID, values: Values) -> Any:
        return deed(session, id, *(values.get(key) for key in keys))

    return replace(deed, does=does)


@dataclass(frozen=True)
class Entry:
    """The page of one kind of thing, by its key in KINDS.

    What only deeds of its own make is not `editable`; what comes in another way than by a form is not `addable`.
    """

    kind: str
    form: Callable[[Desk], Form]
    related: tuple[Related, ...] = ()
    acts: tuple[Act, ...] = ()
    editable: bool = True
    documented: bool = True
    """Whether it can have documents and texts in other languages."""
    addable: bool = True

    @property
    def listed(self) -> ListedKind:
        """The kind itself: its names, its entity, its list."""
        return KINDS[self.kind]

    def begins_with(self, given: Values) -> dict[str, Any]:
        """What a new one shows at first: what the record keeps by itself, and what it is added to."""
        return {**blank(self.listed.entity), **given}

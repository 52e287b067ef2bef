"""What stands over the page of a thing: what it is called, the way to its whole, and in which language its name is."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from PySide6.QtWidgets import QVBoxLayout, QWidget

from db.fields import Kind, fields_of
from db.links import NAMES, is_part
from db.models.texts import STATUSES
from db.queries.columns import target_of
from db.queries.entries import EntryPage
from db.queries.listed import ListedKind
from desktop.ui.desk import Desk
from desktop.ui.language import _, words
from desktop.ui.parts import button, empty, plain, row, text
from desktop.ui.tables.column import one_line, shown


def heading_of(kind: ListedKind, seen: EntryPage) -> str:
    """What a thing is called; a part by its kind and its own name, for its whole stands above."""
    named = seen.spoken.body if seen.spoken is not None else None
    if whole_of(kind, seen.values) is None:
        return one_line(named or seen.title) or _(kind.one)
    number = seen.values.get("number")
    if isinstance(number, int):
        return _("{kind} {number}").format(kind=_(kind.one), number=words().number(number))
    own = one_line(named or _own_name(seen.values)) or _told(kind, seen.values)
    return _("{kind}: {name}").format(kind=_(kind.one), name=words().isolate(own)) if own else _(kind.one)


def whole_of(kind: ListedKind, values: Mapping[str, Any]) -> tuple[str, UUID, str] | None:
    """The link by which a thing is a part of another, with that one's id and name."""
    entity = kind.entity
    for key, described in fields_of(entity).items():
        if described.kind is Kind.LINK and values.get(key) and is_part(entity.__tablename__, key):
            return key, *values[key]
    return None


class Head(QWidget):
    """The line above the title: the way to the whole, and what there is to know about the language of the name."""

    def __init__(self, desk: Desk, kind: ListedKind) -> None:
        super().__init__()
        self._desk, self._kind = desk, kind
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self.hide()

    def show_of(self, seen: EntryPage | None) -> None:
        """Say it of this thing; nothing of one that is not there yet."""
        empty(self._lines)
        parts: list[QWidget] = []
        if seen is not None and (whole := whole_of(self._kind, seen.values)) is not None:
            parts.append(self._way(*whole))
        if seen is not None and (said := _language_said(seen)):
            parts.append(text(said, "muted"))
        if parts:
            self._lines.addWidget(plain(row(*parts)))
        self.setVisible(bool(parts))

    def _way(self, key: str, id: UUID, name: str) -> QWidget:
        field, table = fields_of(self._kind.entity)[key], target_of(self._kind.entity, key).name
        said = _("{kind}: {name}").format(kind=_(field.name), name=words().isolate(one_line(name)))
        return button(said, lambda: self._desk.open_row(table, id), "link", "arrow-left")


def _own_name(values: Mapping[str, Any]) -> str:
    return next((str(values[name]) for name in NAMES if values.get(name)), "")


def _told(kind: ListedKind, values: Mapping[str, Any]) -> str:
    """What tells a part without a name from others: the first of what its list shows that is no link."""
    told = (key for key in kind.shown if key in kind.fields and kind.fields[key].kind is not Kind.LINK)
    return next((shown(kind.fields[key], values[key]) for key in told if values.get(key) is not None), "")


def _language_said(seen: EntryPage) -> str:
    """In which language the name is, where that is not the reader's; or its standing, where nobody made it official."""
    shown_as, asked = seen.spoken, words().language
    if shown_as is not None and shown_as.unofficial:
        return _(dict(STATUSES)[shown_as.status])
    own = next((seen.values.get(f"{name}_language") for name in NAMES if seen.values.get(name)), None)
    language = shown_as.language if shown_as is not None else own
    if language is None or language.split("-")[0] == asked.split("-")[0]:
        return ""
    said = _("This name is in {language}; there is none in {asked} yet.")
    return said.format(language=words().language_name(language), asked=words().language_name(asked))

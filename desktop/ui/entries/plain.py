"""The page of a kind that has no form drawn by hand: its fields in their order, and the parts it is made of."""

from db.fields import Kind, fields_of
from db.links import links_into
from db.queries.columns import table_of
from db.queries.kinds import KINDS
from desktop.ui.desk import Desk
from desktop.ui.entries.entry import Entry, Related
from desktop.ui.forms.form import Form

_MADE_BY_DEEDS = ("status-changes", "approvals", "sources", "texts")
_NOT_TYPED = (Kind.DATA, Kind.MOMENT)


def plain_entry(kind: str) -> Entry:
    """The page of any kind, from its fields alone."""
    entity = KINDS[kind].entity

    def form(desk: Desk) -> Form:
        made = Form()
        typed = (key for key, each in fields_of(entity).items() if each.kind not in _NOT_TYPED)
        made.fields(desk, *(getattr(entity, key) for key in typed))
        return made

    parts = {
        link.table.name: link.column.key
        for link in links_into(table_of(entity))
        if link.column.foreign_keys and link.owned
    }
    related = tuple(
        Related(other, parts[listed.entity.__tablename__])
        for other, listed in KINDS.items()
        if listed.entity.__tablename__ in parts
    )
    return Entry(kind, form, related, editable=kind not in _MADE_BY_DEEDS)

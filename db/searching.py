"""Search over everything: what is looked for is folded like what is kept, so that accents, hamza and digits agree."""

from sqlalchemy import ColumnElement, Table, func, select

from db.base import Entity
from db.models.indexed import Indexed
from i18n.folding import search_form


def found_in(entity: type[Entity], text: str) -> ColumnElement[bool]:
    """Whether a row of this entity holds all the words looked for."""
    table = entity.__table__
    assert isinstance(table, Table)
    rows = select(Indexed.entity_row).where(
        Indexed.entity == table.name, *(func.instr(Indexed.words, word) > 0 for word in search_form(text).split())
    )
    found: ColumnElement[bool] = table.c.row.in_(rows)
    return found

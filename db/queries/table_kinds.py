"""Of which kind a row of a table is, and what one of them is called: where only the table is known."""

from db.queries.kinds import KINDS
from i18n import N_


def kind_of_table(table: str) -> str:
    """The kind that things of this table are shown as: the first of those that share it; KeyError for another table."""
    return _BY_TABLE[table]


def one_of_table(table: str) -> str:
    """What one thing of this table is called (a msgid): by the widest of the kinds that share it, which stands last."""
    return _ONES.get(table, N_("Thing"))


def has_page(table: str) -> bool:
    """Whether things of this table are of a kind, and so have a page of their own."""
    return table in _ONES


_BY_TABLE = {listed.entity.__tablename__: key for key, listed in reversed(list(KINDS.items()))}
_ONES = {listed.entity.__tablename__: listed.one for listed in KINDS.values()}

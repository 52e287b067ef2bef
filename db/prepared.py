"""Statements that pages and lists ask again and again: made once, then asked of the driver itself.

To build such a statement anew, or to ask it through all layers, costs several times what SQLite takes to answer it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Dialect, Select, Uuid, literal_column

GIVEN: Any = literal_column("+?1")
"""The one value that a prepared statement is given, as it is stored. SQLite plans a statement anew whenever a value
that it plans by is given, which costs as much again: it plans by none here, for all others are written into it.
"""


@dataclass(frozen=True)
class _Prepared:
    sql: str
    readers: tuple[Callable[[Any], Any] | None, ...]
    """What turns a stored value of each column into the value it is, where there is anything to turn."""


def ask(connection: Connection, query: Select[Any], given: str) -> list[tuple[Any, ...]]:
    """The rows of a statement that is kept by whoever asks: the same object each time."""
    prepared = _prepared(query, connection.dialect)
    driver: Any = connection.connection.driver_connection
    columns = list(zip(*driver.execute(prepared.sql, (given,)), strict=True))
    for number, read in enumerate(prepared.readers if columns else ()):
        if read:
            columns[number] = tuple(map(read, columns[number]))
    return list(zip(*columns, strict=True))


@lru_cache(maxsize=16_384)
def _id(value: str | None) -> UUID | None:
    """Lists ask for the same pages again after every change, and making their ids costs a fifth of a page."""
    return None if value is None else UUID(value)


@lru_cache(maxsize=512)
def _prepared(query: Select[Any], dialect: Dialect) -> _Prepared:
    sql = str(query.compile(dialect=dialect, compile_kwargs={"literal_binds": True}))
    readers = (
        _id if isinstance(column.type, Uuid) else column.type.dialect_impl(dialect).result_processor(dialect, None)
        for column in query.selected_columns
    )
    return _Prepared(sql, tuple(readers))

"""The change log misses nothing: inserts, updates of each column and deletes in every table, in bulk and in plain SQL.

Nothing of it is committed, so that the rows need not make sense. Weaker: one table has no trigger for its updates.
"""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    DateTime,
    Integer,
    Table,
    TypeDecorator,
    Uuid,
    delete,
    update,
)
from sqlalchemy.orm import Session

from db.base import Base, Entity, new_id
from db.sealing import open_set
from db.triggers import logged_columns, logged_tables
from tests.faults.figure import Count, fresh, opened, scratch

NUMBER = 19
BULK = 5
MISSING = "log_organisation_update"
_LOGGED = "SELECT row, entity, after FROM log_row WHERE change_set = ? AND row > ? ORDER BY row"
QUIETLY = {"synchronize_session": False}


def count(quick: bool, weaker: bool) -> Count:
    """Change everything, and count what the log says of it."""
    with scratch() as folder, opened(fresh(folder / "record")) as record:
        made, caught, untold = record.read(_everything, record.person, weaker)
    told = f"{made} changes in {len(logged_tables())} tables: {caught} caught, {untold} with another value than was put"
    return Count(told, made == caught > 1000 and not untold)


def _everything(session: Session, person: UUID, weaker: bool) -> tuple[int, int, int]:
    connection = session.connection()
    connection.exec_driver_sql("PRAGMA defer_foreign_keys=ON")
    opened_set = open_set(connection, "Everything", person)
    if weaker:
        connection.exec_driver_sql(f"DROP TRIGGER {MISSING}")
    made = caught = untold = seen = 0
    for mapper in Base.registry.mappers:
        table = mapper.local_table
        if not issubclass(mapper.class_, Entity) or not isinstance(table, Table):
            continue
        for changes, put in _changes(session, mapper.class_, table):
            rows = connection.exec_driver_sql(_LOGGED, (opened_set, seen)).all()
            seen = rows[-1].row if rows else seen
            made += changes
            caught += sum(row.entity == table.name for row in rows)
            untold += sum({key: json.loads(row.after)[key] for key in put} != put for row in rows if put)
    return made, caught, untold


def _changes(session: Session, entity: type[Entity], table: Table) -> Iterator[tuple[int, dict[str, Any]]]:
    """Each change: how many rows it touched, and the values that the log has to give back."""
    connection, named, columns = session.connection(), f'"{table.name}"', logged_columns(table)
    one, many = new_id(), [new_id() for _row in range(BULK)]
    values = {name: stored_value(table.c[name], 0) for name in columns}
    listed = ", ".join(f'"{name}"' for name in ("id", *columns))
    places = ", ".join("?" * (len(columns) + 1))
    connection.exec_driver_sql(f"INSERT INTO {named} ({listed}) VALUES ({places})", (one.hex, *values.values()))
    yield 1, values
    alike = ", ".join(f'one."{name}"' for name in columns)
    connection.exec_driver_sql(
        f"INSERT INTO {named} ({listed}) SELECT it.value, {alike} FROM {named} one, json_each(?) it WHERE one.id = ?",
        (json.dumps([id.hex for id in many]), one.hex),
    )
    yield BULK, values
    for name in columns:
        value = stored_value(table.c[name], 1)
        connection.exec_driver_sql(f'UPDATE {named} SET "{name}" = ? WHERE id = ?', (value, one.hex))
        yield 1, {name: value}
    these = table.c.id.in_(many)
    session.execute(update(entity).where(these).values(removed_at=datetime.now(UTC)), execution_options=QUIETLY)
    yield BULK, {}
    connection.exec_driver_sql(f"UPDATE {named} SET removed_at = NULL WHERE id != ?", (one.hex,))
    yield BULK, {"removed_at": None}
    session.execute(delete(entity).where(these), execution_options=QUIETLY)
    yield BULK, {}
    connection.exec_driver_sql(f"DELETE FROM {named} WHERE id = ?", (one.hex,))
    yield 1, {}


def stored_value(column: Column[Any], number: int) -> Any:
    """A value as the file keeps it in such a column, another for each number."""
    kind = column.type.impl_instance if isinstance(column.type, TypeDecorator) else column.type
    match kind:
        case Boolean() | Integer():
            return number
        case DateTime():
            return f"2026-01-01 00:00:00.00000{number}"
        case Date():
            return f"2026-01-0{number + 1}"
        case Uuid():
            return UUID(int=number + 1).hex
        case _:
            return f'{{"n": {number}}}'

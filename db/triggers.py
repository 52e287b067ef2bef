"""The triggers that write the change log, generated from the models.

Session events missed two thirds of bulk and raw changes; triggers miss none. They are dropped and generated anew at
the end of every upgrade, so a migration never mentions them and a new field is logged from its first day.
"""

from collections.abc import Iterator

from sqlalchemy import JSON, Boolean, Column, Connection, Date, DateTime, Integer, Table, Text, TypeDecorator, Uuid

from db.base import Base, Entity

_LOGGABLE = (Text, Integer, Boolean, Date, DateTime, Uuid, JSON)
"""Types stored as text or whole numbers, which JSON gives back exactly as they were."""

_OPEN_SET = "(SELECT row FROM change_set WHERE chain IS NULL)"


def logged_tables() -> dict[str, Table]:
    """The tables of all entities, by name."""
    return {
        mapper.local_table.name: mapper.local_table
        for mapper in Base.registry.mappers
        if issubclass(mapper.class_, Entity) and isinstance(mapper.local_table, Table)
    }


def logged_columns(table: Table) -> list[str]:
    """The columns whose values are logged: all but the local integer, and the id, which names the row in the log."""
    return [_loggable(column) for column in table.columns if column.name not in ("row", "id")]


def triggers() -> dict[str, str]:
    """Every trigger's SQL, by name."""
    return {name: sql for table in logged_tables().values() for name, sql in _triggers_of(table)}


def regenerate(connection: Connection) -> None:
    """Drop all triggers and make them anew from the models."""
    for name in present(connection):
        connection.exec_driver_sql(f'DROP TRIGGER "{name}"')
    for sql in triggers().values():
        connection.exec_driver_sql(sql)


def present(connection: Connection) -> dict[str, str]:
    """The triggers that the file holds, by name."""
    found = connection.exec_driver_sql("SELECT name, sql FROM sqlite_schema WHERE type='trigger'")
    return {row.name: row.sql for row in found}


def _loggable(column: Column[object]) -> str:
    kind = column.type.impl_instance if isinstance(column.type, TypeDecorator) else column.type
    if not isinstance(kind, _LOGGABLE):
        raise TypeError(f"{column} cannot be logged: keep it as text or as a whole number")
    return column.name


def _triggers_of(table: Table) -> Iterator[tuple[str, str]]:
    columns = logged_columns(table)
    differing = " UNION ALL ".join(
        f'SELECT \'{name}\' k, OLD."{name}" o, NEW."{name}" n WHERE OLD."{name}" IS NOT NEW."{name}"'
        for name in ("id", *columns)
    )
    entity = f"{_OPEN_SET}, '{table.name}'"
    into = "INSERT INTO log_row (change_set, entity, entity_id, before, after)"
    logged = {
        "insert": f"VALUES ({entity}, NEW.id, NULL, {_held('NEW', columns)})",
        "update": f"SELECT {entity}, OLD.id, json_group_object(k, o), json_group_object(k, n) "
        f"FROM ({differing}) HAVING count(*) > 0",
        "delete": f"VALUES ({entity}, OLD.id, {_held('OLD', columns)}, NULL)",
    }
    for what, values in logged.items():
        name = f"log_{table.name}_{what}"
        yield name, f'CREATE TRIGGER "{name}" AFTER {what.upper()} ON "{table.name}" BEGIN {into} {values}; END'


def _held(side: str, columns: list[str]) -> str:
    """The values a row holds, as JSON; a merge patch leaves out what is empty."""
    pairs = ", ".join(f"'{name}', {side}.\"{name}\"" for name in columns)
    return f"json_patch('{{}}', json_object({pairs}))"

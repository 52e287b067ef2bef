"""Who points at whom, read from the models, and what a row is called when somebody has to be told about it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    ForeignKey,
    FromClause,
    Select,
    Table,
    cast,
    func,
    literal,
    null,
    select,
)
from sqlalchemy.types import String

from db.base import Base
from db.errors import PointsAtRemoved
from db.fields import fields_of
from db.prepared import GIVEN, ask
from db.triggers import logged_tables

T = TypeVar("T")
AT_ONCE = 500
NAMES = ("name", "title", "label", "subject", "reference", "file", "code", "number")
"""By what people know a row, the best first."""


@dataclass(frozen=True)
class Link:
    """One column that points at a table; an owned row is a part of what it points at."""

    table: Table
    column: Column[UUID]
    owned: bool


@cache
def links_into(target: Table) -> tuple[Link, ...]:
    """Every link that points at this table."""
    keys = tuple(
        Link(table, key.parent, bool(key.info.get("owner")))
        for table in logged_tables().values()
        for key in sorted(table.foreign_keys, key=lambda key: key.parent.name)
        if key.column.table is target
    )
    return keys + _hanging_on_anything()


def _hanging_on_anything() -> tuple[Link, ...]:
    """Documents and translations belong to a thing of any kind, so theirs is no foreign key."""
    return tuple(
        Link(table, column, True)
        for table in logged_tables().values()
        for column in table.columns
        if column.info.get("owner")
    )


def is_part(table: str, key: str) -> bool:
    """Whether rows of this table are parts of what this column points at."""
    column = logged_tables()[table].c[key]
    return any(foreign.info.get("owner") for foreign in column.foreign_keys)


def refuse_astray(connection: Connection, change_set: int, tables: Iterable[str]) -> None:
    """Refuse a change set that lets something in these tables point at what was removed.

    Whoever chose it saw it still there: in a form, a file or another window from before.
    """
    for table in tables:
        statement, titles = _astray(table)
        if statement and (found := connection.exec_driver_sql(statement, (change_set,)).first()):
            raise PointsAtRemoved(titles[found[0]])


@cache
def _astray(name: str) -> tuple[str, dict[str, str]]:
    """The SQL that finds the first link that leads astray, and what the fields of the links are called."""
    whose: dict[object, type[Base]] = {mapper.local_table: mapper.class_ for mapper in Base.registry.mappers}
    titles = {key: field.name for key, field in fields_of(whose[logged_tables()[name]]).items()}
    links = [(key.parent.name, key.column.table.name) for key in logged_tables()[name].foreign_keys]
    arms = [
        f"SELECT '{key}' FROM log_row log JOIN \"{name}\" one ON one.id = log.entity_id"
        f' JOIN "{target}" gone ON gone.id = one."{key}" AND gone.id = log.after ->> \'{key}\''
        f" WHERE log.change_set = ?1 AND log.entity = '{name}' AND one.removed_at IS NULL"
        " AND gone.removed_at IS NOT NULL"
        for key, target in sorted(links)
        if key in titles and target in logged_tables()
    ]
    return " UNION ALL ".join(arms), titles


def name_column(table: FromClause) -> ColumnElement[str]:
    """What people call a row of this table: the first of its names that is not empty; empty where it has none."""
    names = [cast(table.c[name], String()) for name in NAMES if name in table.c]
    return func.coalesce(*names, "") if names else literal("", String())


def pointing(connection: Connection, link: Link, ids: Iterable[UUID]) -> Iterator[UUID]:
    """The rows, not removed, that point at any of these by this link."""
    for chunk in in_chunks(list(ids)):
        rows = select(link.table.c.id).where(link.column.in_(chunk), link.table.c.removed_at.is_(None))
        yield from connection.execute(rows.order_by(link.table.c.row)).scalars()


def names_of(connection: Connection, table: Table, ids: Sequence[UUID]) -> list[str]:
    """What these rows are called, each name once; a part without a name goes by that of its whole.

    Without a whole it goes by what it points at: a report received by its partner, a figure by what it counts.
    """
    names: dict[str, None] = {}
    nameless: list[UUID] = []
    for chunk in in_chunks(ids):
        called = select(table.c.id, name_column(table)).where(table.c.id.in_(chunk)).order_by(table.c.row)
        for id, name in connection.execute(called):
            if name:
                names[name] = None
            else:
                nameless.append(id)
    for key in table.foreign_keys if nameless else ():
        if key.info.get("owner"):
            owners = select(key.parent).where(table.c.id.in_(nameless[:AT_ONCE]), key.parent.is_not(None)).distinct()
            wholes = connection.execute(owners).scalars().all()
            names |= dict.fromkeys(names_of(connection, key.column.table, wholes) if wholes else ())
    if nameless and not names:
        names = dict.fromkeys(_names_by_links(connection, table, nameless[:AT_ONCE]))
    return list(names)


def _names_by_links(connection: Connection, table: Table, ids: Sequence[UUID]) -> list[str]:
    """The names of what these rows point at by the first of their links that leads to a name."""
    for column in table.columns:
        for key in column.foreign_keys:
            target = key.column.table.alias()
            named = name_column(target)
            query = select(named).select_from(table.join(target, column == target.c.id)).where(table.c.id.in_(ids))
            if found := [name for name in connection.execute(query.order_by(table.c.row)).scalars() if name]:
                return found
    return []


def name_of(connection: Connection, table: Table, id: UUID) -> str:
    """What this row is called."""
    name, _owner = _own_name(connection, table, id)
    return name or next(iter(names_of(connection, table, [id])), "")


def name_with_whole(connection: Connection, table: Table, id: UUID) -> str:
    """What a row is called; a part with what it is a part of, or every second tranche would be called 2."""
    name, owner = _own_name(connection, table, id)
    whole = _whole_of(table)
    if whole is None or owner is None:
        return name or name_of(connection, table, id)
    return " · ".join(part for part in (name, name_of(connection, whole.column.table, owner)) if part)


def _own_name(connection: Connection, table: Table, id: UUID) -> tuple[str, UUID | None]:
    """The name in the row itself, which may be empty, and what the row is a part of."""
    found = ask(connection, _name_and_owner(table), id.hex)
    return (found[0][0], found[0][1]) if found else ("", None)


@cache
def _name_and_owner(table: Table) -> Select[Any]:
    whole = _whole_of(table)
    return select(name_column(table), null() if whole is None else whole.parent).where(table.c.id == GIVEN)


@cache
def _whole_of(table: Table) -> ForeignKey | None:
    """The link to what a row of this table is a part of."""
    return next((key for key in table.foreign_keys if key.info.get("owner")), None)


def in_chunks(ids: Sequence[T]) -> Iterator[Sequence[T]]:
    """Few enough at once for one statement."""
    for start in range(0, len(ids), AT_ONCE):
        yield ids[start : start + AT_ONCE]

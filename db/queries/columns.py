"""The columns of a list that come from the fields of its entity: written once, in the model, and nowhere else.

A link shows what it points at, an amount its currency beside it. Long texts, sealed ones and data are for the page of
one thing, not for a list.
"""

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Table, select
from sqlalchemy.orm import InstrumentedAttribute

from db.base import Base, Entity
from db.fields import Field, Kind, field_of, fields_of
from db.links import name_column
from db.money import CURRENCY, money_column

Shown = ColumnElement[Any] | InstrumentedAttribute[Any]

OWNER = "owner_id"
"""What a document or a translation belongs to, of whatever kind that is."""

_NOT_LISTED = (Kind.LONG_TEXT, Kind.SEALED, Kind.DATA)


def listed_fields(entity: type[Entity]) -> Mapping[str, Field]:
    """The fields of an entity that a list can show, by attribute name."""
    return {key: each for key, each in fields_of(entity).items() if each.kind not in _NOT_LISTED}


def columns_of(entity: type[Entity]) -> dict[str, Shown]:
    """What a list shows of each such field."""
    return {key: _column(entity, key, each) for key, each in listed_fields(entity).items()}


def orders_of(entity: type[Entity]) -> dict[str, Shown]:
    """What such a list can be ordered by: amounts by their size, names as people look them up."""
    columns = columns_of(entity)
    orders = columns | {
        key: getattr(entity, key) for key, each in listed_fields(entity).items() if each.kind == Kind.MONEY
    }
    named = next((key for key in ("name", "title") if key in orders), None)
    return orders | ({named: entity.sort_key} if named and hasattr(entity, "sort_key") else {})


def filters_of(entity: type[Entity]) -> dict[str, Callable[[Any], ColumnElement[bool]]]:
    """A list can be narrowed to one thing that a link points at, or that it belongs to, by its id."""
    keys = [key for key, each in listed_fields(entity).items() if each.kind == Kind.LINK]
    keys += [OWNER] if hasattr(entity, OWNER) else []
    return {key: _equals(getattr(entity, key)) for key in keys}


def target_of(entity: type[Entity], key: str) -> Table:
    """The table that a link points at."""
    (foreign,) = getattr(entity, key).property.columns[0].foreign_keys
    table: Table = foreign.column.table
    return table


def table_of(entity: type[Entity]) -> Table:
    """The table that an entity is kept in."""
    table = entity.__table__
    assert isinstance(table, Table)
    return table


@cache
def entity_of(table: str) -> type[Entity]:
    """The entity that is kept in a table; KeyError for another table."""
    return {
        mapper.class_.__tablename__: mapper.class_
        for mapper in Base.registry.mappers
        if issubclass(mapper.class_, Entity)
    }[table]


def _column(entity: type[Entity], key: str, described: Field) -> Shown:
    attribute: InstrumentedAttribute[Any] = getattr(entity, key)
    match described.kind:
        case Kind.LINK:
            target = target_of(entity, key).alias()
            named = select(name_column(target)).where(target.c.id == attribute)
            return named.correlate(entity).scalar_subquery()
        case Kind.MONEY:
            return money_column(attribute, getattr(entity, CURRENCY))
        case _:
            return attribute


def _equals(attribute: InstrumentedAttribute[Any]) -> Callable[[Any], ColumnElement[bool]]:
    return lambda value: attribute == (value if isinstance(value, UUID) else UUID(str(value)))


def described(entity: type[Entity], key: str) -> Field:
    """The description of one field."""
    return field_of(getattr(entity, key))

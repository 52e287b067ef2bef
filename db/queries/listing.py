"""Lists of any length: first the order of all rows as plain numbers, then the few rows that are looked at.

Ordering and filtering are done by the database, on its own sort keys; a list of a million rows costs eight bytes a row
here. A list is described once, as data, for the window and for `jalon list`.
"""

from array import array
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, Select, String, cast, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from db.base import Entity
from db.errors import RecordError
from i18n import N_


class NoSuchColumn(RecordError):
    message = N_("This list has no column {name}. It has: {names}.")


@dataclass(frozen=True)
class Listing:
    """What a list shows of an entity, how it is joined, ordered, searched and filtered."""

    entity: type[Entity]
    columns: Mapping[str, ColumnElement[Any] | InstrumentedAttribute[Any]]
    orders: Mapping[str, ColumnElement[Any] | InstrumentedAttribute[Any]]
    search: Callable[[str], ColumnElement[bool]]
    filters: Mapping[str, Callable[[Any], ColumnElement[bool]]]
    join: Callable[[Select[Any]], Select[Any]] = lambda query: query


@dataclass(frozen=True)
class Asked:
    """Which rows somebody wants, in which order."""

    order: str = "name"
    descending: bool = False
    search: str = ""
    filters: Mapping[str, Any] = field(default_factory=dict)


def rows_in_order(session: Session, listing: Listing, asked: Asked) -> "array[int]":
    """The numbers of all rows asked for, in order; equal ones by number, so that the order never wavers."""
    query = select(listing.entity.row).where(listing.entity.removed_at.is_(None))
    order = listing.orders[asked.order]
    filters = {name: value for name, value in asked.filters.items() if value is not None}
    query = listing.join(query)
    if asked.search.strip():
        query = query.where(listing.search(asked.search))
    for name, value in filters.items():
        if name in listing.filters:
            query = query.where(listing.filters[name](value))
        elif name in listing.columns:
            query = query.where(cast(listing.columns[name], String) == str(value))
        else:
            raise NoSuchColumn(name=name, names=list(listing.columns))
    ordered = order.desc() if asked.descending else order.asc()
    return array("q", session.scalars(query.order_by(ordered.nulls_last(), listing.entity.row)))


def page(session: Session, listing: Listing, numbers: Sequence[int]) -> dict[int, tuple[Any, ...]]:
    """The rows of these numbers: the id, then a value a column. A row that has gone meanwhile is left out."""
    query = listing.join(select(listing.entity.row, listing.entity.id, *listing.columns.values()))
    found = session.execute(query.where(listing.entity.row.in_(numbers)))
    return {number: tuple(values) for number, *values in found}

"""Lists of any length: first the order of all rows as plain numbers, then the few rows that are looked at.

Ordering and filtering are done by the database, on its own sort keys; a list of a million rows costs eight bytes a row
here. A list is described once, as data, for the window and for `jalon list`.
"""

import json
from array import array
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, String, cast, func, select, text
from sqlalchemy.orm import InstrumentedAttribute, Session

from db.base import Entity
from db.errors import RecordError
from db.prepared import GIVEN, ask
from i18n import N_


class NoSuchColumn(RecordError):
    message = N_("This list has no column {name}. It has: {names}.")


@dataclass(frozen=True, eq=False)
class Listing:
    """What a list shows of an entity, how it is joined, ordered, searched and filtered."""

    entity: type[Entity]
    columns: Mapping[str, ColumnElement[Any] | InstrumentedAttribute[Any]]
    orders: Mapping[str, ColumnElement[Any] | InstrumentedAttribute[Any]]
    search: Callable[[str], ColumnElement[bool]]
    filters: Mapping[str, Callable[[Any], ColumnElement[bool]]]
    join: Callable[[Select[Any]], Select[Any]] = lambda query: query
    figures: Mapping[str, Callable[[Session, str], Collection[UUID]]] = field(default_factory=dict)
    """Filters that only the record can answer: the ids of what a figure was put together from."""


@dataclass(frozen=True)
class RowsAsked:
    """Which rows somebody wants, in which order."""

    order: str = "name"
    descending: bool = False
    search: str = ""
    filters: Mapping[str, Any] = field(default_factory=dict)


def rows_in_order(session: Session, listing: Listing, asked: RowsAsked) -> "array[int]":
    """The numbers of all rows asked for, in order; equal ones by number, so that the order never wavers."""
    query = _all_in_order(listing, asked.order, asked.descending)
    filters = {name: value for name, value in asked.filters.items() if value is not None}
    if asked.search.strip():
        query = query.where(listing.search(asked.search))
    for name, value in filters.items():
        if name in listing.filters:
            query = query.where(listing.filters[name](value))
        elif name in listing.figures:
            ids = json.dumps([id.hex for id in listing.figures[name](session, value)])
            # As one value: a figure may be put together from more rows than a statement has room for.
            among = text("SELECT value FROM json_each(:counted)").bindparams(counted=ids)
            query = query.where(listing.entity.id.in_(among))
        elif name in listing.columns:
            query = query.where(cast(listing.columns[name], String) == str(value))
        else:
            raise NoSuchColumn(name=name, names=list(listing.columns))
    found: Any = session.connection().execute(query)
    return array("q", [number for (number,) in found.cursor])  # a million numbers, straight from the driver


def page(session: Session, listing: Listing, numbers: Sequence[int]) -> dict[int, tuple[Any, ...]]:
    """The rows of these numbers: the id, then a value a column. A row that has gone meanwhile is left out."""
    rows = ask(session.connection(), _of_numbers(listing), json.dumps(list(numbers)))
    return {row[0]: row[1:] for row in rows}


@lru_cache(maxsize=256)
def _all_in_order(listing: Listing, order: str, descending: bool) -> Select[Any]:
    """The statement of a list before it is narrowed."""
    by = listing.orders[order]
    ordered = by.desc() if descending else by.asc()
    if getattr(by, "nullable", True):
        # Only where there can be nulls: SQLite does not take an index for an order that says where they go.
        ordered = ordered.nulls_last()
    query = select(listing.entity.row).where(listing.entity.removed_at.is_(None))
    return listing.join(query).order_by(ordered, listing.entity.row)


@lru_cache(maxsize=64)
def _of_numbers(listing: Listing) -> Select[Any]:
    query = listing.join(select(listing.entity.row, listing.entity.id, *listing.columns.values()))
    return query.where(listing.entity.row.in_(select(func.json_each(GIVEN).table_valued("value").c.value)))

"""Lists of any length: first the order of all rows as plain numbers, then the few rows that are looked at.

Ordering and filtering are done by the database, on its own sort keys; a list of a million rows costs eight bytes a row
here. A list is described once, as data, for the window and for `jalon list`.
"""

from array import array
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from sqlalchemy import ColumnElement, Select, String, bindparam, cast, select
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

    @cached_property
    def page(self) -> Select[Any]:
        """The statement of one page, built once: building it anew costs more than running it."""
        query = self.join(select(self.entity.row, self.entity.id, *self.columns.values()))
        return query.where(self.entity.row.in_(bindparam("numbers", expanding=True)))


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
    if getattr(order, "nullable", True):
        # Only where there can be nulls: SQLite does not take an index for an order that says where they go.
        ordered = ordered.nulls_last()
    return array("q", session.connection().execute(query.order_by(ordered, listing.entity.row)).scalars())


def page(session: Session, listing: Listing, numbers: Sequence[int]) -> dict[int, tuple[Any, ...]]:
    """The rows of these numbers: the id, then a value a column. A row that has gone meanwhile is left out."""
    found = session.connection().execute(listing.page, {"numbers": list(numbers)})
    return {row[0]: row[1:] for row in found.tuples().all()}

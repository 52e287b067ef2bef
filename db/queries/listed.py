"""What there is to know about listing a kind of thing: its names, its list, its order and its columns' descriptions."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from db.base import Entity
from db.fields import Field, Kind
from db.queries.columns import columns_of, filters_of, listed_fields, orders_of
from db.queries.listing import Listing
from db.queries.looked_for import looked_for

Figures = Mapping[str, Callable[[Session, str], Collection[UUID]]]


@dataclass(frozen=True)
class ListedKind:
    """A kind: what many and one are called, what it is a list of, in which order, and what is shown of it at first.

    The list of an entity is made when it is first asked for: sixty of them would hold up the first window.
    """

    name: str
    one: str
    of: Listing | type[Entity]
    order: str
    shown: tuple[str, ...]
    filters: Mapping[str, Any] = field(default_factory=dict)
    titles: Mapping[str, Field] = field(default_factory=dict)
    figures: Figures = field(default_factory=dict)
    """What can be asked by a figure that was put together from its rows (`figure_rows.py`)."""

    @cached_property
    def listing(self) -> Listing:
        """The list itself."""
        of = self.of if isinstance(self.of, Listing) else listing_of(self.of)
        return replace(of, figures=self.figures)

    @property
    def entity(self) -> type[Entity]:
        """What it is a list of."""
        return self.of.entity if isinstance(self.of, Listing) else self.of

    @property
    def fields(self) -> dict[str, Field]:
        """The columns' descriptions: the fields' own, and those of what was worked out or joined."""
        return {**listed_fields(self.entity), **self.titles}

    @property
    def has_money(self) -> bool:
        """Whether amounts are among what it shows: wherever they are, it is said that they are indicative."""
        return any(described.kind == Kind.MONEY for described in self.fields.values())


def kind(name: str, one: str, entity: type[Entity], shown: str, *, order: str | None = None) -> ListedKind:
    """A kind whose list is that of its fields: those `shown` at first, in order of the first of them or of another."""
    keys = tuple(shown.split())
    return ListedKind(name, one, entity, order or keys[0], keys)


def listing_of(entity: type[Entity], extra: Mapping[str, Any] | None = None) -> Listing:
    """The list of an entity whose columns are its fields, with what is worked out besides."""
    extra = extra or {}
    return Listing(
        entity,
        columns=columns_of(entity) | dict(extra),
        orders=orders_of(entity) | dict(extra),
        search=lambda text: looked_for(entity, text),
        filters=filters_of(entity),
    )

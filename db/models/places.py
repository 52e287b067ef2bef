"""Places as a tree of any depth, each under the codes of every vintage it has had.

A P-code is not stable: Chad's regions are TD07 in one list and TCD07 in another. A place keeps all its codes, and
matching compares country, level and digits before it gives up.
"""

from datetime import date
from uuid import UUID

from sqlalchemy import Index
from sqlalchemy.orm import Mapped

from db.base import Entity, link
from db.fields import Kind, field
from db.models.naming import Named
from i18n import N_

KINDS = (
    ("country", N_("Country")),
    ("admin", N_("Administrative area")),
    ("health_zone", N_("Health zone")),
    ("site", N_("Site")),
)


class Place(Named, Entity):
    """A country, an administrative area, a health zone or a site."""

    __table_args__ = (Index(None, "country", "level"),)

    kind: Mapped[str] = field(N_("Kind of place"), Kind.CHOICE, choices=KINDS)
    level: Mapped[int] = field(
        N_("Level"), Kind.COUNT, help=N_("0 for the country, 1 for its first division, and so on.")
    )
    country: Mapped[str | None] = field(N_("Country"), Kind.COUNTRY)
    parent_id: Mapped[UUID | None] = field(N_("Lies in"), Kind.LINK, link("place.id"))
    pcode: Mapped[str | None] = field(N_("P-code"), Kind.CODE, index=True)


class PlaceCode(Entity):
    """A code of a place in one list or vintage."""

    place_id: Mapped[UUID] = field(N_("Place"), Kind.LINK, link("place.id", owner=True))
    code: Mapped[str] = field(N_("P-code"), Kind.CODE, index=True)
    vintage: Mapped[str | None] = field(N_("List or vintage"), Kind.TEXT)
    valid_from: Mapped[date | None] = field(N_("Valid from"), Kind.DATE)


class NotSamePlace(Entity):
    """A person's word that two places are not the same; never asked again."""

    place_id: Mapped[UUID] = field(N_("Place"), Kind.LINK, link("place.id", owner=True))
    other_id: Mapped[UUID] = field(N_("Other place"), Kind.LINK, link("place.id", owner=True))

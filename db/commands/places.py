"""Adding a place by hand, under the place it lies in."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.base import new_id
from db.commands.checking import fill
from db.deeds import called, deed
from db.models.places import Place
from i18n import N_


@deed(N_("Add the place {name}"))
def add_place(session: Session, values: Mapping[str, Any]) -> UUID:
    """Add a place; its level follows the place it lies in."""
    parent = session.scalars(select(Place).where(Place.id == values.get("parent_id"))).one_or_none()
    place = Place(id=new_id())
    fill(place, {"level": parent.level + 1 if parent else 0, "country": parent.country if parent else None, **values})
    session.add(place)
    called(session, name=place.name)
    return place.id

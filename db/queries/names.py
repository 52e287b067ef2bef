"""Finding things by what people call them, and saying what a thing is called."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Select, false, or_, select
from sqlalchemy.orm import Session

from db.base import Entity
from db.errors import RecordError
from db.fields import fields_of
from db.models import Organisation, OrganisationCode, OrganisationName, OrganisationRole, Place, PlaceCode
from i18n import N_
from i18n.folding import fold


class NobodyCalled(RecordError):
    message = N_("Nothing in the record is called {name}. Look it up in the list, then try again.")


class SeveralCalled(RecordError):
    message = N_("Several things in the record are called {name}. Give the full name, a code or an id instead.")


CALLED = ("name", "title", "label", "subject", "acronym", "code", "pcode", "reference", "project")
"""Fields that a thing is called by."""

_OTHERWISE: Mapping[type[Entity], tuple[tuple[Any, Any, Any], ...]] = {
    Organisation: (
        (OrganisationName, OrganisationName.organisation_id, OrganisationName.folded),
        (OrganisationCode, OrganisationCode.organisation_id, OrganisationCode.code),
    ),
    Place: ((PlaceCode, PlaceCode.place_id, PlaceCode.code),),
}
"""What else a thing is called, in rows of its own."""


@dataclass(frozen=True)
class NamedThing:
    """What a thing is called, in its own language; `may_be_named` concerns organisations."""

    id: UUID
    text: str
    language: str | None
    may_be_named: bool | None


def name_of(session: Session, kind: str, id: UUID) -> NamedThing:
    """The name of a partner, a donor or a place."""
    if kind == "place":
        place = session.execute(select(Place.name, Place.name_language).where(Place.id == id)).one()
        return NamedThing(id, place.name, place.name_language, None)
    organisation = session.execute(
        select(Organisation.name, Organisation.name_language, Organisation.may_be_named).where(Organisation.id == id)
    ).one()
    return NamedThing(id, organisation.name, organisation.name_language, organisation.may_be_named)


def id_of(session: Session, kind: str, name: str) -> UUID:
    """The partner, donor or place that goes by this name, acronym, code or id; refused unless it is exactly one."""
    if kind == "place":
        return id_called(session, Place, name)
    playing = select(OrganisationRole.organisation_id).where(
        OrganisationRole.role == kind, OrganisationRole.removed_at.is_(None)
    )
    return _only(session, name, _called(Organisation, name).where(Organisation.id.in_(playing)))


def id_called(session: Session, entity: type[Entity], name: str) -> UUID:
    """The thing of this kind that goes by this name, acronym, code or id; refused unless it is exactly one."""
    return _only(session, name, _called(entity, name))


def _only(session: Session, name: str, query: Select[UUID]) -> UUID:
    found = list(dict.fromkeys(session.scalars(query)))
    if not found:
        raise NobodyCalled(name=name)
    if len(found) > 1:
        raise SeveralCalled(name=name)
    return found[0]


def _called(entity: type[Entity], name: str) -> Select[UUID]:
    """Every thing that goes by this name, whatever way of calling it that is; an id is nobody's name."""
    try:
        return select(entity.id).where(entity.removed_at.is_(None), entity.id == UUID(name))
    except ValueError:
        ways = [getattr(entity, key) == name for key in CALLED if key in fields_of(entity)]
    if hasattr(entity, "folded"):
        ways.append(entity.folded == fold(name))
    for other, owner, way in _OTHERWISE.get(entity, ()):
        said = fold(name) if way.key == "folded" else name
        ways.append(entity.id.in_(select(owner).where(way == said, other.removed_at.is_(None))))
    return select(entity.id).where(entity.removed_at.is_(None), or_(false(), *ways))

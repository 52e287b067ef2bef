"""Finding things by what people call them, and saying what a thing is called."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from db.errors import RecordError
from db.models import Organisation, OrganisationCode, OrganisationName, OrganisationRole, Place, PlaceCode
from i18n import N_
from i18n.folding import fold


class NobodyCalled(RecordError):
    message = N_("Nothing in the record is called {name}. Look it up in the list, then try again.")


class SeveralCalled(RecordError):
    message = N_("Several things in the record are called {name}. Give the full name, a code or an id instead.")


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
    try:
        wanted = UUID(name)
    except ValueError:
        wanted = None
    if kind == "place":
        coded = select(PlaceCode.place_id).where(PlaceCode.code == name, PlaceCode.removed_at.is_(None))
        query = select(Place.id).where(
            Place.removed_at.is_(None),
            or_(Place.id == wanted, Place.pcode == name, Place.folded == fold(name), Place.id.in_(coded)),
        )
    else:
        named = select(OrganisationName.organisation_id).where(
            OrganisationName.folded == fold(name), OrganisationName.removed_at.is_(None)
        )
        numbered = select(OrganisationCode.organisation_id).where(
            OrganisationCode.code == name, OrganisationCode.removed_at.is_(None)
        )
        playing = select(OrganisationRole.organisation_id).where(
            OrganisationRole.role == kind, OrganisationRole.removed_at.is_(None)
        )
        query = select(Organisation.id).where(
            Organisation.removed_at.is_(None),
            Organisation.id.in_(playing),
            or_(
                Organisation.id == wanted,
                Organisation.folded == fold(name),
                Organisation.acronym == name,
                Organisation.id.in_(named),
                Organisation.id.in_(numbered),
            ),
        )
    found = list(dict.fromkeys(session.scalars(query)))
    if not found:
        raise NobodyCalled(name=name)
    if len(found) > 1:
        raise SeveralCalled(name=name)
    return found[0]

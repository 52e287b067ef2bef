"""Finding things by what people call them, and saying what a thing is called."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Select, false, literal, or_, select
from sqlalchemy.orm import Session

from db.base import Entity
from db.errors import NotThere, RecordError
from db.fields import fields_of
from db.links import in_chunks, name_column
from db.models import (
    Agreement,
    Contribution,
    Framework,
    Office,
    Organisation,
    OrganisationCode,
    OrganisationName,
    OrganisationRole,
    Place,
    PlaceCode,
)
from db.queries.columns import table_of
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

_SIDES: Mapping[str, type[Entity]] = {
    "place": Place,
    "contribution": Contribution,
    "agreement": Agreement,
    "framework": Framework,
}
"""What a report can be about besides organisations in a role."""


@dataclass(frozen=True)
class NamedThing:
    """What a thing is called, in its own language; `may_be_named` concerns organisations."""

    id: UUID
    text: str
    language: str | None
    may_be_named: bool | None


def name_of(session: Session, side: str, id: UUID) -> NamedThing:
    """The name of what a report is about: a partner, a donor, or one of `_SIDES`; NotThere once it was removed."""
    entity: type[Entity] = _SIDES.get(side, Organisation)
    spoken = [getattr(entity, key, literal(None)) for key in ("name_language", "may_be_named")]
    named = select(name_column(table_of(entity)), *spoken).where(entity.id == id, entity.removed_at.is_(None))
    found = session.execute(named).one_or_none()
    if found is None:
        raise NotThere
    return NamedThing(id, *found)


def namable(session: Session, ids: Collection[UUID]) -> dict[UUID, bool | None]:
    """Whether each of these organisations may be named; None where nobody has said."""
    rows = select(Organisation.id, Organisation.may_be_named)
    return {
        row.id: row.may_be_named
        for chunk in in_chunks(list(ids))
        for row in session.execute(rows.where(Organisation.id.in_(chunk)))
    }


def office_id(session: Session) -> UUID:
    """The office that keeps the record."""
    return session.scalars(select(Office.id).where(Office.removed_at.is_(None)).order_by(Office.row).limit(1)).one()


def only_office(session: Session) -> tuple[UUID, str] | None:
    """The office, where the record has one alone."""
    found = session.execute(select(Office.id, Office.name).where(Office.removed_at.is_(None)).limit(2)).all()
    return (found[0].id, found[0].name) if len(found) == 1 else None


def office_name(session: Session) -> str:
    """What the office that keeps the record is called."""
    return session.scalar(select(Office.name).where(Office.removed_at.is_(None)).order_by(Office.row)) or ""


def office_usage(session: Session) -> str | None:
    """Whose words that office uses, of `db.terms.USAGES`."""
    return session.scalar(select(Office.usage).where(Office.removed_at.is_(None)).order_by(Office.row))


def id_of(session: Session, side: str, name: str) -> UUID:
    """What a report is about, by its name, acronym, code or id; refused unless it is exactly one."""
    if entity := _SIDES.get(side):
        return id_called(session, entity, name)
    playing = select(OrganisationRole.organisation_id).where(
        OrganisationRole.role == side, OrganisationRole.removed_at.is_(None)
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

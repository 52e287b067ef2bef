"""Whom a sanctions list is compared with: organisations under all their names, and the people we deal with there."""

from collections import defaultdict
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import Contact, Organisation, OrganisationName, Text


@dataclass(frozen=True)
class Subject:
    """An organisation, or a contact of one, by all its names; the first is what people call it."""

    organisation_id: UUID
    contact_id: UUID | None
    names: tuple[str, ...]


def to_screen(session: Session, organisation_id: UUID | None = None) -> tuple[Subject, ...]:
    """Every organisation, or one, each followed by its contacts."""
    who = select(Organisation.id, Organisation.name, Organisation.acronym).where(Organisation.removed_at.is_(None))
    if organisation_id is not None:
        who = who.where(Organisation.id == organisation_id)
    names: dict[UUID, list[str]] = defaultdict(list)
    others = select(OrganisationName.organisation_id, OrganisationName.name).where(
        OrganisationName.removed_at.is_(None)
    )
    translated = select(Text.owner_id, Text.body).where(
        Text.owner == Organisation.__tablename__, Text.field == "name", Text.removed_at.is_(None)
    )
    for id, name in (*session.execute(others), *session.execute(translated)):
        names[id].append(name)
    contacts: dict[UUID, list[Subject]] = defaultdict(list)
    for id, organisation, name in session.execute(
        select(Contact.id, Contact.organisation_id, Contact.name)
        .where(Contact.removed_at.is_(None))
        .order_by(Contact.row)
    ):
        contacts[organisation].append(Subject(organisation, id, (name,)))
    found: list[Subject] = []
    for id, name, acronym in session.execute(who.order_by(Organisation.sort_key, Organisation.row)):
        known = [name, *([acronym] if acronym else ()), *names[id]]
        found += [Subject(id, None, tuple(dict.fromkeys(known))), *contacts[id]]
    return tuple(found)

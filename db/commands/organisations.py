"""What is done to organisations by hand: add one, put one right, say what it is to the office, give it other names."""

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.base import new_id, now
from db.commands.checking import complete, fill, not_in_a_ring
from db.deeds import called, deed
from db.models.organisations import Organisation, OrganisationName, OrganisationRole
from i18n import N_


@deed(N_("Add the organisation {name}"))
def add_organisation(session: Session, values: Mapping[str, Any], roles: Collection[str] = ("partner",)) -> UUID:
    """Add an organisation with its roles."""
    organisation = Organisation(id=new_id())
    fill(organisation, values)
    complete(organisation)
    session.add(organisation)
    session.flush()
    _set_roles(session, organisation.id, roles)
    called(session, name=organisation.name)
    return organisation.id


@deed(N_("Edit the organisation {name}"))
def edit_organisation(session: Session, id: UUID, values: Mapping[str, Any], roles: Collection[str]) -> None:
    """Put an organisation's own fields and its roles right."""
    organisation = session.scalars(select(Organisation).where(Organisation.id == id)).one()
    called(session, name=organisation.name)
    fill(organisation, values)
    not_in_a_ring(session, organisation)
    _set_roles(session, id, roles)


@deed(N_("Give {organisation} the name {name}"))
def add_name(session: Session, organisation_id: UUID, values: Mapping[str, Any]) -> None:
    """Keep another name of an organisation, so that files which use it find it."""
    organisation = session.scalars(select(Organisation).where(Organisation.id == organisation_id)).one()
    other = OrganisationName(organisation_id=organisation_id)
    fill(other, values)
    session.add(other)
    called(session, organisation=organisation.name, name=other.name)


def _set_roles(session: Session, id: UUID, roles: Collection[str]) -> None:
    held = session.scalars(
        select(OrganisationRole).where(OrganisationRole.organisation_id == id, OrganisationRole.removed_at.is_(None))
    ).all()
    for gone in (each for each in held if each.role not in roles):
        gone.removed_at = now()
    for role in sorted(set(roles) - {each.role for each in held}):
        added = OrganisationRole(organisation_id=id)
        fill(added, {"role": role})
        session.add(added)

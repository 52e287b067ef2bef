"""Records and things to put in them, made as a person would make them: through the door, by deeds."""

import shutil
from functools import cache
from pathlib import Path
from uuid import UUID

from sqlalchemy import Table, select
from sqlalchemy.orm import Session

from db import keys
from db.base import Entity
from db.deeds import deed
from db.models import Activity, Organisation, OrganisationRole
from db.record import Record
from db.slots import Cost, Key
from db.triggers import logged_columns, logged_tables

CHEAP = Cost(passes=1, memory=64, lanes=1)
"""A key derivation that costs nothing: the tests' records hold nothing worth guarding."""

PASSPHRASE = "quatre mots pour essayer"
PERSON, OFFICE = "Amani Essai", "Bureau d'essai"


def new_record(path: Path) -> tuple[Record, str]:
    """A new record with its first person and office, and its recovery code."""
    return Record.create(path, PASSPHRASE, PERSON, OFFICE, "COD", cost=CHEAP)


def copied(made: Path, path: Path) -> Path:
    """A closed record in another place: to make one anew costs more than most tests."""
    shutil.copyfile(made, path)
    shutil.copyfile(keys.keys_path(made), keys.keys_path(path))
    return path


@deed("Add partner {name}")
def add_partner(session: Session, name: str) -> UUID:
    """A partner with its role."""
    partner = Organisation(name=name)
    session.add(partner)
    session.flush()
    session.add(OrganisationRole(organisation_id=partner.id, role="partner"))
    return partner.id


@deed("Add activity {title}")
def add_activity(session: Session, partner: UUID, title: str) -> UUID:
    """An activity of a partner."""
    activity = Activity(title=title, partner_id=partner, sector="PRO-GBV")
    session.add(activity)
    session.flush()
    return activity.id


@deed("Rename to {name}")
def rename(session: Session, partner: UUID, name: str) -> None:
    """Give an organisation another name."""
    session.scalars(select(Organisation).where(Organisation.id == partner)).one().name = name


def everything(session: Session) -> dict[str, set[tuple[object, ...]]]:
    """All that the record holds and nobody removed, table by table, without the numbers that never leave."""
    connection = session.connection()
    return {name: {tuple(map(str, row)) for row in connection.exec_driver_sql(asked)} for name, asked in _asked()}


@cache
def _asked() -> list[tuple[str, str]]:
    # Put together once: to do so for each of some ninety tables costs more than to read what most records hold.
    columns = {name: ", ".join(f"[{key}]" for key in ("id", *logged_columns(t))) for name, t in logged_tables().items()}
    return [(name, f"SELECT {listed} FROM [{name}] WHERE removed_at IS NULL") for name, listed in columns.items()]


def names(session: Session, entity: type[Entity] = Organisation) -> list[str]:
    """The names of what is there, in order."""
    table = entity.__table__
    assert isinstance(table, Table)
    return sorted(session.connection().execute(select(table.c.name).where(table.c.removed_at.is_(None))).scalars())


def let_in(path: Path, key: Key, person: UUID, passphrase: str, cost: Cost) -> None:
    """Give somebody a passphrase, past the deed that does."""
    keys.save(path, keys.with_passphrase(keys.load(path), Key(key.raw, person), passphrase, cost))


def new_code(path: Path, key: Key) -> str:
    """Give somebody a new printed code, past the deed that does."""
    slots, code = keys.with_new_code(keys.load(path), key)
    keys.save(path, slots)
    return code

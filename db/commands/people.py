"""The people of the office: the role of each, the passphrase of each, and who reads confidential texts.

What a person may do stands in the record and is a deed; what a person can open stands in the key file, which no deed
takes back. Whoever acts on somebody else's way in has to be a manager.
"""

from base64 import b64encode
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from db import backup, keys
from db.attempts import counted
from db.base import Entity, there
from db.commands.checking import fill
from db.deeds import called, deed
from db.errors import CannotOpenSealed, NotThere, RecordError
from db.escrow import known_by
from db.fields import field_of
from db.models import Person
from db.record import Record
from db.roles import require, role_of
from db.slots import Cost, Key
from i18n import N_

BY_DEED: Mapping[type[Entity], tuple[str, ...]] = {Person: ("role", "left_on", "successor_id")}

OLD_COPIES = N_(
    "Copies of the record and of its key file made until now still open with the old passphrase and the old code. "
    "Where that must not be, give the record a new key, which can remove the copies beside it, and destroy the others."
)
OLD_KEYRING = N_(
    "An account of a computer whose keyring keeps the key still opens the record there, until it is forgotten."
)
NOT_PREVENTED = (OLD_COPIES, OLD_KEYRING)
"""What closing a way in does not prevent; said wherever one is closed."""
SEALING_STAYS = N_(
    "What is confidential is still sealed with the key it had, for you do not open it: let somebody who does give the "
    "record a new key as well."
)

GIVEN = N_("Give {name} a passphrase and a recovery code")
GIVEN_WITH_READING = N_("Give {name} a passphrase and a recovery code that open confidential texts too")
NEW_CODE = N_("Give {name} a new recovery code")
CHANGED = N_("Change the passphrase of {name}")
CLOSED = N_("Close the way in of {name}")
LET_READ = N_("Let {name} open confidential texts")
STOPPED_READING = N_("Let {name} open confidential texts no more")
OFFICE_KEY_NAME = N_("Office key")
OFFICE_KEY = N_("Let the office key {known_by} open the record, as {name}")
NEW_KEY = N_("Give the record a new key")
"""What stands in the history of ways in: done to the key file, and not taken back by undo."""


class OfficeKeyKnown(RecordError):
    message = N_("The office key {known_by} opens this record already.")


@dataclass(frozen=True)
class Way:
    """How one person gets into the record, for the page of that person."""

    person: UUID
    role: str
    passphrase: bool
    recovery: bool
    reads_sealed: bool
    office_key: bool = False
    reads_by_some: bool = False


@deed(N_("Add {name}, who acts when the office key opens the record"), role="manager")
def add_office_key(session: Session, name: str) -> UUID:
    """Somebody to act when the record is opened by the office's key: what is done then stands under that name."""
    if problem := field_of(Person.name).problem(name):
        raise problem
    acts = Person(name=name, role="manager")
    session.add(acts)
    session.flush()
    return acts.id


@deed(N_("Change the role of {name}"), role="manager")
def set_role(session: Session, id: UUID, values: Mapping[str, Any]) -> None:
    """Give somebody another role, or none."""
    person = present(session, id)
    called(session, name=person.name)
    fill(person, {"role": values.get("role")})


def way_of(record: Record, person: UUID) -> Way:
    """What one person may do and can open."""
    role = record.read(role_of, person)
    found = next((way for way in keys.ways_in(record.path) if way.person == person), None)
    if found is None:
        return Way(person, role, False, False, False)
    reads, some = found.reads_sealed, found.reads_by_some
    return Way(person, role, found.passphrase, found.recovery, reads, found.office_key, some)


@dataclass(frozen=True)
class Opener:
    """Somebody who can open the record, and by what."""

    name: str
    way: Way


def openers(record: Record) -> tuple[Opener, ...]:
    """Who can open the record now, by name, whoever has left included."""
    found = [Opener(record.read(named, way.person), way_of(record, way.person)) for way in keys.ways_in(record.path)]
    return tuple(sorted(found, key=lambda opener: opener.name.casefold()))


def give_office_key(record: Record, public: bytes, name: str, *, reads_sealed: bool = False) -> UUID:
    """Let the office's key open the record; answers the one who acts then."""
    if any(slot.kind == "escrow" and slot.public == b64encode(public).decode() for slot in keys.load(record.path)):
        raise OfficeKeyKnown(known_by=known_by(public))
    key_for(record, record.person, reads_sealed)  # refused before anybody is added
    acts = record.write(add_office_key, name)
    keys.save(record.path, keys.with_office_key(keys.load(record.path), key_for(record, acts, reads_sealed), public))
    record.tell(OFFICE_KEY, name=name, known_by=known_by(public))
    into_a_copy(record)
    return acts


def new_key(record: Record, *, thin: bool = False) -> tuple[str, ...]:
    """Give the record a new key; those named need a passphrase anew. With `thin`, no copy from before stays beside it.

    Whoever kept the old key, with a copy or an old key file, opens no later state of the record with it.
    """
    _require_manager(record)
    before = {way.person for way in keys.ways_in(record.path)}
    record.rekey()
    record.tell(NEW_KEY)
    made = record.back_up()
    if thin:
        for old in backup.copies(record.path):
            if old.path != made.path:
                backup.remove(old)
    left_out = before - {way.person for way in keys.ways_in(record.path)}
    return tuple(sorted(record.read(named, person) for person in left_out))


def give_passphrase(
    record: Record, person: UUID, passphrase: str, *, reads_sealed: bool = False, cost: Cost | None = None
) -> str:
    """Let somebody in under a passphrase of their own; gives their recovery code, to be printed once."""
    _require_manager(record)
    name = record.read(present, person).name
    key = key_for(record, person, reads_sealed)
    slots, code = keys.with_new_code(keys.with_passphrase(keys.load(record.path), key, passphrase, cost), key)
    keys.save(record.path, slots)
    record.tell(GIVEN_WITH_READING if reads_sealed else GIVEN, name=name)
    into_a_copy(record)
    return code


def change_own(record: Record, passphrase: str, cost: Cost | None = None) -> None:
    """Give whoever acts another passphrase; the old one, and the key file from before, open the record no more."""
    keys.save_closed(record.path, keys.with_passphrase(keys.load(record.path), record.key, passphrase, cost))
    record.tell(CHANGED, name=record.read(named, record.person))
    into_a_copy(record)


def renew_own_code(record: Record) -> str:
    """Give whoever acts another recovery code, to be printed once; the old one opens the record no more."""
    slots, code = keys.with_new_code(keys.load(record.path), record.key)
    keys.save_closed(record.path, slots)
    record.tell(NEW_CODE, name=record.read(named, record.person))
    into_a_copy(record)
    return code


def close_way_in(record: Record, person: UUID) -> None:
    """Take somebody's passphrase and recovery code away."""
    _require_manager(record)
    keys.remove_person(record.path, person)
    record.tell(CLOSED, name=record.read(named, person))
    into_a_copy(record)


def let_read(record: Record, person: UUID, secret: str) -> None:
    """Let somebody who is there open confidential texts, by the passphrase or the code that they type."""
    _require_manager(record)
    with counted(record.path):
        keys.let_read(record.path, record.key, person, secret)
    record.tell(LET_READ, name=record.read(named, person))


def stop_reading(record: Record, person: UUID) -> None:
    """Somebody opens no confidential text any more, from the next time they open the record."""
    _require_manager(record)
    keys.stop_reading(record.path, person)
    record.tell(STOPPED_READING, name=record.read(named, person))


def into_a_copy(record: Record) -> None:
    """The newest copy opens by what opens the record now: a printed code that opens no copy is worth nothing."""
    # What was done to the key file stands, and its code has to be shown, also where a copy finds no room.
    with suppress(RecordError):
        record.back_up()


def key_for(record: Record, person: UUID, reads_sealed: bool) -> Key:
    """The record's key as this person is to hold it."""
    if reads_sealed and record.key.sealing is None:
        raise CannotOpenSealed
    return replace(record.key, person=person, sealing=record.key.sealing if reads_sealed else None)


def present(session: Session, id: UUID) -> Person:
    """Somebody who works here still."""
    person = there(session, Person, id)
    if person.left_on is not None:
        raise NotThere
    return person


def named(session: Session, person: UUID) -> str:
    """What somebody is called, who may have left."""
    return session.scalar(select(Person.name).where(Person.id == person)) or ""


def _require_manager(record: Record) -> None:
    record.read(require, "manager")

"""Handing over: a leaver's open duties pass to a successor, and the leaver's way into the record is closed.

The duties pass in one deed, which can be taken back. The way in is closed in the key file, and stays closed. Where the
power fails between the two, the next opening closes it: whoever left has no way in.
"""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from db import keys
from db.commands.checking import fill
from db.commands.people import CLOSED, GIVEN, NEW_CODE, into_a_copy, key_for, named, present
from db.deeds import called, deed
from db.errors import InvalidValue, LastReader, LastWayIn, NeedsValue, RecordError
from db.fields import field_of
from db.models import Person
from db.queries.people import HELD, OpenDuty, held_by, open_duties
from db.record import Record
from db.roles import require
from db.slots import Cost
from i18n import N_

STAYS_CLOSED = N_(
    "Taking this back gives the duties back. The passphrase stays closed: give a new one where it is needed."
)


class NotASuccessor(InvalidValue):
    message = N_("“{field}”: choose somebody else, who still works here.")


class InTheirPresence(RecordError):
    message = N_(
        "The right to open confidential texts is given only to somebody who is there. Let the successor type a "
        "passphrase too, or hand over without that right."
    )


@dataclass(frozen=True)
class HandedOver:
    """What was passed on, and the successor's new recovery code, to be printed once; none without a passphrase."""

    duties: tuple[OpenDuty, ...]
    successor: str
    code: str | None


@deed(N_("Hand over from {leaver} to {successor}"), role="manager")
def pass_on(session: Session, id: UUID, values: Mapping[str, Any]) -> tuple[OpenDuty, ...]:
    """Give a leaver's open duties to a successor from a day on; answers what was open."""
    leaver = present(session, id)
    successor = _successor(session, id, values.get("successor_id"))
    if not values.get("left_on"):
        raise NeedsValue(field_of(Person.left_on).name)
    called(session, leaver=leaver.name, successor=successor.name)
    passed = open_duties(session, id)
    for held in HELD:
        for thing in session.scalars(select(held.entity).where(held_by(held, id))):
            fill(thing, {"person_id": successor.id})
    fill(leaver, {"left_on": values["left_on"], "successor_id": successor.id})
    return passed


def hand_over(
    record: Record,
    leaver: UUID,
    values: Mapping[str, Any],
    passphrase: str | None = None,
    *,
    reads_sealed: bool = False,
    cost: Cost | None = None,
) -> HandedOver:
    """Pass the duties on, close the leaver's way in, and give the successor a new recovery code.

    A successor who had no passphrase gets this one; so does one who is to read what is confidential from now on, for
    that is given to no slot that was there before. Whatever the key file refuses is refused before the deed is done.
    """
    record.read(require, "manager")
    successor = record.read(_successor, leaver, values.get("successor_id")).id
    before = keys.load(record.path)
    theirs = [slot for slot in before if slot.person == successor.hex]
    reads_already = any(slot.sealed for slot in theirs)
    if reads_sealed and theirs and not reads_already and not passphrase:
        raise InTheirPresence
    reads_sealed = reads_sealed or reads_already
    key = key_for(record, successor, reads_sealed)
    both, code = before, None
    if passphrase:
        both = keys.with_passphrase(both, key, passphrase, cost)
    after = both
    if passphrase or theirs:
        after, code = keys.with_new_code(both, key)
    after = keys.without(after, leaver)
    # The successor's way in first: whoever finishes what was broken off must not find the leaver's to be the last.
    if both != before:
        keys.save(record.path, both)
    try:
        duties = record.write(pass_on, leaver, values)
    except BaseException:
        if both != before:
            keys.save_closed(record.path, before)
        raise
    keys.save_closed(record.path, after)
    record.tell(CLOSED, name=record.read(named, leaver))
    if code:
        record.tell(GIVEN if passphrase else NEW_CODE, name=record.read(named, successor))
    into_a_copy(record)
    return HandedOver(duties, record.read(named, successor), code)


def finish(record: Record) -> tuple[str, ...]:
    """Close the way in of those who handed over or were removed, where that is still to be done; says whose it was.

    Where theirs is the last one, it stays: a record that nobody opens helps nobody.
    """
    closed = []
    for person in {way.person for way in keys.ways_in(record.path)} & record.read(_left):
        with suppress(LastWayIn, LastReader):
            keys.remove_person(record.path, person)
            closed.append(record.read(named, person))
            record.tell(CLOSED, name=closed[-1])
    return tuple(closed)


def _left(session: Session) -> set[UUID]:
    return set(session.scalars(select(Person.id).where(Person.left_on.is_not(None) | Person.removed_at.is_not(None))))


def _successor(session: Session, leaver: UUID, id: UUID | None) -> Person:
    field = field_of(Person.successor_id).name
    if id is None:
        raise NeedsValue(field)
    if id == leaver or not session.scalar(select(Person.id).where(Person.id == id, Person.left_on.is_(None))):
        raise NotASuccessor(field)
    return present(session, id)

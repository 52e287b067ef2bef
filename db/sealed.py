"""Sealed fields: texts that only some people open, each time with a reason that is kept.

What is typed into such a field is sealed just before it is written, whichever way it came; so the tables, the log,
undo and copies hold ciphertext only. A sealed text is bound to its place: moved to another thing it does not open.
"""

import os
from base64 import b64decode, b64encode
from collections.abc import Mapping
from contextlib import suppress
from typing import Any
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import event, inspect, select
from sqlalchemy.orm import Session

from db import trail
from db.base import Base, Entity, new_id, now
from db.errors import CannotOpenSealed, NotThere, RecordError
from db.fields import CheckedSession, Field, Kind, fields_of, is_sealed
from db.models.readings import Reading
from db.slots import KEY_BYTES, Key
from i18n import N_

REASON = Field(N_("Reason for opening it"), Kind.TEXT, required=True)
_MARK, _NONCE = "sealed:", 12


class OpensWithAnotherKey(RecordError):
    message = N_("This confidential text does not open: it was sealed with another key, or was moved or altered.")


def acting(key: Key) -> dict[str, Any]:
    """What a session knows of whoever acts."""
    return {"person": key.person, "sealing": key.sealing}


def seal(sealing: bytes, place: bytes, text: str) -> str:
    """A text as it may be kept in this place, sealed with the newest of the keys."""
    nonce = os.urandom(_NONCE)
    return _MARK + b64encode(nonce + AESGCM(sealing[:KEY_BYTES]).encrypt(nonce, text.encode(), place)).decode()


def opened(sealing: bytes, place: bytes, sealed: str) -> str:
    """The text that was sealed for this place, with the newest of the keys or an earlier one."""
    kept = b64decode(sealed.removeprefix(_MARK))
    for start in range(0, len(sealing), KEY_BYTES):
        with suppress(InvalidTag):
            one = AESGCM(sealing[start : start + KEY_BYTES])
            return one.decrypt(kept[:_NONCE], kept[_NONCE:], place).decode()
    raise OpensWithAnotherKey


def unseal(session: Session, entity: type[Entity], id: UUID, field: str, reason: str) -> str:
    """Open a sealed text for whoever acts, and keep that they did and why; done through `Record.note`."""
    reason = reason.strip()
    if problem := REASON.problem(reason):
        raise problem
    if session.info["sealing"] is None:
        raise CannotOpenSealed
    column = getattr(entity, field)
    sealed = session.scalar(select(column).where(entity.id == id, entity.removed_at.is_(None)))
    if not sealed:
        raise NotThere
    text = opened(session.info["sealing"], place_of(entity, id, field), sealed)
    place = {"entity": entity.__tablename__, "entity_id": id, "field": field}
    reading = Reading(**place, person_id=session.info["person"], reason=reason, at=now())
    session.add(reading)
    trail.keep(session, trail.OPENED, reading.person_id, reading)
    return text


def place_of(entity: type[Base], id: UUID, field: str) -> bytes:
    """Where a sealed text stands, which it is bound to."""
    return f"{entity.__tablename__}|{id.hex}|{field}".encode()


def seals(session: Session, entity: type[Base], id: UUID, values: Mapping[str, Any]) -> dict[str, str]:
    """Those of the values that must not stand as they are, sealed: for rows that are written past the session."""
    found: dict[str, str] = {}
    for name, field in fields_of(entity).items():
        if field.kind is Kind.SEALED and (text := values.get(name)) and not is_sealed(text):
            if session.info["sealing"] is None:
                raise CannotOpenSealed
            found[name] = seal(session.info["sealing"], place_of(entity, id, name), text)
    return found


@event.listens_for(CheckedSession, "before_flush")
def _before_flush(session: Session, _context: object, _instances: object) -> None:
    for thing in session.new | session.dirty:
        if isinstance(thing, Entity) and any(field.kind is Kind.SEALED for field in fields_of(type(thing)).values()):
            thing.id = thing.id or new_id()
            for name, sealed in seals(session, type(thing), thing.id, inspect(thing).dict).items():
                setattr(thing, name, sealed)

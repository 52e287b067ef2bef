"""The file of a new record: its tables, its first person and office, and its start in the log."""

from collections.abc import Callable
from pathlib import Path

from sqlalchemy.orm import Session

from db.base import new_id, now
from db.engine import connect
from db.migrations import upgrade
from db.models import Device, Office, Person
from db.open_file import OpenFile
from db.sealing import open_set, seal
from db.searching import keep_in_step
from db.slots import Key
from i18n import N_

Filling = Callable[[Session], object]

_START = N_("Start the record of {office}")


def begin(part: Path, key: Key, person: str, office: str, country: str | None, holding: Filling) -> None:
    """Make the file under a name that is not yet its own."""
    connect(part, key.raw, create=True).close()
    file = OpenFile(part, key)
    try:
        upgrade(part, file.engine, key.raw)
        with file.session() as session:
            session.add(Device(since=now()))
            session.flush()
            opened = open_set(session.connection(), _START, key.person, act="start")
            home = Office(id=new_id(), name=office, country=country)
            session.add_all([home, Person(id=key.person, name=person, office_id=home.id)])
            holding(session)
            session.flush()
            keep_in_step(session.connection(), seal(session.connection(), opened, {"office": office[:200]}))
            session.commit()
    finally:
        file.forget()

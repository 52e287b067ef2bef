"""Taking back: any of the last hundred deeds gives back exactly what was there, and so do a thousand random sequences.

Deeds of every kind, drawn by chance, with undo and redo among them; each step back is the state that was there, and
stands in the history itself. Weaker: an undo leaves out the last row that it has to put back.
"""

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable
from random import Random
from unittest.mock import patch
from uuid import UUID

from sqlalchemy import Connection, Table, func, select
from sqlalchemy.orm import Session

from db import changes, undoing
from db.base import Entity
from db.commands.entries import add, edit, edit_many
from db.commands.removing import remove
from db.errors import RecordError
from db.models import ChangeSet
from db.queries.check import check
from db.record import Record
from db.triggers import logged_columns, logged_tables
from tests.anything import ENTITIES, values_of
from tests.faults.figure import Count, fresh, opened, refusal, scratch

NUMBER = 20
ANEW = 100
"""Sequences after which another record is taken."""


def count(quick: bool, weaker: bool) -> Count:
    """Do, take back, compare."""
    last, sequences = (20, 10) if quick else (100, 1000)
    chance = Random(20)
    with scratch() as folder, patch.object(undoing, "apply", _all_but_one if weaker else changes.apply):
        with opened(fresh(folder / "record")) as record:
            exact = _last_deeds(record, chance, last)
            history = record.read(_turned_back)
            sound = check(record) == ()
        right = 0
        for first in range(0, sequences, ANEW):
            with opened(fresh(folder / "record")) as record:
                right += _sequences(record, chance, min(ANEW, sequences - first))
                sound = sound and check(record) == ()
    told = f"{exact} of the last {last} deeds taken back exactly, {history} undos in the history; "
    told += f"{right} of {sequences} random sequences exact; the records are {'sound' if sound else 'NOT sound'}"
    return Count(told, sound and exact == history == last and right == sequences)


def _all_but_one(connection: Connection, turned: list[changes.Change]) -> None:
    changes.apply(connection, turned[:-1])


def _turned_back(session: Session) -> int:
    return session.scalars(select(func.count()).where(ChangeSet.act == "undo")).one()


def _last_deeds(record: Record, chance: Random, many: int) -> int:
    """How many of so many deeds are taken back to exactly what was there before them."""
    watched, held = Watched(record), Held(record)
    states = [watched.state()]
    while len(states) <= many:
        if random_deed(record, chance, held.now()) and watched.touched:
            states.append(watched.state())
    return sum(_turned(record.undo) and watched.state() == state for state in reversed(states[:-1]))


def _sequences(record: Record, chance: Random, many: int) -> int:
    """How many sequences of deeds, undos and redos returned to each earlier state."""
    watched, held = Watched(record), Held(record)
    return sum(_sequence(record, chance, watched, held) for _sequence_number in range(many))


def _sequence(record: Record, chance: Random, watched: "Watched", held: "Held") -> bool:
    states, place = [watched.state()], 0
    for _step in range(chance.randint(3, 9)):
        draw = chance.random()
        if draw < 0.25 and place > 0:
            place -= 1
            if not (_turned(record.undo) and watched.state() == states[place]):
                return False
        elif draw < 0.4 and place < len(states) - 1:
            place += 1
            if not (_turned(record.redo) and watched.state() == states[place]):
                return False
        elif random_deed(record, chance, held.now()) and watched.touched:
            place += 1
            states[place:] = [watched.state()]
    # Some deeds stand, so that the next sequence begins from something.
    while place > 0 and chance.random() < 0.9:
        place -= 1
        if not (_turned(record.undo) and watched.state() == states[place]):
            return False
    return True


def _turned(turn: Callable[[], object]) -> bool:
    return refusal(turn) is None


def digests(session: Session, tables: Iterable[str]) -> dict[str, str]:
    """A digest of all that these tables hold and nobody removed."""
    found = {}
    for name in tables:
        columns = ", ".join(f'"{column}"' for column in ("id", *logged_columns(logged_tables()[name])))
        rows = session.connection().exec_driver_sql(
            f'SELECT {columns} FROM "{name}" WHERE removed_at IS NULL ORDER BY id'
        )
        found[name] = hashlib.sha256(repr(rows.fetchall()).encode("utf-8", "surrogateescape")).hexdigest()
    return found


class Watched:
    """The state of a record, read anew where the record says that it was touched, and now and then everywhere."""

    def __init__(self, record: Record) -> None:
        self._record, self._turn, self.touched = record, 0, set(logged_tables())
        self._held: dict[str, str] = {}
        record.changed.listen(self.touched.update)

    def state(self) -> dict[str, str]:
        self._turn += 1
        tables = logged_tables() if self._turn % 100 == 0 else self.touched
        self._held = {**self._held, **self._record.read(digests, tuple(tables))}
        self.touched.clear()
        return self._held


class Held:
    """What is there to point at, read anew now and then where something moved."""

    def __init__(self, record: Record) -> None:
        self._record, self._turn, self._moved = record, 0, set(logged_tables())
        self._held: dict[str, list[UUID]] = defaultdict(list)
        record.changed.listen(self._moved.update)

    def now(self) -> dict[str, list[UUID]]:
        if self._turn % 10 == 0:
            self._held.update(self._record.read(ids, tuple(self._moved)))
            self._moved.clear()
        self._turn += 1
        return self._held


def ids(session: Session, tables: Iterable[str]) -> dict[str, list[UUID]]:
    """What is there to point at in these tables."""
    found: dict[str, list[UUID]] = {}
    for name in tables:
        table = logged_tables()[name]
        query = select(table.c.id).where(table.c.removed_at.is_(None)).order_by(table.c.row.desc()).limit(20)
        found[name] = list(session.connection().execute(query).scalars())
    return found


def random_deed(record: Record, chance: Random, held: dict[str, list[UUID]]) -> str | None:
    """Do something by chance; the entity's table where it was done, None where it was refused."""
    entity: type[Entity] = chance.choice(ENTITIES)
    assert isinstance(entity.__table__, Table)
    there = held[entity.__table__.name]
    if (values := values_of(chance, entity, held)) is None:
        return None
    what = chance.random()
    try:
        if not there or what < 0.5:
            record.write(add, entity, values)
        elif what < 0.75:
            record.write(edit, entity, chance.choice(there), values)
        elif what < 0.85:
            key = chance.choice(list(values))
            record.write(edit_many, entity, there[:5], {key: values[key]})
        else:
            record.write(remove, entity, chance.choice(there))
    except RecordError:
        return None
    return entity.__table__.name

"""Deeds, undos and redos by chance over every kind of thing: each step back is the exact state that was there."""

import hashlib
import os
from collections import Counter, defaultdict
from collections.abc import Iterable
from random import Random
from uuid import UUID

from sqlalchemy import Table, select
from sqlalchemy.orm import Session

from db.base import Entity
from db.commands.entries import add, edit, edit_many
from db.commands.removing import remove
from db.errors import RecordError
from db.queries.check import check
from db.record import Record
from db.triggers import logged_columns, logged_tables
from tests.anything import ENTITIES, values_of

STEPS = int(os.environ.get("JALON_STEPS", "500"))
"""A thousand before a release: `JALON_STEPS=1000 pytest tests/db/test_thousand.py`."""


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
        self._record, self._turn, self._touched = record, 0, set(logged_tables())
        self._held: dict[str, str] = {}
        record.listen(self._touched.update)

    def state(self) -> dict[str, str]:
        self._turn += 1
        tables = logged_tables() if self._turn % 100 == 0 else self._touched
        self._held = {**self._held, **self._record.read(digests, tuple(tables))}
        self._touched.clear()
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


def test_many_steps_return_to_every_earlier_state(record: Record) -> None:
    chance, watched = Random(20261122), Watched(record)
    states, place, seen = [watched.state()], 0, Counter[str]()
    held: dict[str, list[UUID]] = defaultdict(list, record.read(ids, logged_tables()))
    moved = set[str]()
    record.listen(moved.update)
    for step in range(STEPS):
        draw = chance.random()
        if draw < 0.2 and place > 0:
            record.undo()
            place -= 1
            assert watched.state() == states[place], step
        elif draw < 0.3 and place < len(states) - 1:
            record.redo()
            place += 1
            assert watched.state() == states[place], step
        elif table := random_deed(record, chance, held):
            now = watched.state()
            if now != states[place]:
                states[place + 1 :] = [now]
                place += 1
                seen[table] += 1
        if step % 10 == 0:
            held.update(record.read(ids, tuple(moved)))
            moved.clear()
    while place > 0:
        record.undo()
        place -= 1
        assert watched.state() == states[place]
    assert record.read(digests, tuple(logged_tables())) == states[0]
    assert len(seen) > min(STEPS // 10, len(ENTITIES) // 2)
    assert check(record) == ()

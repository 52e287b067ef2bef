"""The trail of what left and of what confidential was opened: each entry's digest stands in the chain of the history.

Entries are notes beside the record, which no chain holds. So whoever writes one also writes a change set of the act
“trail” that names it with a digest of all that it says; a deed that writes one keeps the digest with its own set.
Altering or dropping an entry, or slipping one in, is then found by the check; cutting off the end as with any other
set, by the number that the last back-up noted. The first takes in what was kept before there were any.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal
from uuid import UUID

from sqlalchemy import String, cast, exists, func, inspect, select
from sqlalchemy.orm import Session

from db.base import Note
from db.deeds import kept_besides
from db.models.log import ChangeSet
from db.models.readings import Reading
from db.models.reports_issued import Issued, IssuedAtom, IssuedCells
from db.sealing import open_set, seal
from i18n import N_

ACT: Literal["trail"] = "trail"
LEFT, OPENED, FORGOTTEN = N_("A file left"), N_("A confidential text was opened"), N_("A file did not leave after all")
_ENTRIES: Mapping[str, type[Issued] | type[Reading]] = {"issued": Issued, "reading": Reading}
_TRAIL, _ATOMS, _GONE = "trail", "atoms", "gone"


@dataclass(frozen=True)
class Astray:
    """Entries of the trail that are not as they were written: their days where they are known, and what is wrong."""

    what: Literal["altered", "missing", "past"]
    days: tuple[date, ...]


def keep(session: Session, name: str, actor: UUID, *entries: Note) -> None:
    """Put the digests of entries just written, or written anew, into the chain: by themselves, or with their deed."""
    session.flush()
    told = list(_told(session))
    wanted = {one: [entry.id for entry in entries if isinstance(entry, kind)] for one, kind in _ENTRIES.items()}
    if not told:
        wanted = {one: list(session.scalars(select(kind.id))) for one, kind in _ENTRIES.items()}
    found: dict[str, Any] = {one: _digests(session, one, ids) for one, ids in wanted.items() if ids}
    kept = max((last for each, _day in told for _first, last, _digest in each.get(_ATOMS, ())), default=0)
    if (last := session.scalar(select(func.max(IssuedAtom.row))) or 0) > kept:
        found[_ATOMS] = [[kept + 1, last, _atoms(session, kept + 1, last)]]
    _put(session, name, actor, found)


def forget(session: Session, actor: UUID, *gone: UUID) -> None:
    """Say in the chain that these entries were taken back, because what they tell of did not happen."""
    _put(session, FORGOTTEN, actor, {_GONE: [id.hex for id in gone]})


def astray(session: Session) -> Iterator[Astray]:
    """What in the trail is not as the chain says."""
    told = list(_told(session))
    if not told:
        return
    altered, missing, past = list[date](), list[date](), list[date]()
    for name in _ENTRIES:
        known: dict[str, tuple[str, date]] = {}
        for each, day in told:
            known |= {id: (digest, day) for id, digest in each.get(name, {}).items()}
            for id in each.get(_GONE, ()):
                known.pop(id, None)
        there = _digests(session, name)
        altered += [day for id, (digest, day) in known.items() if there.get(id, digest) != digest]
        missing += [day for id, (_digest, day) in known.items() if id not in there]
        past += [_day(session, name, id) for id in there.keys() - known.keys()]
    pieces = [(first, last, digest, day) for each, day in told for first, last, digest in each.get(_ATOMS, ())]
    altered += [day for first, last, digest, day in pieces if _atoms(session, first, last) != digest]
    kept = max((last for _first, last, *_more in pieces), default=0)
    if beyond := session.scalar(select(func.count()).where(IssuedAtom.row > kept)):
        past += [date.today()] * beyond
    found: tuple[tuple[Literal["altered", "missing", "past"], list[date]], ...]
    found = (("altered", altered), ("missing", missing), ("past", past))
    yield from (Astray(what, tuple(sorted(days))) for what, days in found if days)


def _told(session: Session) -> Iterator[tuple[Mapping[str, Any], date]]:
    """What the chain, and the deed that is running, say of the trail, the oldest first."""
    sets = select(ChangeSet.details, ChangeSet.at).where(cast(ChangeSet.details, String).like(f'%"{_TRAIL}": {{%'))
    for details, at in session.execute(sets.order_by(ChangeSet.row)):
        if isinstance(details.get(_TRAIL), dict):
            yield details[_TRAIL], at.astimezone().date()
    if _TRAIL in (pending := session.info.get("besides", {})):
        yield pending[_TRAIL], date.today()


def _put(session: Session, name: str, actor: UUID, found: Mapping[str, Any]) -> None:
    connection = session.connection()
    if session.scalar(select(exists().where(ChangeSet.chain.is_(None)))):
        before = session.info.get("besides", {}).get(_TRAIL, {})
        merged: dict[str, Any] = {one: before.get(one, {}) | found.get(one, {}) for one in _ENTRIES}
        kept_besides(session, **{_TRAIL: merged | {_ATOMS: [*before.get(_ATOMS, ()), *found.get(_ATOMS, ())]}})
    else:
        seal(connection, open_set(connection, name, actor, act=ACT), {_TRAIL: dict(found)})


def _digests(session: Session, name: str, ids: Sequence[UUID] | None = None) -> dict[str, str]:
    """A digest of all that each of these entries says, or of every one, by its id."""
    kind = _ENTRIES[name]
    where = "" if ids is None else f"WHERE {{}} IN ({', '.join('?' * len(ids))})"
    wanted = [id.hex for id in ids or ()]
    bodies = _raw(session, IssuedCells, where.format("issued_id"), wanted) if kind is Issued else ()
    cells = {one["issued_id"]: one["cells"] for one in bodies}
    rows = _raw(session, kind, where.format("id"), wanted)
    return {row["id"]: _digest({**row, "cells": cells.get(row["id"])}) for row in rows}


def _atoms(session: Session, first: int, last: int) -> str:
    """A digest of the atoms in these rows of their table, which is only ever added to."""
    return _digest(list(_raw(session, IssuedAtom, "WHERE row BETWEEN ? AND ? ORDER BY row", (first, last))))


def _raw(session: Session, kind: type[Note], where: str, values: Iterable[Any]) -> Iterator[dict[str, Any]]:
    """Rows as the file holds them, without what stands empty: a column of a later version alters no digest."""
    columns = sorted(column.key for column in inspect(kind).columns if column.key != "row")
    asked = f'SELECT {", ".join(columns)} FROM "{kind.__tablename__}" {where}'
    for row in session.connection().exec_driver_sql(asked, tuple(values)):
        yield {name: value for name, value in zip(columns, row, strict=True) if value is not None}


def _digest(said: Any) -> str:
    return hashlib.sha256(
        json.dumps(said, sort_keys=True, default=bytes.hex).encode("utf-8", "surrogateescape")
    ).hexdigest()


def _day(session: Session, name: str, id: str) -> date:
    """The day that an entry says it is of; one that nobody wrote as it should be may say nothing of the kind."""
    asked = f"SELECT at FROM {_ENTRIES[name].__tablename__} WHERE id = ?"
    try:
        return date.fromisoformat(str(session.connection().exec_driver_sql(asked, (id,)).scalar())[:10])
    except ValueError:
        return date.today()

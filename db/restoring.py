"""Bringing a copy back in the record's place: which copies there are, what would be lost, and the step itself.

The present files are kept aside, and what was brought back goes on as a new device: it would otherwise give anew the
numbers that its copies, and whoever joins them later, know already. What had been erased since the copy was made is
erased again, as the files aside tell.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select

from db import backup, keys
from db.backup import Copy, copies
from db.base import now
from db.engine import connect, fits, worded
from db.erasing import erase_what_came_back
from db.errors import RecordError
from db.locking import locked
from db.models import ChangeSet, Device
from db.queries.history import Done, deeds
from db.record import Record
from db.slots import Key

_LAST = """
SELECT person.name, change_set.at FROM change_set LEFT JOIN person ON person.id = change_set.actor_id
ORDER BY change_set.row DESC LIMIT 1
"""


@dataclass(frozen=True)
class Held:
    """A copy that can be brought back; by whom its last change is, as far as a key opens it."""

    copy: Copy
    size: int
    second: bool
    by: str | None = None
    last_at: datetime | None = None


@dataclass(frozen=True)
class Difference:
    """What the present record holds that a copy does not, newest first, and how much it lacks that the copy has."""

    lost: tuple[Done, ...]
    regained: int


def held(record: Path, second: Path | None = None, key: bytes | None = None) -> tuple[Held, ...]:
    """The copies of a record in both places, newest first; one that lies in both is listed once."""
    here = {copy.path.name: (copy, False) for copy in copies(record)}
    there = {copy.path.name: (copy, True) for copy in (copies(record, second) if second else ())}
    found = sorted((there | here).values(), key=lambda one: one[0].made_at, reverse=True)
    return tuple(_held(copy, second, key) for copy, second in found)


def difference(record: Record, copy: Path) -> Difference:
    """What would be lost and regained if this copy took the record's place."""
    with _read(copy, record.key.raw) as driver:
        there = {UUID(id) for (id,) in driver.execute("SELECT id FROM change_set")}
    here = record.read(lambda session: set(session.scalars(select(ChangeSet.id))))
    lost = here - there
    told = tuple(done for done in record.read(deeds, None) if done.id in lost) if lost else ()
    return Difference(told, len(there - here))


def restore(
    copy: Path,
    path: Path,
    secret: Key | str,
    *,
    copied: Callable[[int], object] = lambda _bytes: None,
    before: Callable[[], object] = lambda: None,
) -> tuple[Record, Path | None]:
    """Bring a copy back in the record's place; the present files are kept aside, and the copy is a new device.

    `copied` hears of each part and may stop it by an error; `before` is called when only the short steps are left, to
    close the present record.
    """
    key = _key_of(copy, secret)
    with worded(path):
        try:
            whole = backup.stage(copy, path, key.raw, copied)
            before()
            with locked(path):
                aside = backup.put_in_place(whole, path)
        finally:
            for end in (".back", ".back.keys"):
                path.with_name(path.name + end).unlink(missing_ok=True)
    record = Record.open(path, key)
    record.note(lambda session: session.execute(insert(Device).values(since=now())))
    if aside is not None:
        erase_what_came_back(record, aside, _key_of_former(aside, key, secret))
    return record, aside


def finish(record: Record) -> None:
    """Where bringing a copy back was broken off after it took its place: erase again what had been erased since."""
    for aside in list(backup.asides(record.path))[:1]:
        erase_what_came_back(record, aside, record.key)


def _key_of_former(aside: Path, key: Key, secret: Key | str) -> Key:
    """What opens the files aside: the record may have been given a new key after the copy was made."""
    with suppress(RecordError):
        if isinstance(secret, str) and not fits(aside, key.raw):
            return keys.unlock(aside, secret)
    return key


def _key_of(copy: Path, secret: Key | str) -> Key:
    return secret if isinstance(secret, Key) else keys.unlock(copy, secret)


def _held(copy: Copy, second: bool, key: bytes | None) -> Held:
    by, last_at = None, None
    if key is not None:
        try:
            with _read(copy.path, key) as driver:
                by, at = driver.execute(_LAST).fetchone()
                last_at = datetime.fromisoformat(at).replace(tzinfo=UTC)
        except RecordError:
            pass  # under another key, or damaged: bringing it back says which
    return Held(copy, copy.path.stat().st_size, second, by, last_at)


@contextmanager
def _read(copy: Path, key: bytes) -> Iterator[Any]:
    with worded(copy):
        driver = connect(copy, key, wal=False)
        try:
            yield driver
        finally:
            driver.close()

"""Bringing a copy back in the record's place: which copies there are, what would be lost, and the step itself.

The present files are kept aside, and what was brought back goes on as a new device: it would otherwise give anew the
numbers that its copies, and whoever joins them later, know already. What had been erased since the copy was made is
erased again, as the files aside tell. Who opens the record stays as it is now: a way in that was closed since is not
opened again by an older key file, and a copy from before a new key is written under that one.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import select

from db import backup, keys, origin
from db.ageing import Copy
from db.backup import copies
from db.engine import connect, fits, worded, write_anew
from db.erasing import erase_what_came_back
from db.errors import KeyFileDamaged, KeyFileMissing, RecordError, WrongPassphrase
from db.locking import locked
from db.models import ChangeSet
from db.queries.history import Done, deeds
from db.record import Record
from db.slots import Key, Slot
from i18n import N_

WAYS_KEPT = N_("Bring a copy back; who opens the record stays as it was")
"""What stands in the history of the key file."""
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


class OpensNoMore(WrongPassphrase):
    message = N_(
        "This opened the record when the copy was made, and opens it no more. Type what opens the record now. Where "
        "that does not open the copy, open the record first, and bring the copy back from there."
    )


class JoinedSince(RecordError):
    message = N_(
        "You were not yet among the people of the record when this copy was made. Let somebody who was bring it back, "
        "or choose a newer copy."
    )


@dataclass(frozen=True)
class Back:
    """A record that was brought back, open, and where the files are that stood in its place."""

    record: Record
    aside: Path | None
    joined_since: int = 0
    """How many people opened the record who are not in the copy: they need a passphrase anew."""
    erased_unknown: bool = False
    """Whether the files aside do not open, so that nobody knows what had been erased since the copy was made."""


@dataclass(frozen=True)
class _Now:
    """Who opens the record now, among the people of a copy, and the key they open it by."""

    key: Key
    slots: list[Slot]
    joined_since: int


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


def difference(record: Record, copy: Path, key: Key | None = None) -> Difference:
    """What would be lost and regained if this copy took the record's place; the key of an older one is told."""
    with _read(copy, (key or record.key).raw) as driver:
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
    present: Key | None = None,
    copied: Callable[[int], object] = lambda _bytes: None,
    before: Callable[[], object] = lambda: None,
) -> Back:
    """Bring a copy back in the record's place; the present files are kept aside, and the copy is a new device.

    The `secret` opens the copy; it opens the record as well, or `present` does, the key of the open record. `copied`
    hears of each part and may stop it by an error; `before` is called when only the short steps are left, to close the
    present record.
    """
    key = key_of(copy, path, secret)
    now_in = _opening_now(copy, path, key, present or secret)
    with worded(path):
        try:
            whole = backup.stage(copy, path, key.raw, copied)
            if now_in is not None:
                _put_under(now_in, whole, key)
            before()
            with locked(path):
                aside = backup.put_in_place(whole, path)
        finally:
            backup.discard_staged(path)
    record = Record.open(path, now_in.key if now_in else key)
    origin.begin_anew(record)
    if now_in is not None:
        record.tell(WAYS_KEPT)
    known = _erased_again(record, secret)
    return Back(record, aside, now_in.joined_since if now_in else 0, not known)


def finish(record: Record) -> bool:
    """Where bringing a copy back was broken off after it took its place: erase again what had been erased since.

    Answers whether the files aside tell what that was.
    """
    return _erased_again(record, record.key)


def _erased_again(record: Record, secret: Key | str) -> bool:
    # All that lie aside tell, the newest first: one that was broken off may have put the present files there.
    done = [
        erase_what_came_back(record, one, _key_of_former(one, record.key, secret)) for one in backup.asides(record.path)
    ]
    return done[:1] != [None]


def _opening_now(copy: Path, path: Path, key: Key, secret: Key | str) -> _Now | None:
    """Who opens the record now; nobody where its key file is lost or is that of another record."""
    try:
        slots = keys.load(path)
    except (KeyFileMissing, KeyFileDamaged):
        slots = []
    with _read(copy, key.raw) as driver:
        people = {id for (id,) in driver.execute("SELECT id FROM person")}
    known = [slot for slot in slots if slot.person in people]
    if not known:
        keys.load(copy)  # refused here, before anything is moved, where that one is lost too
        return None
    own = secret if isinstance(secret, Key) else _own(path, secret)
    if own.person.hex not in people:
        raise JoinedSince
    return _Now(own, known, len({slot.person for slot in slots} - people))


def _own(path: Path, secret: str) -> Key:
    """The key that the record has now; the newest that somebody's way in leads to, where the record does not open."""
    try:
        found = keys.behind(path, secret)
    except WrongPassphrase:
        raise OpensNoMore from None
    return next((key for key in found if fits(path, key.raw)), found[0])


def _put_under(now_in: _Now, whole: Path, key: Key) -> None:
    """Have what was laid ready opened by those who open the record now, under the key that it has now."""
    if now_in.key.raw != key.raw:
        write_anew(whole, key.raw, now_in.key.raw)
    keys.keys_path(whole).unlink(missing_ok=True)
    keys.save(whole, now_in.slots)


def _key_of_former(aside: Path, key: Key, secret: Key | str) -> Key:
    """What opens the files aside: they may be those of another record, or have lost their way in."""
    with suppress(RecordError):
        if isinstance(secret, str) and not fits(aside, key.raw):
            return keys.unlock(aside, secret)
    return key


def key_of(copy: Path, path: Path, secret: Key | str) -> Key:
    """What opens the copy: also by a passphrase of today, where that way in is older than the copy."""
    if isinstance(secret, Key):
        return secret
    with suppress(RecordError):
        for key in keys.behind(path, secret):
            if fits(copy, key.raw):
                return key
    return keys.unlock(copy, secret)


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

"""Verified copies of the record: made through SQLite's own back-up, checked, and only then given their name.

A plain copy of a live record was wrong ten times of twenty. A copy leaves with its key file and without WAL, so that it
opens from read-only media too; its name says when it was made and the last change set it holds. Copies are thinned out
with age, and none but the newest outlives the retention: what was erased from the record is then in no copy either.
Which that are is for `db/ageing.py` to say.
"""

import glob
import re
import secrets
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from db.ageing import RETENTION, Copy, believed, superfluous
from db.base import now
from db.durable import copy_durably, rename_durably
from db.engine import connect, worded
from db.errors import BackupFailed, NoSuchFolder
from db.keys import keys_path

_STAMP = "%Y%m%dT%H%M%SZ"
_NAMED = re.compile(r"-(\d{8}T\d{6}Z)-(\d+)$")
_BESIDE = ("", "-journal", "-wal", "-shm", ".keys")
_LAID_READY = (*_BESIDE, ".keys.prev")
_BROKEN_OFF = timedelta(days=1)
"""After this long nobody can still be writing a copy."""
_UNSOUND = "unsound"

_CHECK_CACHE = "PRAGMA cache_size=-262144"


def folder_of(record: Path) -> Path:
    """Where the copies of a record are kept unless people say otherwise."""
    return record.with_name(record.name + ".backups")


def copies(record: Path, folder: Path | None = None) -> list[Copy]:
    """The copies of this record, newest first."""
    found = []
    for path in (folder or folder_of(record)).glob(f"*{record.suffix}"):
        if (named := _NAMED.search(path.stem)) and path.stem[: named.start()] == record.stem:
            made_at = datetime.strptime(named[1], _STAMP).replace(tzinfo=UTC)
            found.append(Copy(path, made_at, int(named[2])))
    return sorted(found, key=lambda copy: (copy.number, copy.made_at), reverse=True)


def called(copy: Path) -> str | None:
    """The file name of the record that this is a copy of, as the copy's own name tells it; None for another file."""
    named = _NAMED.search(copy.stem)
    return copy.stem[: named.start()] + copy.suffix if named else None


def newest(record: Path, connection: Any, folder: Path | None = None) -> Copy | None:
    """The newest copy of what the record is now: one from before it was brought back tells of another course."""
    since = connection.execute("SELECT since FROM device ORDER BY row DESC LIMIT 1").fetchone()[0]
    begun = datetime.fromisoformat(since).replace(tzinfo=UTC, microsecond=0)
    return next((copy for copy in copies(record, folder) if copy.made_at >= begun), None)


def last_number(connection: Any) -> int:
    """The last change set that a record or a copy holds."""
    return int(connection.execute("SELECT coalesce(max(row), 0) FROM change_set").fetchone()[0])


def back_up(record: Path, connection: Any, key: bytes, folder: Path | None = None) -> Copy:
    """Make a verified copy through an open connection of the driver, and thin out those in the usual folder."""
    folder = folder or folder_of(record)
    _make_folder(folder)
    made_at = now().replace(microsecond=0)  # as its name says it
    part = _own_part(folder / f"{record.stem}-{made_at:{_STAMP}}")
    copy = connect(part, key, create=True, wal=False)
    try:
        connection.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")
        if faults(copy):
            raise BackupFailed
        number = last_number(copy)  # not the record's, in which people may have written meanwhile
    except BaseException:
        copy.close()
        part.unlink(missing_ok=True)
        raise
    copy.close()
    path = folder / f"{record.stem}-{made_at:{_STAMP}}-{number:06d}{record.suffix}"
    _put(keys_path(record), keys_path(path))
    rename_durably(part, path)
    made = Copy(path, made_at, number)
    # In a folder that people chose there may be copies of a namesake; what stands there is theirs to thin out.
    if folder == folder_of(record):
        thin_out(record, made_at)
    return made


def copy_on(record: Path, copy: Copy, folder: Path) -> Copy:
    """Put a verified copy into the record's own folder of another disk, checked there again, and thin out that one."""
    _make_folder(folder.parent)
    _make_folder(folder)
    there = folder / copy.path.name
    with worded(there):
        if not there.exists():
            _put(keys_path(copy.path), keys_path(there))
            _put(copy.path, there)
        thin_out(record, copy.made_at, folder)
    return Copy(there, copy.made_at, copy.number)


def thin_out(record: Path, at: datetime, folder: Path | None = None) -> None:
    """Take away what nobody needs any more, the files set aside by an earlier bringing back included."""
    made = copies(record, folder)
    for old in superfluous(made, at):
        remove(old)
    for pattern, age in ((f"{glob.escape(record.stem)}-*.part*", _BROKEN_OFF), (_UNSOUND, RETENTION)):
        for left_over in (folder or folder_of(record)).glob(pattern):
            if at.timestamp() - left_over.stat().st_mtime > age.total_seconds():
                left_over.unlink(missing_ok=True)
    for aside, since in asides(record).items() if folder is None else ():
        if believed(made, at) - since > RETENTION:
            remove_aside(aside)


def asides(record: Path) -> dict[Path, datetime]:
    """The files that were put aside when a copy took their place, the newest first, and since when they lie there."""
    found = {}
    for aside in sorted(record.parent.glob(f"{glob.escape(record.stem)}-aside-*{record.suffix}"), reverse=True):
        with suppress(ValueError):
            found[aside] = datetime.strptime(aside.stem.rpartition("-")[2], _STAMP).replace(tzinfo=UTC)
    return found


def remove_aside(aside: Path) -> None:
    """Take files away that were put aside."""
    for end in _BESIDE:
        aside.with_name(aside.name + end).unlink(missing_ok=True)


def remove_unsound(record: Path) -> None:
    """Take a copy away that failed and was kept to be looked at."""
    (folder_of(record) / _UNSOUND).unlink(missing_ok=True)


def remove(copy: Copy) -> None:
    """Take a copy away, with its key file."""
    copy.path.unlink(missing_ok=True)
    keys_path(copy.path).unlink(missing_ok=True)


def set_aside(copy: Copy) -> None:
    """Keep a copy that failed under a name that is nobody's, the last such one alone: it is not brought back."""
    copy.path.replace(copy.path.with_name(_UNSOUND))
    keys_path(copy.path).unlink(missing_ok=True)


def _own_part(path: Path) -> Path:
    """A name to write under that no other process has: two may make a copy in the same second."""
    return path.with_name(f"{path.name}.{secrets.token_hex(4)}.part")


def _put(source: Path, path: Path) -> None:
    part = _own_part(path)
    copy_durably(source, part)
    rename_durably(part, path)


def _make_folder(folder: Path) -> None:
    with worded(folder):
        try:
            folder.mkdir(mode=0o700, exist_ok=True)
        except (FileNotFoundError, FileExistsError, NotADirectoryError) as refused:
            raise NoSuchFolder(path=folder) from refused


def faults(connection: Any) -> list[str]:
    """What SQLite and the cipher find wrong with a file, in their words; nothing when it is sound."""
    connection.execute(_CHECK_CACHE)
    found = [row[0] for row in connection.execute("PRAGMA cipher_integrity_check")]
    return found + [row[0] for row in connection.execute("PRAGMA integrity_check") if row[0] != "ok"]


def stage(copy: Path, record: Path, key: bytes, copied: Callable[[int], object] = lambda _bytes: None) -> Path:
    """Check a copy and lay it ready beside the record, which stays as it is; `copied` hears of each part, and may stop.

    This is the long step, which a full disk may break off.
    """
    opened = connect(copy, key, wal=False)
    try:
        if faults(opened):
            raise BackupFailed
    finally:
        opened.close()
    discard_staged(record)
    whole = _staged(record)
    # With its key file: the copy made when the present record is closed may be the one for which this one goes.
    if keys_path(copy).exists():
        copy_durably(keys_path(copy), keys_path(whole))
    copy_durably(copy, whole, copied)
    return whole


def discard_staged(record: Path) -> None:
    """Take away what was laid ready; the journal that a kill left of one copy would be played into the next."""
    for end in _LAID_READY:
        (whole := _staged(record)).with_name(whole.name + end).unlink(missing_ok=True)


def _staged(record: Path) -> Path:
    return record.with_name(record.name + ".back")


def put_in_place(whole: Path, record: Path) -> Path | None:
    """Give what was laid ready the record's place, the present files aside; says where those are now."""
    aside = _put_aside(record)
    rename_durably(keys_path(whole), keys_path(record))
    rename_durably(whole, record)
    return aside


def _put_aside(record: Path) -> Path | None:
    aside = record.with_name(f"{record.stem}-aside-{now():{_STAMP}}{record.suffix}")
    # Copied, and not moved: at no instant is nobody able to tell who opens the record.
    if told := keys_path(record).is_file():
        copy_durably(keys_path(record), keys_path(aside))
    for end in _BESIDE:
        present = record.with_name(record.name + end)
        if present.exists() and not (told and end == ".keys"):
            present.replace(aside.with_name(aside.name + end))
    return aside if aside.exists() else None

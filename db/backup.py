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
from itertools import chain, count
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
_ASIDE = re.compile(r"-aside-(\d{8}T\d{6}Z)(?:_(\d+))?")
"""No name of a copy, also where a number tells apart what went aside in one second."""
_BESIDE = ("", "-journal", "-wal", "-shm", ".keys")
_PUT_ASIDE = (*_BESIDE, *(f"{end}.part" for end in _BESIDE))
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
    here = folder or folder_of(record)
    parts, unsound = here.glob(f"{glob.escape(record.stem)}-*.part*"), here.glob(_UNSOUND)
    for left_overs, age in ((parts, _BROKEN_OFF), (_laid_ready(record), _BROKEN_OFF), (unsound, RETENTION)):
        for left_over in left_overs:
            with suppress(FileNotFoundError):  # whoever wrote it has just finished
                if at.timestamp() - left_over.stat().st_mtime > age.total_seconds():
                    left_over.unlink()
    for aside, since in asides(record, whole=False).items() if folder is None else ():
        if believed(made, at) - since > RETENTION:
            remove_aside(aside)


def asides(record: Path, *, whole: bool = True) -> dict[Path, datetime]:
    """The files that were put aside when a copy took their place, the newest first, and since when they lie there.

    Those too of which a kill let only what stood beside them get there, if not only the `whole` ones are asked for.
    """
    found = {}
    for end in _BESIDE[:1] if whole else _PUT_ASIDE:
        for lying in record.parent.glob(f"{glob.escape(record.stem)}-aside-*{record.suffix}{end}"):
            aside = lying.with_name(lying.name.removesuffix(end))
            if named := _ASIDE.fullmatch(aside.stem.removeprefix(record.stem)):
                with suppress(ValueError):
                    since = datetime.strptime(named[1], _STAMP).replace(tzinfo=UTC)
                    found[aside] = (since, int(named[2] or 1))
    return {aside: found[aside][0] for aside in sorted(found, key=lambda one: found[one], reverse=True)}


def remove_aside(aside: Path) -> None:
    """Take files away that were put aside."""
    for end in _PUT_ASIDE:
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
    for left_over in _laid_ready(record):
        left_over.unlink(missing_ok=True)


def _laid_ready(record: Path) -> list[Path]:
    staged = _staged(record)
    return [*record.parent.glob(glob.escape(staged.name)), *record.parent.glob(f"{glob.escape(staged.name)}[-.]*")]


def _staged(record: Path) -> Path:
    return record.with_name(record.name + ".back")


def put_in_place(whole: Path, record: Path) -> Path | None:
    """Give what was laid ready the record's place, the present files aside; says where those are now."""
    aside = _put_aside(record)
    rename_durably(keys_path(whole), keys_path(record))
    rename_durably(whole, record)
    return aside


def _put_aside(record: Path) -> Path | None:
    aside = _free_aside(record)
    # Copied first: at no instant is nobody able to tell who opens the record, or is it without its log of writes.
    for end in ("-journal", "-wal", ".keys") if record.exists() else ():
        if (present := record.with_name(record.name + end)).is_file():
            copy_durably(present, aside.with_name(aside.name + end))
    for end in _BESIDE:
        present = record.with_name(record.name + end)
        if present.exists() and not (end == ".keys" and present.is_file()):
            present.replace(aside.with_name(aside.name + end))
    return aside if aside.exists() else None


def _free_aside(record: Path) -> Path:
    """A name that nothing has: what another bringing back put aside in this second is not written over."""
    taken, name = asides(record, whole=False), f"{record.stem}-aside-{now():{_STAMP}}"
    names = chain([name], (f"{name}_{number}" for number in count(2)))
    return next(aside for each in names if (aside := record.with_name(each + record.suffix)) not in taken)

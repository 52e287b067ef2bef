"""The encrypted SQLite file: how it is opened, what is demanded of it, and how its faults are put in words.

The key is a raw 256-bit one, so opening costs no key derivation. WAL with FULL lost nothing in simulated power cuts;
NORMAL lost acknowledged work in more than half of them. Nobody `open()`s the live file, and no second SQLite touches it
in this process: closing any other descriptor of the file would drop the locks that protect it.
"""

import errno
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.request import pathname2url

import sqlcipher3.dbapi2 as sqlite
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError, StatementError
from sqlalchemy.pool import QueuePool

from db.durable import make_private
from db.errors import (
    Damaged,
    DiskFault,
    DiskFull,
    KeyDoesNotFit,
    NewKeyRefused,
    NotARecord,
    NotReadable,
    ReadOnlyPlace,
    RecordError,
    RecordInUse,
    RecordMissing,
)

KEY_BYTES = 32
PAGE = 4096
_ROOM = 1 << 16
"""Less is too little for the file that SQLite shares between processes."""
APPLICATION_ID = 0x4A414C4F
"""Written in the file's header ("JALO"): a record of ours, and nobody else's database."""

OLDEST_SQLITE = (3, 51, 3)
OLDEST_CIPHER = (4, 19)
BUSY_SECONDS = 10
CACHE_KIB = 65_536
"""Encryption costs what misses it: a search over a million rows reads 40,000 pages, and asks for them again."""

_SETTINGS = (
    "synchronous=FULL",
    "fullfsync=ON",
    "checkpoint_fullfsync=ON",
    "foreign_keys=ON",
    "recursive_triggers=ON",
    "secure_delete=ON",
    "trusted_schema=OFF",
    "temp_store=MEMORY",
    "cell_size_check=ON",
    f"cache_size=-{CACHE_KIB}",
)


def connect(path: Path, key: bytes, *, create: bool = False, wal: bool = True) -> Any:
    """A connection of the driver itself; the key comes first, and a read shows at once whether it fits."""
    if len(key) != KEY_BYTES:
        raise ValueError("a key has 32 bytes")
    if create:
        # SQLite would let everybody read it; the files it puts beside it are as private as this one.
        make_private(path)
    address = f"file:{pathname2url(str(path.absolute()))}?mode={'rwc' if create else 'rw'}"
    connection = sqlite.connect(address, uri=True, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False)
    try:
        connection.execute("PRAGMA cipher_log_level=NONE")
        _tell_key(connection, "key", key)
        connection.execute("PRAGMA cipher_memory_security=OFF")
        connection.execute("SELECT count(*) FROM sqlite_schema")
        if wal:
            connection.execute("PRAGMA journal_mode=WAL")
        if create:
            connection.execute(f"PRAGMA application_id={APPLICATION_ID}")
        for setting in _SETTINGS:
            connection.execute(f"PRAGMA {setting}")
        _demand_versions(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def _tell_key(connection: Any, which: str, key: bytes) -> None:
    """Say a key in no statement that is kept; others of its length take the place in memory where it stood."""
    said = f"PRAGMA {which}=\"x'{key.hex()}'\""
    for statement in (said, *["SELECT 1".ljust(len(said))] * 3):
        connection.executescript(statement)


def has_writes_to_fold_in(path: Path) -> bool:
    """Whether the log of writes beside a record holds any: nobody has it open, and yet it was not closed."""
    try:
        return path.with_name(path.name + "-wal").stat().st_size > 0
    except OSError:
        return False


def fits(path: Path, key: bytes) -> bool:
    """Whether a file opens under this key."""
    try:
        connect(path, key, wal=False).close()
    except sqlite.DatabaseError:
        return False
    return True


def write_anew(path: Path, before: bytes, after: bytes) -> None:
    """Write a whole file under another key; nobody else may have it open meanwhile, not even to read."""
    with worded(path):
        alone = connect(path, before)
        try:
            # Refused while anybody else has the file open, who would find pages under a key not theirs.
            alone.execute("PRAGMA journal_mode=DELETE").fetchall()
            _tell_key(alone, "rekey", after)
        finally:
            alone.close()
    if not fits(path, after):
        raise NewKeyRefused


def _demand_versions(connection: Any) -> None:
    """Older builds carry a bug that loses writes when the WAL is reset; a build without a cipher would write plain."""
    cipher = connection.execute("PRAGMA cipher_version").fetchone()
    cipher_version = tuple(int(part) for part in cipher[0].split(" ")[0].split(".")[:2]) if cipher else (0,)
    if sqlite.sqlite_version_info < OLDEST_SQLITE or cipher_version < OLDEST_CIPHER:
        raise RuntimeError("this SQLite is too old to keep a record")


def make_engine(path: Path, key: Callable[[], bytes]) -> Engine:
    """An engine whose transactions begin IMMEDIATE, unless a connection asks for DEFERRED to read."""
    engine = create_engine(
        "sqlite+pysqlite://",
        module=sqlite,
        creator=lambda: connect(path, key()),
        poolclass=QueuePool,
        pool_reset_on_return=None,
        pool_use_lifo=True,
        pool_size=3,
        max_overflow=2,
        query_cache_size=1000,
    )

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        driver: Any = connection.connection.driver_connection
        driver.execute(f"BEGIN {connection.get_execution_options().get('begin', 'IMMEDIATE')}")

    @event.listens_for(engine, "reset")
    def _reset(driver: Any, _record: object, _state: object) -> None:
        # A commit that a deferred link refuses leaves SQLite's transaction open, though SQLAlchemy holds it for over.
        if driver.in_transaction:
            driver.rollback()

    return engine


def weigh_indexes(driver: Any) -> None:
    """Let SQLite count what its indexes hold: untold, it may take the wrong one for a list."""
    # Only a matter of speed, so a full disk is left for the next deed to report.
    with suppress(sqlite.Error):
        driver.execute("PRAGMA optimize=0x10002").fetchall()


@contextmanager
def worded(path: Path) -> Iterator[None]:
    """Faults of the disk, the file or the text become errors that people can act on; anything else is a bug."""
    try:
        yield
    except StatementError as fault:
        if isinstance(fault.orig, RecordError):
            raise fault.orig from None
        if isinstance(fault, DBAPIError) and (error := in_words(fault.orig, path)):
            raise error from fault
        raise
    except (sqlite.Error, OSError) as fault:
        if error := in_words(fault, path):
            raise error from fault
        raise


_NO_ROOM = "database or disk is full"
"""All that the driver says where its own back-up finds no room."""


def in_words(fault: BaseException | None, path: Path) -> RecordError | None:
    """The error people can act on behind a driver's or the system's fault."""
    if isinstance(fault, OSError):
        if fault.errno in (errno.ENOSPC, errno.EDQUOT):
            return DiskFull()
        if fault.errno in (errno.EROFS, errno.EACCES, errno.EPERM, errno.ENOENT, errno.ENOTDIR):
            return ReadOnlyPlace(path=path)
        return None
    match getattr(fault, "sqlite_errorname", "").split("_")[1:2]:
        case ["FULL"]:
            return DiskFull()
        case ["BUSY"] | ["LOCKED"]:
            return RecordInUse()
        case ["READONLY"] | ["CANTOPEN"] | ["PERM"]:
            return ReadOnlyPlace(path=path)
        case [] if str(fault) == _NO_ROOM:
            return DiskFull()
        case ["IOERR"]:
            return DiskFull() if _no_room_beside(path) else DiskFault()
        case ["CORRUPT"]:
            return Damaged()
        case ["NOTADB"]:
            return KeyDoesNotFit(path=path)
        case _:
            return None


def _no_room_beside(path: Path) -> bool:
    """Whether a fault is a full disk, which SQLite calls so while writing but not while opening."""
    with suppress(OSError):
        return shutil.disk_usage(path.absolute().parent).free < _ROOM
    return False


def _may_be_growing(path: Path) -> bool:
    """Whether a power cut may have left a file in the middle of a page: then its log of writes holds that page."""
    log = path.with_name(path.name + "-wal")
    return log.exists() and log.stat().st_size > 0


def refuse_what_is_no_record(path: Path) -> None:
    """Refuse a path without a file, and what cannot be a record: by its size, or because it opens without a key."""
    try:
        if not path.exists():
            raise RecordMissing(path=path)
    except PermissionError:
        raise NotReadable(path=path) from None
    if not os.access(path, os.R_OK):
        raise NotReadable(path=path)
    size = path.stat().st_size
    if path.is_dir() or size == 0 or (size % PAGE and not _may_be_growing(path)):
        raise NotARecord(path=path)
    plain = sqlite.connect(f"file:{pathname2url(str(path.absolute()))}?mode=ro", uri=True)
    try:
        plain.execute("PRAGMA cipher_log_level=NONE")
        plain.execute("SELECT count(*) FROM sqlite_schema")
    except sqlite.DatabaseError:
        return
    finally:
        plain.close()
    raise NotARecord(path=path)

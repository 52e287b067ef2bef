"""One process writes in a record at a time; the lock falls by itself when that process ends, however it ends."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from db.engine import worded
from db.errors import RecordInUse


def take_lock(path: Path) -> FileLock:
    """The right to write in a record, or a kind refusal at once."""
    lock = FileLock(path.with_name(path.name + ".lock"))
    try:
        with worded(path):
            lock.acquire(timeout=0)
    except Timeout:
        raise RecordInUse from None
    return lock


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Nobody else writes meanwhile."""
    lock = take_lock(path)
    try:
        yield
    finally:
        lock.release()

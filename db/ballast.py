"""Room in reserve: a file beside the record that is given up when the disk is full, so that work can be ended in order.

On a full disk SQLite can neither delete nor fold in its log of writes. What the file holds is drawn by chance: zeros
would be left out by disks that keep files small. A disk with little room is not filled up by it.
"""

import os
import shutil
from contextlib import suppress
from pathlib import Path

from db.durable import write_durably

SIZE = 32 << 20
_TIMES = 4
"""It is kept only where this many times its size is free."""


def path_of(record: Path) -> Path:
    """The reserve beside a record."""
    return record.with_name(record.name + ".ballast")


def stands(record: Path) -> bool:
    """Whether there is a reserve, whole."""
    try:
        return path_of(record).stat().st_size == SIZE
    except OSError:
        return False


def fits(record: Path) -> bool:
    """Whether the disk has so much room that a reserve is kept on it."""
    try:
        return shutil.disk_usage(record.absolute().parent).free >= SIZE * _TIMES
    except OSError:
        return False


def keep(record: Path) -> bool:
    """Have a reserve where there is room for one; whether there is one now."""
    with suppress(OSError):
        if not stands(record) and fits(record):
            write_durably(path_of(record), os.urandom(SIZE))
    return stands(record)


def give_up(record: Path) -> bool:
    """Free the room; whether there was any to free."""
    try:
        path_of(record).unlink()
    except OSError:
        return False
    return True

"""One process at a time: a file that whoever has it holds until it ends, killed or not, on every system.

The standard library is enough for this, and it has to be: the switch to a new version asks it before all else.
"""

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_EVERY = 0.1


@contextmanager
def alone(lock: Path, seconds: float = 0) -> Iterator[bool]:
    """Whether this process, after so long at most, is the one that holds the lock; nobody else is meanwhile."""
    descriptor = os.open(lock, os.O_RDWR | os.O_CREAT, 0o666)
    try:
        until = time.monotonic() + seconds
        while not (got := _take(descriptor)) and time.monotonic() < until:
            time.sleep(_EVERY)
        yield got
    finally:
        os.close(descriptor)  # which lets go of it, too


def _take(descriptor: int) -> bool:
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True

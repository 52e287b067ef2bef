"""Slower after wrong tries: how often a wrong passphrase was typed for a record, kept in a file beside it.

After ten in a row each try waits, twice as long as the one before, a minute at most. The file is plain and anybody can
remove it: this slows whoever tries by hand or by our verbs. What stops a program of somebody's own is the cost of the
key derivation, and a good passphrase.
"""

import json
import math
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from db.durable import write_durably
from db.errors import RecordError, WrongPassphrase
from i18n import N_

FREE = 10
LONGEST = 60


class TryLater(RecordError):
    message = N_("Too many wrong tries. Nothing is lost: wait {seconds} s, then try again.")


@contextmanager
def counted(record: Path) -> Iterator[None]:
    """A try at the secrets of a record: refused while it is too early, counted where it was wrong."""
    wrong, last = _kept(record)
    if last > time.time():
        # The clock was set back: the pause is counted from now, or it would last until that day comes again.
        last = _keep(record, wrong)
    if (left := _left(wrong, last, time.time())) > 0:
        raise TryLater(seconds=math.ceil(left))
    try:
        yield
    except WrongPassphrase:
        _keep(record, wrong + 1)
        raise
    if wrong:
        with suppress(OSError):
            _path(record).unlink(missing_ok=True)


def pause_after(wrong: int) -> int:
    """Seconds to wait after so many wrong tries in a row."""
    return 0 if wrong < FREE else int(min(LONGEST, 2 ** min(wrong - FREE, 10)))


def _left(wrong: int, last: float, at: float) -> float:
    return pause_after(wrong) - (at - last)


def _path(record: Path) -> Path:
    return record.with_name(record.name + ".tries")


def _kept(record: Path) -> tuple[int, float]:
    try:
        kept = json.loads(_path(record).read_bytes())
        return int(kept["wrong"]), float(kept["last"])
    except (OSError, ValueError, TypeError, KeyError, OverflowError, RecursionError):
        return 0, 0.0


def _keep(record: Path, wrong: int) -> float:
    at = time.time()
    # Where nothing can be written beside the record, nobody is slowed, and nobody is kept out either.
    with suppress(OSError):
        write_durably(_path(record), json.dumps({"wrong": wrong, "last": at}).encode())
    return at

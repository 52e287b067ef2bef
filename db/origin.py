"""Where a record lives: a copy opened on another computer, or in another place, gets an origin of its own.

The history numbers its entries by origin. Two copies that both went on under one would give two entries one number, and
whoever joins them later would take one for the other. Which origins live on this account of this computer, where, and
how far each has come is therefore kept in the person's own folder, outside the record, where a copy of the record does
not bring it along. A record that was merely moved gets a new origin too, which costs nothing. A disk that was cloned
whole is not noticed.
"""

import json
import os
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

from sqlalchemy import insert

from db.base import now
from db.models import Device
from db.record import Record

_NEWEST = """
SELECT id, (SELECT coalesce(max(number), 0) FROM change_set WHERE device_id = device.id)
FROM device ORDER BY row DESC LIMIT 1
"""
"""Asked of the driver itself: it runs with every deed."""


def settle(record: Record, known: Path) -> bool:
    """See that the record goes on under an origin that lives here alone; whether it needed a new one."""
    copied = not _lives_here(known, record)
    if copied:
        begin_anew(record)
    register(record, known)
    return copied


def begin_anew(record: Record) -> None:
    """Have the record go on under an origin of its own."""
    # Not before the next second: the last copy of what stood here before may have been made in this one.
    since = now() + timedelta(seconds=1)
    record.note(lambda session: session.execute(insert(Device).values(since=since)))


def register(record: Record, known: Path) -> None:
    """Keep that the origin of a record lives here, and how far it has come after each change."""
    with suppress(OSError):
        known.mkdir(mode=0o700, parents=True, exist_ok=True)
    place = _place(record.path)
    _keep(record, known, place)
    record.changed.listen(lambda _touched: _keep(record, known, place))


def _newest(record: Record) -> tuple[str, int]:
    """The origin that writes in a record now, and the number of its last entry."""
    with record.driver() as driver:
        device, number = driver.execute(_NEWEST).fetchone()
    return device, number


def _lives_here(known: Path, record: Record) -> bool:
    """Whether this is the file that was written last under this origin, and not a copy or an earlier state of it."""
    device, number = _newest(record)
    try:
        kept = json.loads((known / f"{device}.json").read_bytes())
        return bool(kept["path"] == _place(record.path) and kept["number"] <= number)
    except (OSError, ValueError, TypeError, KeyError, RecursionError):
        return False


def _keep(record: Record, known: Path, place: str) -> None:
    device, number = _newest(record)
    # What cannot be kept costs one origin more at the next opening, and never the work.
    with suppress(OSError):
        # Not forced onto the disk: it would double what a deed costs, to save an origin after a power cut.
        part = known / f"{device}.part"
        part.write_text(json.dumps({"path": place, "number": number}), encoding="utf-8")
        part.replace(known / f"{device}.json")


def _place(path: Path) -> str:
    """A path as its system compares it."""
    return os.path.normcase(path.resolve())

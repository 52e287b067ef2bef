"""Where a record lives: a copy opened on another computer, or in another place, gets an origin of its own.

The history numbers its entries by origin. Two copies that both went on under one would give two entries one number, and
whoever joins them later would take one for the other. Which origins live on this account of this computer, where, and
how far each has come is therefore kept in the person's own folder, outside the record, where a copy of the record does
not bring it along. A record that was merely moved gets a new origin too, which costs nothing. A disk that was cloned
whole is not noticed.
"""

import json
from contextlib import suppress
from pathlib import Path

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from db.base import now
from db.models import ChangeSet, Device
from db.record import Record


def settle(record: Record, known: Path) -> bool:
    """See that the record goes on under an origin that lives here alone; whether it needed a new one."""
    device, number = record.read(_newest)
    copied = not _lives_here(known, device, record.path, number)
    if copied:
        record.note(lambda session: session.execute(insert(Device).values(since=now())))
    register(record, known)
    return copied


def register(record: Record, known: Path) -> None:
    """Keep that the origin of a record lives here, and how far it has come after each change."""
    _keep(record, known)
    record.listen(lambda _touched: _keep(record, known))


def _newest(session: Session) -> tuple[str, int]:
    """The origin that writes in a record now, and the number of its last entry."""
    device = session.scalars(select(Device.id).order_by(Device.row.desc()).limit(1)).one()
    number = session.scalar(select(func.max(ChangeSet.number)).where(ChangeSet.device_id == device))
    return device.hex, number or 0


def _lives_here(known: Path, device: str, path: Path, number: int) -> bool:
    """Whether this is the file that was written last under this origin, and not a copy or an earlier state of it."""
    try:
        kept = json.loads((known / f"{device}.json").read_bytes())
        return bool(kept["path"] == str(path.resolve()) and kept["number"] <= number)
    except (OSError, ValueError, TypeError, KeyError, RecursionError):
        return False


def _keep(record: Record, known: Path) -> None:
    device, number = record.read(_newest)
    # What cannot be kept costs one origin more at the next opening, and never the work.
    with suppress(OSError):
        known.mkdir(mode=0o700, parents=True, exist_ok=True)
        # Not forced onto the disk: it would double what a deed costs, to save an origin after a power cut.
        part = known / f"{device}.part"
        part.write_text(json.dumps({"path": str(record.path.resolve()), "number": number}), encoding="utf-8")
        part.replace(known / f"{device}.json")

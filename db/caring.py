"""Looking after a record while people work in it: what is due is done, in one go, beside them.

A copy where something changed, on to the second place where that is plugged in; every month a rehearsal; a check of the
pages every week, and at once after a program that did not end in order; the reserve; old copies out. Copies are made of
a sound record only, so that a damaged one never takes the place of a good one.
"""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from db import backup, ballast, upkeep
from db.ageing import Copy
from db.base import now
from db.errors import NoSuchFolder, RecordError
from db.folders import synchronised_by
from db.queries.check import pages_are_damaged
from db.record import Record
from db.rehearsal import rehearse
from db.upkeep import REHEARSED, STALE, Upkeep, is_older


@dataclass(frozen=True)
class Care:
    """How a record is kept: its newest copy, how many entries are in no copy yet, and what people are asked for.

    Where a copy was brought back there is none yet of what the record is now, though there are `earlier` ones.
    """

    newest: Copy | None
    behind: int
    kept: Upkeep
    asked: tuple[str, ...]
    damaged: bool = False
    earlier: bool = False


def state(record: Record, at: datetime | None = None) -> Care:
    """How the record is kept now."""
    with record.driver() as driver:
        newest, number = backup.newest(record.path, driver), backup.last_number(driver)
    kept = upkeep.load(record.path)
    behind = number - (newest.number if newest else 0)
    earlier = newest is None and bool(backup.copies(record.path))
    return Care(newest, behind, kept, tuple(upkeep.asked_for(kept, at or now())), earlier=earlier)


def look_after(record: Record, at: datetime | None = None) -> Care:
    """Do what is due."""
    at = at or now()
    kept = upkeep.load(record.path)
    if record.left_open or is_older(kept.checked_at, STALE, at):
        if pages_are_damaged(record):
            return Care(None, 0, kept, (), damaged=True)
        record.left_open = False
        kept = upkeep.remember(record.path, checked_at=at.isoformat())
    copy = record.back_up()
    with suppress(RecordError):  # a stick that is full or was pulled out: its own line says how old its copies are
        copy_to_second(record, copy)
    backup.thin_out(record.path, at)
    if is_older(kept.rehearsed_at, REHEARSED, at):
        try_bringing_back(record, at)
    ballast.keep(record.path)
    return state(record, at)


def try_bringing_back(record: Record, at: datetime) -> str:
    """Rehearse, and remember how it went; in the place of a copy that failed a new one is made."""
    if failure := rehearse(record):
        for unsound in backup.copies(record.path)[:1]:
            backup.set_aside(unsound)
        record.back_up()
    upkeep.remember(record.path, rehearsed_at=at.isoformat(), failure=failure)
    return failure


def choose_second(record: Record, folder: Path) -> bool:
    """Have copies go to this folder too, from now on; whether it lies apart from the disk of the record."""
    if not folder.is_dir():
        raise NoSuchFolder(path=folder)
    with record.driver() as driver:
        (first,) = driver.execute("SELECT id FROM change_set ORDER BY row LIMIT 1").fetchone()
    apart = not _on_one_disk(record.path, folder)
    identity = f"{record.path.stem}-{first[:8]}.backups"
    told = {"second": str(folder.absolute()), "identity": identity, "apart": "yes" if apart else ""}
    upkeep.remember(record.path, **told, copied_at="")
    copy_to_second(record, record.back_up())
    return apart or synchronised_by(folder) is not None


def copy_to_second(record: Record, copy: Copy) -> bool:
    """Put a copy into the second place; whether that is plugged in."""
    kept = upkeep.load(record.path)
    if (folder := second_at_hand(record.path, kept)) is None:
        return False
    there = backup.copy_on(record.path, copy, folder)
    if kept.only_newest:
        for old in backup.copies(record.path, folder):
            if old.path != there.path:
                backup.remove(old)
    upkeep.remember(record.path, copied_at=now().isoformat(), only_newest="")
    return True


def only_newest_in_second(record: Record, copy: Copy) -> bool:
    """Have the second place keep nothing but this copy, now or once it is plugged in; whether nothing waits for that.

    What was erased is then in none of its copies.
    """
    if not upkeep.load(record.path).second:
        return True
    upkeep.remember(record.path, only_newest="yes")
    with suppress(RecordError):  # a stick that is full or was pulled out: it is done the next time
        return copy_to_second(record, copy)
    return False


def second_at_hand(record: Path, kept: Upkeep) -> Path | None:
    """The folder of the copies in the second place, where that is plugged in.

    Where a stick was mounted there may be an empty folder of the record's own disk, which is no second place.
    """
    if kept.second_folder is None or not Path(kept.second).is_dir():
        return None
    return None if kept.apart and _on_one_disk(record, Path(kept.second)) else kept.second_folder


def leave(record: Record) -> None:
    """Close a record; its last copy goes to the second place too, where that is plugged in."""
    if record.can_write:
        with suppress(RecordError):
            copy_to_second(record, record.back_up())
    record.close()


def _on_one_disk(record: Path, folder: Path) -> bool:
    return record.absolute().parent.stat().st_dev == folder.stat().st_dev

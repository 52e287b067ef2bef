"""Erasing through the door: the deed, then the file swept, so that no page of it holds what is gone.

SQLite zeroes what is deleted where it stood, but a row that was moved before leaves a copy in the gap: the file is
written anew, and what the log of writes still held is folded in and cut off. Copies that were made before hold what was
erased until they are taken away: at once if somebody says so, and by themselves when they outlive `backup.RETENTION`.
"""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

import sqlcipher3.dbapi2 as sqlite

from db import backup
from db.base import Entity
from db.commands.erasing import Erased, anonymise, erase, erase_fields
from db.record import Record


@dataclass(frozen=True)
class Done:
    """What an erasure reached, whether the file was swept at once, and how many copies from before it there are."""

    erased: Erased
    swept: bool
    copies: int


def erase_for_good(
    record: Record,
    entity: type[Entity],
    id: UUID,
    ground: str,
    *,
    fields: Collection[str] = (),
    keep: Collection[str] | None = None,
    copies_too: bool = False,
) -> Done:
    """Erase a thing; only some `fields` of it; or all but those to `keep`, as a count. Then sweep the file.

    With `copies_too`, copies from before are taken away once there is a verified one without what was erased.
    """
    if fields:
        erased = record.write(erase_fields, entity, id, ground, fields)
    elif keep is not None:
        erased = record.write(anonymise, entity, id, ground, keep)
    else:
        erased = record.write(erase, entity, id, ground)
    swept = sweep(record)
    if copies_too:
        made = record.back_up()
        for copy in backup.copies(record.path):
            if copy.number < made.number:
                backup.remove(copy)
    return Done(erased, swept, sum(copy.number < last_number(record) for copy in backup.copies(record.path)))


def sweep(record: Record) -> bool:
    """Write the file anew without what was in its gaps, if nobody reads beside and the disk has room for it."""
    with record.driver() as driver:
        try:
            driver.execute("VACUUM")
            busy, _pages, _moved = driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        except sqlite.Error:
            return False
    return not busy


def last_number(record: Record) -> int:
    """The last change set of the record."""
    with record.driver() as driver:
        return backup.last_number(driver)

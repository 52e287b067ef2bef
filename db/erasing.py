"""Erasing through the door: the deed, then the file swept, so that no page of it holds what is gone.

SQLite zeroes what is deleted where it stood, but a row that was moved before leaves a copy in the gap: the file is
written anew, and what the log of writes still held is folded in and cut off. Copies that were made before hold what was
erased until they are taken away: at once if somebody says so, and by themselves when they outlive `ageing.RETENTION`.
"""

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

import sqlcipher3.dbapi2 as sqlite

from db import backup, upkeep
from db.base import Entity
from db.caring import only_newest_in_second, second_at_hand
from db.commands.erasing import Erased, Order, anonymise, erase, erase_again, erase_fields
from db.commands.forgetting import MARK
from db.engine import connect
from db.record import Record
from db.sealing import ERASURES
from db.slots import Key
from i18n import N_

SECOND_WAITS = N_(
    "The second place is not plugged in, and its copies still hold what was erased. They go as soon as it is there."
)

_SETS = "SELECT id FROM change_set"
_ORDERS = f"""
SELECT DISTINCT change_set.id, entity, entity_id FROM log_row JOIN change_set ON change_set.row = log_row.change_set
WHERE before IS NULL AND after IS NULL AND log_row.change_set IN ({ERASURES})
"""


@dataclass(frozen=True)
class Done:
    """What an erasure reached, whether the file was swept at once, and how many copies from before are at hand."""

    erased: Erased
    swept: bool
    copies: int
    second_waits: bool = False
    """Whether copies were to go from the second place too, which is not plugged in: they go when it is."""


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

    With `copies_too`, copies from before are taken away once there is a verified one without what was erased, and with
    them what was put aside when a copy was brought back.
    """
    if fields:
        erased = record.write(erase_fields, entity, id, ground, fields)
    elif keep is not None:
        erased = record.write(anonymise, entity, id, ground, keep)
    else:
        erased = record.write(erase, entity, id, ground)
    swept, second_waits = sweep(record), False
    if copies_too:
        made = record.back_up()
        for copy in backup.copies(record.path):
            if copy.path != made.path:
                backup.remove(copy)
        for aside in backup.asides(record.path, whole=False):
            backup.remove_aside(aside)
        backup.remove_unsound(record.path)
        second_waits = not only_newest_in_second(record, made)
    second = second_at_hand(record.path, upkeep.load(record.path))
    copies = [*backup.copies(record.path), *(backup.copies(record.path, second) if second else ())]
    before = sum(copy.number < last_number(record) for copy in copies)
    return Done(erased, swept, before + len(backup.asides(record.path)), second_waits)


def erase_what_came_back(record: Record, before: Path, key: Key) -> int | None:
    """After a copy took the place of a record, which lies aside now: erase again what had been erased since.

    None where the files aside cannot say what that was: they are damaged, or under a key that nobody gave.
    """
    try:
        aside = connect(before, key.raw, wal=False)
    except sqlite.Error:
        return None
    try:
        aside.row_factory = sqlite.Row
        known = {row[0] for row in record.read(lambda session: session.connection().exec_driver_sql(_SETS).all())}
        orders = [_order(aside, *found) for (of, *found) in aside.execute(_ORDERS).fetchall() if of not in known]
    except sqlite.Error:
        return None
    finally:
        aside.close()
    if not orders:
        return 0
    done = record.write(erase_again, orders)
    sweep(record)
    return done


def _order(aside: Any, entity: str, id: str) -> Order:
    row = dict(aside.execute(f'SELECT * FROM "{entity}" WHERE id = ?', (id,)).fetchone())
    emptied = frozenset(key for key, value in row.items() if value in (None, MARK))
    return Order(entity, UUID(id), row["removed_at"] is None, emptied)


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

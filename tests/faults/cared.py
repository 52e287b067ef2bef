"""A record looked after for months: a verified copy of all work each time, and a rehearsal in every month.

Thirty minutes of work lie between two times in the window; here days do, so that months go by. Weaker: looking after it
makes no copy where there is one already.
"""

from datetime import UTC, datetime, timedelta
from typing import Any
from unittest.mock import patch

from db import backup, caring, upkeep
from db.ageing import Copy
from db.record import Record
from tests.builders import add_partner, names
from tests.faults.clocks import clock_at
from tests.faults.figure import Count, fresh, opened, scratch

NUMBER = 25
BEGUN = datetime.now(UTC).replace(microsecond=0) + timedelta(days=1)
"""After the record was made, whichever figure made it: a copy from before that is not one of it."""


def count(quick: bool, weaker: bool) -> Count:
    """Work, look after, go on another day."""
    times, apart = (8, timedelta(days=10)) if quick else (120, timedelta(days=1))
    behind = unsound = 0
    rehearsed: set[str] = set()
    # Made by the clock of this machine: other figures take theirs from the same template.
    with scratch() as folder, opened(fresh(folder / "record")) as record, clock_at(BEGUN):
        record.back_up()
        for number in range(times):
            at = BEGUN + number * apart
            with clock_at(at), patch.object(Record, "back_up", _no_other if weaker else Record.back_up):
                record.write(add_partner, f"{number}")
                kept = caring.look_after(record, at)
                behind += kept.behind > 0 or kept.newest is None
                rehearsed.add(upkeep.load(record.path).rehearsed_at)
                unsound += kept.damaged or bool(kept.kept.failure)
        newest = backup.copies(record.path)[0].path
        with opened(newest, record.key, write=False) as copy:
            whole = copy.read(names) == record.read(names)
    months = times * apart // timedelta(days=30)
    told = f"{times} times in {months} months: {behind} times work in no copy, {len(rehearsed)} rehearsals, "
    told += f"{unsound} failed, the newest copy {'holds' if whole else 'does NOT hold'} everything"
    return Count(told, not (behind or unsound) and whole and len(rehearsed) >= months)


def _no_other(record: Any, _folder: Any = None) -> Copy:
    return backup.copies(record.path)[0]

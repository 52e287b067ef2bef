"""Five pages of a file with twenty thousand rows destroyed: at least 99.5 % are saved, and what is missing is told.

The pages are drawn from those that the rows filled. Weaker: a table is read no further than to its first fault, and
nothing is put together again from the log.
"""

import random
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import Any
from unittest.mock import patch

import sqlcipher3.dbapi2 as sqlite
from sqlalchemy.orm import Session

from db import salvage as salvaging
from db.deeds import deed
from db.engine import PAGE
from db.errors import RecordError
from db.models import Organisation
from db.record import Record
from db.salvage import salvage
from tests.builders import names
from tests.faults.figure import Count, fresh, opened, scratch

NUMBER = 9
ENOUGH = 0.995


@deed("Add {count} organisations")
def add_many(session: Session, count: int) -> None:
    session.add_all(Organisation(name=f"Organisation {number}", notes="Une note. " * 8) for number in range(count))


def count(quick: bool, weaker: bool) -> Count:
    """Fill, destroy, salvage, look."""
    rows, draws = (600, 4 if weaker else 1) if quick else (20_000, 10)
    least, untold, unopened, touched = 1.0, 0, 0, 0
    chance = random.Random(9)
    with scratch() as folder, ExitStack() as weakened:
        path = fresh(folder / "record")
        with opened(path) as record:
            key = record.key
            empty = _pages(record)
            record.write(add_many, rows)
            full = _pages(record)
        whole = path.read_bytes()
        if weaker:
            weakened.enter_context(patch.object(salvaging._Salvage, "_rows", _up_to_the_first_fault))
            weakened.enter_context(patch.object(salvaging, "_rebuilt", lambda _connection: ({}, {})))
        for draw in range(draws):
            target = folder / f"saved-{draw}.jalon"
            damaged = _destroyed(path, whole, chance.sample(range(empty, full), 5))
            try:
                report = salvage(path, key.raw, target)
                with opened(target, key) as saved:
                    share = len(saved.read(names)) / rows
            except RecordError:
                unopened += 1
                continue
            finally:
                touched += path.read_bytes() != damaged or any(folder.glob(".salvage-*"))
            least = min(least, share)
            untold += share < 1 and report.whole
    told = f"5 of {full - empty} pages of {rows} rows destroyed {draws} times: at least {least:.2%} saved, "
    told += f"{untold} times nothing was said to be missing though it was, {unopened} not salvaged, "
    told += f"{touched} times the damaged file was touched or something left beside it"
    return Count(told, least >= ENOUGH and not (untold or unopened or touched))


def _pages(record: Record) -> int:
    with record.driver() as driver:
        driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        return int(driver.execute("PRAGMA page_count").fetchone()[0])


def _destroyed(path: Path, whole: bytes, pages: list[int]) -> bytes:
    content = bytearray(whole)
    for page in pages:
        content[page * PAGE + 100 : page * PAGE + 600] = bytes(500)
    path.write_bytes(content)
    return bytes(content)


def _up_to_the_first_fault(self: Any, query: str, last: int) -> Iterator[tuple[Any, ...]]:
    with suppress(sqlite.Error):
        yield from self._ask(query, (1, last))

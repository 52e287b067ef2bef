"""A hundred copies made while somebody writes: each opens by itself, is sound, and holds no half of a deed.

Weaker: the file is copied as files are copied.
"""

import shutil
import threading
from pathlib import Path

from db.backup import faults
from db.engine import connect
from db.errors import RecordError
from db.keys import keys_path
from db.queries.check import check
from db.record import Record
from tests.builders import add_partner, everything
from tests.faults.figure import Count, fresh, opened, scratch

NUMBER = 25
ANEW = 20
"""Copies after which another record is written in: a longer one would tell no more."""


def count(quick: bool, weaker: bool) -> Count:
    """Write and copy at once."""
    copies = 3 if quick else 100
    whole = deeds = 0
    with scratch() as folder:
        for first in range(0, copies, ANEW):
            with opened(fresh(folder / "record")) as record:
                found, done = _while_writing(record, min(ANEW, copies - first), folder if weaker else None)
                whole, deeds = whole + found, deeds + done
    return Count(f"{whole} of {copies} copies whole, made during {deeds} deeds", whole == copies and deeds >= copies)


def _while_writing(record: Record, copies: int, plainly: Path | None) -> tuple[int, int]:
    stop, done, whole = threading.Event(), 0, 0

    def write() -> None:
        nonlocal done
        while not stop.is_set():
            record.write(add_partner, f"{done} " + "x" * 400)
            done += 1

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for _copy in range(copies):
            before = done
            copy = record.back_up().path if plainly is None else _plain_copy(record.path, plainly)
            whole += _is_whole(copy, record, before)
    finally:
        stop.set()
        writer.join()
    return whole, done


def _plain_copy(path: Path, folder: Path) -> Path:
    shutil.copyfile(keys_path(path), keys_path(folder / "plain.jalon"))
    return Path(shutil.copyfile(path, folder / "plain.jalon"))


def _is_whole(copy: Path, record: Record, done: int) -> bool:
    """Whether a copy is sound, has no half of a deed, and holds at least what was done when it was begun."""
    try:
        driver = connect(copy, record.key.raw, wal=False)
        broken = faults(driver)
        driver.close()
        with opened(copy, record.key, write=False) as held:
            rows = held.read(everything)
            sound = not broken and check(held) == ()
    except RecordError:
        return False
    except Exception as fault:
        if type(fault).__name__ == "DatabaseError":
            return False
        raise
    return sound and done <= len(rows["organisation"]) == len(rows["organisation_role"])

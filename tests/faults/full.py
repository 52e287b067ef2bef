"""The disk full a hundred times, at levels drawn by chance: said in words, nothing saved is lost, and the work goes on.

The disk is a small one in memory that a file fills up, where this may be done, and the work goes on in the room that
the record kept in reserve; else the record may not grow, and then may. Weaker: what the driver says gets no words.
"""

import os
import random
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from unittest.mock import patch

from db import ballast, engine
from db.errors import CopyLeftOut, DiskFull, RecordError
from db.queries.check import check
from db.record import Record
from tests.builders import PASSPHRASE, add_partner, everything, names
from tests.faults.figure import Count, fresh, opened, scratch

NUMBER = 5
MEGABYTES = 8
PAGES = 60
DEEDS = 40
RESERVE = 1 << 20
"""On a disk as small as this one, the room in reserve is less than on a real one."""


def count(quick: bool, weaker: bool) -> Count:
    """Fill, write, free, write on."""
    turns = 4 if quick else 100
    chance = random.Random(5)
    full = unworded = lost = stuck = 0
    with (
        scratch() as outside,
        patch.object(engine, "in_words", _unsaid if weaker else engine.in_words),
        patch.object(ballast, "SIZE", RESERVE),
    ):
        mounted = not quick and _may_mount(outside)
        for turn in range(turns):
            with _disk(outside / f"{turn}", mounted) as folder:
                said, ok, goes_on = _filled(
                    fresh(folder / "record"), chance.randrange(PAGES), folder if mounted else None
                )
                full += said == DiskFull.__name__
                unworded += said not in (DiskFull.__name__, "")
                lost += not ok
                stuck += not goes_on
    on = "a disk of its own with room in reserve" if mounted else "a record that may not grow"
    told_as = f"{full} of {turns} disks were full ({on}): "
    return Count(
        f"{told_as}{unworded} unworded, {lost} lost what was saved, {stuck} did not go on",
        full > turns // 2 and not (unworded or lost or stuck),
    )


def _unsaid(_fault: BaseException | None, _path: Path) -> RecordError | None:
    return None


def _filled(path: Path, pages: int, disk: Path | None) -> tuple[str, bool, bool]:
    """In which words it was refused, whether all that was saved is there, whether the work goes on afterwards."""
    said, done = "", 0
    with suppress(CopyLeftOut), Record.open(path, PASSPHRASE) as record:
        before = len(record.read(names))
        _take(record, pages, disk)
        try:
            while done < DEEDS:
                record.write(add_partner, f"{done} " + "x" * 400)
                done += 1
        except RecordError as refused:
            said = type(refused).__name__
        except Exception as fault:
            said = f"unworded: {type(fault).__name__}"
        ok = len(record.read(names)) == before + done
        ok = _free(record, disk) and ok
        record.write(add_partner, "Ensuite")
        ok = ok and len(record.read(names)) == before + done + 1 and check(record) == ()
    with opened(path) as record:
        rows = record.read(everything)
        goes_on = len(rows["organisation"]) == before + done + 1 == len(rows["organisation_role"])
        record.write(add_partner, "Plus tard")
    return said, ok, goes_on


def _take(record: Record, pages: int, disk: Path | None) -> None:
    """Leave room for so many pages."""
    if disk is None:
        with record.driver() as driver:
            (held,) = driver.execute("PRAGMA page_count").fetchone()
            driver.execute(f"PRAGMA max_page_count={held + pages // 4}")
        return
    ballast.keep(record.path)
    left = os.statvfs(disk)
    size = left.f_bavail * left.f_frsize - pages * engine.PAGE
    with (disk / "filler").open("wb") as filler:
        filler.write(bytes(max(0, size)))


def _free(record: Record, disk: Path | None) -> bool:
    """Whether there was room to free, as the window frees it."""
    if disk is not None:
        freed = ballast.give_up(record.path)
    with record.driver() as driver:
        if disk is None:
            driver.execute("PRAGMA max_page_count=1000000")
            return True
        driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    return freed


def _may_mount(outside: Path) -> bool:
    try:
        with _disk(outside / "trial", mounted=True):
            return True
    except (OSError, subprocess.CalledProcessError):
        return False


@contextmanager
def _disk(folder: Path, mounted: bool) -> Iterator[Path]:
    """A small disk of its own, where this may be done."""
    folder.mkdir()
    if not mounted:
        yield folder
        return
    subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={MEGABYTES}m", "jalon", folder], check=True, capture_output=True
    )
    try:
        yield folder
    finally:
        subprocess.run(["umount", folder], check=True)

"""What the world does to a record: kills, full disks, flipped bits, a folder that cannot be written in."""

import os
import random
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
import sqlcipher3.dbapi2 as sqlite
from sqlalchemy.orm import Session

from db.deeds import deed
from db.engine import worded
from db.errors import Damaged, DiskFault, DiskFull, KeyDoesNotFit, ReadOnlyPlace, RecordError
from db.queries.check import DAMAGED, check
from db.record import Record
from tests.builders import PASSPHRASE, add_partner, everything, names

KILLS = int(os.environ.get("JALON_KILLS", "20"))
"""A thousand before a release: `JALON_KILLS=1000 pytest tests/db/test_faults.py`."""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_a_killed_program_loses_nothing_that_it_said_was_done(path: Path) -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "tests.db.kills", path, str(KILLS)], capture_output=True, text=True, check=True
    )
    assert ran.stdout.endswith("lost 0 halves 0 broken 0\n") and ran.stdout.startswith(f"kills {KILLS}")
    assert int(ran.stdout.split()[3]) >= KILLS


@deed("Fill the disk")
def fill(session: Session, count: int) -> None:
    for n in range(count):
        add_partner(session, f"{n} " + "x" * 400)


def test_a_full_disk_says_so_changes_nothing_and_the_work_goes_on_later(record: Record) -> None:
    record.write(add_partner, "Avant")
    before = record.read(everything)
    with record.driver() as driver:
        (pages,) = driver.execute("PRAGMA page_count").fetchone()
        driver.execute(f"PRAGMA max_page_count={pages + 5}")
    with pytest.raises(DiskFull):
        record.write(fill, 200)
    assert record.read(everything) == before
    with record.driver() as driver:
        driver.execute("PRAGMA max_page_count=1000000")
    record.write(fill, 200)
    assert len(record.read(names)) == 201
    assert check(record) == ()


@pytest.mark.parametrize(("free", "refusal"), [(0, DiskFull), (1 << 30, DiskFault)])
def test_a_fault_of_the_disk_is_called_full_where_it_is(
    path: Path, free: int, refusal: type[RecordError], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shutil.disk_usage", lambda _folder: SimpleNamespace(free=free))
    fault = sqlite.OperationalError("disk I/O error")
    fault.sqlite_errorname = "SQLITE_IOERR"
    with pytest.raises(refusal), worded(path):
        raise fault


def test_no_flipped_bit_is_read_as_a_value(record: Record, path: Path) -> None:
    record.write(fill, 100)
    before = record.read(everything)
    record.close()
    whole = path.read_bytes()
    chance = random.Random(3)
    unread = 0
    for _time in range(25):
        flipped = bytearray(whole)
        flipped[chance.randrange(len(flipped))] ^= 1 << chance.randrange(8)
        path.write_bytes(flipped)
        try:
            with Record.open(path, PASSPHRASE, write=False) as opened:
                assert [finding.message for finding in check(opened)] == [DAMAGED]
                assert opened.read(everything) == before
        except (Damaged, KeyDoesNotFit, RecordError):
            unread += 1
    assert unread


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="needs a person whom permissions bind")
def test_a_folder_that_cannot_be_written_in_is_refused_in_words(path: Path) -> None:
    path.parent.chmod(0o500)
    try:
        with pytest.raises(ReadOnlyPlace):
            Record.open(path, PASSPHRASE)
    finally:
        path.parent.chmod(0o700)

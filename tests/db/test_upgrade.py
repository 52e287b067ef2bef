"""Records that earlier versions wrote, opened by this one: all they held is there, and a kill leaves old or new whole.

`records/version-NNNN.jalon` was written by the program that stood at that revision, with invented data; beside it
stands what each of its tables held (`contents` below, run by that program's own libraries).
"""

import hashlib
import json
import os
import random
import shutil
import signal
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from db import backup, migrations
from db.engine import connect
from db.keys import keys_path, unlock
from db.models import Organisation
from db.queries.check import check
from db.queries.history import deeds
from db.record import Record
from db.slots import Key
from tests.builders import PASSPHRASE, add_partner, copied, names, new_record

RECORDS = Path(__file__).parent / "records"
VERSIONS = sorted(path.stem for path in RECORDS.glob("*.jalon"))
KILLS = int(os.environ.get("JALON_KILLS", "8"))
"""Forty before a release: `JALON_KILLS=40 pytest tests/db/test_upgrade.py`."""


def contents(driver: Any, columns: dict[str, list[str]]) -> dict[str, dict[str, Any]]:
    """How many rows each table holds, and a digest of their values in these columns."""
    told = {}
    for table, named in columns.items():
        listed = ", ".join(f'"{name}"' for name in named)
        rows = driver.execute(f'SELECT {listed} FROM "{table}" ORDER BY row').fetchall()
        digest = hashlib.sha256(json.dumps(rows, ensure_ascii=False, default=str).encode()).hexdigest()
        told[table] = {"columns": named, "rows": len(rows), "digest": digest}
    return told


def revision(driver: Any) -> str:
    (found,) = driver.execute("SELECT version_num FROM alembic_version").fetchone()
    return str(found)


@pytest.fixture(params=VERSIONS)
def version(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def old(version: str, tmp_path: Path) -> Path:
    """A copy of the record that an earlier version wrote."""
    return copied(RECORDS / f"{version}.jalon", tmp_path / f"{version}.jalon")


@pytest.fixture
def told(version: str) -> dict[str, dict[str, Any]]:
    """What the earlier version said it held."""
    return dict(json.loads((RECORDS / f"{version}.json").read_text(encoding="utf-8")))


@pytest.fixture
def upgraded(old: Path) -> Iterator[Record]:
    with Record.open(old, PASSPHRASE) as record:
        yield record


def test_all_that_an_older_record_held_is_there(upgraded: Record, told: dict[str, dict[str, Any]]) -> None:
    with upgraded.driver() as driver:
        assert contents(driver, {table: each["columns"] for table, each in told.items()}) == told
    assert check(upgraded) == ()


def test_an_upgraded_record_is_built_like_a_new_one(upgraded: Record, tmp_path: Path) -> None:
    new, _code = new_record(tmp_path / "new.jalon")
    schemas = []
    for record in (upgraded, new):
        with record.driver() as driver:
            built = "SELECT name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite_stat%' ORDER BY name"
            schemas.append(driver.execute(built).fetchall())
    new.close()
    assert schemas[0] == schemas[1]


def test_its_history_goes_on(upgraded: Record) -> None:
    before = upgraded.read(names)
    assert upgraded.read(deeds, None)
    upgraded.write(add_partner, "Après la mise à niveau")
    upgraded.undo()
    assert upgraded.read(names) == before
    upgraded.undo()  # a deed that the earlier version did
    assert check(upgraded) == ()


def test_it_was_copied_before_it_was_touched(old: Path, upgraded: Record, version: str) -> None:
    number = version.removeprefix("version-")
    copy = backup.copies(old)[0].path
    with upgraded.driver() as driver:
        assert revision(driver) == migrations.HEAD != number
    kept = copied(copy, copy.with_name("looked-at.jalon"))  # opening the copy itself would bring it up to date
    driver = connect(kept, unlock(kept, PASSPHRASE).raw)
    assert revision(driver) == number
    driver.close()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_a_kill_while_it_is_brought_up_to_date_leaves_it_wholly_old_or_wholly_new(
    old: Path, told: dict[str, dict[str, Any]], version: str
) -> None:
    whole, keys = old.read_bytes(), keys_path(old).read_bytes()
    key = unlock(old, PASSPHRASE)
    chance, seen = random.Random(version), set[str]()
    begun = time.perf_counter()
    open_and_die(old, key, None)
    takes = time.perf_counter() - begun
    columns = {table: each["columns"] for table, each in told.items()}
    for _turn in range(KILLS):
        for left in old.parent.glob(f"{old.name}*"):
            shutil.rmtree(left) if left.is_dir() else left.unlink()
        old.write_bytes(whole)
        keys_path(old).write_bytes(keys)
        open_and_die(old, key, chance.random() * takes * 1.2)
        driver = connect(old, key.raw)
        assert driver.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert contents(driver, columns) == told
        seen.add(revision(driver))
        driver.close()
        with Record.open(old, key) as record:
            assert record.read(names, Organisation)
            assert check(record) == ()
    assert seen <= {version.removeprefix("version-"), migrations.HEAD}


def open_and_die(path: Path, key: Key, after: float | None) -> None:
    """Open the record in another process, and kill that after so many seconds, or let it finish."""
    child = os.fork()
    if child == 0:
        try:
            Record.open(path, key)._let_go()
        finally:
            os._exit(0)
    if after is not None:
        time.sleep(after)
        os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)

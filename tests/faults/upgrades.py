"""Records of every released schema, each killed forty times while it is brought up to date: wholly old, or wholly new.

What lies in `tests/db/records` was written by the program that stood at that revision, with invented data; beside it
stands what each of its tables held. The first lies there as it was; later ones without their key, packed, by
`packaging/make_released.py`. Weaker: the steps of a migration are kept one by one.
"""

import hashlib
import json
import lzma
import os
import random
import shutil
import signal
import time
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any
from unittest.mock import patch

from alembic.config import Config

from db import backup, migrations
from db.engine import connect
from db.errors import RecordError
from db.keys import keys_path, unlock
from db.queries.check import check
from db.record import Record
from db.slots import Key
from tests.builders import PASSPHRASE, copied
from tests.faults.figure import Count, NotHere, fresh, kept_folder, opened, scratch
from tests.forked import forked, wait_for

NUMBER = 10
RECORDS = Path(__file__).parents[1] / "db" / "records"
VERSIONS = sorted(path.stem for path in RECORDS.glob("*.json"))
"""Every one of them, the one that stands among them."""
OLDER = tuple(version for version in VERSIONS if version != f"version-{migrations.HEAD}")


def count(quick: bool, weaker: bool) -> Count:
    """Kill, look, bring it up to date."""
    if not hasattr(os, "fork"):
        raise NotHere("no fork, which Windows has not")
    kills = 2 if quick else 40
    older = OLDER[:1] if quick and not weaker else OLDER  # the one with the longest way
    between = lost = unfound = unlike = unsound = uncopied = 0
    seen: set[str] = set()
    with scratch() as folder:
        with opened(fresh(folder / "new")) as record, record.driver() as driver:
            new = built(driver)
        for version in older:
            old = folder / version / f"{version}.jalon"
            columns = {table: each["columns"] for table, each in told(version).items()}
            key = unlock(_laid(version, old), PASSPHRASE)
            before = _looked_at(old, key.raw, found)
            takes = open_and_die(old, key, None, weaker=False)
            chance = random.Random(version)
            for _turn in range(kills):
                open_and_die(_laid(version, old), key, chance.random() * takes * 1.2, weaker)
                driver = connect(old, key.raw)
                here = revision(driver)
                between += here not in (version.removeprefix("version-"), migrations.HEAD)
                lost += contents(driver, columns) != told(version)
                driver.close()
                seen.add(here)
                try:
                    with opened(old, key) as record:
                        unsound += check(record) != ()
                    unfound += not before <= _looked_at(old, key.raw, found)
                    unlike += _looked_at(old, key.raw, built) != new
                except Exception:
                    unsound += 1
                uncopied += not _copied(old, key, version)
    told_as = f"{kills} kills of each of {len(older)} older schemas: {between} between, {lost} lost rows, "
    told_as += f"{unfound} lost search hits, {unlike} triggers or tables, {unsound} not sound afterwards, "
    told_as += f"{uncopied} without a copy that is still old; seen {sorted(seen)}"
    return Count(told_as, bool(older) and not (between or lost or unfound or unlike or unsound or uncopied))


def _looked_at(path: Path, key: bytes, question: Callable[[Any], Any]) -> Any:
    driver = connect(path, key)
    try:
        return question(driver)
    finally:
        driver.close()


def _copied(path: Path, key: Key, version: str) -> bool:
    """Whether the oldest verified copy is still as the older program wrote it."""
    with suppress(RecordError, IndexError):
        driver = connect(backup.copies(path)[-1].path, key.raw, wal=False)
        try:
            return revision(driver) == version.removeprefix("version-") and not backup.faults(driver)
        finally:
            driver.close()
    return False


def _laid(version: str, path: Path) -> Path:
    shutil.rmtree(path.parent, ignore_errors=True)
    path.parent.mkdir()
    return copied(released(version), path)


@cache
def released(version: str) -> Path:
    """The closed record of an earlier version: as it lies there, or with its key once more."""
    kept = RECORDS / f"{version}.jalon"
    if kept.exists():
        return kept
    path, plain = kept_folder() / kept.name, kept_folder() / "plain"
    plain.write_bytes(lzma.decompress(kept.with_suffix(".jalon.xz").read_bytes()))
    shutil.copyfile(keys_path(kept), keys_path(path))
    driver = connect(path, unlock(path, PASSPHRASE).raw, create=True)
    driver.execute("ATTACH ? AS plain KEY ''", (str(plain),))
    driver.execute("SELECT sqlcipher_export('main', 'plain')").fetchall()
    for number in ("application_id", "user_version"):
        driver.execute(f"PRAGMA main.{number} = {driver.execute(f'PRAGMA plain.{number}').fetchone()[0]}")
    driver.execute("DETACH plain")
    driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    driver.close()
    return path


def told(version: str) -> dict[str, dict[str, Any]]:
    """What the earlier version said it held."""
    return dict(json.loads((RECORDS / f"{version}.json").read_text(encoding="utf-8")))


def contents(driver: Any, columns: dict[str, list[str]]) -> dict[str, dict[str, Any]]:
    """How many rows each table holds, and a digest of their values in these columns."""
    held = {}
    for table, named in columns.items():
        listed = ", ".join(f'"{name}"' for name in named)
        rows = driver.execute(f'SELECT {listed} FROM "{table}" ORDER BY row').fetchall()
        digest = hashlib.sha256(json.dumps(rows, ensure_ascii=False, default=str).encode()).hexdigest()
        held[table] = {"columns": named, "rows": len(rows), "digest": digest}
    return held


def found(driver: Any) -> set[tuple[str, str]]:
    """What the search knows of: each thing that has words of its own."""
    if not driver.execute("SELECT 1 FROM sqlite_schema WHERE name = 'indexed'").fetchone():
        return set()  # the first version searched otherwise
    return set(driver.execute("SELECT entity, entity_id FROM indexed JOIN indexed_words ON indexed_words.rowid = row"))


def built(driver: Any) -> list[tuple[str, str]]:
    """The tables, indexes and triggers as they are written."""
    asked = "SELECT name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite_stat%' ORDER BY name"
    return list(driver.execute(asked))


def revision(driver: Any) -> str:
    (found,) = driver.execute("SELECT version_num FROM alembic_version").fetchone()
    return str(found)


def open_and_die(path: Path, key: Key, after: float | None, weaker: bool) -> float:
    """Open the record in another process, and kill that after so many seconds, or let it finish; how long it took."""

    def opens() -> None:
        with patch.object(migrations.command, "upgrade", _one_step if weaker else migrations.command.upgrade):
            Record.open(path, key)._let_go()

    begun = time.perf_counter()
    child = forked(opens)
    if after is not None:
        time.sleep(after)
        os.kill(child, signal.SIGKILL)
    wait_for(child)
    return time.perf_counter() - begun


def _one_step(config: Config, _head: str) -> None:
    """The first step of an upgrade, kept, and a long breath after it."""
    _UPGRADE(config, "+1")
    config.attributes["connection"].exec_driver_sql("COMMIT")
    time.sleep(60)


_UPGRADE = migrations.command.upgrade

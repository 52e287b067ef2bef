"""The libraries under the record: SQLite from 3.51.3 and SQLCipher from 4.19, at every opening and in every lock.

An older SQLite loses writes when its log of writes is begun anew, and a build without a cipher would write plain text.
Weaker: the program asks for no versions any more.
"""

import re
from pathlib import Path
from typing import Any
from unittest.mock import patch

from db import engine
from tests.faults.figure import Count, fresh, opened, scratch

NUMBER = 1
LOCKS = Path(__file__).parents[2] / "packaging"
OLDEST_WHEEL = (0, 6, 4)
"""The first sqlcipher3 that carries both."""


def count(quick: bool, weaker: bool) -> Count:
    """What this machine has; what every lock installs; whether something older is refused at the door."""
    with scratch() as folder, opened(fresh(folder / "record")) as record, record.driver() as driver:
        held_sqlite = driver.execute("SELECT sqlite_version()").fetchone()[0]
        held_cipher = driver.execute("PRAGMA cipher_version").fetchone()[0]
        enough = _numbers(held_sqlite) >= engine.OLDEST_SQLITE and _numbers(held_cipher) >= engine.OLDEST_CIPHER
        key = record.key.raw
        refused = sum(_refused(record.path, key, older, weaker) for older in OLDER)
    old = [lock.name for lock in LOCKS.glob("*.lock") if _wheel(lock) and _wheel(lock) < OLDEST_WHEEL]
    told = f"SQLite {held_sqlite}, SQLCipher {held_cipher}; {len(old)} locks with an older wheel"
    return Count(f"{told}; {refused} of {len(OLDER)} older refused", enough and not old and refused == len(OLDER))


OLDER: tuple[dict[str, Any], ...] = (
    {"OLDEST_SQLITE": (99, 0, 0)},
    {"OLDEST_CIPHER": (99, 0)},
)
"""As an older library looks to a program that asks for a newer one."""


def _refused(path: Path, key: bytes, older: dict[str, Any], weaker: bool) -> bool:
    with patch.multiple(engine, **older, **({"_demand_versions": lambda _driver: None} if weaker else {})):
        try:
            engine.connect(path, key).close()
        except RuntimeError:
            return True
    return False


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", version)[:3])


def _wheel(lock: Path) -> tuple[int, ...]:
    found = re.search(r"^sqlcipher3==([\d.]+)", lock.read_text(encoding="utf-8"), re.MULTILINE)
    return _numbers(found[1]) if found else ()

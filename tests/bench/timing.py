"""How the benches that ask a record time it, and whom they ask beside it.

CPU time, as a busy machine only adds to the other. Warm: each question is asked twelve times in a row, or for a tenth
of a second, of the record, of SQLCipher without a key and of Python's own sqlite3; the least counts, then the median of
all questions.
"""

import sqlite3
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from pathlib import Path
from statistics import median
from time import process_time
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher

from db.engine import CACHE_KIB
from db.record import Record

BASE = "no key"


def cost(does: Callable[[], Any]) -> float:
    """The CPU seconds of one call."""
    begun = process_time()
    does()
    return process_time() - begun


def beside(plain: Path) -> dict[str, Any]:
    """Whom the same is asked of: the copy of a record that has no key, opened by others with as much cache."""
    others = {BASE: sqlcipher.connect(str(plain)), "sqlite3": sqlite3.connect(plain)}
    for other in others.values():
        other.execute(f"PRAGMA cache_size=-{CACHE_KIB}")
    return others


def without_triggers(driver: Any) -> None:
    """Take the triggers out of a record that is filled past the log."""
    for (name,) in driver.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'").fetchall():
        driver.execute(f'DROP TRIGGER "{name}"')


def copy_without_key(driver: Any, plain: Path) -> None:
    """Copy a record for those beside it."""
    driver.execute("ANALYZE")
    driver.execute(f"ATTACH '{plain}' AS plain KEY ''")
    driver.execute("SELECT sqlcipher_export('plain')").fetchall()
    driver.execute("DETACH plain")


def sent_by(record: Record, query: Callable[..., Any], *args: Any) -> list[str]:
    """The statements that a query really sends, with their values in them."""
    sent: list[str] = []
    with record.driver() as driver:
        driver.set_trace_callback(sent.append)
    record.read(query, *args)
    with record.driver() as driver:
        driver.set_trace_callback(None)
    return [statement for statement in sent if statement.startswith("SELECT")]


def longest(statements: list[str]) -> list[str]:
    """The one statement that is the question; what it needs to know first is sent before it."""
    return [max(statements, key=len)]


def compare(
    title: str,
    record: Record,
    others: Mapping[str, Any],
    calls: Iterable[tuple[Any, ...]],
    of: Callable[[list[str]], list[str]] = list,
) -> None:
    """Ask a record and those beside it the same, each call a query and its arguments; print medians and ratios."""
    times: dict[str, list[float]] = {"record": [], **{who: [] for who in others}}
    for query, *args in calls:
        statements = of(sent_by(record, query, *args))
        asked = {"record": partial(record.read, query, *args)}
        asked |= {who: partial(_ask, other, statements) for who, other in others.items()}
        for who, does in asked.items():
            turns = max(12, int(0.1 / cost(does)))
            times[who].append(min(cost(does) for _again in range(turns)))
    print(title)
    for who, taken in times.items():
        print(f"  {who:8} {median(taken) * 1000:9.2f} ms CPU   ratio {median(taken) / median(times[BASE]):4.2f}")


def _ask(driver: Any, statements: list[str]) -> None:
    for statement in statements:
        driver.execute(statement).fetchall()

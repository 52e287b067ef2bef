"""What a page of a list of a million activities costs, beside the same SQL without a key and in plain SQLite.

Run by path: python tests/bench/bench_list.py. The record is filled once, past the log, and copied without its key; then
each page is asked in turn of the record (through the list as the window asks it), of SQLCipher without a key and of
Python's own sqlite3. Warm: each is asked twelve times in a row
and the least is taken, then the median of all pages.
"""

import sqlite3
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from random import Random
from statistics import median
from time import process_time
from typing import Any
from uuid import UUID

import sqlcipher3.dbapi2 as sqlcipher

from db.queries.listing import Asked, page, rows_in_order
from db.queries.lists import ACTIVITIES
from db.record import Record
from db.slots import Cost

ROWS, PAGE, TURNS = 1_000_000, 128, 100
"""A page is as long as the window asks for."""


def filled(folder: Path, rows: int) -> Record:
    """A record with this many activities, each with its partner, place and figure."""
    record, _code = Record.create(folder / "bench.jalon", "mesure mesure", "Mesure", "Mesure", cost=Cost(1, 64, 1))
    with record.driver() as driver:
        for (name,) in driver.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'").fetchall():
            driver.execute(f'DROP TRIGGER "{name}"')
        driver.execute("BEGIN")
        for number in range(300):
            driver.execute(
                "INSERT INTO organisation (row, id, name, sort_key, folded, type)"
                " VALUES (?, ?, ?, ?, ?, 'national_ngo')",
                (number + 1, UUID(int=number).hex, f"Partenaire {number}", f"partenaire {number}", f"p{number}"),
            )
            driver.execute(
                "INSERT INTO place (row, id, name, sort_key, folded, kind, level) VALUES (?, ?, ?, ?, ?, 'admin', 2)",
                (number + 1, UUID(int=number + 1000).hex, f"Zone {number}", f"zone {number}", f"z{number}"),
            )
        draw = Random(7)
        sectors = ("PRO", "PRO-CPN", "PRO-GBV", "HEA", "NUT")
        driver.executemany(
            "INSERT INTO activity (row, id, title, sort_key, sector, partner_id, place_id, starts_on, ends_on, status,"
            " sensitivity) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 'ongoing', 'low')",
            (
                (
                    number,
                    UUID(int=number + 10_000).hex,
                    f"Activité {(title := draw.randrange(10**9))}",
                    f"activite {title:010d}",
                    sectors[number % 5],
                    UUID(int=number % 300).hex,
                    UUID(int=number % 300 + 1000).hex,
                    f"2025-{number % 12 + 1:02}-01",
                    "2025-12-31",
                )
                for number in range(1, rows + 1)
            ),
        )
        driver.executemany(
            "INSERT INTO result"
            " (id, activity_id, span, nature, value, decimals, unit, qualifier, counting, sensitivity)"
            " VALUES (?, ?, 'period', 'declared', ?, 0, 'persons', 'exactly', 'not_stated', 'low')",
            (
                (UUID(int=number + 10**8).hex, UUID(int=number + 10_000).hex, draw.randrange(5000))
                for number in range(1, rows + 1)
            ),
        )
        driver.execute("COMMIT")
        driver.execute("ANALYZE")
        plain = folder / "plain.db"
        driver.execute(f"ATTACH '{plain}' AS plain KEY ''")
        driver.execute("SELECT sqlcipher_export('plain')").fetchall()
        driver.execute("DETACH plain")
    return record


def asked_as(record: Record, query: Callable[..., Any], *args: Any) -> str:
    """The statement that a query really sends, with its values in it."""
    sent: list[str] = []
    with record.driver() as driver:
        driver.set_trace_callback(sent.append)
    record.read(query, *args)
    with record.driver() as driver:
        driver.set_trace_callback(None)
    return max(sent, key=len)


def cost(does: Callable[[], Any]) -> float:
    """The CPU time of one call."""
    begun = process_time()
    does()
    return process_time() - begun


def main(rows: int) -> None:
    """Print the medians and the ratios to SQLCipher without a key."""
    with tempfile.TemporaryDirectory() as folder:
        record = filled(Path(folder), rows)
        plain = Path(folder) / "plain.db"
        open_key = sqlcipher.connect(str(plain))
        stdlib = sqlite3.connect(plain)
        for other in (open_key, stdlib):
            other.execute("PRAGMA cache_size=-16384")
        numbers = record.read(rows_in_order, ACTIVITIES, Asked("title"))
        draw = Random(11)
        starts = [draw.randrange(max(1, rows - PAGE)) for _turn in range(TURNS)]
        measured = {
            f"a page of {PAGE}": [(page, ACTIVITIES, list(numbers[start : start + PAGE])) for start in starts],
            "the whole order, by title": [(rows_in_order, ACTIVITIES, Asked("title"))] * 3,
        }
        for name, calls in measured.items():
            times: dict[str, list[float]] = {"record": [], "no key": [], "sqlite3": []}
            for query, *args in calls:
                statement = asked_as(record, query, *args)  # also warms the pages up
                for other in (open_key, stdlib):
                    other.execute(statement).fetchall()
                for who, does in (
                    ("record", lambda query=query, args=args: record.read(query, *args)),
                    (
                        "no key",
                        lambda statement=statement: open_key.execute(statement).fetchall(),
                    ),
                    (
                        "sqlite3",
                        lambda statement=statement: stdlib.execute(statement).fetchall(),
                    ),
                ):
                    times[who].append(min(cost(does) for _again in range(12)))
            base = median(times["no key"])
            print(f"{name}, of {rows:,} activities")
            for who, taken in times.items():
                print(f"  {who:8} {median(taken) * 1000:9.2f} ms CPU   ratio {median(taken) / base:4.2f}")
        record.close()


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else ROWS)

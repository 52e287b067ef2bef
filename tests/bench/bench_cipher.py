"""What the cipher costs: inserts, look-ups past the cache, sums over everything and the search, with a key and without.

Run as: bash packaging/bench cipher. The same statements are asked in turn of the record's own driver and of the copies
without a key; CPU time, the least of each, with little cache for the look-ups. Aims: 1.5, 3, 2 and 1.5.
"""

import sys
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID

from db.engine import CACHE_KIB
from tests.bench.bench_list import filled
from tests.bench.bench_search import searched
from tests.bench.timing import BASE, beside, cost

ROWS, TURNS, SOME = 200_000, 7, 3_000
_INSERT = "INSERT INTO activity (id, title, sort_key, sector, sensitivity) VALUES (?, ?, ?, 'PRO', 'low')"
_SUM = "SELECT sector, status, count(*), sum(length(title)), max(starts_on) FROM activity GROUP BY sector, status"
_FOUND = "SELECT rowid FROM indexed_words WHERE indexed_words MATCH ? ORDER BY rank LIMIT 50"


def insert(driver: Any) -> None:
    driver.execute("BEGIN")
    driver.executemany(_INSERT, ((UUID(int=10**12 + n).hex, f"Activité {n}", f"activite {n}") for n in range(SOME)))
    driver.execute("ROLLBACK")


def look_up(driver: Any, ids: list[str]) -> None:
    driver.execute("PRAGMA cache_size=-512")
    for id in ids:
        driver.execute("SELECT title FROM activity WHERE id = ?", (id,)).fetchall()
    driver.execute(f"PRAGMA cache_size=-{CACHE_KIB}")


def add_up(driver: Any) -> None:
    driver.execute(_SUM).fetchall()


def search(driver: Any) -> None:
    for typed in ("activite", "zone 12", "causerie", "partenaire 21"):
        driver.execute(_FOUND, (typed,)).fetchall()


def main(rows: int) -> None:
    """Print the ratios to SQLCipher without a key and to Python's own sqlite3."""
    draw = Random(17)
    ids = [UUID(int=draw.randrange(1, rows) + 10_000).hex for _each in range(SOME)]
    tasks: dict[str, tuple[Callable[[Any], None], float]] = {
        "insert": (insert, 1.5),
        "look-up past the cache": (partial(look_up, ids=ids), 3),
        "sums over everything": (add_up, 2),
        "search": (search, 1.5),
    }
    with tempfile.TemporaryDirectory() as folder:
        record = filled(Path(folder), rows)
        others = beside(searched(record, Path(folder)))
        others["sqlite3"].isolation_level = None
        others[BASE].isolation_level = None
        with record.driver() as driver:
            asked = {"record": driver, **others}
            for title, (task, aim) in tasks.items():
                least = dict.fromkeys(asked, float("inf"))
                for _turn in range(TURNS):
                    for who, one in asked.items():
                        least[who] = min(least[who], cost(partial(task, one)))
                ours = least["record"]
                ratios = ", ".join(f"{who} {ours / other:.2f}" for who, other in least.items() if who != "record")
                print(f"{title}: {ours * 1000:.1f} ms CPU; ratio to {ratios} (aim: < {aim:g})")
        record._let_go()


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else ROWS)

"""What searching a million activities costs, beside the same SQL without a key and in plain SQLite.

Run by path: python tests/bench/bench_search.py. The record is that of `bench_list.py` with its search made over it;
what is asked, and of whom, and how it is timed, is the same.
"""

import sqlite3
import sys
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher

from db.queries.found import search
from db.queries.listing import Asked, rows_in_order
from db.queries.lists import ACTIVITIES, ORGANISATIONS
from db.record import Record
from db.searching import remake

sys.path.insert(0, str(Path(__file__).parent))

from bench_list import ROWS, cost, filled

TYPED = ("activité 73", "causerie 4711", "partenaire 21", "vité 3300", "zone 12", "activité")
"""A rare word, a number, another kind's name, a part of a word, two words, and a word that every activity has."""


def searched(record: Record, folder: Path) -> Path:
    """Makes the search over a record filled past its door, and a copy of it all without a key."""
    with record._file.session() as session:
        remake(session.connection())
        session.commit()
    plain = folder / "searched.db"
    with record.driver() as driver:
        driver.execute("ANALYZE")
        driver.execute(f"ATTACH '{plain}' AS searched KEY ''")
        driver.execute("SELECT sqlcipher_export('searched')").fetchall()
        driver.execute("DETACH searched")
    return plain


def sent_by(record: Record, query: Callable[..., Any], *args: Any) -> list[str]:
    """The statements that a query really sends, with their values in them."""
    sent: list[str] = []
    with record.driver() as driver:
        driver.set_trace_callback(sent.append)
    record.read(query, *args)
    with record.driver() as driver:
        driver.set_trace_callback(None)
    return [statement for statement in sent if statement.startswith("SELECT")]


def main(rows: int) -> None:
    """Print the medians and the ratios to SQLCipher without a key."""
    with tempfile.TemporaryDirectory() as folder:
        record = filled(Path(folder), rows)
        plain = searched(record, Path(folder))
        open_key, stdlib = sqlcipher.connect(str(plain)), sqlite3.connect(plain)
        for other in (open_key, stdlib):
            other.execute("PRAGMA cache_size=-32768")
        measured: dict[str, list[tuple[Any, ...]]] = {
            "the search box": [(search, typed) for typed in TYPED],
            "the list of organisations": [(rows_in_order, ORGANISATIONS, Asked("name", search=t)) for t in TYPED],
            "the list of activities": [(rows_in_order, ACTIVITIES, Asked("title", search=t)) for t in TYPED[:-1]],
        }
        for name, calls in measured.items():
            times: dict[str, list[float]] = {"record": [], "no key": [], "sqlite3": []}
            for query, *args in calls:
                statements = sent_by(record, query, *args)
                for who, does in (
                    ("record", partial(record.read, query, *args)),
                    ("no key", partial(_all, open_key, statements)),
                    ("sqlite3", partial(_all, stdlib, statements)),
                ):
                    does()
                    times[who].append(min(cost(does) for _again in range(12)))
            base = median(times["no key"])
            print(f"{name}, over {rows:,} activities")
            for who, taken in times.items():
                print(f"  {who:8} {median(taken) * 1000:9.2f} ms CPU   ratio {median(taken) / base:4.2f}")
        record.close()


def _all(driver: Any, statements: list[str]) -> None:
    for statement in statements:
        driver.execute(statement).fetchall()


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else ROWS)

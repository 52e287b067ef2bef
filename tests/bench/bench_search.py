"""What searching a million activities costs, beside the same SQL without a key and in plain SQLite.

Run as: bash packaging/bench search. The record is that of `bench_list.py` with its search made over it.
"""

import sys
import tempfile
from pathlib import Path
from typing import Any

from db.queries.found import search
from db.queries.listing import RowsAsked, rows_in_order
from db.queries.lists import ACTIVITIES, ORGANISATIONS
from db.record import Record
from db.searching import remake
from tests.bench.bench_list import ROWS, filled
from tests.bench.timing import beside, compare, copy_without_key

TYPED = ("activité 73", "causerie 4711", "partenaire 21", "vité 3300", "zone 12", "activité")
"""A rare word, a number, another kind's name, a part of a word, two words, and a word that every activity has."""


def searched(record: Record, folder: Path) -> Path:
    """Makes the search over a record filled past its door, and a copy of it all without a key."""
    with record._file.session() as session:
        remake(session.connection())
        session.commit()
    plain = folder / "searched.db"
    with record.driver() as driver:
        copy_without_key(driver, plain)
    return plain


def main(rows: int) -> None:
    """Print the medians and the ratios to SQLCipher without a key."""
    with tempfile.TemporaryDirectory() as folder:
        record = filled(Path(folder), rows)
        plain = searched(record, Path(folder))
        others = beside(plain)
        measured: dict[str, list[tuple[Any, ...]]] = {
            "the search box": [(search, typed) for typed in TYPED],
            "the list of organisations": [(rows_in_order, ORGANISATIONS, RowsAsked("name", search=t)) for t in TYPED],
            "the list of activities": [(rows_in_order, ACTIVITIES, RowsAsked("title", search=t)) for t in TYPED[:-1]],
        }
        for name, calls in measured.items():
            compare(f"{name}, over {rows:,} activities", record, others, calls)
        record.close()


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else ROWS)

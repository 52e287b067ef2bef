"""What a page of a million activities or results costs, beside the same SQL without a key and in plain SQLite.

Run as: bash packaging/bench list. The record is filled once, past the log, and copied without its key; then each page
is asked in turn of the record (through the list as the window asks it) and of those beside it.
"""

import sys
import tempfile
from pathlib import Path
from random import Random
from uuid import UUID

from db.queries.kinds import KINDS
from db.queries.listing import RowsAsked, page, rows_in_order
from db.record import Record
from db.slots import Cost
from tests.bench.timing import beside, compare, copy_without_key, longest, without_triggers

ROWS, PAGE, TURNS = 1_000_000, 128, 100
"""A page is as long as the window asks for."""


def filled(folder: Path, rows: int) -> Record:
    """A record with this many activities, each with its partner, place and figure."""
    record, _code = Record.create(folder / "bench.jalon", "mesure mesure", "Mesure", "Mesure", cost=Cost(1, 64, 1))
    with record.driver() as driver:
        without_triggers(driver)
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
            " (id, activity_id, value, starts_on, ends_on, span, nature, decimals, unit, qualifier, counting,"
            " sensitivity) VALUES (?, ?, ?, ?, '2025-12-31', 'period', 'declared', 0, 'persons', 'exactly',"
            " 'not_stated', 'low')",
            (
                (
                    UUID(int=number + 10**8).hex,
                    UUID(int=number + 10_000).hex,
                    draw.randrange(5000),
                    f"2025-{number % 12 + 1:02}-01",
                )
                for number in range(1, rows + 1)
            ),
        )
        driver.execute("COMMIT")
        copy_without_key(driver, folder / "plain.db")
    # Opened anew, as the copies are: filled, it has its pages all over the memory, and a short question costs a fifth.
    record._let_go()
    return Record.open(record.path, "mesure mesure")


def main(rows: int) -> None:
    """Print the medians and the ratios to SQLCipher without a key."""
    with tempfile.TemporaryDirectory() as folder:
        record = filled(Path(folder), rows)
        others = beside(Path(folder) / "plain.db")
        draw = Random(11)
        starts = [draw.randrange(max(1, rows - PAGE)) for _turn in range(TURNS)]
        for kind in ("activities", "results"):
            listing, asked = KINDS[kind].listing, RowsAsked(KINDS[kind].order)
            numbers = record.read(rows_in_order, listing, asked)
            pages = [(page, listing, list(numbers[start : start + PAGE])) for start in starts]
            compare(f"a page of {PAGE}, of {rows:,} {kind}", record, others, pages, longest)
            whole = [(rows_in_order, listing, asked)] * 3
            compare(f"the whole order, of {rows:,} {kind}", record, others, whole, longest)
        record.close()


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else ROWS)

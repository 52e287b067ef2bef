"""What the shares by layer cost over 100,000 allocations, beside the same SQL without a key and in plain SQLite.

Run by path: python tests/bench/bench_layers.py. The record is filled past the log and copied without its key; the table
is asked of the record whole (statement, conversion, rounding), of the others as its statement alone. The least of
twelve turns is taken. Three in ten allocations are in another currency, one in twenty was passed on by a partner.
"""

import sqlite3
import sys
import tempfile
from datetime import date
from functools import partial
from pathlib import Path
from random import Random
from uuid import UUID

import sqlcipher3.dbapi2 as sqlcipher

from db.queries.layers import shares
from db.record import Record
from db.slots import Cost

sys.path.insert(0, str(Path(__file__).parent))
from bench_list import asked_as, cost

ROWS, PARTNERS, CONTRIBUTIONS = 100_000, 300, 200
CHANNELS = ("direct", "direct", "pooled", "agency", "private")
TYPES = ("national_ngo", "community", "international_ngo", "government", "other")


def filled(folder: Path, rows: int) -> Record:
    """A record with this many allocations of one year."""
    record, _code = Record.create(folder / "bench.jalon", "mesure mesure", "Mesure", "Mesure", cost=Cost(1, 64, 1))
    draw = Random(7)
    partner, contribution, allocation = (
        (lambda number, start=start: UUID(int=start + number).hex) for start in (0, 10**4, 10**6)
    )
    with record.driver() as driver:
        for (name,) in driver.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'").fetchall():
            driver.execute(f'DROP TRIGGER "{name}"')
        driver.execute("BEGIN")
        driver.executemany(
            "INSERT INTO organisation (id, name, sort_key, folded, type) VALUES (?, ?, ?, ?, ?)",
            ((partner(n), f"Partenaire {n}", f"partenaire {n}", f"p{n}", TYPES[n % 5]) for n in range(PARTNERS)),
        )
        driver.executemany(
            "INSERT INTO women_led_assessment"
            " (id, organisation_id, about, said, definition, definition_version, status, assessed_on)"
            " VALUES (?, ?, 'women_led', 'yes', 'WLO-50', '1', ?, '2025-06-01')",
            ((UUID(int=10**5 + n).hex, partner(n), ("met", "not_met", "unknown")[n % 3]) for n in range(PARTNERS)),
        )
        driver.executemany(
            "INSERT INTO contribution (id, donor_id, stage, channel, currency) VALUES (?, ?, 'committed', ?, 'USD')",
            ((contribution(n), partner(0), CHANNELS[n % 5]) for n in range(CONTRIBUTIONS)),
        )
        driver.executemany(
            "INSERT INTO exchange_rate (id, currency, base, valid_from, rate, source)"
            " VALUES (?, ?, 'USD', ?, '0.9', 'un')",
            ((UUID(int=10**7 + n).hex, ("EUR", "CDF", "XAF")[n % 3], f"2026-{n // 3 + 1:02}-01") for n in range(36)),
        )
        driver.executemany(
            'INSERT INTO allocation (id, contribution_id, parent_id, recipient_id, stage, "on", amount, currency,'
            " overhead) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                (
                    allocation(n),
                    contribution(n % CONTRIBUTIONS),
                    allocation(n - CONTRIBUTIONS) if n % 20 == 0 and n >= CONTRIBUTIONS else None,
                    partner(draw.randrange(PARTNERS)) if n % 10 else None,
                    "commitment" if n % 4 else "spending",
                    f"2026-{n % 12 + 1:02}-{draw.randrange(28) + 1:02}",
                    draw.randrange(10**8),
                    ("USD", "USD", "USD", "USD", "USD", "USD", "USD", "EUR", "CDF", "XAF")[draw.randrange(10)],
                    n % 15 == 0,
                )
                for n in range(rows)
            ),
        )
        driver.execute("COMMIT")
        driver.execute("ANALYZE")
        driver.execute(f"ATTACH '{folder / 'plain.db'}' AS plain KEY ''")
        driver.execute("SELECT sqlcipher_export('plain')").fetchall()
        driver.execute("DETACH plain")
    return record


def main(rows: int) -> None:
    """Print the times and the ratios to SQLCipher without a key."""
    with tempfile.TemporaryDirectory() as folder:
        record = filled(Path(folder), rows)
        others = {
            "no key": sqlcipher.connect(str(Path(folder) / "plain.db")),
            "sqlite3": sqlite3.connect(Path(folder) / "plain.db"),
        }
        for other in others.values():
            other.execute("PRAGMA cache_size=-16384")
        for name, at in (("as assessed by the day of the report", "report"), ("of the allocation", "allocation")):
            asked = (shares, "commitment", date(2026, 1, 1), date(2026, 12, 31), "USD", None, at)
            statement = asked_as(record, *asked)
            turns = {"record": partial(record.read, *asked)} | {
                who: (lambda other=other, sent=statement: other.execute(sent).fetchall())
                for who, other in others.items()
            }
            taken = {who: min(cost(does) for _turn in range(12)) for who, does in turns.items()}
            print(f"shares by layer, women-led {name}, of {rows:,} allocations")
            for who, least in taken.items():
                print(f"  {who:8} {least * 1000:9.2f} ms CPU   ratio {least / taken['no key']:4.2f}")
        record.close()


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else ROWS)

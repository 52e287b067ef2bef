"""What the shares by layer cost over 100,000 allocations, beside the same SQL without a key and in plain SQLite.

Run as: bash packaging/bench layers. The record is filled past the log and copied without its key; the table is asked of
the record whole (statement, conversion, rounding), of those beside it as its statement alone. Three in ten allocations
are in another currency, one in twenty was passed on by a partner.
"""

import sys
import tempfile
from datetime import date
from pathlib import Path
from random import Random
from uuid import UUID

from db.queries.layers import shares
from db.record import Record
from db.slots import Cost
from tests.bench.timing import beside, compare, copy_without_key, longest, without_triggers

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
        without_triggers(driver)
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
        copy_without_key(driver, folder / "plain.db")
    return record


def main(rows: int) -> None:
    """Print the times and the ratios to SQLCipher without a key."""
    with tempfile.TemporaryDirectory() as folder:
        record = filled(Path(folder), rows)
        others = beside(Path(folder) / "plain.db")
        for name, at in (("as assessed by the day of the report", "report"), ("of the allocation", "allocation")):
            asked = (shares, "commitment", date(2026, 1, 1), date(2026, 12, 31), "USD", None, at)
            title = f"shares by layer, women-led {name}, of {rows:,} allocations"
            compare(title, record, others, [asked], longest)
        record.close()


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else ROWS)

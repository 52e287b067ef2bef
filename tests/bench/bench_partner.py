"""What the page of one partner costs over a million activities, beside the same SQL without a key and in plain SQLite.

Run by path: python tests/bench/bench_partner.py. The record is that of `bench_list.py`; a page is all that opening it
asks: the partner with the counts of its lists, and the first lines of its activities. Timed as there.
"""

import sqlite3
import sys
import tempfile
from functools import partial
from pathlib import Path
from statistics import median
from uuid import UUID

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy.orm import Session

from db.models import Organisation
from db.queries.entries import organisation_entry
from db.queries.kinds import KINDS
from db.queries.listing import Asked, page, rows_in_order
from db.queries.lists import ACTIVITIES

sys.path.insert(0, str(Path(__file__).parent))

from bench_list import PAGE, ROWS, cost, filled
from bench_search import _all, sent_by

from desktop.ui.entries import entry_of

PARTNERS = 20


def opened(session: Session, partner: UUID) -> None:
    """What the page asks when it is opened on its activities."""
    related = [(KINDS[each.kind].entity, each.by) for each in entry_of("partners").related]
    organisation_entry(session, Organisation, partner, related)
    numbers = rows_in_order(session, ACTIVITIES, Asked("title", filters={"partner_id": partner}))
    page(session, ACTIVITIES, numbers[:PAGE])


def main(rows: int) -> None:
    """Print the medians and the ratios to SQLCipher without a key."""
    with tempfile.TemporaryDirectory() as folder:
        record = filled(Path(folder), rows)
        open_key = sqlcipher.connect(str(Path(folder) / "plain.db"))
        stdlib = sqlite3.connect(Path(folder) / "plain.db")
        for other in (open_key, stdlib):
            other.execute("PRAGMA cache_size=-16384")
        times: dict[str, list[float]] = {"record": [], "no key": [], "sqlite3": []}
        for number in range(PARTNERS):
            partner = UUID(int=number)
            statements = sent_by(record, opened, partner)
            for who, does in (
                ("record", partial(record.read, opened, partner)),
                ("no key", partial(_all, open_key, statements)),
                ("sqlite3", partial(_all, stdlib, statements)),
            ):
                does()
                times[who].append(min(cost(does) for _again in range(12)))
        base = median(times["no key"])
        print(f"the page of one partner, over {rows:,} activities ({len(statements)} statements)")
        for who, taken in times.items():
            print(f"  {who:8} {median(taken) * 1000:9.2f} ms CPU   ratio {median(taken) / base:4.2f}")
        record.close()


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else ROWS)

"""What the page of one partner costs over a million activities, beside the same SQL without a key and in plain SQLite.

Run as: bash packaging/bench partner. The record is that of `bench_list.py`; a page is all that opening it asks: the
partner with the counts of its lists, and the first lines of its activities.
"""

import sys
import tempfile
from pathlib import Path
from uuid import UUID

from sqlalchemy.orm import Session

from db.models import Organisation
from db.queries.entries import organisation_entry
from db.queries.in_language import entry_in, page_in
from db.queries.kinds import KINDS
from db.queries.listing import RowsAsked, rows_in_order
from db.queries.lists import ACTIVITIES
from desktop.ui.entries import entry_of
from i18n import Words
from tests.bench.bench_list import PAGE, ROWS, filled
from tests.bench.timing import beside, compare

PARTNERS = 20
WORDS = Words.of("ar")


def opened(session: Session, partner: UUID) -> None:
    """What the page asks when it is opened on its activities."""
    related = [(KINDS[each.kind].entity, each.by) for each in entry_of("partners").related]
    entry_in(session, WORDS, organisation_entry, Organisation, partner, related)
    numbers = rows_in_order(session, ACTIVITIES, RowsAsked("title", filters={"partner_id": partner}))
    page_in(session, WORDS, ACTIVITIES, numbers[:PAGE])


def main(rows: int) -> None:
    """Print the medians and the ratios to SQLCipher without a key."""
    with tempfile.TemporaryDirectory() as folder:
        record = filled(Path(folder), rows)
        calls = [(opened, UUID(int=number)) for number in range(PARTNERS)]
        title = f"the page of one partner, over {rows:,} activities"
        compare(title, record, beside(Path(folder) / "plain.db"), calls)
        record.close()


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else ROWS)

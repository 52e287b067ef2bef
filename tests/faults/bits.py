"""Three hundred flipped bits in the file: none is read as a value, and the program's own check notices every one.

Weaker: the check no longer asks the cipher about its pages.
"""

import random
from contextlib import suppress
from unittest.mock import patch

from db import backup
from db.errors import Damaged, RecordError
from db.queries.check import DAMAGED, check
from db.record import Record
from tests.builders import add_activity, add_partner, everything
from tests.faults.figure import Count, fresh, opened, scratch

NUMBER = 7


def count(quick: bool, weaker: bool) -> Count:
    """Flip one, look, put it back."""
    flips = 20 if quick else 300
    noticed = shut = wrong = 0
    chance = random.Random(7)
    with scratch() as folder:
        path = fresh(folder / "record")
        with opened(path) as record:
            for number in range(40):
                record.write(add_activity, record.write(add_partner, f"{number} " + "x" * 400), "Écoute")
            before = record.read(everything)
            key = record.key
            with record.driver() as driver:
                driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        whole = path.read_bytes()
        for _turn in range(flips):
            flipped = bytearray(whole)
            flipped[chance.randrange(len(flipped))] ^= 1 << chance.randrange(8)
            path.write_bytes(flipped)
            for left in (path.with_name(path.name + "-wal"), path.with_name(path.name + "-shm")):
                left.unlink(missing_ok=True)
            try:
                with opened(path, key, write=False) as record:
                    noticed += _notices(record, weaker)
                    with suppress(RecordError):
                        wrong += record.read(everything) != before
            except RecordError:
                shut += 1
    told = f"{flips} bits flipped: {noticed} noticed by the check, {shut} not opened at all, {wrong} read wrong"
    return Count(told, wrong == 0 and noticed + shut == flips)


def _notices(record: Record, weaker: bool) -> bool:
    """Whether the check says that the file is damaged, or stumbles over it."""
    with patch.object(backup, "faults", (lambda _driver: []) if weaker else backup.faults):
        try:
            return [finding.message for finding in check(record)] == [DAMAGED]
        except Damaged:
            return True

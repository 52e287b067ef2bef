"""A hundred lives of a record copied, carried off, put back and worked in: no two entries with one origin and number.

Folders and computers are chosen at random, and who works in a copy may be cut off. Weaker: no copy gets an origin of
its own.
"""

import random
import shutil
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from db import keys, origin
from db.models import ChangeSet
from db.record import Record
from db.slots import Key
from tests.builders import PASSPHRASE, add_partner, copied
from tests.faults.figure import Count, fresh, scratch

NUMBER = 24
STEPS = 8


def count(quick: bool, weaker: bool) -> Count:
    """Copy, carry, work, compare."""
    lives = 5 if quick else 100
    clashes = entries = 0
    for number in range(lives):
        with scratch() as folder:
            seen, clashed = _life(folder, random.Random(number), weaker)
            entries, clashes = entries + seen, clashes + clashed
    told = f"{lives} lives, {entries} entries: {clashes} with the origin and number of another"
    return Count(told, not clashes and entries > 0)


def _life(folder: Path, chance: random.Random, weaker: bool) -> tuple[int, int]:
    """Entries made in one record and its copies, and how many of them were taken for another."""
    first = fresh(folder / "record")
    key = keys.unlock(first, PASSPHRASE)
    homes = {first: folder / "computer 0"}
    chains: dict[tuple[str, int], str | None] = {}
    clashes = 0
    for step in range(STEPS):
        here = chance.choice(list(homes))
        does = chance.choices(("copy", "put back", "work"), (3, 1, 5))[0]
        if does == "copy":
            copy = copied(here, here.with_name(f"copie-{step}.jalon"))
            homes[copy] = folder / f"computer {chance.randrange(3)}"
        elif does == "put back":
            other = chance.choice(list(homes))
            if other != here:
                for source, target in ((other, here), (keys.keys_path(other), keys.keys_path(here))):
                    shutil.copyfile(source, target)
        else:
            for entry, chain in _work(here, key, homes[here], chance, weaker).items():
                clashes += chains.setdefault(entry, chain) != chain
    return len(chains), clashes


def _work(
    path: Path, key: Key, computer: Path, chance: random.Random, weaker: bool
) -> dict[tuple[str, int], str | None]:
    """Open it there, do something, close it or be cut off; its whole history."""
    record = Record.open(path, key)
    if not weaker:
        origin.settle(record, computer)
    for _deed in range(chance.randint(1, 3)):
        record.write(add_partner, "Association d'essai")
    history = record.read(_history)
    if chance.random() < 0.5:
        record.close()
    else:
        record._let_go()
    return history


def _history(session: Session) -> dict[tuple[str, int], str | None]:
    return {(one.device_id.hex, one.number): one.chain for one in session.scalars(select(ChangeSet))}

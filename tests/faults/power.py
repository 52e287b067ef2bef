"""The power cut at five hundred instants of saving: no acknowledged work is lost, and nothing is half or broken.

A program saves, makes copies, changes its passphrase and closes; what it asked of the disk is kept, and the disk is
made anew as it may be found after each cut. Weaker: SQLite syncs with NORMAL and not with FULL.
"""

import ctypes
import random
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from unittest.mock import patch

from db import engine, keys
from db.backup import copies
from db.errors import RecordError, WrongPassphrase
from db.queries.check import check
from db.record import Record
from db.slots import Key
from tests.builders import CHEAP, PASSPHRASE, add_partner, everything
from tests.faults.disk import Asked, Disk, held, lay, log_of, run_on_disk
from tests.faults.figure import Count, fresh, opened, scratch

NUMBER = 4
LATER = "une phrase de passe plus récente"
CHANGED = 1_000_000
"""Told when the passphrase was changed; lower numbers are deeds that were done."""


def count(quick: bool, weaker: bool) -> Count:
    """Let it write, then look at the disk after each cut."""
    cuts, deeds = (8, 25) if quick else (500, 240)
    lost = halves = broken = shut = 0
    chance = random.Random(4)
    with scratch() as outside:
        path = fresh(outside / "record")
        disk = Disk(held(path.parent))
        code = "from tests.faults.power import write; write()"
        mode = "NORMAL" if weaker else "FULL"
        run_on_disk(code, str(path), str(deeds), mode, folder=path.parent, log=outside / "log")
        asked = list(log_of(outside / "log"))
        instants = instants_in(asked, cuts, chance)
        told, changed, place = 0, False, 0
        for instant in instants:
            for each in asked[place:instant]:
                disk.ask(each)
                if each.kind == "A":
                    told, changed = (told, True) if each.number == CHANGED else (each.number, changed)
            place = instant
            found = after_a_cut(disk.after_a_cut(chance), path, told, changed)
            lost, halves = lost + ("lost" in found), halves + ("half" in found)
            broken, shut = broken + ("broken" in found), shut + ("shut" in found)
    told_as = f"{len(instants)} cuts in {deeds} deeds with {mode}: {lost} lost acknowledged work, {halves} halves, "
    return Count(
        f"{told_as}{broken} broken, {shut} opened by no passphrase",
        len(instants) == cuts and not (lost or halves or broken or shut),
    )


def instants_in(asked: Sequence[Asked], cuts: int, chance: random.Random) -> list[int]:
    """Half of them anywhere; half while something else than the log of writes is written, which is seldom."""
    logs = {each.number for each in asked if each.kind in "OT" and each.content.endswith(b"-wal")}
    seldom = [at for at, each in enumerate(asked) if each.kind in "WLSMU" and each.number not in logs]
    drawn = set(chance.sample(seldom, min(cuts // 2, len(seldom))))
    rest = [at for at in range(len(asked)) if at not in drawn]
    return sorted(drawn | set(chance.sample(rest, min(cuts - len(drawn), len(rest)))))


def write() -> None:
    """What the watched program does: its arguments are the record, how many deeds, and how SQLite syncs."""
    path, deeds, mode = Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
    told = ctypes.CDLL(None).disk_told
    settings = tuple(each.replace("synchronous=FULL", f"synchronous={mode}") for each in engine._SETTINGS)
    with patch.object(engine, "_SETTINGS", settings), Record.open(path, PASSPHRASE) as record:
        for number in range(1, deeds + 1):
            record.write(add_partner, f"{number}")
            told(number)
            if number % 20 == 0:
                record.back_up()
            if number == deeds // 2:
                keys.change_passphrase(path, record.key, LATER, CHEAP)
                told(CHANGED)


def after_a_cut(files: Mapping[str, bytes], path: Path, told: int, changed: bool) -> set[str]:
    """What is wrong with this disk, in one word each."""
    lay(files, path.parent)
    try:
        key = _key(path, changed)
    except RecordError:
        return {"shut"}
    try:
        with opened(path, key) as record:
            rows = record.read(everything)
            wrong = {"broken"} if check(record) else set()
        if made := copies(path):
            with opened(made[0].path, key, write=False) as copy:
                wrong |= {"broken"} if check(copy) else set()
    except RecordError:
        return {"broken"}
    there = len(rows["organisation"])
    lost = {"lost"} if there < told else set()
    return wrong | lost | ({"half"} if there != len(rows["organisation_role"]) else set())


def _key(path: Path, changed: bool) -> Key:
    """The key behind the passphrase that has to open it; while it was being changed, either."""
    try:
        return keys.unlock(path, LATER)
    except WrongPassphrase:
        if changed:
            raise
        return keys.unlock(path, PASSPHRASE)

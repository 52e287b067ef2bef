"""A sync that the disk refuses, a hundred times: never said to be saved, whole or not there, and once after looking.

What was refused at its commit may be there or not: the person is told to look, and does it again only where it is not.
Weaker: whoever was refused does it again without looking.
"""

import ctypes
import json
import os
import random
import sys
from pathlib import Path

from db.errors import DiskFault, RecordError
from db.queries.check import check
from db.record import Record
from tests.builders import PASSPHRASE, add_partner, everything, names
from tests.faults.disk import run_on_disk
from tests.faults.figure import Count, fresh, opened, scratch

NUMBER = 6
LAST = 12
"""Deeds that each program does, where nothing refuses it."""


def count(quick: bool, weaker: bool) -> Count:
    """Refuse a sync by chance, look, do it again."""
    turns = 5 if quick else 140  # some have all their syncs
    unsaid = lost = halves = twice = there = refused = 0
    with scratch() as outside:
        paths = [fresh(outside / f"{turn}") for turn in range(turns)]
        code = "from tests.faults.syncs import write; write()"
        told = json.loads(run_on_disk(code, *map(str, paths), folder=outside))
        for path, (done, fault) in zip(paths, told, strict=True):
            refused += fault == DiskFault.__name__
            unsaid += fault not in (DiskFault.__name__, "")
            with opened(path) as record:
                held = record.read(names)
                lost += not {f"{number}" for number in range(1, done + 1)} <= set(held)
                there += f"{done + 1}" in held
                if fault and (weaker or f"{done + 1}" not in held):
                    record.write(add_partner, f"{done + 1}")
                rows = record.read(everything)
                halves += bool(check(record)) or len(rows["organisation"]) != len(rows["organisation_role"])
                held = record.read(names)
                twice += len(held) != len(set(held))
    told_as = f"{refused} of {turns} programs had a sync refused: {unsaid} not told so, {lost} lost what was saved, "
    return Count(
        f"{told_as}{halves} halves, {there} there all the same, {twice} twice after looking",
        refused >= (1 if quick else 100) and there > 0 and not (unsaid or lost or halves or twice),
    )


def write() -> None:
    """What the watched program does with each record: forked, so that one refusal is nobody else's."""
    chance = random.Random(6)
    told = [_forked(Path(name), chance.randrange(LAST * 3 // 2)) for name in sys.argv[1:]]
    sys.stdout.write(json.dumps(told))


def _forked(path: Path, syncs: int) -> tuple[int, str]:
    """How many deeds were said to be done until a sync was refused, and in which words; none where none was."""
    read_end, write_end = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.write(write_end, json.dumps(_until_refused(path, syncs)).encode())
        finally:
            os._exit(0)
    os.close(write_end)
    with os.fdopen(read_end) as answer:
        told = answer.read()
    os.waitpid(child, 0)
    return tuple(json.loads(told)) if told else (0, "died")  # type: ignore[return-value]


def _until_refused(path: Path, syncs: int) -> tuple[int, str]:
    done = 0
    record = Record.open(path, PASSPHRASE)
    ctypes.c_int.in_dll(ctypes.CDLL(None), "disk_syncs_left").value = syncs
    try:
        while done < LAST:
            record.write(add_partner, f"{done + 1}")
            done += 1
    except RecordError as fault:
        return done, type(fault).__name__
    except Exception as fault:
        return done, f"unworded: {type(fault).__name__}"
    failed = ctypes.c_int.in_dll(ctypes.CDLL(None), "disk_syncs_failed").value
    return done, "said to be saved" if failed else ""

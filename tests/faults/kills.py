"""A program killed while it writes, a thousand times: nothing it said was done is lost, and nothing is half there.

A child is forked for each turn; it says which deeds the record told it were done. The next turn must find all of them,
whole, and no half of another. Weaker: it says so before the record does.
"""

import os
import random
import signal
import time
from pathlib import Path

from db.keys import unlock
from db.queries.check import findings
from db.record import Record
from db.slots import Key
from tests.builders import PASSPHRASE, add_partner, everything
from tests.faults.figure import Count, NotHere, fresh, scratch
from tests.forked import forked, wait_for

NUMBER = 3
ANEW = 50
"""Turns after which another record is taken: to read a long one each time would tell no more."""


def count(quick: bool, weaker: bool) -> Count:
    """Kill, look, go on."""
    if not hasattr(os, "fork"):
        raise NotHere("no fork, which Windows has not")
    turns = 10 if quick else 1000
    deeds = lost = halves = broken = done = 0
    with scratch() as folder:
        for turn in range(turns):
            if turn % ANEW == 0:
                path, deeds, done = fresh(folder / "record"), deeds + done, 0
                key = unlock(path, PASSPHRASE)
            told = kill_while_writing(path, key, done, random.random() * 0.03, weaker)
            # Never open in this process while a child is made: it would share the locks.
            with Record.open(path, key, write=False) as record:
                held = record.read(everything)
                done = len(held["organisation"])
                lost += done < told
                halves += len(held["organisation"]) != len(held["organisation_role"])
                if turn % 10 == 9:
                    broken += bool(record.read(findings))
    deeds += done
    told_as = f"{turns} kills, {deeds} deeds done: {lost} lost, {halves} halves, {broken} broken"
    return Count(told_as, deeds >= turns and not (lost or halves or broken))


def kill_while_writing(path: Path, key: Key, start: int, delay: float, weaker: bool) -> int:
    """The number of the last deed that a killed writer was told was done."""
    read_end, write_end = os.pipe()

    def writes() -> None:
        os.close(read_end)
        write_until_killed(path, key, write_end, start, weaker)

    child = forked(writes)
    os.close(write_end)
    told = os.read(read_end, 4)
    time.sleep(delay)
    os.kill(child, signal.SIGKILL)
    wait_for(child)
    while more := os.read(read_end, 65_536):
        told += more
    os.close(read_end)
    return int.from_bytes(told[-4:], "big")


def write_until_killed(path: Path, key: Key, told: int, number: int, weaker: bool) -> None:
    """Do deeds for ever, and tell the number of each once it is done."""
    record = Record.open(path, key)
    while True:
        number += 1
        if weaker:
            os.write(told, number.to_bytes(4, "big"))
        record.write(add_partner, f"{number}")
        if not weaker:
            os.write(told, number.to_bytes(4, "big"))

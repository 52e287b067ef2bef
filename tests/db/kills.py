"""Kill a program while it writes, many times, and count what was lost: `python -m tests.db.kills RECORD TIMES`.

A child is forked for each round; it says which deeds the record told it were done. The next round must find all of
them, whole, and no half of another.
"""

import os
import random
import signal
import sys
import time
from pathlib import Path

from db.queries.check import findings
from db.record import Record
from db.slots import Key
from tests.builders import PASSPHRASE, add_partner, everything


def write_until_killed(path: Path, key: Key, told: int, start: int) -> None:
    """Do deeds for ever, and tell the number of each once it is done."""
    record = Record.open(path, key)
    number = start
    while True:
        number += 1
        record.write(add_partner, f"{number}")
        os.write(told, number.to_bytes(4, "big"))


def kill_while_writing(path: Path, key: Key, start: int, delay: float) -> int:
    """The number of the last deed that a killed writer was told was done."""
    read_end, write_end = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(read_end)
        try:
            write_until_killed(path, key, write_end, start)
        finally:
            os._exit(1)
    os.close(write_end)
    told = os.read(read_end, 4)
    time.sleep(delay)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    while more := os.read(read_end, 65_536):
        told += more
    os.close(read_end)
    return int.from_bytes(told[-4:], "big")


def main(path: Path, times: int) -> str:
    """What was lost, in one line."""
    with Record.open(path, PASSPHRASE) as record:
        key = record.key
    lost = halves = broken = done = 0
    for turn in range(times):
        acknowledged = kill_while_writing(path, key, done, random.random() * 0.03)
        # Read in a child as well: forking with an open connection would share its locks.
        with Record.open(path, key, write=False) as record:
            held = record.read(everything)
            done = len(held["organisation"])
            lost += done < acknowledged
            halves += len(held["organisation"]) != len(held["organisation_role"])
            if turn % 10 == 0 or turn == times - 1:
                broken += bool(record.read(findings))
    return f"kills {times} deeds {done} lost {lost} halves {halves} broken {broken}"


if __name__ == "__main__":
    print(main(Path(sys.argv[1]), int(sys.argv[2])))

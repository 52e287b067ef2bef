"""An update killed at random moments, while it is put in place and while it is switched to: one whole version starts.

Each turn a child saves the record, puts the update beside the old version and starts the program, as somebody does who
chooses "Restart now"; it is killed, or all that it started with it. The next start has to come up as the old version or
as the new one, whole, with the record as it was; a second try has to end with the new one, or, where the update fails
its trial, with the old. Weaker: the new version is named before all of it is there, and tried by nobody.
"""

import os
import random
import shutil
import signal
import time
from contextlib import suppress
from pathlib import Path

from db.keys import unlock
from db.queries.check import findings
from db.record import Record
from db.slots import Key
from desktop.updates.layout import CURRENT, PENDING, VERSIONS, put
from desktop.updates.manifest import read_listing
from desktop.updates.staging import stage
from tests.builders import PASSPHRASE, everything
from tests.faults.figure import Count, NotHere, fresh, scratch
from tests.forked import forked, wait_for
from tests.updates.copies import FAILS, NEW, OLD, SOUND, installed, made, place_of, start, versions

NUMBER = 29
_TRIALS = {"sound": SOUND, "failing": FAILS}


def count(quick: bool, weaker: bool) -> Count:
    """Kill, start, compare, try again."""
    if not hasattr(os, "fork"):
        raise NotHere("no fork, which Windows has not")
    turns = 8 if quick else 400
    neither = halves = hurt = stuck = left = switched = 0
    with scratch() as folder:
        record = fresh(folder / "record")
        key = unlock(record, PASSPHRASE)
        before = _read(record, key, thoroughly=True)
        first = installed(folder / "first")
        updates = {trial: _update(folder / name, first.folder(OLD), trial) for name, trial in _TRIALS.items()}
        longest = 0.0
        for turn in range(turns):
            root = folder / f"{turn}"
            shutil.copytree(first.root, root, symlinks=True)
            trial, wanted = (SOUND, NEW) if turn % 4 else (FAILS, OLD)
            after = random.uniform(0, longest) if longest else None
            took = _kill(root, updates[trial], record, key, after, alone=turn % 2 == 0, weaker=weaker)
            longest = longest or took
            came_up = _start(root)
            neither += came_up not in (OLD, wanted)
            halves += not all(_whole(root / VERSIONS / number) for number in {OLD, came_up})
            switched += came_up == NEW
            hurt += _read(record, key, thoroughly=turn % 10 == 9) != before
            if came_up == OLD and turn % 4 < 2:
                stage(updates[trial], place_of(root))
                came_up = _start(root)
                stuck += came_up != wanted
            left += (root / PENDING).exists() or bool(list(root.rglob(".part-*"))) or versions(root) > {OLD, NEW}
            shutil.rmtree(root)
    told = (
        f"{turns} kills, after {switched} the new version came up: {neither} neither, {halves} halves, "
        f"{hurt} records hurt, {stuck} stuck, {left} with leavings"
    )
    return Count(told, not (neither or halves or hurt or stuck or left) and switched > 0)


def _update(folder: Path, base: Path, trial: str) -> Path:
    folder.mkdir()
    return made(folder, NEW, base, trial=trial)


def _read(path: Path, key: Key, *, thoroughly: bool) -> object:
    with Record.open(path, key, write=False) as record:
        return record.read(everything), thoroughly and bool(record.read(findings))


def _start(root: Path) -> str:
    try:
        return start(root)
    except (OSError, ValueError):
        return ""


def _whole(version: Path) -> bool:
    listed = version / "files.json"
    return listed.exists() and all(
        (version / one.path).exists() and (version / one.path).stat().st_size == one.size
        for one in read_listing(listed.read_bytes()).files
    )


def _kill(root: Path, update: Path, record: Path, key: Key, after: float | None, *, alone: bool, weaker: bool) -> float:
    """Kill it after so many seconds; without a number, only see how long it takes."""

    def installs() -> None:
        os.setsid()
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
        with Record.open(record, key, write=False) as opened:
            opened.back_up()
        if weaker:
            _put_carelessly(root, update.parent / f"{NEW}-made")
        else:
            stage(update, place_of(root))
        start(root)

    begun = time.monotonic()
    child = forked(installs)
    if after is not None:
        time.sleep(after)
        with suppress(ProcessLookupError):  # its group begins a moment after it
            (os.kill if alone else os.killpg)(child, signal.SIGKILL)
        os.kill(child, signal.SIGKILL)
    wait_for(child)
    return time.monotonic() - begun


def _put_carelessly(root: Path, new: Path) -> None:
    put(root / CURRENT, f"{NEW}\n")
    for file in sorted(new.rglob("*"), reverse=True):
        time.sleep(0.05)
        if file.is_file():
            there = root / VERSIONS / NEW / file.relative_to(new)
            there.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(file, there)

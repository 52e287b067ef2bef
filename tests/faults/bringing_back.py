"""A copy brought back and killed meanwhile: the record is wholly what it was or wholly the copy, and nothing is undone.

Since the copy was made a way in was closed, something was erased and, in some turns, the record was given a new key; in
others the program that wrote last was killed, so that a log of writes lies beside the file. A child brings the copy
back and is killed, after a while or before one of its steps with files, and at times another after it; then the record
is opened, or the copy, or another one, is brought back. The file that stood there before must be whole somewhere.
Weaker: what lies aside tells nothing.
"""

import os
import random
import shutil
import signal
import sys
import time
from collections import Counter
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest.mock import patch

from db import backup, keys, restoring
from db.commands.entries import add
from db.commands.people import close_way_in, give_passphrase, new_key
from db.erasing import erase_for_good
from db.errors import RecordError, WrongPassphrase
from db.models import Contact, Person
from db.queries.check import check
from db.record import Record
from db.slots import Key
from desktop import settings
from desktop.bringing_back import bring_back
from desktop.opening import open_record
from tests.builders import CHEAP, PASSPHRASE, add_partner, everything
from tests.faults.figure import Count, NotHere, fresh, refusal, scratch
from tests.forked import forked, wait_for

NUMBER = 30
CLOSED, ERASED = "la phrase de ma collègue", "Furaha Essai"
Held = dict[str, set[tuple[object, ...]]]


@dataclass(frozen=True)
class Case:
    """A record before a copy is brought back, and what it has to hold afterwards."""

    kept: Path
    path: Path
    copies: tuple[Path, Path]
    secret: Key | str
    key: Key
    before: Held
    after: tuple[Held, Held]
    takes: float
    steps: int


def count(quick: bool, weaker: bool) -> Count:
    """Kill, then open or bring back; look."""
    if not hasattr(os, "fork"):
        raise NotHere("no fork, which Windows has not")
    turns = 3 if quick else 360
    wrong: Counter[str] = Counter()
    ended: Counter[str] = Counter()
    with scratch() as folder, ExitStack() as taken_away:
        taken_away.enter_context(patch.object(settings, "folder", lambda: folder / "settings"))
        if weaker:
            taken_away.enter_context(patch.object(restoring, "erase_what_came_back", lambda *_asked: 0))
        kinds = ((True, True), (False, False), (True, False), (False, True))[: 1 if quick else None]
        cases = [_laid(folder / f"{number}", *kind) for number, kind in enumerate(kinds)]
        for turn in range(turns):
            case = cases[turn % len(cases)]
            shutil.rmtree(case.path.parent)
            shutil.copytree(case.kept, case.path.parent)
            by_time = turn // len(cases) % 2
            after = random.uniform(0, case.takes * 1.1) if by_time else None
            _bring_back_and_die(case, after, None if by_time else random.randrange(case.steps) if turn else 0)
            if turn % 5 == 4:
                _bring_back_and_die(case, random.uniform(0, case.takes * 1.1), None)
            then = ("open", "again", "another")[turn % 3]
            found, state = _looked_at(case, then)
            wrong.update(found)
            ended[state] += 1
    told = f"{turns} kills, ended {_listed(ended)}; {_listed(wrong) or 'nothing wrong'}"
    return Count(told, not wrong and {"old", "copy"} <= ended.keys())


def _listed(counted: Counter[str]) -> str:
    return ", ".join(f"{number} {name}" for name, number in sorted(counted.items()))


def _laid(folder: Path, rekeyed: bool, left_open: bool) -> Case:
    """A record with two copies, from before something was erased, a way in closed and, if so, a new key given."""
    path = fresh(folder / "record")
    with open_record(path, PASSPHRASE).record as record:
        colleague = record.write(add, Person, {"name": "Une collègue"})
        give_passphrase(record, colleague, CLOSED, cost=CHEAP)
        partner = record.write(add_partner, "Association d'essai")
        contact = record.write(add, Contact, {"name": ERASED, "organisation_id": partner})
        first = _copy(record, folder / "first")
        record.write(add_partner, "Entre les deux")
        second = _copy(record, folder / "second")
        erase_for_good(record, Contact, contact, "À sa demande")
        close_way_in(record, colleague)
        if rekeyed:
            new_key(record)
        record.write(add_partner, "Après")
    if left_open:
        _write_and_die(path)
    shutil.copytree(path.parent, kept := folder / "kept")
    with open_record(path, PASSPHRASE).record as record:
        before, key = record.read(everything), record.key
    secret: Key | str = PASSPHRASE if rekeyed else key
    case = Case(kept, path, (first, second), secret, key, before, ({}, {}), 0, 0)
    after = []
    for copy in case.copies:
        shutil.rmtree(path.parent)
        shutil.copytree(kept, path.parent)
        takes, steps = _bring_back_and_die(case, None, None, copy)
        with open_record(path, PASSPHRASE).record as record:
            after.append(record.read(everything))
    return Case(kept, path, case.copies, secret, key, before, (after[0], after[1]), takes, steps)


def _copy(record: Record, folder: Path) -> Path:
    """A copy that lies elsewhere, so that nothing thins it out."""
    folder.mkdir()
    return record.back_up(folder).path


def _write_and_die(path: Path) -> None:
    """Leave a log of writes beside the record."""
    wait_for(forked(lambda: open_record(path, PASSPHRASE).record.write(add_partner, "Juste avant la panne")))


def _bring_back_and_die(
    case: Case, after: float | None, step: int | None, copy: Path | None = None
) -> tuple[float, int]:
    """Bring a copy back in another process, and kill that after so many seconds or steps; how many it took."""
    counted = case.path.parent.parent / "steps"
    steps = 0

    def hook(event: str, _asked: tuple[Any, ...]) -> None:
        nonlocal steps
        if event in ("os.rename", "os.remove", "open"):
            if steps == step:
                os.kill(os.getpid(), signal.SIGKILL)
            steps += 1

    def brings_back() -> None:
        sys.addaudithook(hook)
        try:
            bring_back(case.path, copy or case.copies[0], case.secret)[0].record.close()
        finally:
            counted.write_text(f"{steps}")

    begun = time.perf_counter()
    child = forked(brings_back)
    if after is not None:
        time.sleep(after)
        with suppress(ProcessLookupError):
            os.kill(child, signal.SIGKILL)
    wait_for(child)
    return time.perf_counter() - begun, int(counted.read_text() or 0) if after is None and step is None else 0


def _looked_at(case: Case, then: str) -> tuple[Counter[str], str]:
    """What is wrong after a kill and what was done next; and which the record is."""
    wrong: Counter[str] = Counter()
    wanted, state = case.after[then == "another"], "refused"
    whole = case.path.exists()
    try:
        if then == "open" and whole:
            opened = open_record(case.path, PASSPHRASE)
        else:
            opened = bring_back(case.path, case.copies[then == "another"], case.secret)[0]
            wrong["erasures unknown"] += opened.erased_unknown
        with opened.record as record:
            held = record.read(everything)
            wrong.update(f"finding “{found.message}”" for found in check(record))
            wrong["back from erasure"] += ERASED in repr(held)
        state = "old" if then == "open" and held == case.before else "copy" if held == wanted else "neither"
    except RecordError as refused:
        wrong[f"refused: {refused!r}"] += 1
    wrong["neither one nor the other"] += state == "neither"
    wrong["closed way opens"] += refusal(lambda: keys.unlock(case.path, CLOSED)) is not WrongPassphrase
    wrong["key file does not fit"] += refusal(lambda: Record.open(case.path, PASSPHRASE, write=False)) is not None
    wrong["present file lost"] += not any(_is_present(one, case) for one in (case.path, *backup.asides(case.path)))
    return +wrong, state


def _is_present(path: Path, case: Case) -> bool:
    """Whether a file holds all that the record held before."""
    with suppress(RecordError), Record.open(path, case.key, write=False) as record:
        return record.read(everything) == case.before
    return False

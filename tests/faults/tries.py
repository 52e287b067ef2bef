"""What a passphrase costs to guess: Argon2id with 64 MiB and three passes at least, and slower after ten wrong tries.

The clock may be set back or forward meanwhile: nobody is kept out for longer than a minute. Weaker: the cost of the
tests' own records, and nobody counts the tries.
"""

import time
from contextlib import nullcontext
from pathlib import Path
from unittest.mock import patch

from db import attempts, keys
from db.errors import WrongPassphrase
from db.record import Record
from db.slots import Cost
from desktop import opening, settings
from tests.builders import CHEAP, OFFICE, PASSPHRASE, PERSON
from tests.faults.figure import Count, fresh, refusal, scratch

NUMBER = 13
LEAST = Cost(passes=3, memory=65_536, lanes=1)
WRONG = "une autre phrase de passe"


def count(quick: bool, weaker: bool) -> Count:
    """Make a record as people do, guess, wait."""
    with scratch() as folder, patch.object(settings, "folder", lambda: folder / "settings"):
        made = folder / "essai.jalon"
        Record.create(made, PASSPHRASE, PERSON, OFFICE, cost=CHEAP if weaker else None)[0].close()
        dear = all(
            slot.passes >= LEAST.passes and slot.memory >= LEAST.memory
            for slot in keys.load(made)
            if slot.kind == "passphrase"
        )
        path = fresh(folder / "record")
        now = time.time()
        counted = (lambda _path: nullcontext()) if weaker else attempts.counted
        with patch.object(opening, "counted", counted):
            wrong = sum(_opens(path, WRONG, now) is WrongPassphrase for _try in range(attempts.FREE))
            slowed = _opens(path, PASSPHRASE, now + 0.1) is attempts.TryLater
            later = 0
            while _opens(path, WRONG, now := now + attempts.LONGEST + 1) is WrongPassphrase and later < 8:
                later += 1
            longer = _opens(path, PASSPHRASE, now + attempts.LONGEST / 2) is attempts.TryLater
            clocks = [now - 400 * 86_400, now - 10, now + 400 * 86_400]
            kept_out = sum(not _opens_within_a_minute(path, clock) for clock in clocks)
    told = f"made with {'at least' if dear else 'LESS than'} {LEAST.memory // 1024} MiB and {LEAST.passes} passes; "
    told += f"{wrong} wrong tries, then {'slowed' if slowed else 'NOT slowed'}, "
    told += f"{'for longer' if longer else 'NOT for longer'} after {later} more; "
    told += f"{kept_out} of {len(clocks)} wrong clocks kept somebody out"
    return Count(told, dear and wrong == attempts.FREE and slowed and longer and not kept_out)


def _opens(path: Path, secret: str, at: float) -> type[Exception] | None:
    with patch.object(attempts.time, "time", lambda: at):
        return refusal(lambda: opening.open_record(path, secret).record._let_go())


def _opens_within_a_minute(path: Path, clock: float) -> bool:
    """With the clock of the laptop set to this day, after ten wrong tries that an earlier one saw."""
    for _try in range(attempts.FREE):
        _opens(path, WRONG, clock + 500 * 86_400)
    return any(_opens(path, PASSPHRASE, clock + second) is None for second in (0, attempts.LONGEST + 1))

"""Folders for files in passing, such as a trial's: gone at its end, and what a killed program left at the next start.

Nothing of a person's record ever lies in one. Each is locked while its program lives, so that no living one's is taken
away; the names of others in the same place are nobody's business here, and their folders are left alone.
"""

import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path

from desktop.alone import alone

PREFIX, _LOCK = "jalon-", "lock"
_TURNS = 5
_BEFORE = re.compile(r"(check|chevron-down)-[0-9a-f]{6}\.svg")
"""What stood in those of versions before 0.5: two drawings in the colours of the window."""


@contextmanager
def passing(what: str = "") -> Iterator[Path]:
    """A folder that is gone afterwards, or else at the next start."""
    for turn in count():
        with (
            tempfile.TemporaryDirectory(prefix=PREFIX + what, ignore_cleanup_errors=True) as made,
            alone(Path(made, _LOCK)) as ours,
        ):
            # Between its being made and its being taken, another start may have thought it left behind.
            # Where the place locks no files at all, no start takes anything away either.
            if (ours or turn > _TURNS) and Path(made, _LOCK).exists():
                yield Path(made)
                return


def sweep() -> None:
    """Remove what killed programs of this person left behind."""
    with suppress(OSError), os.scandir(tempfile.gettempdir()) as there:
        for each in there:
            with suppress(OSError):
                if each.name.startswith(PREFIX) and _ours(each):
                    _take_away_if_left(Path(each.path))


def _ours(folder: "os.DirEntry[str]") -> bool:
    who = getattr(os, "getuid", None)
    return folder.is_dir(follow_symlinks=False) and (who is None or folder.stat().st_uid == who())


def _take_away_if_left(folder: Path) -> None:
    lock = folder / _LOCK
    if lock.exists():
        with alone(lock) as nobodys:
            if nobodys:
                shutil.rmtree(folder, ignore_errors=True)
        if nobodys and lock.exists():  # Windows keeps it as long as somebody holds it
            lock.unlink()
            folder.rmdir()
    elif (names := [each.name for each in folder.iterdir()]) and all(map(_BEFORE.fullmatch, names)):
        shutil.rmtree(folder, ignore_errors=True)

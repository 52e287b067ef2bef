"""An installed copy on the disk: what stands where, how its small files are replaced, the lock of whoever changes it.

Every version is a folder of its own, and one line names the one that starts. The standard library is enough for this,
and it has to be: the switch to a new version comes before everything else.
"""

import os
import re
import shutil
import time
from collections.abc import Collection
from contextlib import AbstractContextManager, suppress
from pathlib import Path

from db.durable import rename_durably
from desktop.alone import alone

CURRENT, PENDING, REFUSED = "current", "pending", "refused"
"""The version that starts; the one to try at the next start; the one that failed its trial, and why."""
VERSIONS, LISTING, PART, GONE = "versions", "files.json", ".part-", "-gone"
_LOCK = "update.lock"
_NUMBERS = re.compile(r"(0|[1-9]\d{0,4})\.(0|[1-9]\d{0,4})\.(0|[1-9]\d{0,4})", re.ASCII)
_EVERY = 0.1
_PATIENCE = 2.0


def numbers(version: str) -> tuple[int, ...]:
    """A version as it is compared; empty for what is none, which can be the name of no folder either."""
    found = _NUMBERS.fullmatch(version)
    return tuple(int(number) for number in found.groups()) if found else ()


def root_of(program: Path) -> Path | None:
    """The folder of the installed copy that a program runs from, where it holds versions side by side."""
    versions = program.parent.parent
    return versions.parent if versions.name == VERSIONS and numbers(program.parent.name) else None


def named(path: Path) -> str:
    """The version that `current` or `pending` names; empty where it names none."""
    try:
        with path.open(encoding="ascii") as file:
            version = file.readline(64).strip()
    except (OSError, UnicodeDecodeError):
        return ""
    return version if numbers(version) else ""


def put(path: Path, text: str) -> None:
    """Let a small file say something else: at every instant the old or the new is there, and others may read it."""
    part = path.with_name(PART + path.name)
    part.write_text(text, encoding="utf-8")
    until = time.monotonic() + (_PATIENCE if os.name == "nt" else 0)
    while True:
        try:
            return rename_durably(part, path)
        except PermissionError:
            # On Windows a name that somebody reads at this instant cannot be replaced.
            if time.monotonic() >= until:
                raise
            time.sleep(_EVERY)


def discard(folder: Path) -> None:
    """Take a version away; at no instant does what is half there have a version's name.

    Windows keeps a file that is in use, by whatever name: what shares files with a version that runs goes later.
    """
    gone = folder
    with suppress(OSError):
        if not folder.name.endswith(GONE):
            gone = folder.with_name(f"{PART}{folder.name.removeprefix(PART)}-{time.time_ns()}{GONE}")
            folder.rename(gone)
        shutil.rmtree(gone, ignore_errors=True)


def _runs(folder: Path) -> bool:
    """Whether a program of this version runs: Linux would take the folder away from under it, Windows does not."""
    version = folder.resolve()
    for program in Path("/proc").glob("[0-9]*/exe"):
        with suppress(OSError):
            if program.readlink().is_relative_to(version):
                return True
    return False


def clear(root: Path, keep: Collection[str] | None = None) -> None:
    """Take away what a killed update left, and where versions to keep are named, every other one that does not run."""
    for folder in (root / VERSIONS).iterdir():
        version = numbers(folder.name) and keep is not None and folder.name not in keep
        if folder.name.startswith(PART) or (version and not _runs(folder)):
            discard(folder)
    for part in root.glob(f"{PART}*"):
        part.unlink(missing_ok=True)


def held(root: Path, seconds: float = 0) -> AbstractContextManager[bool]:
    """Whether this process, after so long at most, is the one that may change the copy; nobody else is meanwhile."""
    return alone(root / _LOCK, seconds)

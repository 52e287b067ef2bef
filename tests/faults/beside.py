"""Two instances, two people of one machine, places that cannot be written in: refused in words, or opened to be read.

Whatever is tried, the record of who works in it stays as it is. What needs another account or a disk of its own is left
out where this may not be done. Weaker: nobody takes the lock, and faults are not put in words.
"""

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any
from unittest.mock import patch

from db import engine, record
from db.errors import RecordError
from db.queries.check import check
from tests.builders import add_partner, names
from tests.faults.figure import Count, NotHere, fresh, opened, scratch
from tests.faults.refusals import digests
from tests.forked import forked, wait_for

NUMBER = 26
NOBODY = 65534


def count(quick: bool, weaker: bool) -> Count:
    """Try each, then look at the record."""
    if not hasattr(os, "fork"):
        raise NotHere("no fork, which Windows has not")
    told: dict[str, str] = {}
    with scratch() as folder, _weakened() if weaker else nullcontext():
        folder.chmod(0o755)
        told |= _instances(fresh(folder / "instances"))
        harmed = 0
        if os.geteuid() == 0:
            for way, lay in _PLACES.items():
                path = fresh(folder / way)
                _partner_in(path)
                before = digests(path.parent)
                with lay(path):
                    told |= _both(way, path, NOBODY)
                after = digests(path.parent)
                harmed += any(after[name] != digest for name, digest in before.items()) or not _sound(path)
            if not quick:
                with _read_only_disk(folder) as path:
                    told |= _both("a disk to be read only", path, None)
    unworded = sorted(what for what, said in told.items() if said.startswith("unworded"))
    done = sorted(what for what, said in told.items() if said == "" and "to write" in what)
    said = f"{len(told)} tried: {sum(said == '' for said in told.values())} read, {len(unworded)} unworded {unworded}, "
    return Count(f"{said}{len(done)} wrote where they may not {done}, {harmed} records harmed",
                 not (unworded or done or harmed))  # fmt: skip


def _instances(path: Path) -> dict[str, str]:
    """A second window, in this process and in another, while somebody writes."""
    with opened(path) as first:
        first.write(add_partner, "Une")
        told = {
            "a second window, to write": _named(lambda: _write_in(path)),
            "a second program, to write": _tried(lambda: _write_in(path)),
            "a second program, to read": _tried(lambda: _read_in(path)),
        }
        first.write(add_partner, "Deux")
        sound = first.read(names) == ["Deux", "Une"] and check(first) == ()
    return told | ({} if sound else {"the first instance": "unworded: harmed"})


def _both(way: str, path: Path, user: int | None) -> dict[str, str]:
    return {
        f"{way}, to write": _tried(lambda: _write_in(path), user),
        f"{way}, to read": _tried(lambda: _read_in(path), user),
    }


def _write_in(path: Path) -> None:
    with opened(path) as second:
        second.write(add_partner, "D'ailleurs")


def _read_in(path: Path) -> None:
    with opened(path, write=False) as second:
        assert "Une" in second.read(names)


def _named(does: Callable[[], object]) -> str:
    """How it is refused; empty where it is done."""
    try:
        does()
    except RecordError as refused:
        return type(refused).__name__
    except Exception as fault:
        return f"unworded: {type(fault).__name__}: {fault}"
    return ""


def _tried(does: Callable[[], object], user: int | None = None) -> str:
    """The same, in another process, and there as another user."""
    read_end, write_end = os.pipe()

    def tries() -> None:
        if user is not None:
            os.setgroups([])
            os.setgid(user)
            os.setuid(user)
        os.write(write_end, _named(does).encode())

    child = forked(tries)
    os.close(write_end)
    with os.fdopen(read_end) as answer:
        said = answer.read()
    wait_for(child)
    return said


def _partner_in(path: Path) -> None:
    with opened(path) as one:
        one.write(add_partner, "Une")
        with one.driver() as driver:
            driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()


def _sound(path: Path) -> bool:
    with opened(path) as one:
        return one.read(names) == ["Une"] and check(one) == ()


@contextmanager
def _anothers_file(path: Path) -> Iterator[None]:
    path.parent.chmod(0o755)
    yield


@contextmanager
def _anothers_folder(path: Path) -> Iterator[None]:
    path.parent.chmod(0o700)
    yield


@contextmanager
def _own_but_closed(path: Path) -> Iterator[None]:
    """One's own files in a folder that one may not write in."""
    for file in path.parent.iterdir():
        shutil.chown(file, NOBODY, NOBODY)
    path.parent.chmod(0o555)
    yield
    path.parent.chmod(0o700)


@contextmanager
def _own_but_locked(path: Path) -> Iterator[None]:
    """One's own files, each of which may only be read, in a folder that may be written in."""
    for file in path.parent.iterdir():
        shutil.chown(file, NOBODY, NOBODY)
        file.chmod(0o400)
    path.parent.chmod(0o777)
    yield
    path.parent.chmod(0o700)


_PLACES: dict[str, Callable[[Path], Any]] = {
    "another's file": _anothers_file,
    "another's folder": _anothers_folder,
    "a closed folder": _own_but_closed,
    "files to be read only": _own_but_locked,
}


@contextmanager
def _read_only_disk(folder: Path) -> Iterator[Path]:
    disk = folder / "disk"
    disk.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=8m", "jalon", disk], check=True, capture_output=True)
    try:
        path = fresh(disk / "record")
        _partner_in(path)
        subprocess.run(["mount", "-o", "remount,ro", disk], check=True, capture_output=True)
        yield path
    finally:
        subprocess.run(["umount", disk], check=True)


@contextmanager
def _weakened() -> Iterator[None]:
    free = patch.object(record, "take_lock", lambda path: _NoLock())
    with free, patch.object(engine, "in_words", lambda _fault, _path: None):
        yield


class _NoLock:
    def release(self) -> None: ...

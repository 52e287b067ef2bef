"""What every figure stands on: how it is told, where it may leave files, and a record to try things on.

A figure is a module beside this one with its `NUMBER` and a function `count(quick, weaker)`. `weaker` takes away what
the figure rests on, a setting or a check: then it has to fall short, or the harness would see nothing at all.
"""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path
from types import ModuleType

from db.errors import RecordError
from db.record import Record
from db.slots import Key
from tests.builders import PASSPHRASE, copied, new_record


@dataclass(frozen=True)
class Count:
    """What a figure came to, in one line, and whether that is enough."""

    told: str
    met: bool


class NotHere(Exception):
    """Something that the figure needs is not on this machine."""


FIGURES = Path(__file__).parent


def names() -> list[str]:
    """Every figure's name, without importing it."""
    return sorted(path.stem for path in FIGURES.glob("*.py") if "\nNUMBER = " in path.read_text(encoding="utf-8"))


def figure_called(name: str) -> ModuleType:
    """The module of a figure."""
    return import_module(f"tests.faults.{name}")


def figures() -> dict[str, ModuleType]:
    """Every figure by its name, in the order of their numbers."""
    found = {name: figure_called(name) for name in names()}
    return dict(sorted(found.items(), key=lambda named: named[1].NUMBER))


@contextmanager
def scratch() -> Iterator[Path]:
    """A folder that is gone afterwards; in memory where there is such a place, for nothing here tries a real disk."""
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=memory if os.access(memory, os.W_OK) else None) as folder:
        yield Path(folder).resolve()


def kept_folder() -> Path:
    """A folder that is gone when the program ends."""
    return Path(_kept.name)


_kept = tempfile.TemporaryDirectory()


@cache
def _template() -> Path:
    # To make a record anew costs more than most trials.
    path = kept_folder() / "essai.jalon"
    new_record(path)[0].close()
    return path


def fresh(folder: Path) -> Path:
    """A closed record of one's own, and nothing else, in this folder."""
    if folder.exists():
        shutil.rmtree(folder)
    folder.mkdir(mode=0o700, parents=True)
    return copied(_template(), folder / "essai.jalon")


@contextmanager
def opened(path: Path, secret: Key | str = PASSPHRASE, *, write: bool = True) -> Iterator[Record]:
    """An open record that is left as a killed program leaves it: no copy, nothing folded in."""
    record = Record.open(path, secret, write=write)
    try:
        yield record
    finally:
        record._let_go()


def refusal(does: Callable[[], object]) -> type[Exception] | None:
    """With which error something is refused; None where it is done."""
    try:
        does()
    except RecordError as refused:
        return type(refused)
    return None

"""A disk between the program and the machine: what was asked of it, and what a power cut may leave of that.

`disk.c` keeps every write, sync and name that a program asked for. Here a disk is made of that log as it may be found
after the power went: what was synced is there; each write since may be there, missing or torn; a new, changed or
removed name holds only once its folder was synced, and names change in their order.
"""

import os
import random
import shutil
import struct
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from tests.faults.figure import NotHere, kept_folder

SECTOR = 512
_HEAD = struct.Struct("<cIQI")
_SOURCE = Path(__file__).with_suffix(".c")


@dataclass(frozen=True)
class Asked:
    """One thing that was asked of the disk, in the letters of `disk.c`."""

    kind: str
    number: int
    place: int
    content: bytes


@dataclass
class File:
    """Bytes that are on the disk for good, and what was asked since: where to put which bytes, or where to cut."""

    settled: bytearray = field(default_factory=bytearray)
    pending: list[tuple[int, bytes | None]] = field(default_factory=list)

    def put(self, place: int, content: bytes | None) -> None:
        self.pending.append((place, content))

    def sync(self) -> None:
        for each in self.pending:
            _apply(self.settled, *each)
        self.pending.clear()

    def after_a_cut(self, chance: random.Random) -> bytes:
        left = bytearray(self.settled)
        for place, content in self.pending:
            fate = chance.random()
            if fate < 0.2 and content is not None:
                _apply(left, place, content[: chance.randrange(len(content) // SECTOR + 1) * SECTOR])
            elif fate < 0.6:
                _apply(left, place, content)
        return bytes(left)


def _apply(held: bytearray, place: int, content: bytes | None) -> None:
    if content is None:
        del held[place:]
        held.extend(bytes(max(0, place - len(held))))
        return
    held.extend(bytes(max(0, place - len(held))))
    held[place : place + len(content)] = content


Names = dict[str, File]


class Disk:
    """One folder and those in it, while a log is read."""

    def __init__(self, held: Mapping[str, bytes]) -> None:
        self._names: Names = {name: File(bytearray(content)) for name, content in held.items()}
        self._settled: Names = dict(self._names)
        self._moves: list[tuple[str, str, File | None]] = []
        self._files: dict[int, File] = {}
        self._folders: dict[int, str] = {}
        self._from = ""

    def ask(self, asked: Asked) -> None:
        """Do what was asked."""
        name = os.fsdecode(asked.content) if asked.kind in "ODTUNM" else ""
        match asked.kind:
            case "D":
                self._folders[asked.number] = name
            case "O" | "T":
                if name not in self._names:
                    self._name(name, File())
                self._files[asked.number] = self._names[name]
                if asked.kind == "T":
                    self._names[name].put(0, None)
            case "W":
                self._files[asked.number].put(asked.place, asked.content)
            case "L":
                self._files[asked.number].put(asked.place, None)
            case "S" if asked.number in self._folders:
                self._settle(self._folders[asked.number])
            case "S":
                self._files[asked.number].sync()
            case "U":
                self._name(name, None)
            case "N":
                self._from = name
            case "M":
                self._move(self._from, name)

    def after_a_cut(self, chance: random.Random) -> dict[str, bytes]:
        """What may be found once the power is back; what processes shared in memory is gone."""
        names = dict(self._settled)
        for before, name, file in self._moves[: chance.randint(0, len(self._moves))]:
            _rename(names, before, name, file)
        return {name: file.after_a_cut(chance) for name, file in names.items() if not name.endswith("-shm")}

    def _name(self, name: str, file: File | None) -> None:
        self._moves.append(("", name, file))
        _rename(self._names, "", name, file)

    def _move(self, before: str, name: str) -> None:
        file = self._names[before]
        self._moves.append((before, name, file))
        _rename(self._names, before, name, file)

    def _settle(self, folder: str) -> None:
        here = [move for move in self._moves if Path(move[1]).parent == Path(folder)]
        for move in here:
            _rename(self._settled, *move)
        self._moves = [move for move in self._moves if move not in here]


def _rename(names: Names, before: str, name: str, file: File | None) -> None:
    names.pop(before, None)
    if file is None:
        names.pop(name, None)
    else:
        names[name] = file


def held(folder: Path) -> dict[str, bytes]:
    """What lies in a folder that nobody has open."""
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def lay(files: Mapping[str, bytes], folder: Path) -> None:
    """Put these files there, and nothing else."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for name, content in files.items():
        Path(name).parent.mkdir(exist_ok=True)
        Path(name).write_bytes(content)


def log_of(path: Path) -> Iterator[Asked]:
    """What a program asked, in its order."""
    with path.open("rb") as log:
        while head := log.read(_HEAD.size):
            kind, number, place, length = _HEAD.unpack(head)
            yield Asked(kind.decode(), number, place, log.read(length) if kind != b"A" else b"")


def run_on_disk(code: str, *arguments: str, folder: Path, log: Path | None = None) -> str:
    """Run Python with its disk watched in this folder, and answer what it printed."""
    watched = {"LD_PRELOAD": str(library()), "DISK_FOLDER": str(folder), **({"DISK_LOG": str(log)} if log else {})}
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        env=os.environ | watched,
        cwd=_SOURCE.parents[2],
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return done.stdout


@cache
def library() -> Path:
    """`disk.c`, made into what stands between."""
    compiler = shutil.which("gcc") or shutil.which("cc")
    if compiler is None or not sys.platform.startswith("linux"):
        raise NotHere("no C compiler for Linux (Debian: gcc)")
    made = kept_folder() / "disk.so"
    subprocess.run([compiler, "-shared", "-fPIC", "-O1", "-o", made, _SOURCE, "-lpthread"], check=True)
    return made

"""One reader after the other, in forked children: a child that dies, hangs or eats memory is a fault that is counted.

A child notes the number of the input before it reads it, so that what a child died of is known to whoever waits for it.
"""

import os
import pickle
import random
import resource
import select
import shutil
import signal
import struct
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from mmap import mmap
from pathlib import Path
from typing import Any

from db.errors import RecordError
from tests.fuzz import mutating, watching
from tests.fuzz.readers import CORPUS, FRENCH, READERS, line
from tests.fuzz.watching import Hung, Watch

MEMORY = 3 * 1024**3
_BATCH = 20_000


@dataclass
class Counted:
    """How many inputs there were, how many of them were refused in words, and what should not have happened."""

    inputs: int = 0
    refused: int = 0
    crashes: int = 0
    hangs: int = 0
    outside: int = 0
    faults: list[tuple[int, str]] = field(default_factory=list)

    @property
    def told(self) -> str:
        """The counts in a line."""
        return (
            f"{self.inputs:,} inputs, {self.refused:,} refused in words, {self.crashes} crashes, {self.hangs} hangs, "
            f"{self.outside} writes outside"
        )

    def __iadd__(self, other: "Counted") -> "Counted":
        for name in ("inputs", "refused", "crashes", "hangs", "outside"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.faults += other.faults
        return self


def fuzz(name: str, inputs: int, seed: int) -> Counted:
    """So many inputs for a reader."""
    counted = Counted()
    begun = 0
    while begun < inputs:
        done = _child(name, seed, range(begun, min(inputs, begun + _BATCH)))
        counted += done
        begun += max(1, done.inputs)
    return counted


def input_of(name: str, seed: int, index: int) -> Any:
    """The input of this number."""
    reader = READERS[name]
    chance = random.Random(f"{name} {seed} {index}")
    content = chance.choice(corpus(reader.corpus))[1]
    return reader.change(content, chance)


def judged(name: str, made: Any, folder: Path | None = None, watch: Watch | None = None) -> BaseException | bool | None:
    """Read an input: the fault, whether it was refused in words, or None where it was read."""
    with _scratch(folder) as here:
        path = here / f"essai{READERS[name].suffix}"
        if isinstance(made, bytes) and READERS[name].suffix:
            path.write_bytes(made)
        try:
            if watch is None:
                READERS[name].read(made, path)
            else:
                with watch.reading():
                    READERS[name].read(made, path)
        except RecordError as refused:
            FRENCH.gettext(refused.message).format(**refused.values(FRENCH))
            return True
        except (Exception, Hung) as fault:  # any of them is what is looked for
            return fault
        except BaseException as fault:
            if type(fault).__name__ != "PanicException":
                raise
            return fault
    return None


class _scratch:  # used as a word of the language
    """The given folder, or one that goes again."""

    def __init__(self, folder: Path | None) -> None:
        self._given = folder

    def __enter__(self) -> Path:
        self._own = self._given or Path(tempfile.mkdtemp())
        return self._own

    def __exit__(self, *_error: object) -> None:
        if self._given is None:
            shutil.rmtree(self._own)


@cache
def corpus(name: str) -> tuple[tuple[str, bytes], ...]:
    """The kept files of a corpus, by name."""
    return tuple((path.name, path.read_bytes()) for path in sorted((CORPUS / name).iterdir()))


def _child(name: str, seed: int, numbers: range) -> Counted:
    corpus(READERS[name].corpus)
    at = mmap(-1, 8)
    ours, theirs = os.pipe()
    with _scratch(None) as folder:
        child = os.fork()
        if child == 0:
            os.close(ours)
            try:
                answer = _count(name, seed, numbers, folder, at)
                with os.fdopen(theirs, "wb") as pipe:
                    pickle.dump(answer, pipe)
            finally:
                os._exit(0)
        os.close(theirs)
        said = _answer(ours, child, at)
        os.waitpid(child, 0)
        left = [path.name for path in folder.iterdir() if not path.name.startswith("essai")]
    if said:
        counted: Counted = pickle.loads(said)
    else:
        # It died, or hung where no signal of Python's reaches it.
        index = struct.unpack("<q", at[:8])[0]
        counted = Counted(index - numbers.start + 1, hangs=1, faults=[(index, "the process died or hung")])
    if left:
        counted.outside += 1
        counted.faults.append((numbers.start, f"left behind: {left}"))
    return counted


def _answer(pipe: int, child: int, at: mmap) -> bytes:
    """What a child says at its end; nothing where it stays with one input for too long."""
    said, before, since = b"", b"", time.monotonic()
    while True:
        ready, _none, _none = select.select([pipe], [], [], 1)
        if ready:
            piece = os.read(pipe, 65_536)
            if not piece:
                os.close(pipe)
                return said
            said += piece
        elif at[:8] != before:
            before, since = at[:8], time.monotonic()
        elif time.monotonic() - since > 2 * watching.SECONDS:
            os.kill(child, signal.SIGKILL)


def _count(name: str, seed: int, numbers: range, folder: Path, at: mmap) -> Counted:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    counted = Counted()
    # What readers import late is imported before what they open is watched.
    for made in kept(name):
        judged(name, made, folder)
    watch = Watch(folder)
    for index in numbers:
        at[:8] = struct.pack("<q", index)
        counted.inputs += 1
        try:
            fault = judged(name, input_of(name, seed, index), folder, watch)
        except Exception as broken:  # a sentence that cannot be said
            fault = broken
        if isinstance(fault, Hung):
            counted.hangs += 1
            counted.faults.append((index, "hangs"))
        elif isinstance(fault, BaseException):
            counted.crashes += 1
            counted.faults.append((index, _said(fault)))
        counted.refused += fault is True
        if watch.seen:
            counted.outside += 1
            counted.faults.append((index, "; ".join(dict.fromkeys(watch.seen))[:300]))
            watch.seen.clear()
    return counted


def kept(name: str) -> Iterator[Any]:
    """The corpus of a reader as it is kept, file by file or line by line; tables and cells with the first change."""
    reader = READERS[name]
    for file, content in corpus(reader.corpus):
        if reader.change in (
            mutating.changed_bytes,
            mutating.changed_json,
            mutating.changed_sheet,
            mutating.changed_zip,
        ):
            yield content
        elif reader.change is line:
            yield from content.decode().split("\n")
        else:
            yield reader.change(content, random.Random(file))


def _said(fault: BaseException) -> str:
    trace = fault.__traceback__
    places = []
    while trace is not None:
        places.append(f"{Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}")
        trace = trace.tb_next
    return f"{type(fault).__name__}: {str(fault)[:120]} ({' '.join(places[-4:])})"

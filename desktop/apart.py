"""The other process: guards, builds, renders and reads foreign files, without key, record or Qt.

It is spawned, kept warm and fed pickled values. It can be ended at any moment, which is how work is cancelled: nothing
in it holds the record, it writes no file, and a hostile file that hangs or eats memory takes only this process along.
Time is kept on this side of the line, memory on that one.
"""

import gc
import importlib
import io
import multiprocessing
import os
import pickle
import signal
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any, Literal

from db.errors import RecordError
from desktop.limits import bound
from i18n import N_

Progress = Callable[[float], None]
WARM = ("desktop.guard", "desktop.render", "desktop.intake")
SECONDS = 300
"""How long nothing may be heard of any work; the largest workbook that may be read takes a fraction of it."""
_EVERY = 0.05
Outcome = Literal["done", "failed", "ended", "cancelled"]
"""What came of a question; after the last two the process is of no more use."""


class Apart(RecordError):
    """The other process did not finish."""

    message = N_("This could not be finished. Nothing was changed.")


class Ended(Apart):
    message = N_(
        "This could not be finished: it needs more memory than there is, or the file is damaged or made to do harm. "
        "Nothing was changed. Ask for a fresh copy of the file, or choose less at once."
    )


class TookTooLong(Apart):
    message = N_(
        "This took too long and was stopped: there is too much to do at once, or the file is damaged or made to do "
        "harm. Nothing was changed. Ask for a fresh copy of the file, or choose less at once."
    )


def spawn(warm: Sequence[str] = WARM) -> tuple[BaseProcess, Connection]:
    """Start the other process, what is often asked for at hand; questions and answers go through the connection."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_serve, args=(theirs, warm), daemon=True, name="jalon-elsewhere")
    process.start()
    theirs.close()
    return process, ours


def answer(
    line: Connection,
    function: Callable[..., Any],
    args: tuple[Any, ...],
    *,
    seconds: float = SECONDS,
    progress: Callable[[float], object] | None = None,
    cancelled: Callable[[], bool] = lambda: False,
) -> tuple[Outcome, Any]:
    """Ask the other process, and wait for its answer: how it ended, and the answer or the error."""
    try:
        send(line, (function, args, progress is not None))
        until = time.monotonic() + seconds
        while not cancelled():
            if line.poll(_EVERY):
                kind, said = receive(line)
                if kind != "progress":
                    return kind, said
                assert progress is not None
                progress(said)
                until = time.monotonic() + seconds
            elif time.monotonic() > until:
                return "ended", TookTooLong()
    except (EOFError, OSError):
        return "ended", Ended()
    return "cancelled", None


def ask_once(function: Callable[..., Any], *args: Any, seconds: float = SECONDS) -> Any:
    """The answer of a process that is started for this and ended with it; or the error it ended with."""
    process, line = spawn(warm=())
    try:
        outcome, said = answer(line, function, args, seconds=seconds)
    finally:
        process.kill()
        process.join()
        line.close()
    if outcome == "done":
        return said
    raise said


def ask(function: Callable[..., Any], *args: Any) -> Any:
    """The answer of a process that stays for the next question: how verbs read what is foreign."""
    if not _ready or not _ready[-1][0].is_alive():
        _ready[:] = [spawn(warm=())]
    process, line = _ready[-1]
    outcome, said = answer(line, function, args)
    if outcome == "ended":
        _ready.clear()
        process.kill()
    if outcome == "done":
        return said
    raise said


_ready: list[tuple[BaseProcess, Connection]] = []


def send(line: Connection, value: object) -> None:
    """Send a value, however large, without keeping other threads waiting."""
    pieces = _Pieces()
    pickle.Pickler(pieces, pickle.HIGHEST_PROTOCOL).dump(value)
    line.send_bytes(b"".join(pieces.written))


def receive(line: Connection) -> Any:
    """The next value."""
    return pickle.Unpickler(_Pieces(line.recv_bytes())).load()


class _Pieces:
    """A file in Python: pickling holds the one interpreter only from piece to piece, so that the window can paint."""

    def __init__(self, content: bytes = b"") -> None:
        self.written: list[bytes] = []
        self._reads = io.BytesIO(content)

    def write(self, piece: Any) -> int:
        self.written.append(bytes(piece))
        return len(piece)

    def read(self, size: int) -> bytes:
        return self._reads.read(size)

    def readline(self) -> bytes:
        return self._reads.readline()


def _serve(line: Connection, warm: Sequence[str]) -> None:
    for name in warm:
        importlib.import_module(name)
    # Half of the time of a large plan would go into looking for rubbish that a job leaves only when it is done.
    gc.disable()
    sys.dont_write_bytecode = True
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # at a terminal it is meant for whoever asked
    bound()
    with suppress(EOFError):
        while True:
            gc.collect()
            # What outlives a job is what it imported, as a rule: to look through that again took longer than most jobs.
            gc.freeze()
            _answer_one(line)


def _answer_one(line: Connection) -> None:
    # A function of its own, so that nothing of a job is held when its rubbish is looked for.
    function, args, with_progress = receive(line)
    try:
        more: dict[str, Any] = {"progress": lambda part: send(line, ("progress", part))} if with_progress else {}
        said = ("done", function(*args, **more))
    except MemoryError:
        # What is left of this process is of no use, and its end is said in words.
        os._exit(1)
    except Exception as error:  # noqa: BLE001 # whatever it is, the window says it
        said = ("failed", _sendable(error))
    try:
        send(line, said)
    except (TypeError, AttributeError, ValueError) as unsendable:
        send(line, ("failed", RuntimeError(f"{type(unsendable).__name__}: the answer cannot leave the process")))


def _sendable(error: Exception) -> Exception:
    """The error itself where it can be made again on the other side, else one that names its kind."""
    try:
        pickle.loads(pickle.dumps(error))
    except Exception:  # noqa: BLE001 # an error that cannot be made again fails in any way it likes
        return RuntimeError(f"{type(error).__name__} in the other process")
    return error

"""The other process: guards, builds, renders and reads foreign files, without key, record or Qt.

It is spawned, kept warm and fed pickled values. It can be ended at any moment, which is how work is cancelled: nothing
in it holds the record, and a hostile file that hangs or eats memory takes only this process along.
"""

import gc
import importlib
import io
import multiprocessing
import pickle
from collections.abc import Callable
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any

Progress = Callable[[float], None]
WARM = ("desktop.guard", "desktop.render", "desktop.intake")


def spawn() -> tuple[BaseProcess, Connection]:
    """Start the other process; what it is asked and what it answers go through the connection."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_serve, args=(theirs,), daemon=True, name="jalon-elsewhere")
    process.start()
    theirs.close()
    return process, ours


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


def _serve(line: Connection) -> None:
    for name in WARM:
        importlib.import_module(name)
    # Half of the time of a large plan would go into looking for rubbish that a job leaves only when it is done.
    gc.disable()
    while True:
        gc.collect()
        try:
            function, args, with_progress = receive(line)
        except EOFError:
            return
        try:
            more: dict[str, Any] = {"progress": lambda part: send(line, ("progress", part))} if with_progress else {}
            answer = ("done", function(*args, **more))
        except Exception as error:  # noqa: BLE001 # whatever it is, the window says it
            answer = ("failed", _sendable(error))
        try:
            send(line, answer)
        except (TypeError, AttributeError, ValueError) as unsendable:
            send(line, ("failed", RuntimeError(f"{type(unsendable).__name__}: the answer cannot leave the process")))


def _sendable(error: Exception) -> Exception:
    """The error itself where it can be made again on the other side, else one that names its kind."""
    try:
        pickle.loads(pickle.dumps(error))
    except Exception:  # noqa: BLE001 # an error that cannot be made again fails in any way it likes
        return RuntimeError(f"{type(error).__name__} in the other process")
    return error

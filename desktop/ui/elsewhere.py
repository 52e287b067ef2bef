"""The other process: guards, builds, renders and reads foreign files, without key, record or Qt.

It is spawned, kept warm and fed pickled values. It can be ended at any moment, which is how work is cancelled: nothing
in it holds the record, and a hostile file that hangs or eats memory takes only this process along.
"""

import importlib
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


def _serve(line: Connection) -> None:
    for name in WARM:
        importlib.import_module(name)
    while True:
        try:
            function, args, with_progress = line.recv()
        except EOFError:
            return
        try:
            more: dict[str, Any] = {"progress": lambda part: line.send(("progress", part))} if with_progress else {}
            answer = ("done", function(*args, **more))
        except Exception as error:  # noqa: BLE001 # whatever it is, the window says it
            answer = ("failed", _sendable(error))
        try:
            line.send(answer)
        except (TypeError, AttributeError, ValueError) as unsendable:
            line.send(("failed", RuntimeError(f"{type(unsendable).__name__}: the answer cannot leave the process")))


def _sendable(error: Exception) -> Exception:
    """The error itself where it can be made again on the other side, else one that names its kind."""
    try:
        pickle.loads(pickle.dumps(error))
    except Exception:  # noqa: BLE001 # an error that cannot be made again fails in any way it likes
        return RuntimeError(f"{type(error).__name__} in the other process")
    return error

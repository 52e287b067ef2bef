"""What a reader does beside reading: writes, processes, connections, files it has no business with; and its time.

Python tells of each by its audit events. Libraries in C tell nothing: what they fetch is tried by hand-made files in
the corpus, and what they write by a look at the folder.
"""

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

SECONDS = 5.0
_FORBIDDEN = (
    *("os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.link", "os.symlink", "os.truncate", "os.chmod"),
    *("os.system", "os.exec", "os.posix_spawn", "os.spawn", "os.fork", "os.forkpty", "subprocess.Popen", "pty.spawn"),
    *("socket.connect", "socket.bind", "socket.getaddrinfo", "socket.sendto", "urllib.Request", "ctypes.dlopen"),
    *(
        "shutil.copyfile",
        "shutil.move",
        "shutil.rmtree",
        "shutil.unpack_archive",
        "webbrowser.open",
        "tempfile.mkstemp",
    ),
)


class Hung(BaseException):
    """A reader took longer than any of so small a file may; no reader's `except Exception` catches it."""


class Watch:
    """Notes what a reader does outside the folder it is given. It can be put up once in a process, not lifted."""

    def __init__(self, scratch: Path) -> None:
        self._inside = str(scratch.resolve()) + os.sep
        ours = (sys.prefix, sys.base_prefix, str(Path(__file__).parents[2]), "/usr/share/zoneinfo", "/proc/self")
        self._read = (*(str(Path(one).resolve()) for one in ours), self._inside)
        self.seen: list[str] = []
        self._on = False
        sys.addaudithook(self._event)

    @contextmanager
    def reading(self) -> Iterator[None]:
        """While this lasts, what happens is noted, and what takes too long is broken off."""
        self._on = True
        before = signal.signal(signal.SIGALRM, _hung)
        signal.setitimer(signal.ITIMER_REAL, SECONDS)
        try:
            yield
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, before)
            self._on = False

    def _event(self, event: str, args: tuple[object, ...]) -> None:
        if not self._on:
            return
        if event == "open":
            path, mode, flags = args
            if isinstance(path, int):
                return
            where = str(Path(os.fsdecode(path)).absolute()) if isinstance(path, str | bytes | Path) else str(path)
            writes = (isinstance(mode, str) and set(mode) & set("wax+")) or (
                isinstance(flags, int) and flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)
            )
            allowed = where.startswith(self._inside) if writes else where.startswith(self._read)
            if not allowed and "__pycache__" not in where:
                self.seen.append(f"{'writes' if writes else 'reads'} {where}")
        elif event in _FORBIDDEN:
            self.seen.append(f"{event} {args!r}"[:200])


def _hung(_signal: int, _frame: FrameType | None) -> None:
    raise Hung

"""The file of a record while it is open: its key until it is forgotten, its sessions, the driver's own connection.

Every connection asks for the key anew: once it is forgotten, nobody gets in until it is remembered.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import repeat
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from db import sealed
from db.engine import make_engine, worded, write_anew
from db.errors import RecordLocked
from db.fields import CheckedSession
from db.slots import Key

_OVER = 50_000
"""So many small things fill the places that were let go of, in a few milliseconds."""


class OpenFile:
    """An encrypted file and what opens it."""

    def __init__(self, path: Path, key: Key) -> None:
        self.path = path
        self._key: Key | None = key
        self.engine = make_engine(path, lambda: self.key.raw)

    @property
    def key(self) -> Key:
        """What opens the file."""
        if self._key is None:
            raise RecordLocked
        return self._key

    @property
    def locked(self) -> bool:
        """Whether its key was forgotten."""
        return self._key is None

    def forget(self) -> None:
        """Forget the key and close every connection."""
        self._key = None
        self.engine.dispose()

    def lock(self) -> None:
        """Forget the key, and put others of its size where it stood: Python wipes nothing that it lets go of."""
        sizes = {len(part) for part in (self._key.raw, self._key.sealing) if part} if self._key else set()
        self.forget()
        for size in sizes:
            list(map(bytes, repeat(size, _OVER)))

    def remember(self, key: Key) -> None:
        """Have the key again."""
        self._key = key

    def rekey(self, raw: bytes, sealing: bytes | None = None) -> None:
        """Write the whole file under another key, and go on with it and another sealing key, where there is one."""
        self.engine.dispose()
        write_anew(self.path, self.key.raw, raw)
        self._key = replace(self.key, raw=raw, sealing=sealing or self.key.sealing)

    @contextmanager
    def session(self, begin: str = "IMMEDIATE") -> Iterator[Session]:
        """A session in one transaction, undone unless it was committed."""
        with (
            worded(self.path),
            self.engine.connect().execution_options(begin=begin) as connection,
            CheckedSession(
                connection, expire_on_commit=False, autoflush=begin == "IMMEDIATE", info=sealed.acting(self.key)
            ) as session,
        ):
            yield session

    @contextmanager
    def driver(self) -> Iterator[Any]:
        """A connection of the driver itself, outside any transaction."""
        with worded(self.path):
            connection = self.engine.raw_connection()
            try:
                yield connection.driver_connection
            finally:
                connection.close()

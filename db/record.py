"""The record: the one door through which everything is read and written.

One deed is one transaction, one change set and one step of undo. Nothing outside this module, the migrations and the
back-up commits. One process writes in a record at a time; others may read beside it.
"""

import glob
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext, suppress
from pathlib import Path
from threading import RLock
from types import TracebackType
from typing import Any, Concatenate, Self
from uuid import UUID

from filelock import FileLock
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db import backup, keys
from db.ageing import Copy
from db.base import new_id
from db.beginning import Filling, begin
from db.deeds import Deed, P, R
from db.durable import sync_folder
from db.engine import has_writes_to_fold_in, refuse_what_is_no_record, weigh_indexes, worded
from db.errors import (
    CannotRedo,
    CannotUndo,
    CopyLeftOut,
    DiskFull,
    NoSuchFolder,
    NothingToRedo,
    NothingToUndo,
    OpenedForReading,
    RecordError,
    RecordExists,
)
from db.folders import refuse_unsafe
from db.links import refuse_astray
from db.listening import Listeners
from db.locking import locked, take_lock
from db.migrations import is_older, upgrade
from db.models import LogRow
from db.open_file import OpenFile
from db.roles import require
from db.sealing import Act, Touched, open_set, seal
from db.searching import keep_in_step
from db.slots import Cost, Key, new_key, passphrase_slot, recovery_slot
from db.undoing import NextStep, next_redo, next_undo, turn_round

_MANY = 500
"""Rows touched by one deed that change how the tables are best searched."""


class Record:
    """An open record and the person it was opened by. `person` acts in every deed."""

    def __init__(self, file: OpenFile, lock: FileLock | None, *, left_open: bool = False) -> None:
        self._file = file
        self._lock = lock
        self.left_open = left_open
        """Whether the last who wrote in it did not close it: the program was killed, or the power went."""
        self.reason: str | None = None
        """Why texts are opened and files let out: asked once until the record is locked, and kept with each of them."""
        self.office_key: Path | None = None  # its file, where the record was opened by it
        self._writing, self._copying = RLock(), RLock()
        self.changed, self.noted = Listeners[Touched](), Listeners[None]()
        """`changed` tells after each change which rows of which tables it touched; `noted` that a draft was kept, or a
        file left."""

    @classmethod
    def create(
        cls,
        path: Path,
        passphrase: str,
        person: str,
        office: str,
        country: str | None = None,
        *,
        holding: Filling = lambda _session: None,
        cost: Cost | None = None,
    ) -> tuple[Self, str]:
        """Make a record with its first person and office; also gives the recovery code, to be printed once.

        What it is `holding` from its start was nobody's deed, and nobody takes it back.
        """
        if not path.absolute().parent.is_dir():
            raise NoSuchFolder(path=path.parent)
        refuse_unsafe(path)
        if path.exists() or keys.keys_path(path).exists():
            raise RecordExists(path=path)
        key = new_key(new_id())
        slot = passphrase_slot(key, passphrase, cost)
        recovery, code = recovery_slot(key)
        part = path.with_name(path.name + ".part")
        with worded(path):
            try:
                begin(part, key, person, office, country, holding)
                keys.save(path, [slot, recovery])
                part.replace(path)
                sync_folder(path.parent)
            finally:
                for left_over in path.parent.glob(glob.escape(part.name) + "*"):
                    left_over.unlink()
        return cls.open(path, key), code

    @classmethod
    def open(cls, path: Path, secret: Key | str, *, write: bool = True) -> Self:
        """Open a record with a key, a passphrase or a recovery code; to read only, beside whoever writes in it."""
        refuse_what_is_no_record(path)
        key = secret if isinstance(secret, Key) else keys.unlock(path, secret)
        if write:
            refuse_unsafe(path)
        lock = take_lock(path) if write else None
        left_open = bool(lock) and has_writes_to_fold_in(path)
        file = OpenFile(path, key)
        record = cls(file, lock, left_open=left_open)
        try:
            with worded(path):
                if is_older(path, file.engine):
                    with nullcontext() if lock else locked(path):
                        upgrade(path, file.engine, key.raw)
        except BaseException:
            record._let_go()
            raise
        return record

    @property
    def path(self) -> Path:
        """The file of the record; its keys and its back-up copies stand beside it."""
        return self._file.path

    @property
    def key(self) -> Key:
        """What opens this record; the system's keyring may keep it."""
        return self._file.key

    @property
    def person(self) -> UUID:
        """Whoever acts."""
        return self.key.person

    @property
    def can_write(self) -> bool:
        """Whether this process may change the record."""
        return self._lock is not None

    def read(self, query: Callable[Concatenate[Session, P], R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Ask the record; the answer holds no entity."""
        with self._file.session("DEFERRED") as session:
            return query(session, *args, **kwargs)

    def write(self, deed: Deed[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Do a deed: whole, logged and sealed, or not at all."""
        if deed.backup:
            self.back_up()

        def does(session: Session) -> tuple[R, dict[str, Any]]:
            require(session, deed.role)
            result = deed(session, *args, **kwargs)
            return result, deed.details(session, *args, **kwargs)

        return self._change(deed.name, "deed", None, does)

    def note(self, function: Callable[Concatenate[Session, P], R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Write rows that are no part of the record, such as drafts and what was exported; also beside a writer."""
        with self._file.session() as session:
            logged = select(func.max(LogRow.row))
            before = session.scalar(logged)
            result = function(session, *args, **kwargs)
            session.flush()
            if session.scalar(logged) != before:
                raise RuntimeError("a note changes nothing in the record itself: make it a deed")
            session.commit()
        self.noted.tell(None)
        return result

    def tell(self, deed: str, /, **details: str) -> None:
        """Keep in the history what was done to the key file: no row of the record changes, and nobody takes it back."""
        if self._lock is None:
            raise OpenedForReading
        with self._writing, self._file.session() as session:
            opened = open_set(session.connection(), deed, self.person, act="way")
            seal(session.connection(), opened, details)
            session.commit()

    def undo(self) -> NextStep:
        """Take back the newest deed not yet taken back, and say which it was."""
        return self._turn("undo")

    def redo(self) -> NextStep:
        """Do the deed taken back last again, and say which it was."""
        return self._turn("redo")

    def back_up(self, folder: Path | None = None) -> Copy:
        """A verified copy of the record as it is now; the newest one, if nothing changed since."""
        with self._copying, self.driver() as driver:
            made = backup.newest(self.path, driver, folder)
            if made and made.number == backup.last_number(driver) and keys.same_keys(self.path, made.path):
                return made
            return backup.back_up(self.path, driver, self.key.raw, folder)

    def driver(self) -> AbstractContextManager[Any]:
        """A connection of the driver itself, outside any transaction: for copies and checks of the file."""
        return self._file.driver()

    def rekey(self) -> None:
        """Write the record under a new key, which each way in opens without anybody typing anything anew.

        What is sealed from then on has a new key too, if whoever acts opens confidential texts. A slot from before
        slots had a pair cannot be given the new key and is taken away. Broken off at any instant, the record opens by
        the secrets it opened by before: the slots carry both keys until it is done.
        """
        if self._lock is None:
            raise OpenedForReading
        with self._writing, self._copying:
            self.back_up()
            before, after = self.key, new_key(self.person)
            both = keys.with_next_key(keys.load(self.path), before.raw, after.raw)
            sealing = None
            if before.sealing and after.sealing:
                both = keys.with_next_sealing(both, before.sealing, after.sealing)
                sealing = after.sealing + before.sealing
            left = keys.only_paired(both)
            keys.save(self.path, both)
            self._file.rekey(after.raw, sealing)
            keys.save_closed(self.path, left)

    def lock(self) -> None:
        """Forget the key until `unlock`; nobody else gets in meanwhile."""
        with self._writing:
            self.reason = None
            self._file.lock()

    def unlock(self, secret: Key | str) -> None:
        """Go on after `lock`, as the person whose key or passphrase it is."""
        self._file.remember(secret if isinstance(secret, Key) else keys.unlock(self.path, secret))

    def close(self) -> None:
        """Leave the record in order: backed up where something changed, its log of writes folded in."""
        try:
            if self._lock is not None and not self._file.locked:
                try:
                    self.back_up()
                except DiskFull as full:
                    raise CopyLeftOut from full
                with self.driver() as driver:
                    weigh_indexes(driver)
                    driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        finally:
            self._let_go()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        # What was refused before says more than what the end could not do after it.
        with suppress(RecordError) if error else nullcontext():
            self.close()

    def _turn(self, act: Act) -> NextStep:
        with self._writing:
            step = self.read(next_undo if act == "undo" else next_redo)
            if step is None:
                raise NothingToUndo if act == "undo" else NothingToRedo
            refusal = CannotUndo if act == "undo" else CannotRedo
            return self._change(step.deed, act, step.id, lambda session: turn_round(session, step, refusal))

    def _change(self, deed: str, act: Act, of: UUID | None, does: Callable[[Session], tuple[R, dict[str, Any]]]) -> R:
        if self._lock is None:
            raise OpenedForReading
        with self._writing:
            with self._file.session() as session:
                opened = open_set(session.connection(), deed, self.person, act=act, of=of)
                result, details = does(session)
                session.flush()
                touched = seal(session.connection(), opened, details)
                refuse_astray(session.connection(), opened, touched)
                keep_in_step(session.connection(), touched)
                if touched:
                    session.commit()
            if sum(map(len, touched.values())) >= _MANY:
                with self.driver() as driver:
                    weigh_indexes(driver)
            if touched:
                self.changed.tell(touched)
        return result

    def _let_go(self) -> None:
        self._file.forget()
        if self._lock is not None:
            self._lock.release()
            self._lock = None

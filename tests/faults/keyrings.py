"""A keyring that lost the key, is locked, absent, writes plain text or hangs: each time the passphrase is asked for.

Nothing waits for it, nothing is made anew beside the record, and the passphrase opens what was there. Weaker: every
keyring is trusted.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from time import perf_counter
from unittest.mock import patch

import keyring
from keyring.backend import KeyringBackend
from keyring.errors import KeyringLocked, NoKeyringError

from db.record import Record
from desktop import keychain, settings
from desktop.opening import NoKey, open_record
from tests.builders import PASSPHRASE, add_partner, names
from tests.faults.figure import Count, fresh, opened, refusal, scratch
from tests.faults.refusals import digests

NUMBER = 15


class Keyring(KeyringBackend):
    """A keyring in memory, as one of the system's own."""

    priority = 1.0
    module = "keyring.backends.SecretService"

    def __init__(self, kept: str) -> None:
        super().__init__()
        self.kept: str | None = kept

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept = password


class Lost(Keyring):
    """The account is a new one: it never had the key."""

    def get_password(self, service: str, username: str) -> str | None:
        return None


class Locked(Keyring):
    """Nobody unlocked it."""

    def get_password(self, service: str, username: str) -> str | None:
        raise KeyringLocked


class Absent(Keyring):
    """This system has none."""

    module = "keyring.backends.fail"

    def get_password(self, service: str, username: str) -> str | None:
        raise NoKeyringError


class Plain(Keyring):
    """It has the key, in a file that anybody reads."""

    module = "keyrings.alt.file"


class Hanging(Keyring):
    """It waits for a prompt that cannot appear."""

    over = threading.Event()

    def get_password(self, service: str, username: str) -> str | None:
        self.over.wait()
        return self.kept


WAYS: tuple[type[Keyring], ...] = (Lost, Locked, Absent, Plain, Hanging)


def count(quick: bool, weaker: bool) -> Count:
    """Open with each keyring, without a passphrase and with it."""
    asked, longest, anew, opens = 0, 0.0, 0, 0
    with scratch() as folder, patch.object(settings, "folder", lambda: folder / "settings"):
        for way in WAYS:
            path = fresh(folder / way.__name__)
            with opened(path) as record:
                record.write(add_partner, "Femmes debout")
                key = record.key.to_text()
                with record.driver() as driver:
                    driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
            before = digests(path.parent)
            with _using(way(key), weaker, 0.2 if quick else keychain.SECONDS):
                begun = perf_counter()
                asked += refusal(lambda: open_record(path).record._let_go()) is NoKey  # noqa: B023 # asked at once
                longest = max(longest, perf_counter() - begun)
                anew += digests(path.parent) != before
                opens += _holds(open_record(path, PASSPHRASE).record)
        Hanging.over.set()
    told = f"{asked} of {len(WAYS)} keyrings led to the passphrase, the slowest after {longest:.1f} s; "
    told += f"{anew} changed a file, {opens} opened by the passphrase"
    return Count(told, asked == opens == len(WAYS) and not anew and (quick or longest < 4))


@contextmanager
def _using(backend: Keyring, weaker: bool, seconds: float) -> Iterator[None]:
    """Make this the system's keyring, as if it came from its module."""
    with (
        patch.object(type(backend), "__module__", backend.module),
        patch.object(keyring, "get_keyring", lambda: backend),
        patch.object(keychain, "TRUSTED", ("",) if weaker else keychain.TRUSTED),
        patch.object(keychain, "SECONDS", seconds),
    ):
        yield


def _holds(record: Record) -> bool:
    try:
        return record.read(names) == ["Femmes debout"]
    finally:
        record._let_go()

"""The record's key in the system's keyring, when the person asks for it.

Only the systems' own keyrings are trusted: a plain-text one would undo the encryption. A locked keyring may wait for a
prompt that cannot appear, so every call has a time limit, and every failure leads to the passphrase instead.
"""

import secrets
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from desktop import policies

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

T = TypeVar("T")

SERVICE = "Jalon"
LOADING, SECONDS = 15.0, 3.0
"""Until the system's keyring is found, which a slow disk makes long; then until it answers."""
TRUSTED = (
    "keyring.backends.Windows",
    "keyring.backends.macOS",
    "keyring.backends.SecretService",
    "keyring.backends.kwallet",
    "keyring.backends.libsecret",
)


def find(record: Path) -> str | None:
    """The key kept for this record, if any; where IT forbids that it is kept, it is taken out."""
    if not policies.load().keyring:
        forget(record)
        return None
    return _within(lambda ring: ring.get_password(SERVICE, _name(record)))


def keep(record: Path, key: str) -> bool:
    """Keep the key; False where the system would not, or IT forbids it."""

    def put(ring: "KeyringBackend") -> bool:
        ring.set_password(SERVICE, _name(record), key)
        return True

    return (policies.load().keyring and _within(put)) or False


def forget(record: Path) -> None:
    """Take the key out of the keyring."""
    _within(lambda ring: ring.delete_password(SERVICE, _name(record)))


def prove() -> tuple[str | None, bool]:
    """What keyring there is, and whether it keeps an entry that is nobody's, gives it back and forgets it."""
    named: list[str] = []

    def tried(ring: "KeyringBackend") -> bool:
        named.append(type(ring).__module__.removeprefix("keyring.backends."))
        name, kept = f"self-test {secrets.token_hex(4)}", secrets.token_hex(16)
        ring.set_password(SERVICE, name, kept)
        try:
            return ring.get_password(SERVICE, name) == kept
        finally:
            ring.delete_password(SERVICE, name)

    kept = _within(tried) or False
    return (named[0] if named else None), kept


def _name(record: Path) -> str:
    return str(record.resolve())


def _trusted() -> "KeyringBackend | None":
    import keyring  # late: it costs a tenth of a second

    chosen = keyring.get_keyring()
    return next(
        (one for one in getattr(chosen, "backends", [chosen]) if type(one).__module__.startswith(TRUSTED)), None
    )


def _within(ask: Callable[["KeyringBackend"], T]) -> T | None:
    """The answer, or None where there is no keyring to trust, or it failed or did not answer in time."""
    answers: list[T] = []
    there = threading.Event()

    def run() -> None:
        try:
            ring = _trusted()
            there.set()
            if ring is not None:
                answers.append(ask(ring))
        except Exception:  # noqa: BLE001 # a keyring fails in as many ways as there are desktops; all mean "no key"
            return
        finally:
            there.set()

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    there.wait(LOADING)
    thread.join(SECONDS)
    return answers[0] if answers else None

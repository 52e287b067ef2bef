"""Finding a record, getting its key, and opening it or refusing in plain words."""

from dataclasses import dataclass
from pathlib import Path

from db import keys
from db.commands.frameworks import add_frameworks
from db.engine import refuse_what_is_no_record
from db.errors import RecordError, WrongPassphrase
from db.record import Record
from db.slots import Key
from desktop import keychain, settings
from i18n import N_

PRACTICE_PASSPHRASE = "exercice exercice exercice"
"""Published on purpose: whatever it opens holds invented data, and says so."""

SUFFIX = ".jalon"


class NoKey(RecordError):
    message = N_("No passphrase was given for {path}. Give one with --passphrase-file.")


class PassphraseFileUnreadable(RecordError):
    message = N_("The passphrase file {path} cannot be read.")


@dataclass(frozen=True)
class Opened:
    """An open record, and whether it is one to practise with."""

    record: Record
    practice: bool


def create_record(path: Path, secret: str, person: str, office: str) -> tuple[Opened, str]:
    """Make a record with the frameworks we carry in it; also gives the recovery code, to be printed once."""
    record, code = Record.create(path, secret, person, office, holding=add_frameworks)
    settings.remember(path)
    return Opened(record, practice=False), code


def practice_record() -> Path:
    """Where this person's practice record is kept."""
    return settings.folder() / f"practice{SUFFIX}"


def key_at_hand(path: Path) -> tuple[Key, bool] | None:
    """The key from the system's keyring, or that of a practice record, and whether it is one."""
    if kept := keychain.find(path):
        try:
            return Key.from_text(kept), False
        except ValueError:
            keychain.forget(path)
    try:
        return keys.unlock(path, PRACTICE_PASSPHRASE), True
    except WrongPassphrase:
        return None


_LONGEST = 10_000
"""Letters of a passphrase: a file without an end is not read to its end."""


def passphrase_in(file: Path) -> str:
    """The passphrase in a file: its first line."""
    try:
        with file.open(encoding="utf-8-sig") as opened:
            return opened.readline(_LONGEST).rstrip("\r\n")
    except (OSError, UnicodeDecodeError) as refused:
        raise PassphraseFileUnreadable(path=file) from refused


def open_record(path: Path, secret: str | None = None, *, write: bool = True, keep_key: bool = False) -> Opened:
    """Open a record by a passphrase or recovery code, or without one by the key at hand."""
    refuse_what_is_no_record(path)
    if secret is None:
        at_hand = key_at_hand(path)
        if at_hand is None:
            raise NoKey(path=path)
        key, practice = at_hand
    else:
        key, practice = keys.unlock(path, secret), secret == PRACTICE_PASSPHRASE
    record = Record.open(path, key, write=write)
    if secret is not None and write and keys.begin_sealing(path, key, secret):
        record.unlock(secret)
    if keep_key:
        keychain.keep(path, record.key.to_text())
    settings.remember(path)
    return Opened(record, practice)

"""What the thread that owns the record does with whole records: load what they need, open, make, keep a key.

Everything is imported inside the functions: this module stands behind the passphrase window, which paints before it.
"""

import contextlib
import importlib
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from uuid import UUID

    from db.record import Record
    from desktop.opening import Opened
    from desktop.reports.recovery_page import CodeOf


_OPENED_BY = ("main_window", "backing", "desk", "refresh", "steps", "asleep", "dialogs.at_opening", "dialogs.about")
"""What the window imports when the passphrase was right: nothing moves on the screen meanwhile."""


def load() -> None:
    """Import what the window on a record needs, while somebody types a passphrase; sweep up after killed programs."""
    # Only a head start: whatever fails here fails again, in words, where it is needed.
    with contextlib.suppress(ImportError):
        for name in ("desktop.opening", *(f"desktop.ui.{each}" for each in _OPENED_BY)):
            importlib.import_module(name)
        _read_forms()
    from db.slots import demand
    from desktop import passing, policies

    demand(policies.load().passphrase_at_least)
    passing.sweep()


def _read_forms() -> None:
    """Read how dates and numbers are written, which Babel does at the first one of a language."""
    from desktop.ui.language import words

    words().period(date(2026, 1, 1), date(2026, 3, 31))


def open_one(path: Path, secret: str | None, office_key: Path | None = None) -> "Opened":
    """Open a record by what was typed, or by the key at hand."""
    from desktop.opening import open_record

    return open_record(path, secret, office_key=office_key)


def unlock(record: "Record", secret: str, office_key: Path | None) -> None:
    """Go on with a locked record."""
    from desktop import opening

    opening.unlock(record, secret, office_key)


def open_practice() -> "Opened":
    """Open this person's practice record, made the first time."""
    from desktop import settings
    from desktop.opening import open_record, practice_record
    from desktop.sample import make_practice_record

    path = practice_record()
    if not path.exists():
        settings.make_folder()
        make_practice_record(path)
    return open_record(path)


def make(path: Path, secret: str, person: str, office: str) -> tuple["Opened", str, "CodeOf"]:
    """Make a record; also gives its recovery code, and whose it is."""
    from desktop.opening import create_record

    opened, code = create_record(path, secret, person, office)
    return opened, code, code_of(opened.record, opened.record.person)


def code_of(record: "Record", person: "UUID") -> "CodeOf":
    """What stands on the page of somebody's recovery code."""
    from db.queries.people import name_and_office
    from desktop.reports.recovery_page import CodeOf

    return CodeOf(*record.read(name_and_office, person), record.path.name)


def is_kept(path: Path) -> bool:
    """Whether the system's keyring holds the key."""
    from desktop import keychain

    return keychain.find(path) is not None


def keep(record: "Record", wanted: bool) -> bool:
    """Put the key into the system's keyring or take it out; whether that was done."""
    from desktop import keychain

    if wanted:
        return keychain.keep(record.path, record.key.to_text())
    keychain.forget(record.path)
    return True


def leave(record: "Record") -> None:
    """Close a record, its last copy made."""
    from db import caring

    caring.leave(record)

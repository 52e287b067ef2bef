"""What cannot be opened: four different sentences where four different things are wrong, and no byte is changed.

A newer record, a wrong key, a key file that is missing, another program's file; and whatever else is like them. Weaker:
whoever is refused is given an empty record instead.
"""

import hashlib
import os
import sqlite3
from collections.abc import Callable
from pathlib import Path

from db import keys
from db.engine import connect
from db.errors import (
    KeyDoesNotFit,
    KeyFileDamaged,
    KeyFileMissing,
    NewerRecord,
    NotARecord,
    RecordError,
    RecordMissing,
    WrongPassphrase,
)
from db.record import Record
from i18n import Words
from tests.builders import PASSPHRASE, new_record
from tests.faults.figure import Count, fresh, scratch

NUMBER = 11
LANGUAGES = ("fr", "en", "es", "ar")


def count(quick: bool, weaker: bool) -> Count:
    """Spoil a record in each way, to write in it and to read it."""
    ways = FOUR if quick else FAULTS
    opens = _anew if weaker else Record.open
    refused = changed = 0
    sentences: dict[str, set[type[RecordError]]] = {}
    with scratch() as folder:
        for fault, refusal in ways:
            for write in (True, False):
                path = fresh(folder / "record")
                secret = fault(path)
                before = digests(path.parent)
                try:
                    opens(path, secret, write=write)._let_go()
                except RecordError as error:
                    refused += type(error) is refusal
                    for language in LANGUAGES:
                        words = Words.of(language)
                        said = words.gettext(error.message).format(**error.values(words))
                        sentences.setdefault(said.replace(str(path), ""), set()).add(type(error))
                changed += digests(path.parent) != before
    kinds = {refusal for _fault, refusal in ways}
    alike = sum(len(errors) > 1 for errors in sentences.values())
    told = f"{refused} of {2 * len(ways)} refused as they should be, in {len(kinds)} ways; "
    told += f"{alike} sentences say two things, {changed} changed a file"
    return Count(told, refused == 2 * len(ways) and len(kinds) >= 4 and not (changed or alike))


def _anew(path: Path, _secret: object, *, write: bool = True) -> Record:
    return Record.open(fresh(path.parent), PASSPHRASE, write=write)


def digests(folder: Path) -> dict[str, str]:
    """What lies in a folder, byte for byte; the lock file is nobody's data."""
    return {
        file.name: hashlib.sha256(file.read_bytes()).hexdigest()
        for file in folder.iterdir()
        if file.is_file() and file.suffix != ".lock"
    }


def wrong_passphrase(path: Path) -> str:
    return "une autre phrase de passe"


def no_key_file(path: Path) -> str:
    keys.keys_path(path).unlink()
    return PASSPHRASE


def broken_key_file(path: Path) -> str:
    keys.keys_path(path).write_text('{"slots": [{"kind"', encoding="utf-8")
    return PASSPHRASE


def another_records_key_file(path: Path) -> str:
    other, _code = new_record(path.with_name("autre.jalon"))
    other.close()
    keys.keys_path(other.path).replace(keys.keys_path(path))
    return PASSPHRASE


def a_picture(path: Path) -> str:
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + b"x" * 5000)
    return PASSPHRASE


def a_picture_alone(path: Path) -> str:
    keys.keys_path(path).unlink()
    return a_picture(path)


def nothing_at_all(path: Path) -> str:
    path.write_bytes(b"")
    return PASSPHRASE


def a_plain_database(path: Path) -> str:
    path.unlink()
    with sqlite3.connect(path) as plain:
        plain.execute("CREATE TABLE t (a)")
    plain.close()
    return PASSPHRASE


def broken_first_page(path: Path) -> str:
    whole = bytearray(path.read_bytes())
    whole[100:200] = os.urandom(100)
    path.write_bytes(whole)
    return PASSPHRASE


def of_a_newer_version(path: Path) -> str:
    driver = connect(path, keys.unlock(path, PASSPHRASE).raw)
    driver.execute("UPDATE alembic_version SET version_num = '9999'")
    driver.close()
    return PASSPHRASE


def somebody_elses_encrypted_database(path: Path) -> str:
    key = keys.unlock(path, PASSPHRASE)
    driver = connect(path, key.raw)
    driver.execute("PRAGMA application_id=1")
    driver.close()
    return PASSPHRASE


def gone(path: Path) -> str:
    path.unlink()
    return PASSPHRASE


FAULTS: list[tuple[Callable[[Path], str], type[RecordError]]] = [
    (wrong_passphrase, WrongPassphrase),
    (no_key_file, KeyFileMissing),
    (broken_key_file, KeyFileDamaged),
    (another_records_key_file, KeyDoesNotFit),
    (a_picture, NotARecord),
    (a_picture_alone, NotARecord),
    (nothing_at_all, NotARecord),
    (a_plain_database, NotARecord),
    (broken_first_page, KeyDoesNotFit),
    (of_a_newer_version, NewerRecord),
    (somebody_elses_encrypted_database, NotARecord),
    (gone, RecordMissing),
]

FOUR = [
    pair for pair in FAULTS if pair[0] in (of_a_newer_version, another_records_key_file, no_key_file, a_plain_database)
]

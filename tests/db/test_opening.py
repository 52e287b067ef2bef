"""Opening: each thing that can be wrong has its own sentence, and nothing on the disk is touched."""

import hashlib
import os
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from db import keys
from db.engine import connect
from db.errors import (
    KeyDoesNotFit,
    KeyFileDamaged,
    KeyFileMissing,
    NewerRecord,
    NoSuchFolder,
    NotARecord,
    RecordError,
    RecordExists,
    RecordMissing,
    WeakPassphrase,
    WrongPassphrase,
)
from db.record import Record
from i18n import Words
from tests.builders import CHEAP, PASSPHRASE, new_record


def digests(folder: Path) -> dict[str, str]:
    """What lies in a folder, byte for byte; the lock file is nobody's data."""
    return {
        file.name: hashlib.sha256(file.read_bytes()).hexdigest()
        for file in folder.iterdir()
        if file.is_file() and file.suffix != ".lock"
    }


def no_change(path: Path) -> str:
    return PASSPHRASE


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


@pytest.mark.parametrize("write", [True, False])
@pytest.mark.parametrize(("fault", "refusal"), FAULTS, ids=lambda one: getattr(one, "__name__", ""))
def test_what_cannot_be_opened_is_refused_and_left_alone(
    path: Path, fault: Callable[[Path], str], refusal: type[RecordError], write: bool, capfd: pytest.CaptureFixture[str]
) -> None:
    secret = fault(path)
    before = digests(path.parent)
    with pytest.raises(RecordError) as refused:
        Record.open(path, secret, write=write)
    assert type(refused.value) is refusal
    assert digests(path.parent) == before
    words = Words.of("fr")
    assert words.gettext(refused.value.message).format(**refused.value.values(words))
    assert capfd.readouterr().err == ""


def test_each_refusal_has_its_own_sentence() -> None:
    refusals = {refusal for _fault, refusal in FAULTS}
    assert len({refusal.message for refusal in refusals}) == len(refusals)


def test_a_refused_record_can_be_opened_once_it_is_put_right(path: Path) -> None:
    kept = keys.keys_path(path).read_bytes()
    no_key_file(path)
    with pytest.raises(KeyFileMissing):
        Record.open(path, PASSPHRASE)
    keys.keys_path(path).write_bytes(kept)
    Record.open(path, PASSPHRASE).close()


def test_the_recovery_code_and_the_key_itself_open_the_record(path: Path, made: tuple[Path, str]) -> None:
    for secret in (made[1], made[1].lower().replace("-", " "), keys.unlock(path, PASSPHRASE)):
        with Record.open(path, secret) as record:
            assert record.person


@pytest.mark.parametrize("left", ["record", "keys"])
def test_a_new_record_never_takes_the_place_of_one_that_is_there(path: Path, left: str) -> None:
    (path if left == "keys" else keys.keys_path(path)).unlink()
    before = digests(path.parent)
    with pytest.raises(RecordExists):
        Record.create(path, PASSPHRASE, "P", "O", cost=CHEAP)
    assert digests(path.parent) == before


def test_a_weak_passphrase_makes_no_record(tmp_path: Path) -> None:
    with pytest.raises(WeakPassphrase):
        Record.create(tmp_path / "r.jalon", "court", "P", "O", cost=CHEAP)
    assert list(tmp_path.iterdir()) == []


def test_no_record_in_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(NoSuchFolder):
        Record.create(tmp_path / "nowhere" / "r.jalon", PASSPHRASE, "P", "O", cost=CHEAP)


def test_nothing_that_was_written_can_be_read_in_the_files(record: Record, path: Path) -> None:
    from tests.builders import add_partner

    record.write(add_partner, "ZZMARQUEZZ")
    record.close()
    for file in path.parent.rglob("*"):
        assert not file.is_file() or b"ZZMARQUEZZ" not in file.read_bytes()

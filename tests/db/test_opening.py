"""Opening: each thing that can be wrong has its own sentence, and nothing on the disk is touched."""

from collections.abc import Callable
from pathlib import Path

import pytest

from db import keys
from db.errors import (
    KeyFileMissing,
    NoSuchFolder,
    RecordError,
    RecordExists,
    WeakPassphrase,
)
from db.queries.check import check
from db.record import Record
from i18n import Words
from tests.builders import CHEAP, PASSPHRASE, add_partner, names
from tests.faults.refusals import FAULTS, digests, no_key_file


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
    record.write(add_partner, "ZZMARQUEZZ")
    record.close()
    for file in path.parent.rglob("*"):
        assert not file.is_file() or b"ZZMARQUEZZ" not in file.read_bytes()


def test_a_file_that_was_just_growing_when_the_power_went_opens_by_its_log_of_writes(
    record: Record, path: Path
) -> None:
    for number in range(20):
        record.write(add_partner, f"{number} " + "x" * 400)
    held, log = record.read(names), path.with_name(path.name + "-wal")
    kept = path.read_bytes(), log.read_bytes()
    record._let_go()
    path.write_bytes(kept[0] + b"\x17" * 1536)
    log.write_bytes(kept[1])
    with Record.open(path, PASSPHRASE) as opened:
        assert opened.read(names) == held
        assert check(opened) == ()

"""Copies: verified, taken when something changed, thinned with age, and brought back without losing the present."""

import os
import time
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from db import backup, keys
from db.deeds import deed
from db.engine import connect
from db.errors import BackupFailed, CopyLeftOut, Damaged, KeyFileMissing
from db.models import ChangeSet
from db.queries.check import SHORTER, check
from db.record import Record
from db.restoring import restore
from tests.builders import CHEAP, PASSPHRASE, add_partner, everything, names, new_record


def test_closing_leaves_a_copy_when_something_changed_and_none_otherwise(path: Path) -> None:
    with Record.open(path, PASSPHRASE) as record:
        record.write(add_partner, "Une")
    made = backup.copies(path)
    Record.open(path, PASSPHRASE).close()
    assert backup.copies(path) == made and len(made) == 1


def test_where_only_the_last_copy_finds_no_room_it_is_said_that_all_is_kept(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(copy: Path, *_more: object, **_named: object) -> Any:
        driver = connect(copy, *_more, **_named)  # type: ignore[arg-type]
        driver.execute("PRAGMA max_page_count=3")
        return driver

    with pytest.raises(CopyLeftOut), Record.open(path, PASSPHRASE) as record:
        record.write(add_partner, "Une")
        monkeypatch.setattr(backup, "connect", full)
    monkeypatch.undo()
    assert backup.copies(path) == [] and not list(backup.folder_of(path).iterdir())
    with Record.open(path, PASSPHRASE) as record:
        assert record.read(names) == ["Une"]
    assert len(backup.copies(path)) == 1


def test_a_copy_opens_alone_with_its_own_key_file(record: Record, tmp_path: Path) -> None:
    record.write(add_partner, "Une")
    copy = record.back_up().path
    away = tmp_path / "stick"
    away.mkdir()
    for file in (copy, keys.keys_path(copy)):
        file.rename(away / file.name)
    with Record.open(away / copy.name, PASSPHRASE) as opened:
        assert opened.read(everything) == record.read(everything)
        assert check(opened) == ()


def test_a_copy_needs_no_wal_so_it_opens_from_read_only_media(record: Record) -> None:
    driver = connect(record.back_up().path, record.key.raw, wal=False)
    assert driver.execute("PRAGMA journal_mode").fetchone() == ("delete",)
    driver.close()


def test_the_name_of_a_copy_says_what_it_holds_though_somebody_writes_meanwhile(record: Record) -> None:
    class Writing:
        """A connection in which a deed is done between the question how far it is and the copying."""

        def __init__(self, driver: Any) -> None:
            self._driver = driver

        def backup(self, copy: Any) -> None:
            record.write(add_partner, "Entre-temps")
            self._driver.backup(copy)

        def __getattr__(self, name: str) -> Any:
            return getattr(self._driver, name)

    with record.driver() as driver:
        made = backup.back_up(record.path, Writing(driver), record.key.raw)
        assert made.number == backup.last_number(driver)


def test_a_changed_passphrase_is_copied_too(record: Record) -> None:
    record.back_up()
    keys.change_passphrase(record.path, record.key, "une toute nouvelle phrase", CHEAP)
    assert keys.unlock(record.back_up().path, "une toute nouvelle phrase") == record.key


def test_a_deed_that_asks_for_it_is_preceded_by_a_copy(record: Record) -> None:
    @deed("Import {file}", backup=True)
    def bring_in(session: Session, file: str) -> None:
        add_partner(session, file)

    record.write(add_partner, "Avant")
    record.write(bring_in, "tableau.xlsx")
    copy = backup.copies(record.path)[0].path
    with Record.open(copy, PASSPHRASE, write=False) as opened:
        assert opened.read(names) == ["Avant"]


def test_bringing_a_copy_back_keeps_the_present_aside_and_starts_a_new_device(record: Record, path: Path) -> None:
    record.write(add_partner, "Une")
    copy = record.back_up().path
    record.write(add_partner, "Deux")
    record.close()
    found = restore(copy, path, PASSPHRASE)
    back, aside = found.record, found.aside
    with back:
        assert back.read(names) == ["Une"]
        back.write(add_partner, "Trois")
        assert check(back) == ()
        devices = back.read(lambda session: session.scalars(select(ChangeSet.device_id).distinct()).all())
        assert len(devices) == 2
    assert aside is not None
    with Record.open(aside, PASSPHRASE, write=False) as kept:
        assert kept.read(names) == ["Deux", "Une"]


def test_what_was_done_since_a_copy_was_brought_back_is_copied_too(record: Record, path: Path) -> None:
    record.write(add_partner, "Une")
    copy = record.back_up().path
    record.write(add_partner, "Deux")
    record.close()
    time.sleep(1.1)  # the names of copies tell seconds apart
    with restore(copy, path, PASSPHRASE).record as back:
        assert check(back) == ()
        back.write(add_partner, "Trois")
        with Record.open(back.back_up().path, PASSPHRASE, write=False) as newest:
            assert newest.read(names) == ["Trois", "Une"]


def test_copies_are_thinned_out_where_they_are_kept_and_nowhere_else(record: Record, tmp_path: Path) -> None:
    for folder, left in ((backup.folder_of(record.path), False), (tmp_path / "stick", True)):
        folder.mkdir()
        old = [folder / f"essai-20200101T0000{second:02}Z-000001.jalon" for second in range(9)]
        for path in old:
            path.write_bytes(b"")
        record.write(add_partner, "Une")
        record.back_up(folder)
        assert all(path.exists() for path in old) is left


def test_two_who_copy_in_the_same_second_write_in_each_a_part_of_their_own(
    record: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The other one begins while the first is at its checks; both end with a sound copy, and leave no part behind."""
    record.write(add_partner, "Une")
    check_pages, inside = backup.faults, []

    def checked(connection: Any) -> list[str]:
        if not inside:
            inside.append(True)
            with record.driver() as driver:
                backup.back_up(record.path, driver, record.key.raw)
        return check_pages(connection)

    monkeypatch.setattr(backup, "faults", checked)
    copy = record.back_up()
    with Record.open(copy.path, PASSPHRASE, write=False) as opened:
        assert opened.read(names) == ["Une"]
    assert not list(copy.path.parent.glob("*.part"))


def test_parts_that_a_kill_left_go_after_a_day(record: Record) -> None:
    record.back_up()
    part = backup.folder_of(record.path) / f"{record.path.stem}-20260101T000000Z.abcd1234.part"
    part.write_bytes(b"")
    os.utime(part, (0, 0))
    record.write(add_partner, "Une")
    record.back_up()
    assert not part.exists()


def test_copies_of_another_record_in_the_same_folder_are_left_alone(record: Record, tmp_path: Path) -> None:
    folder = tmp_path / "copies"
    record.write(add_partner, "Une")
    copy = record.back_up(folder)
    namesake = copy.path.with_name(copy.path.name.replace("essai-", "essai-nord-"))
    copy.path.rename(namesake)
    assert backup.copies(record.path, folder) == []
    assert [one.path for one in backup.copies(record.path.with_name("essai-nord.jalon"), folder)] == [namesake]


@pytest.mark.skipif(os.name != "posix", reason="Windows keeps who may read a file elsewhere")
def test_the_record_and_all_its_copies_are_readable_by_their_owner_only(tmp_path: Path) -> None:
    record, _code = new_record(tmp_path / "privé.jalon")
    record.write(add_partner, "Une")
    copy = record.back_up().path
    beside = [file for file in tmp_path.rglob("*") if file.is_file() and file.suffix != ".lock"]
    assert {".jalon-wal", ".jalon-shm"} <= {file.suffix for file in beside}
    record.close()
    restore(copy, record.path, PASSPHRASE).record.close()
    for file in {*beside, *tmp_path.rglob("*.jalon*")} - {record.path.with_name("privé.jalon.lock")}:
        assert file.is_dir() or not file.exists() or file.stat().st_mode & 0o077 == 0, file


def test_a_broken_copy_is_not_brought_back(record: Record, path: Path) -> None:
    record.write(add_partner, "Une")
    copy = record.back_up().path
    record.close()
    whole = bytearray(copy.read_bytes())
    whole[len(whole) // 2] ^= 1
    copy.write_bytes(whole)
    before = path.read_bytes()
    with pytest.raises((BackupFailed, Damaged)):
        restore(copy, path, PASSPHRASE)
    assert path.read_bytes() == before
    for file in (copy, path):
        keys.keys_path(file).unlink()
    with pytest.raises(KeyFileMissing):
        restore(copy, path, PASSPHRASE)


def test_a_record_shorter_than_its_last_copy_is_found_out(record: Record, path: Path) -> None:
    old = path.read_bytes()
    record.write(add_partner, "Une")
    record.close()
    path.write_bytes(old)
    with Record.open(path, PASSPHRASE, write=False) as cut:
        assert SHORTER in [finding.message for finding in check(cut)]

"""Looking after a record: a copy where something changed, a second place, a rehearsal, a check after a bad end."""

from datetime import timedelta
from pathlib import Path

import pytest

from db import backup, ballast, keys, upkeep
from db.base import now
from db.caring import choose_second, look_after, second_at_hand, state, try_bringing_back
from db.engine import PAGE
from db.errors import NoSuchFolder
from db.record import Record
from db.rehearsal import NOT_SOUND
from db.restoring import difference, held, restore
from tests.builders import PASSPHRASE, add_partner, names


@pytest.fixture(autouse=True)
def small_reserve(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ballast, "SIZE", 4096)


def test_what_changed_is_copied_and_the_rehearsal_is_remembered(record: Record) -> None:
    record.write(add_partner, "Une")
    assert state(record).behind > 0
    cared = look_after(record)
    assert (cared.behind, cared.kept.failure, cared.damaged) == (0, "", False)
    assert cared.newest == backup.copies(record.path)[0]
    assert upkeep.load(record.path).rehearsed_at
    assert not list(backup.folder_of(record.path).glob("rehearsal-*"))
    assert ballast.stands(record.path) and ballast.give_up(record.path) and not ballast.stands(record.path)


def test_a_copy_that_does_not_open_is_found_out_by_the_rehearsal_and_said(record: Record) -> None:
    record.write(add_partner, "Une")
    look_after(record)
    copy = backup.copies(record.path)[0].path
    whole = bytearray(copy.read_bytes())
    whole[PAGE * 9 + 50] ^= 1
    copy.write_bytes(whole)
    cared = look_after(record, now() + timedelta(days=31))
    assert cared.kept.failure == NOT_SOUND and "failed" in cared.asked
    assert (copy.parent / "unsound").read_bytes() == whole
    assert try_bringing_back(record, now()) == "" and "failed" not in state(record).asked


def test_copies_go_to_the_second_place_where_it_is_plugged_in_and_are_asked_for_after_a_week(
    record: Record, tmp_path: Path
) -> None:
    assert state(record).asked == ("second",)
    stick = tmp_path / "clé"
    with pytest.raises(NoSuchFolder):
        choose_second(record, stick)
    stick.mkdir()
    assert not choose_second(record, stick)  # it is on the record's own disk: said, and taken all the same
    assert state(record).asked == ()
    record.write(add_partner, "Une")
    look_after(record)
    folder = upkeep.load(record.path).second_folder
    assert folder is not None and folder.parent == stick
    assert len(backup.copies(record.path, folder)) == 2
    stick.rename(tmp_path / "parti")
    record.write(add_partner, "Deux")
    cared = look_after(record)
    assert cared.behind == 0 and second_at_hand(record.path, cared.kept) is None
    assert state(record, now() + timedelta(days=8)).asked == ("stale",)


def test_what_a_killed_program_left_of_a_copy_goes_after_a_day(record: Record) -> None:
    record.write(add_partner, "Une")
    made = record.back_up().path
    left = made.with_name("essai-20260101T000000Z-000009.jalon.part")
    unsound = made.with_name("unsound")
    for file in (left, unsound):
        file.write_bytes(b"half")
    look_after(record)
    assert left.exists()
    look_after(record, now() + timedelta(days=2))
    assert not left.exists() and unsound.exists() and made.exists()
    look_after(record, now() + timedelta(days=91))
    assert not unsound.exists() and made.exists()


def test_an_empty_folder_where_a_stick_was_is_no_second_place(record: Record, tmp_path: Path) -> None:
    stick = tmp_path / "clé"
    stick.mkdir()
    choose_second(record, stick)
    kept = upkeep.remember(record.path, apart="yes")
    assert second_at_hand(record.path, kept) is None


def test_a_record_is_brought_back_from_the_second_place_alone(record: Record, path: Path, tmp_path: Path) -> None:
    stick = tmp_path / "clé"
    stick.mkdir()
    record.write(add_partner, "Une")
    choose_second(record, stick)
    record.close()
    kept = upkeep.load(path)
    for file in (path, keys.keys_path(path)):
        file.unlink()
    for copy in backup.copies(path):
        backup.remove(copy)
    (there,) = held(path, kept.second_folder)
    assert there.second
    found = restore(there.copy.path, path, PASSPHRASE)
    brought_back, aside = found.record, found.aside
    with brought_back:
        assert aside is None and brought_back.read(names) == ["Une"]


def test_what_would_be_lost_is_told_by_name_and_by_whom_the_last_change_is(record: Record) -> None:
    record.write(add_partner, "Une")
    copy = record.back_up()
    record.write(add_partner, "Deux")
    record.write(add_partner, "Trois")
    told = difference(record, copy.path)
    assert len(told.lost) == 2 and told.regained == 0
    (listed,) = held(record.path, key=record.key.raw)
    assert listed.by and listed.last_at and listed.size and not listed.second


def test_a_copy_is_brought_back_though_the_last_one_made_takes_its_place(record: Record, path: Path) -> None:
    record.write(add_partner, "Une")
    copy = record.back_up()
    record.write(add_partner, "Deux")

    def close() -> None:
        record.close()
        backup.remove(copy)  # as thinning does with one that is no longer needed beside it

    found = restore(copy.path, path, record.key, before=close)
    brought_back, aside = found.record, found.aside
    with brought_back:
        assert aside is not None and brought_back.read(names) == ["Une"]


class Stop(Exception):
    pass


def test_bringing_back_can_be_stopped_before_the_switch(record: Record, path: Path) -> None:
    record.write(add_partner, "Une")
    copy = record.back_up().path
    closed: list[str] = []

    def stop(_bytes: int) -> None:
        raise Stop

    with pytest.raises(Stop):
        restore(copy, path, record.key, copied=stop, before=lambda: closed.append("closed"))
    assert not closed and record.read(names) == ["Une"]
    assert not list(path.parent.glob("*.back*.part")) and not list(path.parent.glob("*.back"))


def test_a_program_that_did_not_end_in_order_has_its_pages_checked(record: Record, path: Path) -> None:
    record.write(add_partner, "Une")
    killed = path.with_name("coupé.jalon")
    for end in ("", "-wal", ".keys"):  # as a killed program leaves it
        killed.with_name(killed.name + end).write_bytes(path.with_name(path.name + end).read_bytes())
    opened = Record.open(killed, PASSPHRASE)
    assert opened.left_open and not record.left_open
    upkeep.remember(killed, checked_at=now().isoformat())
    assert not look_after(opened).damaged and not opened.left_open
    opened.close()
    whole = bytearray(killed.read_bytes())
    whole[PAGE * 40 + 50] ^= 1
    killed.write_bytes(whole)
    again = Record.open(killed, PASSPHRASE)
    assert not again.left_open
    made = backup.copies(killed)
    assert look_after(again, now() + timedelta(days=8)).damaged
    assert backup.copies(killed) == made
    again._let_go()

"""A copy brought back: who opens the record stays as it is now, also after a new key; what nobody can tell is said."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import select

from db import backup, keys, origin, restoring
from db.base import now
from db.commands.entries import add
from db.commands.people import change_own, close_way_in, give_passphrase, let_read, new_key, stop_reading
from db.engine import connect, fits
from db.erasing import erase_for_good
from db.errors import WrongPassphrase
from db.models import ConfidentialNote, Contact, Person
from db.queries.check import check
from db.queries.history import deeds
from db.record import Record
from db.restoring import WAYS_KEPT, JoinedSince, OpensNoMore, restore
from db.sealed import OpensWithAnotherKey, unseal
from tests.builders import CHEAP, PASSPHRASE, add_partner, names, new_record

NAME = "Furaha Essai"
THEIRS, NEWER = "la phrase de ma collègue", "une tout autre phrase"


def colleague(record: Record, *, reads: bool = False) -> UUID:
    person = record.write(add, Person, {"name": NAME})
    give_passphrase(record, person, THEIRS, reads_sealed=reads, cost=CHEAP)
    return person


def noted(record: Record, text: str) -> UUID:
    partner = record.write(add_partner, "Association d'essai")
    return record.write(
        add, ConfidentialNote, {"organisation_id": partner, "written_on": date(2026, 5, 4), "body": text}
    )


def test_what_was_closed_and_changed_since_stays_so(record: Record, path: Path) -> None:
    person = colleague(record)
    copy = record.back_up().path
    close_way_in(record, person)
    change_own(record, NEWER, CHEAP)
    record.close()
    with pytest.raises(OpensNoMore):
        restore(copy, path, THEIRS)
    with restore(copy, path, NEWER).record as back:
        assert next(done.deed for done in back.read(deeds)) == WAYS_KEPT
        assert check(back) == ()
    for secret in (THEIRS, PASSPHRASE):
        with pytest.raises(WrongPassphrase):
            keys.unlock(path, secret)
    with Record.open(path, NEWER) as opened:
        assert opened.person


def test_a_copy_from_before_a_new_key_is_written_under_that_one(record: Record, path: Path) -> None:
    id = noted(record, "Avant")
    copy, carried = record.back_up().path, record.key
    new_key(record)
    record.close()
    with restore(copy, path, PASSPHRASE).record as back:
        assert not fits(path, carried.raw) and back.key.raw != carried.raw
        assert back.note(unseal, ConfidentialNote, id, "body", "Retour") == "Avant"
        assert check(back) == ()
        copied = back.back_up().path
    assert fits(copied, back_key := keys.unlock(path, PASSPHRASE).raw) and back_key != carried.raw


def test_the_journal_of_one_that_was_killed_while_written_anew_is_not_played_into_the_next(
    record: Record, path: Path
) -> None:
    record.write(add_partner, "Une")
    copy = record.back_up().path
    record.write(add_partner, "Deux")
    newer, carried = record.back_up().path, record.key
    new_key(record)
    record.close()
    whole = backup.stage(newer, path, carried.raw)
    journal = whole.with_name(whole.name + "-journal")
    killed = connect(whole, carried.raw, wal=False)
    killed.executescript("PRAGMA foreign_keys=OFF; PRAGMA secure_delete=ON; PRAGMA cache_size=1; BEGIN")
    for (name,) in killed.execute("SELECT name FROM sqlite_schema WHERE sql LIKE 'CREATE TABLE%'").fetchall():
        killed.execute(f'DROP TABLE IF EXISTS "{name}"')
    left = journal.read_bytes()
    killed.close()
    assert int.from_bytes(left[8:12], "big"), "pages that SQLite would bring back"
    journal.write_bytes(left)
    with restore(copy, path, PASSPHRASE).record as back:
        assert back.read(names) == ["Une"]
        assert check(back) == ()


def test_an_old_passphrase_opens_the_copy_and_the_open_record_says_who_asks(record: Record, path: Path) -> None:
    copy = record.back_up().path
    new_key(record)
    change_own(record, NEWER, CHEAP)  # a slot of its own, which never held the key of the copy
    present = record.key
    with pytest.raises(WrongPassphrase):
        restore(copy, path, NEWER)
    with restore(copy, path, PASSPHRASE, present=present, before=record.close).record as back:
        assert back.key == present
    assert keys.unlock(path, NEWER).raw == present.raw


def test_whoever_joined_since_needs_a_passphrase_anew(record: Record, path: Path) -> None:
    record.write(add_partner, "Une")
    copy = record.back_up().path
    colleague(record)
    record.close()
    with pytest.raises(JoinedSince):
        restore(copy, path, THEIRS)
    back = restore(copy, path, PASSPHRASE)
    back.record.close()
    assert back.joined_since == 1
    with pytest.raises(WrongPassphrase):
        keys.unlock(path, THEIRS)


@pytest.mark.parametrize("lost", ["none", "damaged", "another record's"])
def test_without_a_key_file_of_its_own_the_copy_s_opens_it(
    record: Record, path: Path, tmp_path: Path, lost: str
) -> None:
    record.write(add_partner, "Une")
    copy = record.back_up().path
    change_own(record, NEWER, CHEAP)
    record.close()
    keys.keys_path(path).unlink()
    if lost == "damaged":
        keys.keys_path(path).write_text("{")
    elif lost != "none":
        other, _code = new_record(tmp_path / "autre.jalon")
        other.close()
        keys.keys_path(path).write_bytes(keys.keys_path(other.path).read_bytes())
    with restore(copy, path, PASSPHRASE).record as back:
        assert back.read(names) == ["Une"]
    keys.unlock(path, PASSPHRASE)


def test_a_copy_that_lost_its_key_file_opens_by_the_present_one(record: Record, path: Path) -> None:
    record.write(add_partner, "Une")
    copy = record.back_up().path
    record.write(add_partner, "Deux")
    record.close()
    keys.keys_path(copy).unlink()
    with restore(copy, path, PASSPHRASE).record as back:
        assert back.read(names) == ["Une"]


def test_it_is_said_where_nobody_knows_what_had_been_erased(record: Record, path: Path) -> None:
    copy = record.back_up().path
    record.close()
    whole = path.read_bytes()
    path.write_bytes(bytes(len(whole)))
    back = restore(copy, path, PASSPHRASE)
    back.record.close()
    assert back.erased_unknown
    back = restore(copy, path, PASSPHRASE)
    back.record.close()
    assert not back.erased_unknown


def test_what_was_erased_or_closed_stays_so_where_one_killed_half_way_is_done_again(
    record: Record, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = colleague(record)
    contact = record.write(add, Contact, {"name": NAME, "organisation_id": record.write(add_partner, "Une")})
    copy = record.back_up().path
    erase_for_good(record, Contact, contact, "À sa demande")
    close_way_in(record, person)
    record.close()
    with monkeypatch.context() as killed, pytest.raises(KeyboardInterrupt):
        killed.setattr(backup, "now", lambda: now() - timedelta(minutes=1))
        killed.setattr(backup, "rename_durably", lambda *_names: (_ for _ in ()).throw(KeyboardInterrupt))
        restore(copy, path, PASSPHRASE)
    assert not path.exists() and len(backup.asides(path)) == 1
    back = restore(copy, path, PASSPHRASE)
    with back.record as again:
        assert not back.erased_unknown
        assert again.read(lambda session: session.scalar(select(Contact.name).where(Contact.id == contact))) != NAME
    with pytest.raises(WrongPassphrase):
        keys.unlock(path, THEIRS)


@pytest.mark.parametrize("opened", [False, True], ids=["done again", "opened"])
def test_what_was_erased_stays_so_where_two_were_killed_before_they_erased_again(
    record: Record, path: Path, monkeypatch: pytest.MonkeyPatch, opened: bool
) -> None:
    contact = record.write(add, Contact, {"name": NAME, "organisation_id": record.write(add_partner, "Une")})
    copy = record.back_up().path
    erase_for_good(record, Contact, contact, "À sa demande")
    record.close()
    with monkeypatch.context() as killed:
        killed.setattr(backup, "now", lambda: now() - timedelta(minutes=1))
        killed.setattr(restoring, "erase_what_came_back", lambda *_asked: 0)
        for _time in range(2):
            restore(copy, path, PASSPHRASE).record.close()
    if opened:
        again = Record.open(path, PASSPHRASE)
        assert restoring.finish(again)
    else:
        again = restore(copy, path, PASSPHRASE).record
    with again:
        assert again.read(lambda session: session.scalar(select(Contact.name).where(Contact.id == contact))) != NAME


def test_what_lies_aside_is_not_written_over_in_the_same_second(
    record: Record, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    contact = record.write(add, Contact, {"name": NAME, "organisation_id": record.write(add_partner, "Une")})
    copy = record.back_up().path
    erase_for_good(record, Contact, contact, "À sa demande")
    record.write(add_partner, "Après")
    record.close()
    this = now()
    monkeypatch.setattr(backup, "now", lambda: this)
    with monkeypatch.context() as killed:
        killed.setattr(restoring, "erase_what_came_back", lambda *_asked: 0)
        first = restore(copy, path, PASSPHRASE)
        first.record.close()
    second = restore(copy, path, PASSPHRASE)
    with second.record as again:
        assert again.read(lambda session: session.scalar(select(Contact.name).where(Contact.id == contact))) != NAME
    assert list(backup.asides(path)) == [second.aside, first.aside] and first.aside
    assert backup.called(first.aside) is backup.called(second.aside or path) is None
    with Record.open(first.aside, PASSPHRASE, write=False) as present:
        assert present.read(names) == ["Après", "Une"]
    for aside in backup.asides(path):
        backup.remove_aside(aside)
    assert not list(path.parent.glob("*-aside-*"))


def test_a_log_of_writes_goes_aside_with_its_file_where_one_is_killed_between(
    record: Record, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy, key = record.back_up().path, record.key.raw
    record.close()
    log = path.with_name(path.name + "-wal")
    log.write_bytes(b"what was written last")
    whole, moved = backup.stage(copy, path, key), list[Path]()
    with monkeypatch.context() as killed, pytest.raises(KeyboardInterrupt):
        replace = Path.replace

        def once(self: Path, target: Path) -> Path:
            if moved or self == log:
                raise KeyboardInterrupt
            if self == path:
                moved.append(self)
            return replace(self, target)

        killed.setattr(Path, "replace", once)
        backup.put_in_place(whole, path)
    backup.put_in_place(whole, path)
    (aside,) = backup.asides(path)
    assert aside.with_name(aside.name + "-wal").read_bytes() == b"what was written last"
    assert not log.exists()


def test_one_killed_before_it_went_on_anew_is_sound_when_it_is_opened_in_the_same_second(
    record: Record, path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    this = now()
    monkeypatch.setattr(backup, "now", lambda: this)
    monkeypatch.setattr(origin, "now", lambda: this)
    (elsewhere := tmp_path / "ailleurs").mkdir()
    copy, key = record.back_up(elsewhere).path, record.key.raw
    for name in ("Une", "Deux", "Trois"):
        record.write(add_partner, name)
    record.close()
    backup.put_in_place(backup.stage(copy, path, key), path)
    with Record.open(path, PASSPHRASE) as opened:
        assert origin.settle(opened, tmp_path / "known")
        assert restoring.finish(opened)
        assert check(opened) == ()


def test_what_was_laid_ready_by_one_that_was_killed_goes_after_a_day(record: Record, path: Path) -> None:
    backup.stage(record.back_up().path, path, record.key.raw)
    backup.thin_out(path, now())
    assert list(path.parent.glob("*.back"))
    backup.thin_out(path, now() + timedelta(days=2))
    assert not [*path.parent.glob("*.back"), *path.parent.glob("*.back.*")] and backup.copies(path)


def test_who_was_stopped_reads_nothing_that_is_sealed_after_a_new_key(record: Record) -> None:
    person = colleague(record, reads=True)
    before = noted(record, "Avant")
    carried = keys.unlock(record.path, THEIRS)
    stop_reading(record, person)
    new_key(record)
    after = noted(record, "Après")
    record.unlock(replace(carried, raw=record.key.raw))
    assert record.note(unseal, ConfidentialNote, before, "body", "Essai") == "Avant"
    with pytest.raises(OpensWithAnotherKey):
        record.note(unseal, ConfidentialNote, after, "body", "Essai")
    record.unlock(PASSPHRASE)
    let_read(record, person, THEIRS)
    new_key(record)
    record.unlock(THEIRS)
    texts = [record.note(unseal, ConfidentialNote, id, "body", "Essai") for id in (before, after)]
    assert texts == ["Avant", "Après"]


def test_nobody_who_was_never_let_read_is_given_the_next_sealing_key(record: Record) -> None:
    person = colleague(record)
    slots = keys.load(record.path)
    theirs = next(slot.sealed for slot in slots if slot.sealed)
    stuffed = [replace(slot, sealed=theirs) if slot.person == person.hex else slot for slot in slots]
    keys.save(record.path, stuffed)
    new_key(record)
    assert keys.unlock(record.path, THEIRS).sealing is None
    assert keys.unlock(record.path, PASSPHRASE).sealing is not None

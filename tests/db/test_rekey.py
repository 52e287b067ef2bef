"""A new key of the record: every way in opens as before, what was carried off with the old one opens nothing new."""

from dataclasses import replace
from pathlib import Path
from uuid import UUID

import pytest

from db import backup, keys
from db.commands.entries import add
from db.commands.people import close_way_in, give_passphrase, let_read, new_key
from db.engine import fits
from db.errors import KeyFileDamaged, LastWayIn, RecordInUse, WrongPassphrase
from db.models import Person
from db.queries.check import check
from db.record import Record
from db.roles import NotYourRole
from db.slots import passphrase_slot
from tests.builders import CHEAP, PASSPHRASE, add_partner, names

THEIRS = "la phrase de ma collègue"


def colleague(record: Record) -> tuple[UUID, str]:
    """Somebody else with a passphrase, and their code."""
    person = record.write(add, Person, {"name": "Furaha Essai"})
    return person, give_passphrase(record, person, THEIRS, cost=CHEAP)


def test_everybody_opens_the_record_as_before_under_its_new_key(record: Record, made: tuple[Path, str]) -> None:
    person, code = colleague(record)
    record.write(add_partner, "Femmes debout")
    old, secrets = record.key, (PASSPHRASE, made[1], THEIRS, code)
    for _again in range(2):
        before = record.key
        assert new_key(record) == ()
        assert record.key.raw != before.raw
        found = [keys.unlock(record.path, secret) for secret in secrets]
        assert {key.raw for key in found} == {record.key.raw}
    assert [key.person for key in found] == [old.person, old.person, person, person]
    assert found[0].sealing == record.key.sealing and record.key.sealing.endswith(old.sealing)
    assert found[2].sealing is None
    let_read(record, person, THEIRS)
    assert keys.unlock(record.path, THEIRS).sealing == record.key.sealing
    assert not fits(record.path, old.raw)
    record.close()
    with Record.open(record.path, code) as opened:
        assert opened.read(names) == ["Femmes debout"]
        assert check(opened) == ()


def test_who_left_with_the_old_key_opens_no_later_state(record: Record) -> None:
    person, _code = colleague(record)
    carried = keys.unlock(record.path, THEIRS)
    close_way_in(record, person)
    new_key(record)
    with pytest.raises(WrongPassphrase):
        keys.unlock(record.path, THEIRS)
    assert not fits(record.path, carried.raw)
    assert fits(record.path, record.key.raw)


@pytest.mark.parametrize("instant", ["before the file", "after the file"])
def test_broken_off_at_either_end_the_same_secrets_open_the_record(
    record: Record, made: tuple[Path, str], instant: str
) -> None:
    raw = bytes(range(32))
    keys.save(record.path, keys.with_next_key(keys.load(record.path), record.key.raw, raw))
    if instant == "after the file":
        record._file.rekey(raw)
    record._let_go()
    with Record.open(record.path, PASSPHRASE) as opened:
        assert (opened.key.raw == raw) == (instant == "after the file")
        opened.rekey()
        assert keys.unlock(opened.path, made[1]).raw == opened.key.raw
        opened.write(add_partner, "Après")
        assert check(opened) == ()


def test_nobody_who_never_held_the_record_s_key_slips_one_of_their_own_into_a_slot(record: Record) -> None:
    slots, theirs = keys.load(record.path), bytes(range(32))
    (name,) = {slot.later.split(":")[0] for slot in keys.with_next_key(slots, record.key.raw, theirs)}
    forged = [
        replace(slot, later=f"{name}:{slot.later.split(':')[1]}")
        for slot in keys.with_next_key(slots, bytes(32), theirs)
    ]
    keys.save(record.path, forged)
    record._file.rekey(theirs)
    assert keys.unlock(record.path, PASSPHRASE).raw != theirs


def test_nobody_slips_a_second_slot_in_beside_a_colleague_s_own(record: Record) -> None:
    person, _code = colleague(record)
    stuffed = passphrase_slot(replace(record.key, person=person, sealing=None), "la phrase du voleur", CHEAP)
    keys.save(record.path, [*keys.load(record.path), stuffed])
    with pytest.raises(KeyFileDamaged):
        new_key(record)
    with pytest.raises(KeyFileDamaged):
        let_read(record, person, THEIRS)


def test_a_slot_from_before_slots_had_a_pair_is_named_and_taken_away(record: Record) -> None:
    person, _code = colleague(record)
    slots = keys.load(record.path)
    keys.save(
        record.path, [replace(slot, public="", sealed="") if slot.person == person.hex else slot for slot in slots]
    )
    assert new_key(record) == ("Furaha Essai",)
    with pytest.raises(WrongPassphrase):
        keys.unlock(record.path, THEIRS)
    keys.save(record.path, [replace(slot, public="", sealed="") for slot in keys.load(record.path)])
    with pytest.raises(LastWayIn):
        new_key(record)
    assert fits(record.path, record.key.raw)


def test_a_copy_from_before_stays_unless_copies_are_to_go(record: Record) -> None:
    record.write(add_partner, "Avant")
    before = record.back_up()
    new_key(record)
    assert before.path in [copy.path for copy in backup.copies(record.path)]
    Record.open(before.path, PASSPHRASE, write=False).close()
    new_key(record, thin=True)
    (left,) = backup.copies(record.path)
    assert not before.path.exists()
    assert not keys.keys_path(before.path).exists()
    Record.open(left.path, PASSPHRASE, write=False).close()


def test_nobody_else_may_have_the_record_open(record: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("db.engine.BUSY_SECONDS", 0.05)
    reader = Record.open(record.path, PASSPHRASE, write=False)
    reader.read(names)
    with pytest.raises(RecordInUse):
        new_key(record)
    reader._let_go()
    assert keys.unlock(record.path, PASSPHRASE).raw == record.key.raw
    new_key(record)


def test_only_a_manager_gives_a_new_key(record: Record) -> None:
    colleague(record)
    before = record.key.raw
    record.unlock(THEIRS)
    with pytest.raises(NotYourRole):
        new_key(record)
    assert fits(record.path, before)

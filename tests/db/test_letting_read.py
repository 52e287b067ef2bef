"""Who is let read what is confidential: by what they show themselves, and by nothing else under their name."""

from dataclasses import replace
from pathlib import Path
from uuid import UUID

import pytest

from db import attempts, keys
from db.commands.entries import add
from db.commands.people import change_own, give_passphrase, let_read, new_key, renew_own_code, way_of
from db.errors import CannotOpenSealed, KeyFileDamaged, LastReader, WrongPassphrase
from db.models import Person
from db.record import Record
from db.slots import escrow_slot, recovery_slot
from tests.builders import CHEAP, PASSPHRASE

THEIRS, BILAL_S = "la phrase de ma collègue", "la phrase de Bilal"


@pytest.fixture
def dora(record: Record) -> tuple[UUID, str]:
    """A colleague who does not read, and her code."""
    person = record.write(add, Person, {"name": "Dora Essai"})
    return person, give_passphrase(record, person, THEIRS, cost=CHEAP)


def forged_code(record: Record, person: UUID) -> str:
    """What Bilal, who may open the record but not what is confidential, puts under a colleague's name."""
    bilal = record.write(add, Person, {"name": "Bilal Essai"})
    give_passphrase(record, bilal, BILAL_S, cost=CHEAP)
    raw = keys.unlock(record.path, BILAL_S).raw
    slot, code = recovery_slot(keys.Key(raw, person))
    kept = [slot for slot in keys.load(record.path) if (slot.kind, slot.person) != ("recovery", person.hex)]
    keys.save(record.path, [*kept, slot])
    return code


def test_a_code_that_another_put_under_somebody_s_name_is_not_let_read_with_them(
    record: Record, dora: tuple[UUID, str]
) -> None:
    person, _code = dora
    forged = forged_code(record, person)
    let_read(record, person, THEIRS)
    assert keys.unlock(record.path, THEIRS).sealing == record.key.sealing
    assert keys.unlock(record.path, forged).sealing is None
    given = next(slot.sealed for slot in keys.load(record.path) if slot.sealed and slot.person == person.hex)
    moved = [slot if slot.sealed else replace(slot, sealed=given) for slot in keys.load(record.path)]
    keys.save(record.path, moved)
    assert keys.unlock(record.path, forged).sealing is None, "nor by what was given to her passphrase"
    for _again in range(2):
        new_key(record)
        assert keys.unlock(record.path, THEIRS).sealing == record.key.sealing
        opened = keys.unlock(record.path, forged)
        assert (opened.person, opened.sealing) == (person, None), "it opens the record alone"
    record.unlock(THEIRS)
    own = renew_own_code(record)
    assert keys.unlock(record.path, own).sealing == record.key.sealing
    with pytest.raises(WrongPassphrase):
        keys.unlock(record.path, forged)


def test_of_two_ways_in_the_one_that_was_shown_opens_what_is_confidential(
    record: Record, dora: tuple[UUID, str]
) -> None:
    person, code = dora
    assert not way_of(record, person).reads_by_some
    let_read(record, person, THEIRS)
    way = way_of(record, person)
    assert (way.reads_sealed, way.reads_by_some) == (True, True)
    first = record.person
    record.unlock(code)
    for weaker in (lambda: change_own(record, "une phrase moindre", CHEAP), lambda: renew_own_code(record)):
        with pytest.raises(CannotOpenSealed):
            weaker()
    record.unlock(PASSPHRASE)
    let_read(record, person, code)
    assert not way_of(record, person).reads_by_some
    assert keys.unlock(record.path, code).sealing == record.key.sealing
    keys.stop_reading(record.path, person)
    let_read(record, person, code)
    with pytest.raises(LastReader):
        keys.stop_reading(record.path, first)


def test_a_wrong_passphrase_or_a_colleague_s_lets_nobody_read_and_is_counted(
    record: Record, dora: tuple[UUID, str], made: tuple[Path, str]
) -> None:
    person, _code = dora
    before = keys.load(record.path)
    for wrong in ("pas celle-là", PASSPHRASE, made[1], ""):
        with pytest.raises(WrongPassphrase):
            let_read(record, person, wrong)
    assert keys.load(record.path) == before
    for _try in range(attempts.FREE - 4):
        with pytest.raises(WrongPassphrase):
            let_read(record, person, "pas celle-là")
    with pytest.raises(attempts.TryLater):
        let_read(record, person, THEIRS)
    assert not way_of(record, person).reads_sealed


def test_a_passphrase_given_with_the_right_to_read_gives_it_to_nothing_older(
    record: Record, dora: tuple[UUID, str]
) -> None:
    person, code = dora
    forged = forged_code(record, person)
    office = escrow_slot(keys.Key(record.key.raw, person), bytes(31) + b"\x09")
    keys.save(record.path, [*keys.load(record.path), office])
    own = give_passphrase(record, person, THEIRS, reads_sealed=True, cost=CHEAP)
    for secret in (THEIRS, own):
        assert keys.unlock(record.path, secret).sealing == record.key.sealing
    for secret in (code, forged):
        with pytest.raises(WrongPassphrase):
            keys.unlock(record.path, secret)
    assert office in keys.load(record.path), "as it was: without the sealing key"
    assert way_of(record, person).reads_by_some
    with pytest.raises(CannotOpenSealed):
        give_passphrase(record, person, "une phrase moindre", cost=CHEAP)


def test_a_damaged_slot_is_said_to_be_one(record: Record, dora: tuple[UUID, str]) -> None:
    person, _code = dora
    spoiled = [replace(slot, salt="é") if slot.person == person.hex else slot for slot in keys.load(record.path)]
    keys.save(record.path, spoiled)
    with pytest.raises(KeyFileDamaged):
        let_read(record, person, THEIRS)

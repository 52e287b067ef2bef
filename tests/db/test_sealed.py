"""Sealed fields: only some slots open them, every opening keeps its reason, and nothing else holds the text."""

import json
import subprocess
import sys
import time
from contextlib import nullcontext
from dataclasses import asdict
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from db import backup, keys, slots
from db.base import new_id
from db.commands.arrivals import Added, Arrival, Changed, bring_in
from db.commands.entries import add, edit
from db.commands.removing import remove
from db.deeds import deed
from db.errors import CannotOpenSealed, LastReader, LastWayIn, NeedsValue, NotThere, NoWayIn
from db.fields import is_sealed
from db.models import ConfidentialNote, Flag, Reading
from db.queries.check import UNFIT, check
from db.record import Record
from db.restoring import restore
from db.sealed import OpensWithAnotherKey, opened, seal, unseal
from db.slots import Key, new_key, passphrase_slot
from tests.builders import CHEAP, PASSPHRASE, add_partner, let_in, new_code
from tests.syntax import ROOT

SECRET = "Une rumeur que personne d'autre ne doit lire"
THEIRS = "la phrase de ma collègue"


def noted(record: Record, text: str = SECRET) -> UUID:
    """A confidential note about an invented partner."""
    partner = record.write(add_partner, "Association d'essai")
    values = {"organisation_id": partner, "written_on": date(2026, 5, 4), "body": text}
    return record.write(add, ConfidentialNote, values)


def kept(session: Session) -> list[str]:
    return list(session.scalars(select(ConfidentialNote.body).order_by(ConfidentialNote.row)))


def readings(session: Session) -> list[tuple[UUID, str, str]]:
    return [(one.person_id, one.field, one.reason) for one in session.scalars(select(Reading))]


def logged(session: Session) -> str:
    return str(session.connection().exec_driver_sql("SELECT group_concat(after) FROM log_row").scalar())


def test_what_is_typed_is_sealed_and_opens_for_a_reason_that_is_kept(record: Record) -> None:
    id = noted(record)
    assert is_sealed(record.read(kept)[0])
    assert SECRET not in record.read(logged)
    assert record.note(unseal, ConfidentialNote, id, "body", "Avant le renouvellement") == SECRET
    assert record.read(readings) == [(record.person, "body", "Avant le renouvellement")]
    assert list(check(record)) == []


def test_what_a_file_brings_is_sealed_too(record: Record) -> None:
    partner = record.write(add_partner, "Association d'essai")
    values = {"organisation_id": partner, "written_on": date(2026, 5, 4), "body": SECRET}
    record.write(bring_in, Arrival("notes.xlsx", "raw", frozenset(), (Added("confidential_note", 1, values),)))
    (first,) = record.read(kept)
    id = record.read(lambda session: session.scalars(select(ConfidentialNote.id)).one())
    changed = Changed("confidential_note", id, {"body": "Rien de tel"})
    record.write(bring_in, Arrival("notes.xlsx", "raw", frozenset(), changed=(changed,)))
    assert is_sealed(first)
    assert record.note(unseal, ConfidentialNote, id, "body", "Essai") == "Rien de tel"


@deed("Jot down")
def jot_down(session: Session, partner: UUID) -> None:
    session.add(ConfidentialNote(organisation_id=partner, written_on=date(2026, 5, 4), body=SECRET))


def test_a_deed_that_knows_nothing_of_sealing_seals(record: Record) -> None:
    record.write(jot_down, record.write(add_partner, "Association d'essai"))
    id = record.read(lambda session: session.scalars(select(ConfidentialNote.id)).one())
    assert record.note(unseal, ConfidentialNote, id, "body", "Essai") == SECRET


@deed("Write past the sealing")
def write_past(session: Session, id: UUID) -> None:
    session.connection().execute(text("UPDATE confidential_note SET body = 'En clair' WHERE id = :id"), {"id": id.hex})


def test_the_check_finds_what_was_written_past_the_sealing(record: Record) -> None:
    record.write(write_past, noted(record))
    (found,) = check(record)
    assert (found.message, found.gaps["field"]) == (UNFIT, "Note")


def test_without_a_reason_nothing_opens_and_nothing_is_kept(record: Record) -> None:
    id = noted(record)
    with pytest.raises(NeedsValue):
        record.note(unseal, ConfidentialNote, id, "body", "  ")
    assert record.read(readings) == []


def test_an_edit_that_leaves_the_sealed_text_alone_keeps_it(record: Record) -> None:
    id = noted(record)
    (before,) = record.read(kept)
    record.write(edit, ConfidentialNote, id, {"written_on": date(2026, 5, 5), "body": before})
    assert record.read(kept) == [before]


def test_undo_and_redo_bring_sealed_texts_back(record: Record) -> None:
    id = noted(record)
    record.write(edit, ConfidentialNote, id, {"body": "Rien de tel"})
    record.undo()
    assert record.note(unseal, ConfidentialNote, id, "body", "Relecture") == SECRET
    record.redo()
    assert record.note(unseal, ConfidentialNote, id, "body", "Relecture") == "Rien de tel"


def test_a_sealed_text_opens_only_where_it_was_put(record: Record) -> None:
    first = noted(record)
    second = noted(record, "Autre chose")
    record.write(edit, ConfidentialNote, second, {"body": record.read(kept)[0]})
    with pytest.raises(OpensWithAnotherKey):
        record.note(unseal, ConfidentialNote, second, "body", "Essai")
    record.write(remove, ConfidentialNote, first)
    with pytest.raises(NotThere):
        record.note(unseal, ConfidentialNote, first, "body", "Essai")


def test_a_colleague_opens_sealed_texts_only_once_somebody_let_them(record: Record, path: Path) -> None:
    id, colleague = noted(record), new_id()
    let_in(path, record.key, colleague, THEIRS, CHEAP)
    record.close()
    with Record.open(path, THEIRS) as theirs:
        with pytest.raises(CannotOpenSealed):
            theirs.note(unseal, ConfidentialNote, id, "body", "Curiosité")
        with pytest.raises(CannotOpenSealed):
            theirs.write(edit, ConfidentialNote, id, {"body": "En clair"})
        with pytest.raises(CannotOpenSealed):
            keys.let_read(path, theirs.key, colleague, THEIRS)
        assert is_sealed(theirs.read(kept)[0])
    keys.let_read(path, keys.unlock(path, PASSPHRASE), colleague, THEIRS)
    with Record.open(path, THEIRS) as theirs:
        assert theirs.note(unseal, ConfidentialNote, id, "body", "Remplacement") == SECRET
    keys.stop_reading(path, colleague)
    assert keys.unlock(path, THEIRS).sealing is None


def test_somebody_can_always_open_the_record_and_the_sealed_texts(path: Path) -> None:
    key, colleague = keys.unlock(path, PASSPHRASE), new_id()
    with pytest.raises(NoWayIn):
        keys.let_read(path, key, colleague, THEIRS)
    let_in(path, key, colleague, THEIRS, CHEAP)
    for refused in (keys.remove_person, keys.stop_reading):
        with pytest.raises(LastReader):
            refused(path, key.person)
    keys.let_read(path, key, colleague, THEIRS)
    keys.remove_person(path, key.person)
    with pytest.raises(LastWayIn):
        keys.remove_person(path, colleague)


def test_whoever_may_not_read_cannot_weaken_the_code_of_one_who_may(path: Path) -> None:
    key = keys.unlock(path, PASSPHRASE)
    with pytest.raises(CannotOpenSealed):
        new_code(path, Key(key.raw, key.person))


def test_the_recovery_code_opens_sealed_texts_too(record: Record, path: Path, made: tuple[Path, str]) -> None:
    id = noted(record)
    record.close()
    with Record.open(path, made[1]) as again:
        assert again.note(unseal, ConfidentialNote, id, "body", "Phrase oubliée") == SECRET
        newer = new_code(path, again.key)
    assert keys.unlock(path, newer).sealing == keys.unlock(path, PASSPHRASE).sealing


def test_each_way_in_is_listed_with_its_person(path: Path) -> None:
    key, colleague = keys.unlock(path, PASSPHRASE), new_id()
    let_in(path, key, colleague, THEIRS, CHEAP)
    assert keys.ways_in(path) == (
        keys.WayIn(colleague, passphrase=True, recovery=False, reads_sealed=False),
        keys.WayIn(key.person, passphrase=True, recovery=True, reads_sealed=True),
    )


def test_a_copy_brought_back_still_opens_its_sealed_texts(record: Record, path: Path) -> None:
    id = noted(record)
    copy = record.back_up().path
    record.write(edit, ConfidentialNote, id, {"body": "Rien de tel"})
    record.close()
    found = restore(copy, path, PASSPHRASE)
    back = found.record
    with back:
        assert back.note(unseal, ConfidentialNote, id, "body", "Retour") == SECRET
    assert backup.copies(path)


def test_a_record_from_before_sealing_opens_and_then_gets_its_key(path: Path) -> None:
    as_the_first_version_wrote_it(path)
    with Record.open(path, PASSPHRASE) as record:
        assert record.key.sealing is None
        with pytest.raises(CannotOpenSealed):
            noted(record)
        assert keys.begin_sealing(path, record.key, PASSPHRASE)
        record.unlock(PASSPHRASE)
        id = noted(record)
        assert not keys.begin_sealing(path, record.key, PASSPHRASE)
    with Record.open(path, PASSPHRASE) as record:
        assert record.note(unseal, ConfidentialNote, id, "body", "Essai") == SECRET


def as_the_first_version_wrote_it(path: Path) -> None:
    """The key file as it was: slots without a pair, bound to person and kind alone."""
    key = keys.unlock(path, PASSPHRASE)
    blank = slots.Slot("passphrase", key.person.hex, slots._text(bytes(16)), slots._text(bytes(12)), "", 1, 64, 1)
    wrapped = slots.AESGCM(slots._stretched(blank, PASSPHRASE)).encrypt(bytes(12), key.raw, slots._bound(blank))
    old = asdict(slots.replace(blank, wrapped=slots._text(wrapped)))
    del old["public"], old["sealed"]
    keys.keys_path(path).write_text(json.dumps({"version": 1, "slots": [old]}))


def test_a_pair_slipped_into_a_slot_is_noticed(path: Path) -> None:
    file = keys.keys_path(path)
    held = json.loads(file.read_text())
    held["slots"][0]["public"] = held["slots"][1]["public"]
    file.write_text(json.dumps(held))
    with pytest.raises(keys.WrongPassphrase):
        keys.unlock(path, PASSPHRASE)


def test_a_flag_may_stand_without_a_text(record: Record) -> None:
    partner = record.write(add_partner, "Association d'essai")
    values = {"organisation_id": partner, "level": "risk", "category": "financial", "raised_on": date(2026, 5, 4)}
    id = record.write(add, Flag, values)
    with pytest.raises(NotThere):
        record.note(unseal, Flag, id, "body", "Essai")


@settings(max_examples=200, deadline=None)
@given(words=st.text(), key=st.binary(min_size=32, max_size=32), place=st.binary(max_size=40))
def test_any_text_comes_back_as_it_was_and_only_in_its_place(words: str, key: bytes, place: bytes) -> None:
    sealed = seal(key, place, words)
    assert is_sealed(sealed)
    assert opened(key, place, sealed) == words
    with pytest.raises(OpensWithAnotherKey):
        opened(key, place + b"?", sealed)


@settings(max_examples=25, deadline=None)
@given(
    moves=st.lists(st.tuples(st.sampled_from(["add", "let", "stop", "close", "code"]), st.integers(0, 2)), max_size=8)
)
def test_whatever_is_done_to_the_slots_somebody_gets_in_and_somebody_reads(
    moves: list[tuple[str, int]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("slots") / "r"
    people = [UUID(int=number) for number in range(3)]
    first = new_key(people[0])
    keys.save(path, [passphrase_slot(first, "phrase de 0", CHEAP)])
    for move, number in moves:
        person = people[number]
        own = next(key for key in ways(path, people) if key.sealing)
        try:
            match move:
                case "add":
                    let_in(path, own, person, f"phrase de {number}", CHEAP)
                case "let":
                    types = any(way.person == person and way.passphrase for way in keys.ways_in(path))
                    with nullcontext() if types else pytest.raises((keys.WrongPassphrase, NoWayIn)):
                        keys.let_read(path, own, person, f"phrase de {number}")
                case "stop":
                    keys.stop_reading(path, person)
                case "close":
                    keys.remove_person(path, person)
                case "code":
                    code = new_code(path, Key(own.raw, person, own.sealing))
                    assert keys.unlock(path, code).person == person
        except (CannotOpenSealed, LastReader, LastWayIn, NoWayIn):
            pass
        opening = ways(path, people)
        assert all(key.raw == first.raw for key in opening)
        assert [key for key in opening if key.sealing == first.sealing]


CHANGING = """
import sys
from pathlib import Path
from uuid import UUID
from db import keys
from tests.builders import CHEAP, PASSPHRASE, let_in
path, other = Path(sys.argv[1]), UUID(int=1)
key = keys.unlock(path, PASSPHRASE)
print("ready", flush=True)
while True:
    let_in(path, key, other, "une autre phrase", CHEAP)
    keys.let_read(path, key, other, "une autre phrase")
    keys.remove_person(path, other)
"""


@pytest.mark.parametrize("delay", [0.003, 0.02, 0.05])
def test_a_kill_while_slots_change_loses_no_way_in(path: Path, delay: float) -> None:
    with subprocess.Popen([sys.executable, "-c", CHANGING, str(path)], stdout=subprocess.PIPE, cwd=ROOT) as child:
        try:
            assert child.stdout is not None
            assert child.stdout.readline().strip() == b"ready"
            time.sleep(delay)
        finally:
            child.kill()  # it changes them for ever
    with Record.open(path, PASSPHRASE) as record:
        id = noted(record)
        assert record.note(unseal, ConfidentialNote, id, "body", "Essai") == SECRET


def ways(path: Path, people: list[UUID]) -> list[Key]:
    """What each passphrase of these people opens."""
    found = []
    for number, person in enumerate(people):
        if any(way.person == person and way.passphrase for way in keys.ways_in(path)):
            found.append(keys.unlock(path, f"phrase de {number}"))
    return found

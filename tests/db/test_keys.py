"""Key slots: every way in opens the same record, mistypings are caught, and no way in is lost by accident."""

import json
import os
import unicodedata
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db import keys
from db.base import new_id
from db.errors import KeyFileDamaged, LastWayIn, MistypedRecoveryCode, NewerRecord, WrongPassphrase
from db.record import Record
from db.slots import Cost, Key
from tests.builders import CHEAP, PASSPHRASE, let_in, new_code

SYMBOLS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


@pytest.mark.usefixtures("dear_passphrases")
def test_the_passphrase_costs_what_it_should_unless_a_test_says_otherwise() -> None:
    assert Cost() == Cost(passes=3, memory=65_536, lanes=4)
    slot = keys.passphrase_slot(Key(bytes(32), new_id()), PASSPHRASE)
    assert (slot.passes, slot.memory, slot.lanes) == (3, 65_536, 4)


def test_a_changed_passphrase_replaces_the_old_one(path: Path) -> None:
    key = keys.unlock(path, PASSPHRASE)
    keys.change_passphrase(path, key, "une toute nouvelle phrase", CHEAP)
    with pytest.raises(WrongPassphrase):
        keys.unlock(path, PASSPHRASE)
    assert keys.unlock(path, "une toute nouvelle phrase") == key


def test_the_key_file_before_the_last_change_is_kept(path: Path) -> None:
    before = keys.keys_path(path).read_bytes()
    keys.change_passphrase(path, keys.unlock(path, PASSPHRASE), "une toute nouvelle phrase", CHEAP)
    assert path.with_name(path.name + ".keys.prev").read_bytes() == before


def test_opening_names_the_person_whose_passphrase_it_is(path: Path) -> None:
    key, colleague = keys.unlock(path, PASSPHRASE), new_id()
    let_in(path, key, colleague, "la phrase de ma collègue", CHEAP)
    assert keys.unlock(path, "la phrase de ma collègue") == Key(key.raw, colleague)
    with Record.open(path, "la phrase de ma collègue") as record:
        assert record.person == colleague
    keys.remove_person(path, colleague)
    with pytest.raises(WrongPassphrase):
        keys.unlock(path, "la phrase de ma collègue")


def test_the_last_passphrase_is_never_taken_away(path: Path) -> None:
    with pytest.raises(LastWayIn):
        keys.remove_person(path, keys.unlock(path, PASSPHRASE).person)
    keys.unlock(path, PASSPHRASE)


def test_a_new_recovery_code_makes_the_old_one_worthless(path: Path, made: tuple[Path, str]) -> None:
    key = keys.unlock(path, PASSPHRASE)
    code = new_code(path, key)
    assert keys.unlock(path, code) == key
    with pytest.raises(WrongPassphrase):
        keys.unlock(path, made[1])


def test_the_same_passphrase_from_another_keyboard_opens(path: Path) -> None:
    key = keys.unlock(path, PASSPHRASE)
    keys.change_passphrase(path, key, unicodedata.normalize("NFC", "été à la forêt"), CHEAP)
    assert keys.unlock(path, unicodedata.normalize("NFD", "été à la forêt")) == key


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(place=st.integers(0, 35), symbol=st.sampled_from(SYMBOLS), swap=st.booleans())
def test_one_mistyped_letter_or_swap_of_a_code_is_noticed(
    path: Path, made: tuple[Path, str], place: int, symbol: str, swap: bool
) -> None:
    letters = list(made[1].replace("-", ""))
    if swap and place < 35:
        letters[place], letters[place + 1] = letters[place + 1], letters[place]
    else:
        letters[place] = symbol
    if "".join(letters) != made[1].replace("-", ""):
        with pytest.raises(MistypedRecoveryCode):
            keys.unlock(path, "".join(letters))


def test_letters_that_look_alike_are_forgiven(path: Path, made: tuple[Path, str]) -> None:
    for typed in (made[1].replace("0", "O"), made[1].replace("1", "l"), made[1].replace("1", "I")):
        assert keys.unlock(path, typed) == keys.unlock(path, PASSPHRASE)


def test_a_slot_moved_to_another_person_opens_nothing(path: Path) -> None:
    file = keys.keys_path(path)
    kept = json.loads(file.read_text(encoding="utf-8"))
    for slot in kept["slots"]:
        slot["person"] = new_id().hex
    file.write_text(json.dumps(kept), encoding="utf-8")
    with pytest.raises(WrongPassphrase):
        keys.unlock(path, PASSPHRASE)


def test_the_key_survives_the_keyring_and_never_shows_itself(path: Path) -> None:
    key = keys.unlock(path, PASSPHRASE)
    assert Key.from_text(key.to_text()) == key
    assert key.raw.hex() not in repr(key)


@pytest.mark.parametrize(
    "slot",
    [
        {"passes": 0},
        {"passes": 10**9},
        {"memory": 2**22},
        {"memory": 2**31},
        {"memory": 2**45},
        {"lanes": 999},
        {"lanes": "x"},
        {"salt": "!!"},
        {"nonce": ""},
    ],
    ids=str,
)
def test_a_key_file_that_somebody_spoiled_is_called_damaged(path: Path, slot: dict[str, object]) -> None:
    file = keys.keys_path(path)
    kept = json.loads(file.read_text())
    kept["slots"][0] |= slot
    file.write_text(json.dumps(kept))
    with pytest.raises(KeyFileDamaged):
        keys.unlock(path, PASSPHRASE)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="Windows has no such pipes")
def test_a_key_file_without_an_end_is_not_waited_for(path: Path) -> None:
    file = keys.keys_path(path)
    file.unlink()
    os.mkfifo(file)
    with pytest.raises(KeyFileDamaged):
        keys.unlock(path, PASSPHRASE)


def test_a_newer_key_file_is_refused_as_newer(path: Path) -> None:
    file = keys.keys_path(path)
    file.write_text(json.dumps(json.loads(file.read_text()) | {"version": keys.VERSION + 1}))
    with pytest.raises(NewerRecord):
        keys.unlock(path, PASSPHRASE)

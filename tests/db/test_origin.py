"""A copy goes on under an origin of its own: no two entries of history ever have one origin and one number."""

import shutil
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from db import keys, origin
from db.models import ChangeSet, Device
from db.queries.check import check
from db.record import Record
from db.slots import Key
from tests.builders import PASSPHRASE, add_partner, copied


def entries(session: Session) -> list[tuple[str, int, str]]:
    return [(one.device_id.hex, one.number, one.chain or "") for one in session.scalars(select(ChangeSet))]


def work(path: Path, key: Key, known: Path, *titles: str) -> tuple[bool, list[tuple[str, int, str]]]:
    """Open a record here, do something, leave; whether it was taken for a copy, and its history."""
    record = Record.open(path, key)
    copied_here = origin.settle(record, known)
    for title in titles:
        record.write(add_partner, title)
    history = record.read(entries)
    assert check(record) == ()
    record._let_go()
    return copied_here, history


@pytest.fixture
def here(path: Path, tmp_path: Path) -> tuple[Path, Key, Path]:
    """A record that lives on this account, its key, and where the account keeps so."""
    key, known = keys.unlock(path, PASSPHRASE), tmp_path / "origins"
    record = Record.open(path, key)
    origin.register(record, known)
    record.write(add_partner, "Avant")
    record._let_go()
    return path, key, known


def clash(one: list[tuple[str, int, str]], other: list[tuple[str, int, str]]) -> int:
    """Entries with one origin and one number that are not the same entry."""
    chains = {(device, number): chain for device, number, chain in one}
    return sum(chains.get((device, number), chain) != chain for device, number, chain in other)


def test_a_record_opened_again_where_it_lives_keeps_its_origin(here: tuple[Path, Key, Path]) -> None:
    for title in ("Un", "Deux"):
        assert work(*here, title)[0] is False
    assert len({device for device, _number, _chain in work(*here)[1]}) == 1


@pytest.mark.parametrize("where", ["another computer", "another folder", "moved", "an earlier state put in its place"])
def test_a_copy_gets_an_origin_of_its_own(here: tuple[Path, Key, Path], tmp_path: Path, where: str) -> None:
    path, key, known = here
    (tmp_path / "ailleurs").mkdir()
    other = copied(path, tmp_path / "ailleurs" / "copie.jalon")
    is_copy, first = work(path, key, known, "Ici", "Ici encore")
    assert not is_copy
    if where == "another computer":
        known = tmp_path / "ailleurs" / "origins"
    elif where == "moved":
        path.unlink()
    elif where == "an earlier state put in its place":
        shutil.copyfile(other, path)
        other = path
    is_copy, second = work(other, key, known, "Là", "Là encore")
    assert is_copy
    assert clash(first, second) == 0
    assert work(other, key, known)[0] is False, "said once"


def test_the_harness_sees_a_clash_where_no_origin_is_given(here: tuple[Path, Key, Path], tmp_path: Path) -> None:
    path, key, known = here
    (tmp_path / "ailleurs").mkdir()
    other = copied(path, tmp_path / "ailleurs" / "copie.jalon")
    _copy, first = work(path, key, known, "Ici")
    record = Record.open(other, key)
    record.write(add_partner, "Là")
    assert clash(first, record.read(entries)) == 1
    record._let_go()


def test_a_spoiled_note_of_the_account_costs_an_origin_and_nothing_else(here: tuple[Path, Key, Path]) -> None:
    for file in here[2].iterdir():
        file.write_bytes(b"[")
    assert work(*here, "Un")[0] is True
    shutil.rmtree(here[2])
    here[2].write_bytes(b"")
    assert work(*here, "Deux")[0] is True


def test_a_copy_opened_to_read_only_stays_as_it_is(here: tuple[Path, Key, Path]) -> None:
    from desktop.opening import open_record

    opened = open_record(here[0], PASSPHRASE, write=False)
    assert not opened.copied
    assert len(opened.record.read(lambda session: session.scalars(select(Device.id)).all())) == 1
    opened.record._let_go()

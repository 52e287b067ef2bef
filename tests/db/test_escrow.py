"""The office's key: made once, kept away, and then the way into a record that nobody else opens any more."""

from pathlib import Path

import pytest

from db import keys
from db.commands.people import OfficeKeyKnown, close_way_in, give_office_key, new_key, openers
from db.errors import CannotOpenSealed, LastWayIn, NotForThisOfficeKey
from db.escrow import (
    NoOfficeKey,
    OfficeKeyExists,
    OfficeKeyStaysShut,
    PublicHalfOnly,
    known_by,
    new_office_key,
    public_half,
    unlock,
)
from db.record import Record
from tests.builders import CHEAP, PASSPHRASE, add_partner, names

THEIRS = "la clé du bureau"


@pytest.fixture
def office(tmp_path: Path) -> tuple[Path, Path, str]:
    """The file of an office key, that of its public half, and its printed code."""
    path = tmp_path / "bureau.jalonkey"
    return path, *new_office_key(path, THEIRS, CHEAP)


def test_the_office_key_opens_a_record_that_took_its_public_half(
    record: Record, office: tuple[Path, Path, str]
) -> None:
    file, public, code = office
    acts = give_office_key(record, public_half(public), "Clé du bureau", reads_sealed=True)
    for secret in (THEIRS, code.lower().replace("-", " ")):
        key = unlock(record.path, file, secret)
        assert (key.raw, key.sealing, key.person) == (record.key.raw, record.key.sealing, acts)
    new_key(record)
    record.close()
    with Record.open(record.path, unlock(record.path, file, THEIRS)) as opened:
        opened.write(add_partner, "Par la clé du bureau")
        assert opened.read(names) == ["Par la clé du bureau"]


def test_who_opens_the_record_and_by_what_is_named(record: Record, office: tuple[Path, Path, str]) -> None:
    give_office_key(record, public_half(office[0]), "Clé du bureau")
    first, key = openers(record)
    assert (first.name, first.way.passphrase, first.way.recovery, first.way.office_key) == (
        "Amani Essai",
        True,
        True,
        False,
    )
    assert (key.name, key.way.passphrase, key.way.office_key, key.way.reads_sealed) == (
        "Clé du bureau",
        False,
        True,
        False,
    )
    with pytest.raises(OfficeKeyKnown):
        give_office_key(record, public_half(office[1]), "La même")


def test_an_office_key_can_be_taken_away_but_is_no_passphrase(record: Record, office: tuple[Path, Path, str]) -> None:
    acts = give_office_key(record, public_half(office[1]), "Clé du bureau")
    with pytest.raises(LastWayIn):
        close_way_in(record, record.person)
    close_way_in(record, acts)
    with pytest.raises(NotForThisOfficeKey):
        unlock(record.path, office[0], THEIRS)


def test_what_is_no_office_key_is_said_so(record: Record, office: tuple[Path, Path, str], tmp_path: Path) -> None:
    file, public, _code = office
    with pytest.raises(NotForThisOfficeKey):
        unlock(record.path, file, THEIRS)
    with pytest.raises(OfficeKeyStaysShut):
        unlock(record.path, file, PASSPHRASE)
    with pytest.raises(PublicHalfOnly):
        unlock(record.path, public, THEIRS)
    for told in (b"", b"{}", b"[]", b'{"public": "AAAA"}', file.read_bytes()[:200], b"\xff" * 20):
        (tmp_path / "autre").write_bytes(told)
        with pytest.raises(NoOfficeKey):
            public_half(tmp_path / "autre")
    with pytest.raises(OfficeKeyExists):
        new_office_key(file, THEIRS, CHEAP)


def test_both_halves_are_known_by_the_same_letters_and_only_the_private_one_is_secret(
    office: tuple[Path, Path, str],
) -> None:
    file, public, _code = office
    assert known_by(public_half(file)) == known_by(public_half(public))
    assert b"wrapped" not in public.read_bytes()
    assert file.stat().st_mode & 0o077 == 0


def test_who_cannot_read_confidential_texts_gives_no_office_key_that_does(
    record: Record, office: tuple[Path, Path, str]
) -> None:
    slots = keys.load(record.path)
    record._file.remember(keys.Key(record.key.raw, record.person))
    with pytest.raises(CannotOpenSealed):
        give_office_key(record, public_half(office[1]), "Clé", reads_sealed=True)
    assert keys.load(record.path) == slots

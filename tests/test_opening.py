"""Opening a record as the window and the verbs do: what is noticed, said, counted and refused."""

from datetime import date
from pathlib import Path

import pytest

from db import backup, keys
from db.attempts import FREE, TryLater
from db.commands.entries import add
from db.commands.erasing import erase
from db.commands.handing_over import pass_on
from db.commands.people import change_own, give_office_key, give_passphrase, new_key, renew_own_code
from db.errors import WrongPassphrase
from db.escrow import new_office_key, public_half
from db.models import Organisation, Person
from db.record import Record
from desktop import opening
from desktop.opening import HasLeft, NoKey, NotTheirs, confirm, create_record, keep_new_key, open_record, unlock
from i18n import Words
from tests.builders import CHEAP, OFFICE, PASSPHRASE, PERSON, add_partner, copied, names
from tests.test_keychain import Backend, use

THEIRS = "la phrase de ma collègue"


@pytest.fixture(autouse=True)
def own_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "settings"))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A record that was made here."""
    opened, _code = create_record(tmp_path / "essai.jalon", PASSPHRASE, PERSON, OFFICE)
    opened.record.close()
    return opened.record.path


def test_a_copy_is_said_to_be_one_once_and_the_record_itself_never(path: Path, tmp_path: Path) -> None:
    words = Words.of("en")
    (tmp_path / "clé").mkdir()
    other = copied(path, tmp_path / "clé" / "essai.jalon")
    for each, told in ((path, 0), (other, 1), (other, 0), (path, 0)):
        opened = open_record(each, PASSPHRASE)
        assert len(opened.news(words)) == told
        opened.record.close()


def test_who_left_is_let_in_no_more_where_handing_over_was_broken_off(path: Path) -> None:
    with Record.open(path, PASSPHRASE) as record:
        successor = record.write(add, Person, {"name": "Furaha Essai"})
        give_passphrase(record, successor, THEIRS, reads_sealed=True, cost=CHEAP)
        record.write(pass_on, record.person, {"successor_id": successor, "left_on": date(2026, 6, 30)})
    with pytest.raises(HasLeft):
        open_record(path, PASSPHRASE)
    with pytest.raises(WrongPassphrase):
        open_record(path, PASSPHRASE)
    with open_record(path, THEIRS).record as record:
        assert record.person == successor


def test_the_office_key_opens_a_record_and_its_passphrase_is_asked_for(path: Path, tmp_path: Path) -> None:
    file = tmp_path / "bureau.jalonkey"
    public, _code = new_office_key(file, "la clé du bureau", CHEAP)
    with Record.open(path, PASSPHRASE) as record:
        acts = give_office_key(record, public_half(public), "Clé du bureau")
    with open_record(path, "la clé du bureau", office_key=file).record as record:
        assert record.person == acts
        record.lock()
        unlock(record, PASSPHRASE)
        record.lock()
        unlock(record, "la clé du bureau", file)
        assert record.person == acts
    with pytest.raises(NoKey):
        open_record(path, office_key=file)


def test_wrong_tries_are_counted_over_every_way_to_open_a_record(path: Path, tmp_path: Path) -> None:
    file = tmp_path / "bureau.jalonkey"
    new_office_key(file, "la clé du bureau", CHEAP)
    record = open_record(path, PASSPHRASE).record
    record.lock()
    for turn in range(FREE):
        with pytest.raises(WrongPassphrase):
            if turn % 2:
                unlock(record, "une autre phrase", file)
            else:
                unlock(record, "une autre phrase")
    for office_key in (None, file):
        with pytest.raises(TryLater):
            open_record(path, PASSPHRASE, write=False, office_key=office_key)
    record.close()


def test_the_keyring_that_keeps_the_key_is_given_the_new_one(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    use(monkeypatch, Backend(), "keyring.backends.SecretService")
    with open_record(path, PASSPHRASE, keep_key=True).record as record:
        new_key(record)
        keep_new_key(record)
    with open_record(path).record as record:
        assert record.person


def test_the_practice_record_is_one_also_where_the_keyring_opens_it(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    use(monkeypatch, Backend(), "keyring.backends.SecretService")
    with open_record(path, PASSPHRASE, keep_key=True).record:
        pass
    for practises in (False, True):
        if practises:
            monkeypatch.setattr(opening, "practice_record", lambda: path)
        opened = open_record(path)
        opened.record.close()
        assert opened.practice is practises


def test_what_was_erased_goes_again_where_bringing_back_was_broken_off(path: Path) -> None:
    with open_record(path, PASSPHRASE).record as record:
        partner = record.write(add_partner, "Femmes debout")
        copy = record.back_up().path
        record.write(erase, Organisation, partner, "Demande")
    key = keys.unlock(copy, PASSPHRASE)
    backup.put_in_place(backup.stage(copy, path, key.raw), path)
    with open_record(path, PASSPHRASE).record as record:
        assert record.read(names) == []


def test_only_what_opens_the_record_for_whoever_acts_makes_a_way_in(path: Path) -> None:
    with open_record(path, PASSPHRASE).record as record:
        theirs = record.write(add, Person, {"name": "Furaha Essai"})
        give_passphrase(record, theirs, THEIRS, cost=CHEAP)
        code = renew_own_code(record)
        public, _code = new_office_key(path.with_name("bureau.jalonkey"), "la clé du bureau", CHEAP)
        give_office_key(record, public_half(public), "Clé du bureau")
        for secret in (PASSPHRASE, code):
            confirm(record, secret)
        for secret in (None, "", "pas celle-là", THEIRS, "la clé du bureau", code[::-1]):
            with pytest.raises(NotTheirs):
                confirm(record, secret)
        unlock(record, "la clé du bureau", path.with_name("bureau.jalonkey"))
        confirm(record, "la clé du bureau")
        with pytest.raises(NotTheirs):
            confirm(record, PASSPHRASE)


def test_whoever_opens_the_record_is_told_what_others_did_to_the_ways_in(path: Path) -> None:
    words = Words.of("en")
    with open_record(path, PASSPHRASE).record as record:
        person = record.write(add, Person, {"name": "Furaha Essai"})
        give_passphrase(record, person, THEIRS, cost=CHEAP)
        change_own(record, PASSPHRASE, CHEAP)
    for _time in range(2):  # until they have done something themselves
        opened = open_record(path, THEIRS)
        (told,) = opened.news(words)
        assert "Change the passphrase" in told and PERSON in told
        opened.record.close()
    with open_record(path, THEIRS).record as record:
        record.write(add_partner, "Une")
    for secret in (THEIRS, PASSPHRASE):
        opened = open_record(path, secret)
        assert opened.news(words) == []
        opened.record.close()

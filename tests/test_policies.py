"""What IT settles for a computer: it holds where it is asked, nobody loosens it, and a slip in its file is strict."""

import json
import os
import string
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as examples
from hypothesis import strategies as st

from db.commands.people import change_own
from db.errors import WeakPassphrase
from db.record import Record
from db.slots import SHORTEST, demand
from desktop import keychain, opening, policies, settings
from desktop.cli import run
from desktop.policies import LOCK_AFTER, PASSPHRASE, TITLES, Policies
from desktop.settings import Settings
from i18n import LANGUAGES, Words

Put = Callable[[str], Policies]
FULL = """
language = "ar"
languages = ["fr", "ar"]
lock_after_at_most = 15
passphrase_at_least = 14
keyring = false
updates = false
"""


@pytest.fixture(autouse=True)
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A computer of its own: its administrators are whoever runs the tests."""
    path = tmp_path / "etc" / "policies.toml"
    path.parent.mkdir(mode=0o755)
    monkeypatch.setattr(policies, "machine_place", lambda: path)
    monkeypatch.setattr(policies, "_ADMINISTRATOR", os.getuid() if hasattr(os, "getuid") else 0)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "settings"))
    yield path
    demand(SHORTEST)


@pytest.fixture
def put(own: Path) -> Put:
    """Let IT settle this."""

    def write(text: str) -> Policies:
        own.write_text(text, encoding="utf-8")
        own.chmod(0o644)
        return policies.load()

    return write


def is_strictest(found: Policies) -> bool:
    limits = (found.lock_after_at_most, found.passphrase_at_least, found.keyring, found.updates)
    return limits == (LOCK_AFTER.start, PASSPHRASE.stop - 1, False, False)


def test_where_it_settled_nothing_all_is_left_to_the_person() -> None:
    assert policies.load() == Policies() and set(policies.told(Policies()).values()) == {None}


def test_what_it_settled_is_read(put: Put, own: Path) -> None:
    found = put(FULL)
    assert not found.faults and found.path == own
    assert (found.language, found.languages, found.lock_after_at_most) == ("ar", ("fr", "ar"), 15)
    assert (found.passphrase_at_least, found.keyring, found.updates) == (14, False, False)


@pytest.mark.parametrize(
    "text",
    [
        "lock_after_at_most = ",
        "\x00",
        "lock_after_atmost = 15",
        "lock_after_at_most = 2",
        "lock_after_at_most = 15.5",
        "lock_after_at_most = true",
        "passphrase_at_least = 3",
        "passphrase_at_least = 400",
        'keyring = "no"',
        "updates = 0",
        "languages = []",
        'languages = ["fr", "xx"]',
        'language = "xx"',
        'languages = ["fr"]\nlanguage = "es"',
        'records_folder = "here"',
        "second_place = 3",
        "[jalon]\nkeyring = true",
        "x = [" * 100_000,
        "# " + "x" * 70_000,
    ],
)
def test_a_slip_is_said_and_the_strictest_holds(put: Put, text: str) -> None:
    found = put(text)
    assert is_strictest(found)
    for language in LANGUAGES:
        assert len(found.news(Words.of(language))) >= 2


def test_what_a_slip_leaves_readable_still_holds(put: Put) -> None:
    found = put('languages = ["ar"]\nkeyring = true\nslip = 1')
    assert found.languages == ("ar",) and not found.keyring
    assert "slip" in found.news(Words.of("en"))[0]


@pytest.mark.skipif(sys.platform == "win32", reason="rights are others there")
@pytest.mark.parametrize("loosened", ["file", "folder", "where it leads", "owner"])
def test_a_file_that_anybody_can_change_is_not_relied_on(
    put: Put, own: Path, monkeypatch: pytest.MonkeyPatch, loosened: str
) -> None:
    assert not put("lock_after_at_most = 60").faults
    match loosened:
        case "file":
            own.chmod(0o666)
        case "folder":
            own.parent.chmod(0o777)
        case "where it leads":
            (elsewhere := own.parent.parent / "open").mkdir()
            elsewhere.chmod(0o777)
            own.symlink_to(own.rename(elsewhere / own.name))
        case _:
            monkeypatch.setattr(policies, "_ADMINISTRATOR", os.getuid() + 1)
    found = policies.load()
    assert is_strictest(found) and found.faults[0].message == policies.WRITABLE


def test_a_file_that_cannot_be_read_is_strict(own: Path) -> None:
    own.mkdir()
    assert is_strictest(policies.load())


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_a_folder_that_cannot_be_looked_into_may_hold_rules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (endless := tmp_path / "endless").symlink_to("endless")  # shut even to root
    monkeypatch.setattr(policies, "machine_place", lambda: endless / policies.NAME)
    assert is_strictest(policies.load())


@pytest.mark.parametrize("machine", [True, False])
def test_a_portable_folder_has_rules_of_its_own_where_the_computer_has_none(
    put: Put, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, machine: bool
) -> None:
    program = tmp_path / "stick" / "versions" / "0.5.0" / "jalon"
    program.parent.mkdir(parents=True)
    monkeypatch.setattr(sys, "executable", str(program))
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    (tmp_path / "stick" / "policies.toml").write_text("lock_after_at_most = 30", encoding="utf-8")
    if machine:
        put("lock_after_at_most = 60")
    assert policies.load().lock_after_at_most == (60 if machine else 30)


# No settings beside any policies are looser than these.

_stated = st.fixed_dictionaries(
    {},
    optional={
        "language": st.sampled_from([*LANGUAGES, "xx", ""]),
        "languages": st.lists(st.sampled_from([*LANGUAGES, "xx"])),
        "lock_after_at_most": st.integers(-5, 300),
        "passphrase_at_least": st.integers(-5, 40),
        "keyring": st.booleans() | st.just("yes"),
        "updates": st.booleans(),
        "unknown": st.just(1),
    },
)
_chosen = st.builds(
    Settings,
    language=st.sampled_from([*LANGUAGES, "", "xx"]),
    lock_after=st.integers(-10, 100_000),
    text_size=st.sampled_from([100, 200]),
    recent=st.tuples(st.text(string.ascii_letters)),
)


@given(stated=_stated, chosen=_chosen)
@examples(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_choice_is_looser_than_what_it_settled(own: Path, stated: dict[str, Any], chosen: Settings) -> None:
    own.write_text("\n".join(f"{name} = {json.dumps(value)}" for name, value in stated.items()), encoding="utf-8")
    own.chmod(0o644)
    settled = policies.load()
    held = settings.held(chosen, settled)
    settings.save(chosen)
    assert settings.load() == held
    assert 0 < held.lock_after <= settled.lock_after_at_most
    assert settings.screen_language() in settled.languages
    if type(most := stated.get("lock_after_at_most")) is int and most in LOCK_AFTER:
        assert held.lock_after <= most
    if type(least := stated.get("passphrase_at_least")) is int and least in PASSPHRASE:
        assert settled.passphrase_at_least >= least
    for name in ("keyring", "updates"):
        assert getattr(settled, name) is False or stated.get(name, True) is True
    if set(stated) - set(TITLES):
        assert is_strictest(settled)
    if 0 < chosen.lock_after <= settled.lock_after_at_most:
        assert held.lock_after == chosen.lock_after, "a person may be stricter"


# Where they hold.


def test_the_language_of_the_screen_is_one_that_is_offered(put: Put) -> None:
    put('language = "ar"\nlanguages = ["es", "ar"]')
    assert settings.screen_language() == "ar"
    settings.save(Settings(language="es"))
    assert settings.screen_language() == "es"
    settings.save(Settings(language="fr"))
    assert settings.screen_language() == "ar"


def test_what_a_person_chose_is_kept_for_the_day_when_the_limit_is_gone(put: Put, own: Path) -> None:
    settings.save(Settings(lock_after=60))
    put("lock_after_at_most = 15")
    assert settings.load().lock_after == 15
    settings.remember(own)
    settings.change(told_outside=True)
    own.unlink()
    assert settings.load().lock_after == 60


def test_new_passphrases_are_as_long_as_it_asks(put: Put, record: Record, tmp_path: Path) -> None:
    put("passphrase_at_least = 14")
    secret = tmp_path / "secret"
    secret.write_text("12 characters", encoding="utf-8")
    assert run(["new", "--record", str(tmp_path / "new.jalon"), "--passphrase-file", str(secret)]) == 1
    assert run(["escrow", "new", "--out", str(tmp_path / "office.key"), "--passphrase-file", str(secret)]) == 1
    with pytest.raises(WeakPassphrase):
        change_own(record, "12 characters")
    secret.write_text("fourteen chars", encoding="utf-8")
    assert run(["new", "--record", str(tmp_path / "new.jalon"), "--passphrase-file", str(secret)]) == 0


def test_no_key_is_kept_in_the_keyring_and_one_from_before_is_taken_out(
    put: Put, record: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept: dict[tuple[str, str], str] = {}

    class Ring:
        def get_password(self, service: str, name: str) -> str | None:
            return kept.get((service, name))

        def set_password(self, service: str, name: str, key: str) -> None:
            kept[service, name] = key

        def delete_password(self, service: str, name: str) -> None:
            del kept[service, name]

    monkeypatch.setattr(keychain, "_trusted", Ring)
    assert keychain.keep(record.path, "key") and keychain.find(record.path) == "key"
    put("keyring = false")
    assert keychain.find(record.path) is None
    assert not keychain.keep(record.path, "another") and not kept


def test_reports_and_records_go_where_it_wants_them_until_somebody_chooses(put: Put, tmp_path: Path) -> None:
    folders = {name: tmp_path / name for name in ("records", "reports", "mine")}
    put("".join(f"{name}_folder = {json.dumps(str(folders[name]))}\n" for name in ("records", "reports")))
    assert settings.records_folder() == folders["records"] and folders["records"].is_dir()
    assert settings.reports_folder() == folders["reports"]
    folders["mine"].mkdir()
    settings.change(reports_folder=str(folders["mine"]))
    assert settings.reports_folder() == folders["mine"]


def test_copies_go_to_the_place_that_it_names(put: Put, record: Record, tmp_path: Path) -> None:
    put(f"second_place = {json.dumps(str(tmp_path / 'stick'))}")
    opening.take_second_place(record)
    (tmp_path / "stick").mkdir()
    opening.take_second_place(record)
    assert list((tmp_path / "stick").glob("*/*.jalon*"))


# The verb.


def test_the_verb_shows_what_holds_and_from_where(put: Put, own: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["policies", "--language", "en"]) == 0
    assert str(own) in capsys.readouterr().out
    put(FULL)
    assert run(["policies", "--language", "en"]) == 0
    assert "15 minutes" in (said := capsys.readouterr()).out and not said.err
    assert run(["policies", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["path"] == str(own) and told["keyring"] is False and told["second_place"] is None


def test_every_verb_says_that_the_file_is_damaged(put: Put, capsys: pytest.CaptureFixture[str]) -> None:
    put("keyring")
    assert run(["reports", "--language", "en"]) == 0
    assert "strictest" in capsys.readouterr().err

"""Verbs about the ways in: who opens the record, the office's key, a new passphrase, a new key."""

from pathlib import Path

import pytest

from db import keys
from db.escrow import PUBLIC_SUFFIX
from db.record import Record
from desktop.cli import run
from desktop.opening import open_record
from tests.cli.verbs import Said, refusal, told
from tests.test_keychain import Backend, use


def said(capsys: Said, *arguments: str) -> str:
    capsys.readouterr()
    assert run([*arguments, "--language", "en"]) == 0, capsys.readouterr().err
    return capsys.readouterr().out.translate({0x2068: None, 0x2069: None})


def test_an_office_key_is_made_taken_and_opens_the_record(at: list[str], tmp_path: Path, capsys: Said) -> None:
    phrase, key = tmp_path / "bureau", tmp_path / "bureau.jalonkey"
    phrase.write_text("la clé du bureau", encoding="utf-8")
    made = said(capsys, "escrow", "new", "--out", str(key), "--passphrase-file", str(phrase))
    assert "Keep it off the computers" in made
    public = str(key.with_suffix(PUBLIC_SUFFIX))
    assert "opens the record now" in said(capsys, "escrow", "take", *at, "--public", public, "--name", "Clé d'Ituri")
    by_office = [*at[:2], "--office-key", str(key), "--passphrase-file", str(phrase)]
    found = told(capsys, "ways", *by_office, "--json")
    assert [(one["name"], one["passphrase"], one["office_key"]) for one in found] == [
        ("Amani Essai", True, False),
        ("Clé d'Ituri", False, True),
    ]
    assert "office key" in said(capsys, "ways", *by_office)
    assert "still sealed" in said(capsys, "rekey", *by_office), "this office key opens nothing confidential"
    assert "public half" in refusal(capsys, "ways", *at[:2], "--office-key", public, *at[2:], "--language", "en")


def test_a_new_key_leaves_every_passphrase_and_a_new_passphrase_leaves_the_key(
    at: list[str], tmp_path: Path, capsys: Said
) -> None:
    record, phrase = Path(at[1]), Path(at[3]).read_text(encoding="utf-8").strip()
    before = keys.unlock(record, phrase).raw
    made = said(capsys, "rekey", *at, "--thin")
    assert "has a new key" in made and "still sealed" not in made
    raw = keys.unlock(record, phrase).raw
    assert raw != before
    new = tmp_path / "nouvelle"
    new.write_text("une toute nouvelle phrase", encoding="utf-8")
    assert "is changed" in said(capsys, "passphrase", *at, "--new-file", str(new))
    assert "Try again" in refusal(capsys, "undo", *at, "--language", "en")
    with Record.open(record, "une toute nouvelle phrase") as opened:
        assert opened.key.raw == raw


def test_a_copy_is_told_on_standard_error_once_its_verb_is_done(at: list[str], tmp_path: Path, capsys: Said) -> None:
    phrase = tmp_path / "nouvelle"
    phrase.write_text("une toute nouvelle phrase", encoding="utf-8")
    change = [*at, "--new-file", str(phrase), "--language", "en"]
    assert run(["passphrase", *change]) == 0
    assert "Work in one copy only" in capsys.readouterr().err


def test_a_key_that_the_keyring_keeps_makes_no_way_in(
    at: list[str], tmp_path: Path, capsys: Said, monkeypatch: pytest.MonkeyPatch
) -> None:
    use(monkeypatch, Backend(), "keyring.backends.SecretService")
    new = tmp_path / "nouvelle"
    new.write_text("une toute nouvelle phrase", encoding="utf-8")
    phrase = Path(at[3]).read_text(encoding="utf-8").strip()
    open_record(Path(at[1]), phrase, keep_key=True).record.close()
    assert said(capsys, "ways", *at[:2])
    assert run(["passphrase", *at[:2], "--new-file", str(new), "--language", "en"]) == 2
    assert "--passphrase-file" in capsys.readouterr().err
    keys.unlock(Path(at[1]), phrase)

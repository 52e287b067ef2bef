"""Copies by verbs: made, listed, in a second place, tried out, brought back; and what is left of a damaged record."""

import json
from pathlib import Path

import pytest

from db.record import Record
from desktop.cli import run
from tests.builders import PASSPHRASE, add_partner, names


@pytest.fixture
def record(at: list[str]) -> list[str]:
    """The options that name a record of one's own and open it, in English."""
    return [*at, "--language", "en"]


def test_copies_go_to_a_second_place_are_listed_tried_and_brought_back(
    record: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = Path(record[1])
    with Record.open(path, PASSPHRASE) as opened:
        opened.write(add_partner, "Une")
    (tmp_path / "stick").mkdir()
    assert run(["backup", *record, "--second", str(tmp_path / "stick")]) == 0
    assert "second place" in capsys.readouterr().out
    assert run(["copies", *record, "--json"]) == 0
    (listed,) = json.loads(capsys.readouterr().out)
    assert listed["by"] and listed["size"]
    assert run(["copies", *record]) == 0
    assert list((tmp_path / "stick").glob("*/*.jalon"))
    assert run(["rehearse", *record]) == 0
    with Record.open(path, PASSPHRASE) as opened:
        opened.write(add_partner, "Deux")
    assert run(["restore", *record, listed["path"]]) == 0
    with Record.open(path, PASSPHRASE, write=False) as opened:
        assert opened.read(names) == ["Une"]
    path.write_bytes(bytes(path.stat().st_size))
    capsys.readouterr()
    assert run(["restore", *record, listed["path"]]) == 0
    assert "had been erased" in capsys.readouterr().err, "nobody can tell what the damaged file says"


def test_a_damaged_record_is_salvaged_into_a_new_one(
    record: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "saved.jalon"
    assert run(["salvage", *record, "--out", str(out)]) == 0
    assert "nothing is missing" in capsys.readouterr().out
    with Record.open(out, PASSPHRASE, write=False):
        pass
    assert run(["salvage", *record, "--out", str(out)]) == 1

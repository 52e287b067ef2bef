"""How a report is asked for by a verb: how small numbers are kept, how coarsely it is told, what its writer is told."""

import json
from pathlib import Path

from desktop.cli import run
from desktop.opening import PRACTICE_PASSPHRASE
from tests.builders import copied
from tests.cli.verbs import Said


def test_a_report_is_rounded_and_told_coarsely_where_one_asks(
    practice_file: Path, tmp_path: Path, capsys: Said
) -> None:
    secret, own = tmp_path / "secret", tmp_path / "words.json"
    secret.write_text(PRACTICE_PASSPHRASE)
    own.write_text(json.dumps({"highlights": ["Two girls", "3 boys"]}), encoding="utf-8")
    record = copied(practice_file, tmp_path / "practice.jalon")
    at = ["--record", str(record), "--passphrase-file", str(secret), "--format", "text", "--language", "en"]
    report = ["report", "protection-overview", *at]
    assert run([*report, "--out", str(tmp_path / "as-it-is.txt"), "--audience", "internal"]) == 0
    assert "nearest" not in capsys.readouterr().out
    asked = ["--method", "round", "--coarser", "bands", "--words", str(own), "--audience", "public"]
    assert run([*report, "--out", str(tmp_path / "rounded.txt"), *asked]) == 0
    assert "rounded to the nearest 5" in capsys.readouterr().out
    printed = (tmp_path / "rounded.txt").read_text(encoding="utf-8")
    assert "rounded to the nearest 5" in printed
    assert "0 to 17 years" in printed
    assert "60 years" not in printed

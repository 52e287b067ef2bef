"""How a report is asked for by a verb: how small numbers are kept, how coarsely it is told, what its writer is told."""

import json
from pathlib import Path
from uuid import UUID

from db.queries.reports import written
from desktop.cli import run
from desktop.opening import PRACTICE_PASSPHRASE, open_record
from tests.builders import PASSPHRASE, copied
from tests.cli.verbs import Said, refusal, told


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


def test_words_for_a_part_that_the_report_does_not_have_are_refused_and_its_parts_are_named(
    at: list[str], tmp_path: Path, capsys: Said
) -> None:
    own = tmp_path / "words.json"
    own.write_text(json.dumps({"parts": [{"part": "figurs", "told": [{"language": "fr", "text": "Essai"}]}]}))
    asked = ["report", "protection-overview", *at, "--words", str(own), "--out", str(tmp_path / "a.pdf")]
    said = refusal(capsys, *asked, "--language", "en")
    assert "figurs" in said and "figures and notes" in said
    assert not (tmp_path / "a.pdf").exists()


def test_a_report_is_begun_with_its_parts_and_one_of_no_kind_is_refused_beside_its_field(
    at: list[str], capsys: Said
) -> None:
    given = {"title": "Essai", "report": "protection-overview", "language": "fr"}
    begun = told(capsys, "add", "reports", *at, "--json", json.dumps(given))
    with open_record(Path(at[1]), PASSPHRASE).record as record:
        parts = [one.part for one in record.read(written, UUID(begun["id"])).sections]
    assert parts == ["figures", "notes"]
    for kind in ("protection", "held"):
        said = refusal(
            capsys, "add", "reports", *at, "--json", json.dumps(given | {"report": kind}), "--language", "en"
        )
        assert "Kind of report" in said

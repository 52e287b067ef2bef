"""A report is begun, written, approved, frozen, sent, corrected and compared by verbs, as in the window."""

import json
from pathlib import Path
from uuid import UUID

import pytest

from db.queries.reports import written
from db.record import Record
from desktop.cli import run
from tests.builders import OFFICE, PASSPHRASE, PERSON, new_record
from tests.cli.verbs import Said, refusal, told
from tests.reports.conftest import fill

BEGUN = {"title": "Rapport d'essai", "report": "protection-overview", "audience": "internal", "language": "fr"}


@pytest.fixture
def at(tmp_path: Path, passphrase: Path) -> list[str]:
    """A record with a few figures, and the options that open it."""
    record, _code = new_record(tmp_path / "essai.jalon")
    with record:
        record.write(fill)
    return ["--record", str(tmp_path / "essai.jalon"), "--passphrase-file", str(passphrase), "--language", "en"]


def test_a_written_report_goes_its_whole_way_by_verbs(at: list[str], tmp_path: Path, capsys: Said) -> None:
    id = told(capsys, "add", "reports", *at, "--json", json.dumps(BEGUN))["id"]
    words, page, out = tmp_path / "words.json", tmp_path / "page.pdf", tmp_path / "out"
    page.write_bytes(b"%PDF-1.4 signed")
    out.mkdir()
    told_here = {"part": "areas", "told": [{"language": "fr", "text": "Écrit ici."}, {"language": "ar", "text": "هنا"}]}
    said = told_here | {"heading": "Nos domaines"}
    arabic = {"language": "ar", "text": "مجالاتنا", "status": "reviewed"}
    titles = [{"language": "ar", "text": "عنوان التجربة"}]
    words.write_text(json.dumps({"titles": titles, "parts": [said | {"headings": [arabic]}]}), encoding="utf-8")
    told(capsys, "write", id, *at, "--words", str(words), "--json")
    words.write_text(json.dumps({"parts": [told_here]}), encoding="utf-8")
    told(capsys, "write", id, *at, "--words", str(words), "--json")
    assert "Nobody has approved" in refusal(capsys, "freeze", id, *at, "--format", "text", "--apply")
    told(capsys, "approve", id, *at, "--name", PERSON, "--page", str(page), "--json")
    shown = told(capsys, "freeze", id, *at, "--format", "text", "--json")
    assert shown["id"] is None and [one["format"] for one in shown["files"]] == ["text"]
    assert told(capsys, "show", id, *at, "--json")["versions"] == []
    assert told(capsys, "freeze", id, *at, "--format", "text", "--apply", "--json")["id"]
    assert "--addressee" not in refusal(capsys, "send", id, *at)
    told(capsys, "send", id, *at, "--addressee", OFFICE, "--on", "2026-07-02", "--json")
    new = told(capsys, "correct", id, *at, "--reason", "Essai", "--json")["id"]
    result = told(capsys, "list", "results", *at, "--json")[0]["id"]
    told(capsys, "edit", "results", result, *at, "--json", json.dumps({"value": 900}))
    told(capsys, "approve", new, *at, "--name", PERSON, "--json")
    told(capsys, "freeze", new, *at, "--format", "text", "--apply", "--json")
    assert len(told(capsys, "send", new, *at, "--addressee", "Autre essai", "--json")["sent"]) == 1
    told(capsys, "send", new, *at, "--again", "--json")
    now = told(capsys, "show", new, *at, "--out", str(out), "--json")
    assert now["status"] == "sent" and now["versions"][0]["version"] == 2
    assert {one["addressee"] for one in now["versions"][0]["sent"]} == {"Autre essai", OFFICE}
    areas = next(one for one in now["parts"] if one["part"] == "areas")
    assert areas["heading"] == "Nos domaines" and areas["texts"] == {"fr": "original", "ar": "draft"}
    assert "Écrit ici." in (out / now["versions"][0]["files"][0]["file"]).read_text(encoding="utf-8")
    with Record.open(Path(at[1]), PASSPHRASE, write=False) as record:
        lines = {line.field: line.text("ar") for line in record.read(written, UUID(new)).lines}
    assert (lines["title"].status, lines["heading"].body) == ("draft", "مجالاتنا")
    differing = told(capsys, "compare", new, *at, "--json")
    assert any(one["records"] and one["before"] != one["after"] for one in differing)
    assert run(["show", new, *at]) == 0
    printed = capsys.readouterr().out
    assert "It replaces" in printed and f"to {OFFICE}" in printed and "Nos domaines" in printed


def test_what_a_written_report_refuses_in_the_window_it_refuses_by_verbs(
    at: list[str], tmp_path: Path, capsys: Said
) -> None:
    id = told(capsys, "add", "reports", *at, "--json", json.dumps(BEGUN))["id"]
    words = tmp_path / "words.json"
    words.write_text(json.dumps({"title": "Autre", "parts": []}))
    assert "jalon edit reports" in refusal(capsys, "write", id, *at, "--words", str(words))
    assert "Signed page" in refusal(capsys, "approve", id, *at, "--name", PERSON, "--page", str(tmp_path / "none.pdf"))
    assert "not frozen" in refusal(capsys, "send", id, *at, "--addressee", OFFICE)
    assert "Only a frozen report" in refusal(capsys, "correct", id, *at, "--reason", "Essai")
    assert "no frozen version" in refusal(capsys, "compare", id, *at)
    assert told(capsys, "show", id, *at, "--json")["approvals"] == []

"""A donor's own form from a terminal: filled, told of, noted in the register; refused in one line, nothing lost."""

import os
import signal
from pathlib import Path

import docx
import pytest
from sqlalchemy import func, select

from db.commands.documents import add_document
from db.commands.entries import add
from db.models import Issued, Organisation, OrganisationRole, Requirements
from db.record import Record
from desktop.cli import run
from desktop.render import fill
from tests.builders import PASSPHRASE
from tests.cli.verbs import Said, refusal, told


def form(path: Path, *said: str) -> Path:
    made = docx.Document()
    for one in said:
        made.add_paragraph(one)
    made.save(str(path))
    return path


def left(at: list[str]) -> int:
    with Record.open(Path(at[1]), PASSPHRASE) as record:
        return record.read(lambda session: session.scalar(select(func.count()).select_from(Issued))) or 0


def filling(at: list[str], *more: str, report: str = "protection-overview") -> list[str]:
    return ["fill", report, *at, *more]


def test_a_form_is_filled_and_what_stayed_empty_is_said(at: list[str], tmp_path: Path, capsys: Said) -> None:
    template = form(tmp_path / "form.docx", "{{ report }}", "{{ reference }}", "{{ as_off }}")
    out = tmp_path / "out.docx"
    called = filling(at, "--template", str(template), "--out", str(out), "--language", "fr")
    assert told(capsys, *called, "--json") == {
        "filled": ["report"],
        "empty": ["reference"],
        "unknown": [{"name": "as_off", "nearest": "as_of"}],
    }
    said = [one.text for one in docx.Document(str(out)).paragraphs]
    assert said[0] == "Aperçu de la protection"
    assert said[2] == "{{ as_off }}"
    assert left(at) == 1
    assert run(called) == 0
    printed = capsys.readouterr().out
    assert all(name in printed for name in ("reference", "as_off", "as_of"))


def test_the_places_of_a_report_are_listed(at: list[str], capsys: Said) -> None:
    stands = told(capsys, "places", "protection-overview", *at, "--language", "fr", "--json")
    assert stands["report"]["stands"] == "Aperçu de la protection"
    assert stands["text_notes"]["label"] == "Notes de lecture et sources"
    assert {"title", "period_from", "text_notes"} <= set(stands)
    assert left(at) == 0, "looking is not leaving"


def test_the_form_kept_with_a_donors_requirements_is_taken_when_none_is_named(
    at: list[str], tmp_path: Path, capsys: Said
) -> None:
    out = tmp_path / "out.docx"
    called = filling(at, "--donor", "Donateur d'essai", "--out", str(out), "--language", "en")
    with Record.open(Path(at[1]), PASSPHRASE) as record:
        donor = record.write(add, Organisation, {"name": "Donateur d'essai"})
        record.write(add, OrganisationRole, {"organisation_id": donor, "role": "donor"})
        profile = record.write(add, Requirements, {"organisation_id": donor, "name": "Narratif"})
    assert "No form is named" in refusal(capsys, *called)
    with Record.open(Path(at[1]), PASSPHRASE) as record:
        held = form(tmp_path / "held.docx", "{{ title }}").read_bytes()
        record.write(add_document, Requirements, profile, "note.docx", held, {"kind": "other"})
        older = form(tmp_path / "older.docx", "an older form").read_bytes()
        record.write(add_document, Requirements, profile, "older.docx", older, {"kind": "form"})
        record.write(add_document, Requirements, profile, "held.docx", held, {"kind": "form"})
    assert run(called) == 0
    assert docx.Document(str(out)).paragraphs[0].text == "Protection overview"


@pytest.mark.parametrize(
    ("place", "suffix", "said"),
    [
        ("{{ ''.__class__ }}", "docx", "holds more than a name"),
        ("{% for one in range(10**9) %}x{% endfor %}", "docx", "holds more than a name"),
        ("{{ title }}", "xlsx", "has to end in"),
        ("{{ title }}", "pdf", "has to end in"),
    ],
)
def test_a_refused_form_changes_nothing(
    at: list[str], tmp_path: Path, capsys: Said, place: str, suffix: str, said: str
) -> None:
    out = tmp_path / f"out.{suffix}"
    out.write_bytes(b"older")
    template = form(tmp_path / "form.docx", place)
    line = refusal(capsys, *filling(at, "--template", str(template), "--out", str(out), "--language", "en"))
    assert said in line
    assert out.read_bytes() == b"older"
    assert left(at) == 0


def test_a_form_that_is_none_or_is_not_there_is_told_of(at: list[str], tmp_path: Path, capsys: Said) -> None:
    script = tmp_path / "form.docx"
    script.write_text("#!/bin/sh\n", encoding="utf-8")
    out = str(tmp_path / "out.docx")
    for template, said in ((script, "no form that can be filled"), (tmp_path / "absent.docx", "could not be opened")):
        assert said in refusal(capsys, *filling(at, "--template", str(template), "--out", out, "--language", "en"))


def test_a_filling_that_is_killed_leaves_the_older_file(
    at: list[str], tmp_path: Path, capsys: Said, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out.docx"
    out.write_bytes(b"older")
    monkeypatch.setattr(fill, "fill_form", _dies)
    template = form(tmp_path / "form.docx", "{{ title }}")
    line = refusal(capsys, *filling(at, "--template", str(template), "--out", str(out), "--language", "en"))
    assert "could not be finished" in line
    assert out.read_bytes() == b"older"
    assert left(at) == 0


def _dies(*_asked: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)

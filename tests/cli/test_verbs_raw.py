"""Raw workbooks from a terminal: out, worked on in a spreadsheet, and in again, in French and in Arabic."""

import shutil
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from msoffcrypto.format.ooxml import OOXMLFile
from python_calamine import CalamineWorkbook

from desktop.cli import run
from tests.cli.verbs import Said, told

Edit = dict[str, Any]


def put(path: Path, *rows: Edit) -> None:
    """Types rows under the keys of the second sheet, as somebody would in a spreadsheet program."""
    read = CalamineWorkbook.from_path(path)
    sheets = [(name, read.get_sheet_by_name(name).to_python()) for name in read.sheet_names]
    keys = [str(key) for key in sheets[1][1][1]]
    sheets[1][1].extend([row.get(key, "") for key in keys] for row in rows)
    with xlsxwriter.Workbook(path, {"strings_to_formulas": False}) as book:
        for name, lines in sheets:
            sheet = book.add_worksheet(name)
            for at, line in enumerate(lines):
                for column, cell in enumerate(line):
                    if cell != "":
                        sheet.write(at, column, cell)


@pytest.mark.parametrize(("language", "yes"), [("fr", "Oui"), ("ar", "نعم")])
def test_a_blank_workbook_goes_out_and_comes_back_filled(
    at: list[str], tmp_path: Path, capsys: Said, language: str, yes: str
) -> None:
    out = tmp_path / "vide.xlsx"
    assert run(["export", "raw", *at, "--language", language, "--kind", "partners", "--blank", "--out", str(out)]) == 0
    assert run(["import", str(out), *at]) == 0
    assert "row that is filled in" in capsys.readouterr().out, "a blank workbook is not one that is held already"
    hostile = '=cmd|"/C calc"!A1'
    put(
        out,
        {"name": "Femmes debout", "women_rights": yes, "notes": "<b>&amp; ${x} {y} %s\u202e"},
        {"name": hostile, "acronym": "-1", "website": "x" * 501},
        {"name": hostile, "acronym": "@somme"},
    )
    for extra in ([], ["--apply"]):
        summary = told(capsys, "import", str(out), *at, "--json", *extra)
        assert (summary["adds"], summary["problems"]) == ({"partners": 2}, 1)
    listed = told(capsys, "list", "partners", *at, "--json")
    assert {one["name"] for one in listed} == {"Femmes debout", hostile}
    assert {one["women_rights"] for one in listed} == {True, None}
    assert run(["import", str(out), *at, "--language", language]) == 0
    assert "3" in capsys.readouterr().out
    left = tmp_path / "corriger.xlsx"
    assert run(["import", str(out), *at, "--language", language, "--problems", str(left)]) == 0
    (row,) = CalamineWorkbook.from_path(left).get_sheet_by_index(0).to_python()[2:]
    assert hostile in row and "500" in str(row[-1])
    assert told(capsys, "import", str(left), *at, "--json")["problems"] == 1, "it comes back as it is"
    assert run(["undo", *at]) == 0
    assert told(capsys, "list", "partners", *at, "--json") == []


def test_a_round_trip_through_a_file_plans_nothing_and_says_so(at: list[str], tmp_path: Path, capsys: Said) -> None:
    assert run(["add", "partners", *at, "--json", '{"name": "Femmes debout", "country": "CD"}']) == 0
    out = tmp_path / "tout.xlsx"
    assert run(["export", "raw", *at, "--language", "ar", "--out", str(out)]) == 0
    capsys.readouterr()
    assert run(["import", str(out), *at, "--language", "fr", "--apply"]) == 0
    assert "contient déjà tout" in capsys.readouterr().out
    assert told(capsys, "list", "sources", *at, "--json") == []


def test_another_office_is_shown_as_a_plan_and_taken_only_when_asked(
    at: list[str], tmp_path: Path, capsys: Said
) -> None:
    id = told(capsys, "add", "partners", *at, "--json", '{"name": "Femmes debout"}')["id"]
    (tmp_path / "b").mkdir()
    for end in ("", ".keys"):
        shutil.copyfile(tmp_path / f"essai.jalon{end}", tmp_path / "b" / f"autre.jalon{end}")
    other = ["--record", str(tmp_path / "b" / "autre.jalon"), *at[2:]]
    assert run(["edit", "partners", id, *other, "--json", '{"name": "Femmes levées"}']) == 0
    assert run(["add", "partners", *other, "--json", '{"name": "Réseau"}']) == 0
    out = tmp_path / "autre.xlsx"
    assert run(["export", "raw", *other, "--language", "fr", "--out", str(out)]) == 0
    summary = told(capsys, "import", str(out), *at, "--json", "--apply")
    assert summary["conflicts"] == 1
    assert {one["name"] for one in told(capsys, "list", "partners", *at, "--json")} == {"Femmes debout", "Réseau"}
    assert run(["import", str(out), *at, "--language", "en"]) == 0
    said = capsys.readouterr().out
    assert "Femmes debout" in said and "Femmes levées" in said and "Bureau d'essai" in said
    assert told(capsys, "import", str(out), *at, "--json", "--apply", "--take-theirs")["changes"] == 1
    names = {one["name"] for one in told(capsys, "list", "organisations", *at, "--json")}
    assert names == {"Femmes levées", "Réseau"}


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["export", "raw", "--out", "raw.csv"], 1),
        (["export", "raw", "--kind", "flags", "--out", "raw.xlsx"], 2),
        (["export", "raw", "--out", "absent/raw.xlsx"], 1),
        (["import", "essai.jalon", "--as", "agreements"], 1),
    ],
)
def test_what_cannot_be_done_ends_with_one_line(
    at: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Said, arguments: list[str], code: int
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run([*arguments[:2], *at, *arguments[2:]]) == code
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_a_workbook_without_keys_of_a_named_kind_is_refused_with_the_way_out(
    at: list[str], tmp_path: Path, capsys: Said
) -> None:
    (tmp_path / "liste.csv").write_text("Chose;Autre\n1;2\n", encoding="utf-8")
    assert run(["import", str(tmp_path / "liste.csv"), *at, "--as", "agreements", "--language", "en"]) == 1
    assert "--blank" in capsys.readouterr().err


def test_a_locked_workbook_comes_in_with_its_password(at: list[str], tmp_path: Path, capsys: Said) -> None:
    out, locked = tmp_path / "vide.xlsx", tmp_path / "ferme.xlsx"
    assert run(["export", "raw", *at, "--kind", "partners", "--blank", "--out", str(out)]) == 0
    put(out, {"name": "Femmes debout"})
    with out.open("rb") as plain, locked.open("wb") as sealed:
        OOXMLFile(plain).encrypt("Bunia2026", sealed)
    assert run(["import", str(locked), *at]) == 1
    (tmp_path / "password").write_text("Bunia2026", encoding="utf-8")
    asked = ["import", str(locked), *at, "--password-file", str(tmp_path / "password"), "--json"]
    assert told(capsys, *asked)["adds"] == {"partners": 1}


def test_what_breaks_a_rule_is_shown_in_the_plan_and_refused(at: list[str], tmp_path: Path, capsys: Said) -> None:
    assert run(["add", "partners", *at, "--json", '{"name": "Femmes debout"}']) == 0
    out = tmp_path / "vide.xlsx"
    assert run(["export", "raw", *at, "--kind", "screenings", "--blank", "--out", str(out)]) == 0
    cells = {"organisation_id": "Femmes debout", "screened_on": "2026-01-01", "list": "ONU", "result": "none"}
    put(out, cells | {"reference": "QDe.001"})
    assert told(capsys, "import", str(out), *at, "--json")["against_rules"] == 1
    assert run(["import", str(out), *at, "--language", "ar"]) == 0
    assert run(["import", str(out), *at, "--apply"]) == 1
    assert told(capsys, "list", "screenings", *at, "--json") == []

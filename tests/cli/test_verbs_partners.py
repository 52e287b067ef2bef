"""Partners from a terminal: sheets between offices, log frames, screening, and what is held twice."""

import json
from pathlib import Path
from typing import Any

from desktop.cli import run
from tests.builders import PASSPHRASE, new_record
from tests.cli.verbs import Said, refusal, told
from tests.intake.test_logframe import FRENCH, word_file
from tests.intake.test_sanctions import individual, write_list


def add(capsys: Said, at: list[str], kind: str, /, **values: Any) -> str:
    return str(told(capsys, "add", kind, *at, "--json", json.dumps(values))["id"])


def test_a_sheet_leaves_one_office_and_comes_into_another_by_a_plan(
    at: list[str], passphrase: Path, tmp_path: Path, capsys: Said
) -> None:
    add(capsys, at, "partners", name="Élan d'essai", acronym="EE", website="https://essai.example")
    out = tmp_path / "fiche.json"
    assert run(["export", "partner-sheet", *at, "--partner", "EE", "--out", str(out)]) == 0
    assert "EE" in refusal(capsys, "import", str(out), *at, "--as", "partner-sheet", "--partner", "EEE")
    refusal(capsys, "export", "partner-sheet", *at, "--partner", "EE", "--out", str(tmp_path / "fiche.xlsx"))
    refusal(capsys, "export", "partner-sheet", *at, "--out", str(out))
    new_record(tmp_path / "autre.jalon")[0].close()
    there = ["--record", str(tmp_path / "autre.jalon"), "--passphrase-file", str(passphrase)]
    assert passphrase.read_text("utf-8").strip() == PASSPHRASE
    ours = add(capsys, there, "partners", name="ELAN D'ESSAI", acronym="ELE")
    bring = ["import", str(out), *there, "--as", "partner-sheet"]
    plan = told(capsys, *bring, "--json")
    assert plan["organisation"] == ours
    differing = {one["field"]: one["taken"] for one in plan["differences"]}
    assert differing == {"name": False, "acronym": False, "website": True}
    assert run([*bring, "--language", "en"]) == 0
    assert "stays ELE here, not EE" in capsys.readouterr().out
    told(capsys, *bring, "--apply", "--json")
    (held,) = told(capsys, "list", "partners", *there, "--json")
    assert (held["acronym"], held["website"]) == ("ELE", "https://essai.example")
    told(capsys, *bring, "--take-theirs", "--apply", "--json")
    (held,) = told(capsys, "list", "partners", *there, "--json")
    assert held["acronym"] == "EE"


def test_a_log_frame_comes_in_under_its_framework(at: list[str], tmp_path: Path, capsys: Said) -> None:
    file = str(word_file(tmp_path / "cadre.docx", FRENCH))
    add(capsys, at, "frameworks", name="Cadre d'essai", code="CADRE", version="2026")
    assert "--framework" in refusal(capsys, "import", file, *at, "--as", "log-frame")
    bring = ["import", file, *at, "--as", "log-frame", "--framework", "CADRE"]
    plan = told(capsys, *bring, "--json")
    assert "1.1.1" in {line["code"] for line in plan["lines"]} and plan["without_code"]
    before = len(told(capsys, "list", "framework-items", *at, "--json"))
    assert run([*bring, "--apply", "--language", "fr"]) == 0
    assert "espaces sûrs" in capsys.readouterr().out
    after = told(capsys, "list", "framework-items", *at, "--json")
    assert len(after) == before + len(plan["lines"])
    refusal(capsys, *bring, "--apply")
    assert run(["undo", *at]) == 0
    assert len(told(capsys, "list", "framework-items", *at, "--json")) == before


def test_a_screening_keeps_who_is_like_nobody_and_leaves_likenesses_to_a_person(
    at: list[str], tmp_path: Path, capsys: Said
) -> None:
    partner = add(capsys, at, "partners", name="Élan d'essai")
    add(capsys, at, "contacts", organisation_id=partner, name="Mohamed Kadri")
    listed = write_list(tmp_path / "liste.xml", individual("XXi.001", "MUHAMMAD", "AL-QADIRI"))
    call = ["screen", "--list", str(listed), *at]
    found = told(capsys, *call, "--json")
    assert [one["reference"] for one in found["alike"]] == ["XXi.001"]
    assert found["clear"] >= 1 and found["dated"] == "2026-09-30"
    assert told(capsys, "list", "screenings", *at, "--json") == []
    assert run([*call, "--apply", "--language", "en"]) == 0
    assert "XXi.001" in capsys.readouterr().out
    kept = told(capsys, "list", "screenings", *at, "--json")
    assert len(kept) == found["clear"] and {one["result"] for one in kept} == {"none"}


def test_what_is_held_twice_is_shown_and_merged_by_name(at: list[str], capsys: Said) -> None:
    camp = add(capsys, at, "places", name="Camp d'essai", kind="site", level=3)
    other = add(capsys, at, "places", name="CAMP D'ESSAI", kind="site", level=3, pcode="ZZ77")
    add(capsys, at, "organisations", name="Élan d'essai")
    add(capsys, at, "organisations", name="ELAN D'ESSAI", website="https://essai.example")
    (pair,) = told(capsys, "merge", "place", *at, "--json")
    assert {pair["first"]["id"], pair["second"]["id"]} == {camp, other} and pair["why"]
    (pair,) = told(capsys, "merge", "organisation", *at, "--json")
    both = [pair[side]["id"] for side in ("first", "second")]
    plan = told(capsys, "merge", "organisation", *both, *at, "--json", "--take", "name")
    assert {one["field"]: one["stays"] for one in plan["fields"]} == {"name": "gone", "website": "gone"}
    assert "nonsense" in refusal(capsys, "merge", "place", camp, "ZZ77", *at, "--take", "nonsense")
    assert run(["merge", "place", camp, "ZZ77", *at, "--language", "en"]) == 0
    assert "Nothing is changed yet" in capsys.readouterr().out
    assert len(told(capsys, "list", "places", *at, "--json", "--where", "kind=site")) == 2
    assert run(["merge", "place", camp, "ZZ77", *at, "--apply"]) == 0
    (held,) = told(capsys, "list", "places", *at, "--json", "--where", "kind=site")
    assert (held["id"], held["pcode"]) == (camp, "ZZ77")
    assert run(["merge", "place", *at, "--language", "fr"]) == 0

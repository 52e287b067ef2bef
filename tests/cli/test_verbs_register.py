"""The register from a terminal: what left is listed, and written as a file that is noted in turn."""

from pathlib import Path

from desktop.cli import run
from tests.cli.verbs import Said, told


def test_what_left_is_listed_and_can_be_written(at: list[str], tmp_path: Path, capsys: Said) -> None:
    assert run(["export", "raw", *at, "--kind", "partners", "--out", str(tmp_path / "partners.xlsx")]) == 0
    assert run(["export", "register", *at, "--language", "fr", "--out", str(tmp_path / "register.csv")]) == 0
    capsys.readouterr()
    found = told(capsys, "register", *at, "--json")
    assert [(one["sort"], one["name"]) for one in found] == [("left", "register"), ("left", "raw")]
    assert "name" in found[1]["fields"]["partners"] and found[1]["person"]
    assert run(["register", *at]) == 0
    assert "XLSX" in capsys.readouterr().out
    assert found[1]["digest"] in (tmp_path / "register.csv").read_text(encoding="utf-8-sig")

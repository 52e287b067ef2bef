"""Exchange rates from a terminal: shown, brought in, and said to be there already."""

from pathlib import Path

from desktop.cli import run
from tests.cli.verbs import Said, told


def test_rates_of_a_month_come_in_by_the_verb(at: list[str], tmp_path: Path, capsys: Said) -> None:
    file = tmp_path / "inforeuro-2026-03.csv"
    file.write_text("ISO A3 Code;Value\nCDF;3037,5\nEUR;1\nUSD;1,0846\nXAF;n/a\n", encoding="utf-8")
    asked = "import", str(file), "--as", "rates", *at, "--json"
    shown = {"source": "inforeuro", "base": "EUR", "new": 2, "changed": 0, "held": 0, "left_out": 1}
    assert told(capsys, *asked) == shown
    assert told(capsys, *asked, "--apply") == shown
    assert told(capsys, *asked, "--apply") == shown | {"new": 0, "held": 2}
    no_month = tmp_path / "taux.csv"
    no_month.write_bytes(file.read_bytes())
    assert run(["import", str(no_month), "--as", "rates", *at, "--language", "en"]) == 1
    assert "does not say of which month" in capsys.readouterr().err

"""Exchange rates from a terminal: shown, brought in, and said to be there already."""

import json
from pathlib import Path

import pytest

from desktop import settings
from desktop.cli import run
from tests.builders import PASSPHRASE, new_record


def test_rates_of_a_month_come_in_by_the_verb(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(settings, "folder", lambda: tmp_path / "settings")
    (tmp_path / "passphrase").write_text(PASSPHRASE, encoding="utf-8")
    new_record(tmp_path / "essai.jalon")[0].close()
    at = ["--record", str(tmp_path / "essai.jalon"), "--passphrase-file", str(tmp_path / "passphrase")]
    file = tmp_path / "inforeuro-2026-03.csv"
    file.write_text("ISO A3 Code;Value\nCDF;3037,5\nEUR;1\nUSD;1,0846\nXAF;n/a\n", encoding="utf-8")

    def told(*more: str) -> dict[str, object]:
        capsys.readouterr()
        assert run(["import", str(file), "--as", "rates", *at, "--json", *more]) == 0, capsys.readouterr().err
        found: dict[str, object] = json.loads(capsys.readouterr().out)
        return found

    shown = {"source": "inforeuro", "base": "EUR", "new": 2, "changed": 0, "held": 0, "left_out": 1}
    assert told() == shown
    assert told("--apply") == shown
    assert told("--apply") == shown | {"new": 0, "held": 2}
    no_month = tmp_path / "taux.csv"
    no_month.write_bytes(file.read_bytes())
    assert run(["import", str(no_month), "--as", "rates", *at, "--language", "en"]) == 1
    assert "does not say of which month" in capsys.readouterr().err

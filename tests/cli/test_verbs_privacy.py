"""Verbs about what may not be kept for ever."""

from datetime import date, timedelta
from pathlib import Path

from desktop.cli import run
from tests.cli.verbs import Said, refusal, told

NEXT_YEAR = (date.today() + timedelta(days=400)).isoformat()


def test_what_is_due_is_kept_on_or_erased_with_a_certificate(at: list[str], tmp_path: Path, capsys: Said) -> None:
    assert run(["add", "organisations", *at, "--json", '{"name": "Femmes debout"}']) == 0
    (partner,) = (one["id"] for one in told(capsys, "list", "organisations", *at, "--json"))
    values = f'{{"organisation_id": "{partner}", "name": "Rosine Essai", "until": "2020-05-01"}}'
    assert run(["add", "contacts", *at, "--json", values]) == 0
    (due,) = told(capsys, "due", *at, "--json")
    assert (due["kind"], due["due_on"], due["way"]) == ("contacts", "2022-05-01", "erase")
    which = ["contacts", due["id"], *at]
    assert run(["keep", *which, "--until", NEXT_YEAR, "--reason", "Litige"]) == 0
    assert told(capsys, "due", *at, "--json") == []
    assert told(capsys, "erase", *which, "--json") == {
        "name": "Rosine Essai · Femmes debout",
        "reaches": {"contact": 1, "kept_on": 1},
        "mentioned": [],
        "stays": [],
    }
    activity = f'{{"partner_id": "{partner}", "title": "Écoute inventée"}}'
    assert run(["add", "activities", *at, "--json", activity]) == 0
    assert run(["erase", "organisations", partner, *at, "--language", "en"]) == 0
    assert "Activity: 1 (\u2068Écoute inventée\u2069)" in capsys.readouterr().out
    assert "Ground" in refusal(capsys, "erase", *which, "--apply", "--language", "en")
    certificate = tmp_path / "certificat.pdf"
    ground = ["--ground", "Le délai est passé", "--certificate", str(certificate)]
    assert run(["erase", *which, *ground, "--apply", "--copies-too"]) == 0
    assert certificate.read_bytes().startswith(b"%PDF")
    assert run(["register", *at, "--language", "en"]) == 0
    assert "Certificate of erasure" in capsys.readouterr().out
    assert told(capsys, "list", "contacts", *at, "--json") == []
    assert run(["check", *at]) == 0

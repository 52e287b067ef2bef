"""The verbs, as a person or a script calls them: what they print, how they end, and that a refusal changes nothing."""

import json
from pathlib import Path

import pytest

from db.record import Record
from desktop import settings
from desktop.__main__ import main
from desktop.cli import run
from desktop.sample import sheets
from tests.builders import PASSPHRASE, add_partner

PDF, WORKBOOK = b"%PDF", b"PK"


@pytest.fixture
def record(at: list[str]) -> list[str]:
    """The options that name a record of one's own and open it, in English."""
    return [*at, "--language", "en"]


def test_a_sheet_comes_in_is_taken_back_and_done_again(
    record: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sheet = str(sheets("2026-01")[0])

    def summary(*more: str) -> dict[str, object]:
        capsys.readouterr()
        assert run(["import", sheet, *record, "--json", *more]) == 0
        answer: dict[str, object] = json.loads(capsys.readouterr().out)
        return answer

    planned = summary()
    assert planned["rows"] == 30
    assert planned["held"] == 0
    assert summary() == planned, "a plan alone changes nothing"
    assert summary("--apply") == planned
    assert summary()["held"] == 30
    assert run(["undo", *record]) == 0
    assert summary()["held"] == 0
    assert run(["redo", *record]) == 0
    assert summary()["held"] == 30

    capsys.readouterr()
    assert run(["history", *record, "--json"]) == 0
    assert [one["act"] for one in json.loads(capsys.readouterr().out)][:3] == ["redo", "undo", "deed"]
    for kind in ("activities", "partners", "results", "sources"):
        assert run(["list", kind, *record, "--json"]) == 0
        assert json.loads(capsys.readouterr().out), kind
    for form, begins in (("pdf", PDF), ("xlsx", WORKBOOK), ("docx", WORKBOOK)):
        out = tmp_path / f"report.{form}"
        assert run(["report", "protection-overview", *record, "--format", form, "--out", str(out)]) == 0
        assert out.read_bytes().startswith(begins)
    assert run(["export", "fivew", *record, "--out", str(tmp_path / "fivew.csv")]) == 0
    assert run(["check", *record]) == 0
    assert run(["backup", *record, "--out", str(tmp_path / "copies")]) == 0


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["report", "protection-overview"], 2),
        (["nothing"], 2),
        (["import", "absent.xlsx", "--record", "absent.jalon"], 1),
        (["list", "partners", "--record", "absent.jalon"], 1),
        (["list", "nothing", "--record", "absent.jalon"], 2),
        (["report", "protection-overview", "--record", "x", "--out", "y", "--from", "soon"], 2),
    ],
)
def test_a_wrong_call_ends_with_one_clear_line(
    arguments: list[str], code: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(arguments) == code
    printed = capsys.readouterr()
    assert printed.out == ""
    assert len(printed.err.strip().splitlines()) == 1
    assert "Traceback" not in printed.err


def test_without_a_key_and_without_a_terminal_the_call_is_wrong(
    record: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    assert run(["list", "partners", *record[:2], "--language", "en"]) == 2
    assert "--passphrase-file" in capsys.readouterr().err


def test_a_wrong_passphrase_is_said_in_the_readers_language_and_changes_nothing(
    record: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wrong = tmp_path / "wrong"
    wrong.write_text("pas la bonne phrase\n", encoding="utf-8")
    file = Path(record[1])
    before = file.read_bytes()
    capsys.readouterr()
    assert run(["list", "partners", *record[:2], "--passphrase-file", str(wrong), "--language", "en"]) == 1
    assert "does not open this record" in capsys.readouterr().err
    assert file.read_bytes() == before


def test_the_reports_on_offer_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["reports", "--language", "en"]) == 0
    assert "protection-overview" in capsys.readouterr().out


def test_a_path_is_printed_as_it_can_be_copied(
    record: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    gone = tmp_path / "gone.jalon"
    assert run(["check", "--record", str(gone), "--language", "ar"]) == 1
    assert f" {gone}." in capsys.readouterr().err
    out = tmp_path / "out.txt"
    assert run(["report", "protection-overview", *record, "--format", "text", "--out", str(out)]) == 0
    assert capsys.readouterr().out == f"Written: {out}\n"


def test_a_list_is_narrowed_by_the_name_of_a_partner(record: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["import", str(sheets("2026-01")[0]), *record, "--apply"]) == 0
    capsys.readouterr()
    assert run(["list", "partners", *record, "--json"]) == 0
    partner = json.loads(capsys.readouterr().out)[0]["name"]
    assert run(["list", "activities", *record, "--json", "--where", f"partner={partner}"]) == 0
    listed = json.loads(capsys.readouterr().out)
    assert len(listed) == 30
    assert sum(one["people"] is not None for one in listed) > 20, "people reached in the month"
    assert run(["list", "activities", *record, "--where", "partner=nobody"]) == 1
    assert "nobody" in capsys.readouterr().err
    assert run(["list", "activities", *record, "--where", "colour=red"]) == 1
    assert "no column colour" in capsys.readouterr().err


def test_what_a_new_record_begins_with_is_not_taken_back(
    tmp_path: Path, passphrase: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    new = ["--record", str(tmp_path / "essai.jalon"), "--passphrase-file", str(passphrase), "--language", "en"]
    assert run(["new", *new, "--person", "Amani Essai", "--office", "Bureau d'essai"]) == 0
    assert "Recovery code" in capsys.readouterr().out
    assert run(["undo", *new]) == 1
    assert "nothing to take back" in capsys.readouterr().err
    assert run(["list", "frameworks", *new, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)


def test_a_new_passphrase_is_typed_twice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    path = tmp_path / "essai.jalon"
    for typed, done in (("quatre mots pour essayer", "quatre mots pour esayer"), 1), ((PASSPHRASE, PASSPHRASE), 0):
        keys = iter(typed)
        monkeypatch.setattr("getpass.getpass", lambda _prompt, keys=keys: next(keys))
        assert run(["new", "--record", str(path), "--language", "en"]) == done
        assert path.exists() is not bool(done)
    assert "not the same" in capsys.readouterr().err


def test_the_history_is_told_from_its_beginning(record: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with Record.open(Path(record[1]), PASSPHRASE) as opened:
        for number in range(205):
            opened.write(add_partner, f"Partenaire {number}")
    capsys.readouterr()
    assert run(["history", *record, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert len(told) == 206
    assert told[-1]["act"] == "start"


@pytest.mark.parametrize("verb", ["new", "list", "import", "report", "export", "restore"])
def test_help_speaks_the_readers_language_from_its_first_word(verb: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        run([verb, "--language", "ar", "--help"])
    told = capsys.readouterr().out
    assert ended.value.code == 0
    assert told.startswith("الاستخدام:")
    assert not {"usage:", "options:", "positional", "show"} & set(told.split())
    assert told.count("الخيارات:") == 1


@pytest.mark.parametrize(
    "arguments",
    [
        ["import", "--language", "fr"],
        ["list", "partners", "--record", "x", "--nope", "--language", "fr"],
        ["list", "nothing", "--record", "x", "--language", "fr"],
        ["undo", "--language", "fr", "--record"],
        ["report", "x", "--record", "x", "--out", "y", "--to", "soon", "--language", "fr"],
        ["undo", "--record", "x", "--language=zz"],
    ],
)
def test_a_wrong_call_is_told_in_the_readers_language(
    arguments: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(settings, "screen_language", lambda: "fr")
    assert run(arguments) == 2
    said = capsys.readouterr().err
    english = ("required", "unrecognized", "invalid", "expected", "argument ", "choose", "missing", "offer", "is no")
    assert "Cette commande" in said and not [word for word in english if word in said]


@pytest.mark.parametrize("where", ["share=garbage", "share=stage=commitment;from=x", "share=;;=;"])
def test_a_selection_that_no_figure_wrote_is_refused_in_a_sentence(
    where: str, record: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["list", "allocations", "--where", where, *record]) == 1
    assert "does not say which rows are meant" in capsys.readouterr().err


def test_a_flag_of_the_self_test_without_its_file_is_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--check-window"]) == 2
    assert "Traceback" not in capsys.readouterr().err

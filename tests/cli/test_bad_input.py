"""What goes wrong at the door, verb by verb: one clear sentence in the person's language, and nothing is changed."""

import hashlib
import io
import os
import random
import signal
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import xlsxwriter

import db.engine
from db.commands.arrivals import bring_in
from db.keys import VERSION
from db.origin import register
from db.queries.arrivals import held
from db.queries.check import check
from db.record import Record
from desktop import apart
from desktop.cli import run
from desktop.intake.planning import plan
from desktop.intake.profiles import mapping_for
from desktop.intake.workbook import read_workbook
from desktop.opening import origins
from desktop.sample import sheets
from tests.builders import PASSPHRASE, everything, new_record
from tests.forked import forked, wait_for

HEADINGS = ("Organisation", "Activité", "Province", "Date de début", "Date de fin", "Bénéficiaires directs")
LONG = "N" * 10_000
HOSTILE = ("=cmd|'/c calc'!A0", "<img src=x onerror=alert(1)>", "+1+1", "@SUM(1)", "{partner} %s", "\u2066a\u2069b")
UNREADABLE = ("avec\x01contrôle", "\u202etourné", LONG, "échappé\x1b[31m")


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a record of one sheet and its passphrase."""
    folder = tmp_path_factory.mktemp("made")
    record, _code = new_record(folder / "r.jalon")
    with record:
        workbook = read_workbook(sheets("2026-01")[0])
        mapping = mapping_for(workbook)
        record.write(bring_in, plan(workbook, mapping, record.read(held, mapping.holds.value)).arrival)
    (folder / "passphrase").write_text(PASSPHRASE, encoding="utf-8")
    return folder


@pytest.fixture
def here(filled: Path, tmp_path: Path) -> Path:
    """A copy of that folder for one test."""
    for name in ("r.jalon", "r.jalon.keys", "passphrase"):
        (tmp_path / name).write_bytes((filled / name).read_bytes())
    # It lives here: what is opened for a copy gets an origin of its own, whatever it is then asked.
    with Record.open(tmp_path / "r.jalon", PASSPHRASE) as record:
        register(record, origins())
    return tmp_path


def called(here: Path, *arguments: str, language: str = "fr") -> int:
    """A verb on the record of this folder."""
    named = ["--record", str(here / "r.jalon")] if "--record" not in arguments else []
    secret = ["--passphrase-file", str(here / "passphrase")] if "--passphrase-file" not in arguments else []
    return run([*arguments, *named, *secret, "--language", language])


def whole(here: Path) -> dict[str, str]:
    """Every file of the folder with its digest, but for locks, wrong tries, settings and copies of the record."""
    beside = {"settings", "r.jalon.backups"}
    return {
        str(path.relative_to(here)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(here.rglob("*"))
        if path.is_file() and path.suffix not in (".lock", ".tries") and not beside & {*path.parts}
    }


def refused(here: Path, capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """The sentence a verb is refused with: one line, in French and not in English, and nothing is changed."""
    before = whole(here)
    said = []
    for language in ("en", "fr"):
        capsys.readouterr()
        assert called(here, *arguments, language=language) == 1
        printed = capsys.readouterr()
        assert printed.out == ""
        (line,) = printed.err.splitlines()
        said.append(line)
    assert said[0] != said[1]
    assert whole(here) == before
    return said[0]


def workbook(path: Path, *rows: tuple[object, ...], headings: tuple[str, ...] = HEADINGS) -> Path:
    with xlsxwriter.Workbook(path, {"strings_to_formulas": False, "strings_to_urls": False}) as made:
        sheet = made.add_worksheet()
        sheet.write_row(0, 0, headings)
        for number, row in enumerate(rows, start=1):
            sheet.write_row(number, 0, row)
    return path


def row(name: str, activity: str = "Écoute") -> tuple[object, ...]:
    return name, activity, "Ituri", "2025-01-01", "2025-02-01", 12


def bomb(path: Path) -> Path:
    with zipfile.ZipFile(workbook(path, row("Femmes d’essai"))) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, b" " * 30_000_000 if name.endswith("sharedStrings.xml") else content)
    return path


def content(path: Path, written: bytes) -> Path:
    path.write_bytes(written)
    return path


FILES: dict[str, tuple[Callable[[Path], Path], str]] = {
    "bomb": (lambda at: bomb(at / "a.xlsx"), "unpacks to far more"),
    "nothing": (lambda at: content(at / "a.xlsx", b""), "is empty"),
    "no cells": (lambda at: workbook(at / "a.xlsx", headings=()), "is empty"),
    "headings alone": (lambda at: workbook(at / "a.xlsx"), "is empty"),
    "picture": (lambda at: content(at / "a.xlsx", b"\x89PNG\r\n\x1a\n" + bytes(500)), "is not a workbook"),
    "picture as text": (lambda at: content(at / "a.csv", b"\xff\xd8\xff\xe0" + bytes(500)), "is not a workbook"),
    "strange headings": (
        lambda at: workbook(at / "a.xlsx", ("a", "b", "c"), headings=("Zig", "Zag", "Zog")),
        "looks like headings",
    ),
    "not there": (lambda at: at / "absent.xlsx", "There is no file"),
    "folder": (lambda at: at, "could not be opened"),
}


@pytest.mark.parametrize("kind", FILES)
def test_a_file_that_is_no_table_is_refused(here: Path, kind: str, capsys: pytest.CaptureFixture[str]) -> None:
    make, reason = FILES[kind]
    assert reason in refused(here, capsys, "import", str(make(here)), "--apply")


def another(here: Path, record: bytes, keys: bytes | None) -> tuple[str, ...]:
    """The options that name another record, made of these bytes and these keys."""
    (here / "other.jalon").write_bytes(record)
    if keys is not None:
        (here / "other.jalon.keys").write_bytes(keys)
    return "list", "partners", "--record", str(here / "other.jalon")


def test_what_is_no_record_or_lacks_its_keys_is_refused(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    record, keys = (here / "r.jalon").read_bytes(), (here / "r.jalon.keys").read_bytes()
    assert "is not a record" in refused(here, capsys, *another(here, b"hello" * 1000, keys))
    assert "is not a record" in refused(here, capsys, *another(here, b"\x89PNG" * 99, None))
    (here / "other.jalon.keys").unlink()
    assert "key file" in refused(here, capsys, *another(here, record, None))
    assert "cannot be read" in refused(here, capsys, *another(here, record, b"[1, 2"))
    newer = keys.replace(b'"version": %d' % VERSION, b'"version": 99')
    assert "newer version" in refused(here, capsys, *another(here, record, newer))
    assert "There is no record" in refused(here, capsys, "list", "partners", "--record", str(here / "absent.jalon"))
    assert "is not a record" in refused(here, capsys, "list", "partners", "--record", str(here))


def test_a_wrong_passphrase_is_refused(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for secret, reason in ((b"pas la bonne", "does not open"), (b"\xff\xfe\x00", "cannot be read")):
        wrong = content(here / "wrong", secret)
        assert reason in refused(here, capsys, "list", "partners", "--passphrase-file", str(wrong))


REPORT = ("report", "protection-overview", "--format", "text")


def test_a_report_that_cannot_be_made_leaves_no_file(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = ("--out", str(here / "out.text"))
    assert "no report called" in refused(here, capsys, "report", "nothing", *out)
    assert "which one" in refused(here, capsys, *REPORT, *out, "--audience", "partner")
    assert "after it ends" in refused(here, capsys, *REPORT, *out, "--from", "2026-02-01", "--to", "2026-01-01")
    assert "no folder" in refused(here, capsys, *REPORT, "--out", str(here / "no" / "out.text"))
    assert "could not be written" in refused(here, capsys, *REPORT, "--out", str(here))
    for written in (b"{", b"[" * 100_000, b'{"title": 1e999}', b'{"title": "' + b"x" * 10_000_000 + b'"}'):
        words = content(here / "words.json", written)
        assert "does not hold" in refused(here, capsys, *REPORT, *out, "--words", str(words))
    for name in (*HOSTILE, LONG, "avec\x01contrôle", "\ud800"):
        assert refused(here, capsys, *REPORT, *out, "--partner", name)


def test_nothing_is_written_over_a_record_or_what_lies_beside_it(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (here / "seul.jalon").write_bytes((here / "r.jalon").read_bytes())
    for name in ("r.jalon", "r.jalon.keys", "r.jalon-wal", "r.jalon.lock", "seul.jalon"):
        for verb in (REPORT, ("export", "fivew")):
            assert "could not be written" in refused(here, capsys, *verb, "--out", str(here / name))


def test_a_copy_that_has_no_place_is_refused(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for out in (content(here / "a file", b"x"), here / "no" / "where"):
        assert "no folder" in refused(here, capsys, "backup", "--out", str(out))
    assert "no folder" in refused(here, capsys, "new", "--record", str(here / "no" / "r.jalon"))


@pytest.mark.skipif(not Path("/dev/full").is_char_device(), reason="needs /dev/full, as Linux has it")
def test_a_full_disk_while_writing_a_report_leaves_the_old_one(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    old = content(here / "out.text", b"old")
    for _language in ("en", "fr"):
        (here / "out.text.part").symlink_to("/dev/full")
        assert called(here, *REPORT, "--out", str(old), language="en") == 1
        assert "The disk is full" in capsys.readouterr().err
    assert old.read_bytes() == b"old" and not (here / "out.text.part").is_symlink()


def test_a_full_disk_while_applying_changes_nothing(
    here: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    many = workbook(here / "a.xlsx", *(row(f"Organisation {n} " + "x" * 400, "y" * 400) for n in range(300)))
    before = kept(here)
    pages = (here / "r.jalon").stat().st_size // db.engine.PAGE + 5
    with monkeypatch.context() as small:
        small.setattr(db.engine, "_SETTINGS", (*db.engine._SETTINGS, f"max_page_count={pages}"))
        assert called(here, "import", str(many), "--apply", language="en") == 1
    assert "The disk is full" in capsys.readouterr().err
    assert kept(here) == before
    assert called(here, "import", str(many), "--apply") == 0


def kept(here: Path) -> dict[str, set[tuple[object, ...]]]:
    with Record.open(here / "r.jalon", PASSPHRASE, write=False) as record:
        assert check(record) == ()
        return record.read(everything)


def test_a_second_writer_is_refused_and_readers_work_beside_the_first(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with Record.open(here / "r.jalon", PASSPHRASE):
        sheet = str(sheets("2026-02")[0])
        assert "already writing" in refused(here, capsys, "import", sheet, "--apply")
        assert "already writing" in refused(here, capsys, "undo")
        assert called(here, "import", sheet) == 0
        assert called(here, "list", "partners") == 0
        assert called(here, *REPORT, "--out", str(here / "out.text")) == 0


@pytest.fixture(params=["xlsx", "csv"])
def hostile(request: pytest.FixtureRequest, here: Path) -> Iterator[Path]:
    """A file whose names are all hostile: some can be kept as what they say, the others cannot be read."""
    rows = [row(name) for name in (*HOSTILE, *UNREADABLE)]
    if request.param == "xlsx":
        yield workbook(here / "hostile.xlsx", *rows)
        return
    lines = [";".join(map(str, one)) for one in (HEADINGS, *rows)]
    yield content(here / "hostile.csv", "\r\n".join(lines).encode())


def test_hostile_names_are_kept_as_text_or_named_as_problems(
    here: Path, hostile: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    problems = here / "problems.csv"
    assert called(here, "import", str(hostile), "--apply", "--problems", str(problems), language="en") == 0
    said = capsys.readouterr().out
    for number in range(len(HOSTILE) + 2, len(HOSTILE) + len(UNREADABLE) + 2):
        assert sum(line.startswith(f"Row {number}: ") for line in said.splitlines()) == 1, number
    assert "Row 2:" not in said and LONG not in said
    back = problems.read_text(encoding="utf-8-sig").splitlines()
    assert len(back) == 1 + len(UNREADABLE)
    assert called(here, "list", "activities", "--json") == 0
    kept_names = capsys.readouterr().out
    assert all(name in kept_names for name in ("=cmd|'/c calc'!A0", "<img src=x onerror=alert(1)>", "+1+1"))
    assert not [sign for sign in "\x01\x1b\u202e" if sign in kept_names]


def test_no_exported_cell_runs(here: Path, hostile: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert called(here, "import", str(hostile), "--apply") == 0
    capsys.readouterr()
    for form in ("csv", "xlsx"):
        assert called(here, "export", "fivew", "--out", str(here / f"out.{form}")) == 0
    cells = (here / "out.csv").read_text(encoding="utf-8-sig").replace('"', "").replace("\n", ",").split(",")
    assert not [cell for cell in cells if cell.startswith(("=", "+", "@"))]
    with zipfile.ZipFile(io.BytesIO((here / "out.xlsx").read_bytes())) as book:
        assert not [name for name in book.namelist() if b"<f>" in book.read(name)]


def test_a_file_of_broken_letters_is_read_or_refused_and_never_breaks_the_program(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = ";".join(HEADINGS).encode() + b"\nSeule \xed\xa0\x80 moiti\xc3\xa9;A;Ituri;2025-01-01;2025-02-01;12\n"
    assert called(here, "import", str(content(here / "lone.csv", lines)), "--apply") in (0, 1)
    assert "is not a workbook" in refused(
        here, capsys, "import", str(content(here / "nul.csv", lines + b"a\x00b;A;;;;\n")), "--apply"
    )


@pytest.mark.parametrize("typed", [LONG, "\ud800", "a\0b", "", "\x1b[31m", "a\nb", "=cmd|'/c calc'!A0"])
def test_whatever_is_typed_after_a_verb_ends_in_one_line(
    here: Path, typed: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(here)
    out = ("--out", "out.text")
    for arguments in (
        ("import", typed),
        ("import", str(sheets("2026-02")[0]), "--mapping", typed or "absent"),
        ("import", str(sheets("2026-02")[0]), "--sheet", typed or "absent"),
        ("list", "partners", "--record", typed),
        ("list", "partners", "--passphrase-file", typed),
        ("list", "partners", "--where", f"{typed}=x"),
        ("list", typed),
        ("report", typed, *out),
        (*REPORT, *out, "--words", typed or "absent"),
        (*REPORT, *out, "--from", typed),
        ("restore", typed),
        ("undo", typed),
    ):
        capsys.readouterr()
        assert called(here, *arguments) in (1, 2), arguments
        printed = capsys.readouterr()
        assert printed.out == "" and len(printed.err.splitlines()) == 1 and len(printed.err) < 1000
        assert "\x1b" not in printed.err


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork, which Windows has not")
def test_an_import_that_is_killed_is_there_whole_or_not_at_all(here: Path) -> None:
    before = kept(here)
    sheet = workbook(here / "a.xlsx", *(row(f"Organisation {n}", f"Écoute {n}") for n in range(200)))
    begun = time.perf_counter()
    import_and_die(here, sheet, None)
    takes = time.perf_counter() - begun
    assert len(kept(here)["activity"]) - len(before["activity"]) == 200
    chance = random.Random(5)
    for _time in range(4):
        if len(kept(here)["activity"]) > len(before["activity"]):
            assert called(here, "undo") == 0
        import_and_die(here, sheet, chance.random() * takes)
        now = kept(here)
        assert now == before or len(now["activity"]) - len(before["activity"]) == 200


def import_and_die(here: Path, sheet: Path, after: float | None) -> None:
    """Import in another process, and kill that after so many seconds, or let it finish."""

    def imports() -> None:
        apart._ready.clear()  # it belongs to the process that is copied
        called(here, "import", str(sheet), "--apply")

    child = forked(imports)
    if after is not None:
        time.sleep(after)
        os.kill(child, signal.SIGKILL)
    wait_for(child)

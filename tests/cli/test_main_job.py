"""The main job on the real public 5W, verb by verb: the workbook in, guarded reports out, the 5W out and back.

Figures are read back from what was written (cells of Excel, the text of a PDF, files inside it), and have to be those
that the publisher's own columns add up to.
"""

import csv
import io
import json
import re
import zipfile
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
from pikepdf import pdfa
from python_calamine import CalamineWorkbook

from desktop.cli import run
from tests.builders import PASSPHRASE
from tests.drc import ACTIVITIES, AREAS, FILE, PEOPLE, PROVINCES

pytestmark = pytest.mark.real

FIGURES = (PEOPLE, ACTIVITIES, *AREAS.values(), *PROVINCES.values())
LANGUAGES = ("fr", "en", "es", "ar")
_MARKS = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_GROUPED = re.compile("(?<=[0-9])[\u202f\u00a0,.](?=[0-9]{3}(?![0-9]))")


class Jalon:
    """The verbs on one record."""

    def __init__(self, folder: Path, name: str) -> None:
        self.folder = folder
        secret = folder / "passphrase"
        secret.write_text(PASSPHRASE, encoding="utf-8")
        self._options = ["--record", str(folder / name), "--passphrase-file", str(secret)]
        self("new", "--person", "Amani Essai", "--office", "Bureau d'essai")

    def __call__(self, *arguments: str) -> None:
        assert run([*arguments, *self._options]) == 0

    def summary(self, capsys: pytest.CaptureFixture[str], file: Path, *more: str) -> dict[str, Any]:
        """What an import says to a machine."""
        capsys.readouterr()
        self("import", str(file), "--json", *more)
        answer: dict[str, Any] = json.loads(capsys.readouterr().out)
        return answer

    def report(self, language: str, form: str, audience: str, *more: str) -> Path:
        """The protection overview as a file."""
        out = self.folder / f"{audience}-{language}.{form}"
        options = ("--language", language, "--format", form, "--audience", audience, "--out", str(out))
        self("report", "protection-overview", *options, *more)
        return out


@pytest.fixture(scope="module")
def drc(shared_data: Path) -> Path:
    return shared_data / FILE


@pytest.fixture(scope="module")
def jalon(tmp_path_factory: pytest.TempPathFactory, drc: Path) -> Jalon:
    """A record that holds the DRC file."""
    made = Jalon(tmp_path_factory.mktemp("job"), "essai.jalon")
    made("import", str(drc), "--apply")
    return made


def test_the_file_comes_in_once_is_taken_back_and_done_again(
    jalon: Jalon, drc: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    nothing = {"activity": 0, "organisation": 0, "place": 0, "donor": 0}
    again = jalon.summary(capsys, drc, "--apply")
    assert again == {
        "rows": 4_343,
        "doubles": 390,
        "problems": 9,
        "warnings": 0,
        "held": 3_944,
        "adds": nothing,
        "changes": 0,
    }
    jalon("undo")
    capsys.readouterr()
    for kind in ("activities", "partners", "donors", "places", "results", "sources"):
        jalon("list", kind, "--json")
        assert json.loads(capsys.readouterr().out) == [], kind
    planned = jalon.summary(capsys, drc)
    assert planned["held"] == 0 and planned["warnings"] == 356
    assert (planned["adds"]["activity"], planned["adds"]["organisation"], planned["adds"]["place"]) == (3_944, 247, 332)
    jalon("redo")
    assert jalon.summary(capsys, drc)["held"] == 3_944


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_sums_stand_in_the_cells_of_excel(jalon: Jalon, language: str) -> None:
    sheets = cells(jalon.report(language, "xlsx", "internal"))
    assert [row[1] for row in sheets[1][-5:]] == [*AREAS.values()]
    across = sheets[2][3:]
    assert {row[0]: row[-1] for row in across[:-1]} == PROVINCES
    assert across[-1][1:] == [*AREAS.values(), PEOPLE]
    assert [sum(row[column] for row in across[:-1]) for column in range(1, 7)] == across[-1][1:]
    assert {row[1] for row in sheets[0] if len(row) > 1} >= {PEOPLE, ACTIVITIES}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_sums_stand_on_the_pages_of_the_pdf(jalon: Jalon, language: str) -> None:
    out = jalon.report(language, "pdf", "internal")
    checked = pdfa.validate_written(str(out), "3b")
    assert checked.passed, checked.findings
    said = printed(out)
    assert not [figure for figure in FIGURES if not re.search(rf"(?<!\d){figure}(?!\d)", said)]


@pytest.mark.parametrize("form", ["docx", "text"])
def test_the_sums_stand_in_word_and_in_text(jalon: Jalon, form: str) -> None:
    said = printed(jalon.report("es", form, "internal"))
    assert not [figure for figure in FIGURES if str(figure) not in said]


@pytest.mark.parametrize(("form", "language"), [("pdf", "fr"), ("docx", "ar"), ("xlsx", "es"), ("text", "en")])
def test_no_reader_of_a_public_report_learns_of_the_eight(jalon: Jalon, form: str, language: str) -> None:
    secret = sums_of_eight(jalon, language)
    assert len(secret) == 3, "one place, one partner and one donor have eight people in all"
    out = jalon.report(language, form, "public", "--attach-data")
    found = lines(out)
    for name in secret:
        said = [line for line in found if name in line]
        assert said and not [line for line in said if re.search(r"(?<!\d)8(?!\d)", line.replace(name, ""))]


def test_what_is_hidden_on_the_page_is_hidden_in_the_files_inside(jalon: Jalon) -> None:
    with pikepdf.open(jalon.report("fr", "pdf", "public", "--attach-data")) as report:
        inside = {name: file.get_file().read_bytes() for name, file in report.attachments.items()}
    assert set(inside) == {"figures.csv", "figures.json"}
    told = list(csv.DictReader(io.StringIO(inside["figures.csv"].decode("utf-8-sig"))))
    hidden = [one for one in told if one["state"] == "hidden"]
    assert hidden and not [one for one in hidden if one["value"]]
    assert ("places_declared", "Kasaï-Oriental") in {(one["table"], one["row"]) for one in hidden}
    assert {one["column"] for one in told if one["value"] == "8"} == {"Activités"}
    assert b"Oriental" in inside["figures.json"]


def test_the_five_w_comes_back_into_an_empty_record(jalon: Jalon, capsys: pytest.CaptureFixture[str]) -> None:
    sent = jalon.folder / "5w.csv"
    jalon("export", "fivew", "--out", str(sent))
    there = Jalon(jalon.folder, "there.jalon")
    found = there.summary(capsys, sent, "--apply")
    assert (found["rows"], found["doubles"], found["problems"]) == (3_944, 0, 0)
    assert found["adds"]["activity"] == 3_944
    across = cells(there.report("fr", "xlsx", "internal"))[2][3:]
    assert {row[0]: row[-1] for row in across[:-1]} == PROVINCES and across[-1][1:] == [*AREAS.values(), PEOPLE]


def sums_of_eight(jalon: Jalon, language: str) -> set[str]:
    """The places, partners and donors whose people declared, or those of one area, are eight in all."""
    sheets = cells(jalon.report(language, "xlsx", "internal"))
    found = {str(row[0]) for row in sheets[2][3:] if 8 in row[1:]}
    return found | {str(row[0]) for sheet in sheets[3:7] for row in sheet if len(row) > 1 and row[-1] == 8}


def cells(file: Path) -> list[list[list[Any]]]:
    """Every sheet of a workbook, row by row."""
    book = CalamineWorkbook.from_path(str(file))
    return [book.get_sheet_by_name(name).to_python() for name in book.sheet_names]


def lines(file: Path) -> list[str]:
    """What a file says, a line a row of its tables; figures without separators."""
    match file.suffix:
        case ".pdf":
            pages = pypdfium2.PdfDocument(file)
            said = [line for page in pages for line in page.get_textpage().get_text_range().splitlines()]
        case ".xlsx":
            said = [
                " | ".join(f"{cell:g}" if isinstance(cell, float) else str(cell) for cell in row)
                for sheet in cells(file)
                for row in sheet
            ]
        case ".docx":
            with zipfile.ZipFile(file) as parts:
                rows = parts.read("word/document.xml").decode().split("</w:tr>")
            said = [re.sub("<[^>]*>", "", row.replace("</w:tc>", " | ")) for row in rows]
        case _:
            said = file.read_text(encoding="utf-8").splitlines()
    return [_GROUPED.sub("", _MARKS.sub("", line)) for line in said]


def printed(file: Path) -> str:
    """Everything a file says."""
    return "\n".join(lines(file))

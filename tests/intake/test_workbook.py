"""What comes out of a foreign file, and what is refused at the door."""

import io
import struct
import subprocess
import zipfile
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter

from desktop.intake import errors
from desktop.intake.workbook import read_workbook
from i18n import Words

ROWS = [["Organisation", "Activité", "Bénéficiaires"], ["Femmes d’Ituri", "Écoute", 120]]


def written(path: Path, rows: list[list[object]]) -> Path:
    with xlsxwriter.Workbook(path) as workbook:
        sheet = workbook.add_worksheet("Données")
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return path


def rezipped(path: Path, part: str, content: bytes) -> Path:
    """The same workbook with one part replaced."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts[part] = content
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in parts.items():
            archive.writestr(name, body)
    return path


def test_a_workbook_gives_its_sheets_with_typed_cells(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as workbook:
        sheet = workbook.add_worksheet("Données")
        sheet.write_datetime(0, 1, date(2025, 3, 1), workbook.add_format({"num_format": "dd/mm/yyyy"}))
        sheet.write(1, 0, "x")
        workbook.add_worksheet("Listes").hide()
    (found,) = read_workbook(path).sheets
    assert found.name == "Données"
    assert found.rows == (("", date(2025, 3, 1)), ("x", ""))


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("utf-8-sig", "Libellé;Été\nà;1\n"),
        ("utf-8", "المنظمة;النشاط\nأ;١\n"),
        ("utf-16", "Libellé;Été\nà;1\n"),
        ("utf-16-le", "Libellé;Été\nà;1\n"),
        ("cp1252", "Libellé;Été – «œuvre»\nà;1\n"),
        ("mac_roman", "Libellé;Été « œuvré »\nà;1\n"),
        ("cp850", "Libellé;Événement créé à\nà;1\n"),
        ("cp1256", "المنظمة;النشاط\nجمعية;مأوى\n"),
    ],
)
def test_text_is_read_whatever_its_encoding(tmp_path: Path, encoding: str, text: str) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(text.encode(encoding))
    assert [";".join(map(str, row)) for row in read_workbook(path).sheets[0].rows] == text.splitlines()


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found_although_others_stand_in_the_cells(tmp_path: Path, delimiter: str) -> None:
    path = tmp_path / "a.csv"
    lines = [["nom", "note", "n"], ["A", '"a, b; c, d"', "1"], ["B", '"ligne\nautre, ligne"', "2"]]
    path.write_text("\r\n".join(delimiter.join(line) for line in lines), newline="")
    assert read_workbook(path).sheets[0].rows[2] == ("B", "ligne\nautre, ligne", "2")


def test_excel_s_own_line_about_the_delimiter_is_obeyed(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("sep=;\na,b;c\n1,5;2\n")
    assert read_workbook(path).sheets[0].rows == (("a,b", "c"), ("1,5", "2"))


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (b"", errors.EmptyFile),
        (b"\n\n", errors.EmptyFile),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), errors.NotAWorkbook),
        (bytes(range(256)) * 20, errors.NotAWorkbook),
        (b"PK\x03\x04 but nothing more", errors.DamagedWorkbook),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), errors.DamagedWorkbook),
        (b"<html><table><tr><td>1</td></tr></table></html>", errors.OtherWorkbook),
    ],
)
def test_what_is_no_workbook_is_refused_in_one_sentence(tmp_path: Path, content: bytes, refusal: type) -> None:
    path = tmp_path / "rapport.xlsx"
    path.write_bytes(content)
    with pytest.raises(refusal) as caught:
        read_workbook(path)
    words = Words.of("fr")
    assert "rapport.xlsx" in words.gettext(caught.value.message).format(**caught.value.values(words))


def test_a_zip_that_is_no_workbook_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    with pytest.raises(errors.NotAWorkbook):
        read_workbook(path)


def test_a_zip_bomb_is_refused_before_it_unpacks(tmp_path: Path) -> None:
    path = rezipped(written(tmp_path / "a.xlsx", ROWS), "xl/sharedStrings.xml", b" " * 30 * 1024 * 1024)
    with pytest.raises(errors.Bomb):
        read_workbook(path)


def test_a_zip_bomb_that_lies_about_its_size_is_refused_too(tmp_path: Path) -> None:
    path = rezipped(written(tmp_path / "a.xlsx", ROWS), "xl/sharedStrings.xml", b" " * 30 * 1024 * 1024)
    packed = path.read_bytes()
    honest = struct.pack("<I", 30 * 1024 * 1024)
    path.write_bytes(packed.replace(honest, struct.pack("<I", 4)))
    with pytest.raises(errors.Bomb):
        read_workbook(path)


def test_a_cell_in_the_last_corner_is_refused_and_not_laid_out(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as workbook:
        sheet = workbook.add_worksheet()
        sheet.write(0, 0, "a")
        sheet.write(1_048_575, 16_383, "b")
    with pytest.raises(errors.TooManyCells):
        read_workbook(path)


@pytest.mark.parametrize("part", ["xl/elsewhere/sheet1.xml", "content.xml"])
def test_a_sheet_that_hides_under_another_name_is_measured_too(tmp_path: Path, part: str) -> None:
    path = written(tmp_path / "a.xlsx", ROWS)
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    hidden = parts.pop("xl/worksheets/sheet1.xml").replace(b'r="A2"', b'r="XFD60000"')
    parts["xl/_rels/workbook.xml.rels"] = parts["xl/_rels/workbook.xml.rels"].replace(
        b"worksheets/sheet1.xml", b"/" + part.encode()
    )
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in (parts | {part: hidden}).items():
            archive.writestr(name, content)
    with pytest.raises(errors.TooManyCells):
        read_workbook(path)


def ods(path: Path, body: str) -> Path:
    names = 'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    names += 'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    names += 'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
    content = f"<office:document-content {names}><office:body><office:spreadsheet>"
    content += f'<table:table table:name="Feuille">{body}</table:table>'
    content += "</office:spreadsheet></office:body></office:document-content>"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet", zipfile.ZIP_STORED)
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
        archive.writestr("content.xml", content)
    return path


CELL = '<table:table-cell office:value-type="string"{}><text:p>a</text:p></table:table-cell>'


def test_an_opendocument_sheet_is_read_with_the_blank_rows_at_its_end(tmp_path: Path) -> None:
    rest = '<table:table-row table:number-rows-repeated="1048575"><table:table-cell '
    rest += 'table:number-columns-repeated="16384"/></table:table-row>'
    path = ods(tmp_path / "a.ods", f"<table:table-row>{CELL.format('')}</table:table-row>{rest}")
    assert read_workbook(path).sheets[0].rows[0][0] == "a"


def test_an_opendocument_sheet_that_repeats_a_cell_without_end_is_refused(tmp_path: Path) -> None:
    cell = CELL.format(' table:number-columns-repeated="16384"')
    path = ods(tmp_path / "a.ods", f'<table:table-row table:number-rows-repeated="1048576">{cell}</table:table-row>')
    with pytest.raises(errors.TooManyCells):
        read_workbook(path)


def locked(path: Path, password: str) -> Path:
    from msoffcrypto.format.ooxml import OOXMLFile

    sealed = io.BytesIO()
    with path.open("rb") as plain:
        OOXMLFile(plain).encrypt(password, sealed)
    path.write_bytes(sealed.getvalue())
    return path


def test_a_locked_workbook_opens_with_its_password_only(tmp_path: Path) -> None:
    path = locked(written(tmp_path / "a.xlsx", ROWS), "Bunia2025")
    with pytest.raises(errors.PasswordNeeded):
        read_workbook(path)
    with pytest.raises(errors.WrongPassword):
        read_workbook(path, "bunia2025")
    assert read_workbook(path, "Bunia2025").sheets[0].rows[1] == ("Femmes d’Ituri", "Écoute", 120)


def test_a_damaged_workbook_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path / "a.xlsx", ROWS)
    path.write_bytes(path.read_bytes()[:-200])
    with pytest.raises(errors.DamagedWorkbook):
        read_workbook(path)


def test_a_cell_longer_than_any_spreadsheet_s_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("a,b\n" + "x" * 40_000 + ",1\n")
    with pytest.raises(errors.CellTooLong):
        read_workbook(path)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(errors.FileNotFound):
        read_workbook(tmp_path / "none.xlsx")


def test_a_refusal_travels_between_processes() -> None:
    import pickle

    back = pickle.loads(pickle.dumps(errors.CellTooLong(name="a", row=3, longest=5)))
    assert back.gaps == {"name": "a", "row": 3, "longest": 5}


@pytest.mark.office("soffice")
@pytest.mark.parametrize("kind", ["xls", "ods", "csv"])
def test_the_same_rows_come_out_of_every_kind_of_workbook(tmp_path: Path, kind: str) -> None:
    made = written(tmp_path / "a.xlsx", ROWS)
    profile = f"-env:UserInstallation={(tmp_path / 'office').as_uri()}"
    order = ["soffice", profile, "--headless", "--convert-to", kind, "--outdir", str(tmp_path), str(made)]
    subprocess.run(order, check=True, capture_output=True, timeout=120)
    (found,) = read_workbook(tmp_path / f"a.{kind}").sheets
    assert [[str(cell).removesuffix(".0") for cell in row] for row in found.rows] == [
        [str(cell) for cell in row] for row in ROWS
    ]

"""A donor's log frame out of Word and Excel: codes, wording and order as in the file, whatever the file is."""

import io
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from uuid import uuid4

import pytest
import xlsxwriter
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from hypothesis import given, settings
from hypothesis import strategies as st

from db.queries.indicators import OurIndicator
from desktop.intake import word_tables
from desktop.intake.errors import Bomb, FileRefused
from desktop.intake.logframe import LogFramePlan, NoLogFrame, plan_log_frame, read_tables
from desktop.intake.word_tables import DamagedWordFile, NotAWordFile

FRENCH = (
    ("Logique d’intervention", "Indicateurs (IOV)", "Valeur de référence", "Cible", "Sources de vérification"),
    ("Objectif global : Les survivantes vivent en sécurité", "", "", "", ""),
    ("Effet 1 : Les services sont accessibles", "1.a Part des personnes satisfaites", "n.c.", "80 %", "Enquête"),
    ("Produit 1.1 : Des espaces sûrs sont ouverts", "Nombre d’espaces sûrs conformes", "0", "4", "Audit"),
    ("", "Personnes ayant reçu un soutien psychosocial ciblé", "", "1 200", "Registres"),
    ("Activité 1.1.1 Former les équipes", "", "", "", ""),
    ("Produit 1.2 : Le personnel est formé", "- Personnes formées\n- Séances tenues", "", "", ""),
)


def word_file(path: Path, *tables: Sequence[Sequence[str]]) -> Path:
    document = Document()
    document.add_paragraph("Annexe 2")
    for rows in tables:
        table = document.add_table(len(rows), len(rows[0]))
        for row, values in zip(table.rows, rows, strict=True):
            for cell, value in zip(row.cells, values, strict=True):
                cell.text = value
    document.save(str(path))
    return path


def workbook(path: Path, rows: Sequence[Sequence[str | int]]) -> Path:
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Cadre")
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return path


def planned(path: Path, ours: Sequence[OurIndicator] = ()) -> LogFramePlan:
    return plan_log_frame(path.name, read_tables(path), ours, "fr")


def shape(plan: LogFramePlan) -> list[tuple[str, str, str | None]]:
    return [(line.code, line.kind, line.parent) for line in plan.lines]


EXPECTED = [
    ("#1", "impact", None),
    ("1", "outcome", "#1"),
    ("1.a", "indicator", "1"),
    ("1.1", "output", "1"),
    ("1.1.i1", "indicator", "1.1"),
    ("1.1.i2", "indicator", "1.1"),
    ("1.1.1", "activity", "1.1"),
    ("1.2", "output", "1"),
    ("1.2.i1", "indicator", "1.2"),
    ("1.2.i2", "indicator", "1.2"),
]


def test_word_and_workbook_give_the_same_lines_in_the_order_of_the_file(tmp_path: Path) -> None:
    from_word = planned(word_file(tmp_path / "cadre.docx", FRENCH))
    from_workbook = planned(workbook(tmp_path / "cadre.xlsx", FRENCH))
    assert shape(from_word) == shape(from_workbook) == EXPECTED
    assert from_word.lines == from_workbook.lines
    assert from_word.without_code == ("#1", "1.1.i1", "1.1.i2", "1.2.i1", "1.2.i2")


def test_wording_stays_the_files_and_what_stands_beside_it_is_kept_under_its_headings(tmp_path: Path) -> None:
    lines = {line.code: line for line in planned(word_file(tmp_path / "cadre.docx", FRENCH)).lines}
    assert lines["1.1"].name == "Produit 1.1 : Des espaces sûrs sont ouverts"
    assert lines["1.1"].language == "fr"
    assert lines["1.a"].notes == "Valeur de référence: n.c.\nCible: 80 %\nSources de vérification: Enquête"


def test_our_indicators_are_proposed_by_near_wording_in_any_language_and_by_code(tmp_path: Path) -> None:
    safe = OurIndicator(uuid4(), "G-3", ("Safe spaces open", "Espaces sûrs ouverts et conformes"))
    focused = OurIndicator(uuid4(), "P-1", ("Personnes ayant reçu un soutien psychosocial ciblé",))
    far = OurIndicator(uuid4(), "1.1.i1", ("Hectares déminés",))
    plan = planned(word_file(tmp_path / "cadre.docx", FRENCH), [far, safe, focused])
    found = {one.code: (one.indicator_id, one.nearness) for one in plan.proposed}
    assert found["1.1.i2"] == (focused.id, 1.0)
    assert found["1.1.i1"][0] in (safe.id, far.id)


def test_a_list_of_codes_with_its_languages_fills_an_empty_framework(tmp_path: Path) -> None:
    rows = (
        ("Code", "Parent", "Kind", "Name", "Language"),
        ("1", "", "Outcome", "People are safe", "en"),
        ("1", "", "Outcome", "Les personnes sont en sécurité", "fr"),
        ("1a", "1", "Pathway", "Services", "en"),
    )
    plan = planned(workbook(tmp_path / "srf.xlsx", rows))
    assert shape(plan) == [("1", "outcome", None), ("1a", "Pathway", "1")]
    assert plan.lines[0].texts == (("fr", "Les personnes sont en sécurité"),)
    comma = tmp_path / "srf.csv"
    comma.write_text("\n".join(",".join(row) for row in rows), encoding="utf-8")
    assert planned(comma).lines == plan.lines


def test_an_arabic_table_is_read_too(tmp_path: Path) -> None:
    rows = (("النتائج", "المؤشرات"), ("المخرج 1: مساحات آمنة مفتوحة", "عدد المساحات الآمنة"))
    assert shape(planned(word_file(tmp_path / "إطار.docx", rows))) == [
        ("1", "output", None),
        ("1.i1", "indicator", "1"),
    ]


def test_a_code_that_comes_again_is_kept_apart_and_nothing_is_lost(tmp_path: Path) -> None:
    rows = (("Résultats", "Indicateurs"), ("Effet 1 : Un", "Part"), ("Produit 1 : Autre", "Nombre"))
    plan = planned(workbook(tmp_path / "deux.xlsx", rows))
    assert [line.name for line in plan.lines] == ["Effet 1 : Un", "Part", "Produit 1 : Autre", "Nombre"]
    assert len({line.code for line in plan.lines}) == 4


def test_merged_cells_belong_to_the_line_above_and_deleted_text_is_gone(tmp_path: Path) -> None:
    path = word_file(tmp_path / "cadre.docx", (("Résultats", "Indicateurs"), ("R1 Un", "Nombre"), ("", "Part")))
    document = Document(str(path))
    table = document.tables[0]
    table.cell(1, 0).merge(table.cell(2, 0))
    paragraph = table.cell(1, 1).paragraphs[0]._p
    paragraph.append(parse_xml(f"<w:del {nsdecls('w')}><w:r><w:delText>effacé</w:delText></w:r></w:del>"))
    paragraph.append(parse_xml(f"<w:r {nsdecls('w')}><w:instrText>HYPERLINK</w:instrText></w:r>"))
    document.save(str(path))
    plan = planned(path)
    assert shape(plan) == [("R1", "result", None), ("R1.i1", "indicator", "R1"), ("R1.i2", "indicator", "R1")]
    assert plan.lines[1].name == "Nombre"


def test_a_number_at_the_head_of_a_sentence_is_no_code(tmp_path: Path) -> None:
    wordings = ("30 femmes formées", "Former 30 femmes", "R3 Former", "1.2 Former", "3) Former", "OS 2 - Former")
    rows = (("Résultats", "Indicateurs"), *((wording, "") for wording in wordings))
    codes = [line.code for line in planned(workbook(tmp_path / "x.xlsx", rows)).lines]
    assert codes == ["#1", "#2", "R3", "1.2", "3", "OS 2"]


def test_a_table_cut_in_two_goes_on_and_other_tables_are_left_out(tmp_path: Path) -> None:
    path = word_file(
        tmp_path / "cadre.docx",
        (("Budget", "CHF", "Note"), ("Personnel", "12", "")),
        (("Résultats", "Indicateurs"), ("R1 Un", "Nombre")),
        (("R2 Deux", "Part"),),
    )
    assert [line.code for line in planned(path).lines] == ["R1", "R1.i1", "R2", "R2.i1"]


def test_whatever_no_line_takes_is_said_before_anything_is_brought_in(tmp_path: Path) -> None:
    path = word_file(
        tmp_path / "cadre.docx",
        (("Signature", "Date"), ("La directrice", "3 mars")),
        (
            ("Cadre du projet", "inventé", "", "", ""),
            ("Code", "Résultats", "Indicateurs", "Cible", "Hypothèses"),
            ("R1", "Un", "Nombre", "40", "La route reste ouverte"),
            ("R2", "Deux", "", "12", ""),
            ("", "", "", "7", "Sans rien à gauche"),
        ),
    )
    plan = planned(path)
    assert plan.unread == ((5, "Hypothèses"),)
    assert plan.left_out == (
        "Signature | Date",
        "La directrice | 3 mars",
        "Cadre du projet | inventé",
        "7 | Sans rien à gauche",
    )
    assert [(line.code, line.notes) for line in plan.lines] == [
        ("R1", None),
        ("R1.i1", "Cible: 40"),
        ("R2", "Cible: 12"),
    ]


def test_a_wording_longer_than_its_field_is_kept_whole_beside_it(tmp_path: Path) -> None:
    long = "R1 " + "mot " * 200
    (line, _indicator) = planned(workbook(tmp_path / "x.xlsx", (("Résultats", "Indicateurs"), (long, "Nombre")))).lines
    assert len(line.name) <= 500 and line.notes == long.strip()


def test_a_file_without_such_a_table_is_refused_in_words(tmp_path: Path) -> None:
    with pytest.raises(NoLogFrame):
        planned(word_file(tmp_path / "lettre.docx", (("Objet", "Date"), ("Réunion", "Mardi"))))
    with pytest.raises(NoLogFrame):
        planned(word_file(tmp_path / "vide.docx"))


def packed(document: bytes, name: str = "word/document.xml") -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, document)
    return file.getvalue()


def word_xml(table: bytes) -> bytes:
    names = b'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    return b"<w:document " + names + b"><w:body><w:tbl>" + table + b"</w:tbl></w:body></w:document>"


LAUGHS = b"""<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>
<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">&b;</w:document>"""


@pytest.mark.parametrize(
    ("made", "refusal"),
    [
        (lambda: b"PK nothing of the kind", NotAWordFile),
        (lambda: packed(b"<x/>", "word/other.xml"), NotAWordFile),
        (lambda: packed(b"<w:document"), DamagedWordFile),
        (lambda: packed(LAUGHS), Bomb),
        (lambda: packed(b'<?xml version="1.0"?><d>' + b" " * (101 * 1024 * 1024) + b"</d>"), Bomb),
        (lambda: packed(word_xml(b"<w:tr/>" * 300_000)), Bomb),
    ],
)
def test_hostile_word_files_are_refused_in_words(
    tmp_path: Path, made: Callable[[], bytes], refusal: type[FileRefused]
) -> None:
    path = tmp_path / "hostile.docx"
    path.write_bytes(made())
    with pytest.raises(refusal):
        read_tables(path)


def test_what_stands_for_a_blank_counts_as_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(word_tables, "TEXT", 1_000)
    path = tmp_path / "tabs.docx"
    path.write_bytes(packed(word_xml(b"<w:tr><w:tc><w:p>" + b"<w:tab/>" * 2_000 + b"</w:p></w:tc></w:tr>")))
    with pytest.raises(Bomb):
        read_tables(path)


cells = st.text(alphabet="Résultat Indicateurs.:-1aؤ\n()#", max_size=12)


@settings(max_examples=60)
@given(st.lists(st.lists(cells, min_size=2, max_size=2), max_size=8))
def test_whatever_stands_in_the_cells_each_line_has_a_code_of_its_own_and_a_parent_before_it(
    rows: list[list[str]],
) -> None:
    try:
        plan = plan_log_frame("x", [[("Résultats", "Indicateurs"), *rows]])
    except NoLogFrame:
        return
    codes = [line.code for line in plan.lines]
    assert len(set(codes)) == len(codes)
    for place, line in enumerate(plan.lines):
        assert line.name and (line.parent is None or line.parent in codes[:place])

"""Word files that an office can go on writing in, in both directions, with nothing of the maker's machine in them."""

import re
import subprocess
import zipfile
from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn
from python_calamine import CalamineWorkbook

from desktop.render.direction import marked, stretches
from desktop.render.docx import render_docx
from desktop.reports.document import (
    Align,
    Area,
    Block,
    Bullets,
    Chart,
    Column,
    Count,
    Document,
    Heading,
    Hidden,
    KeyFigure,
    KeyFigures,
    Map,
    Missing,
    Money,
    PageBreak,
    Paragraph,
    Row,
    RowKind,
    Said,
    Series,
    Strong,
    Table,
)
from i18n import Words

PARTNERS = Table(
    "Partenaires",
    (Column("Nom", weight=2), Column("Activités", Align.END)),
    (
        Row((Said("Femmes de l’Ituri"), Count(1234))),
        Row((Said("جمعية نساء الوادي"), Hidden())),
        Row(("Total", Missing("non collecté")), RowKind.TOTAL),
    ),
    note="Sans doublons.",
)
BARS = Chart(
    "Par province",
    (Said("Ituri"), Said("Kasaï")),
    (Series("Femmes", (Count(12), Hidden())), Series("Hommes", (Count(7), Count(0)))),
    "Barres par province.",
)
EVERYTHING: tuple[Block, ...] = (
    Heading("Où et quoi"),
    Paragraph(("Rien sans ", Strong("elles"), ".")),
    Heading("Par province", 2),
    Bullets((("Un point.",), (Said("ONG “Paix”"),))),
    KeyFigures(
        (KeyFigure(Count(1234567), "personnes", "déclarées"), KeyFigure(Money(Decimal("12.50"), "USD"), "reçus"))
    ),
    PARTNERS,
    PageBreak(),
    BARS,
    Map("Carte", (Area(Said("Ituri"), (), Count(5)), Area(Said("Ailleurs"), (), None)), "Carte."),
)


def content(*blocks: Block, language: str = "fr", title: str = "Aperçu") -> bytes:
    document = Document(
        title,
        language,
        date(2025, 5, 31),
        blocks,
        subtitle="RDC",
        cover=(("Référence", Said("BUN/1")),),
        author="Bunia",
        running_foot="Données au 31 mai 2025",
    )
    return render_docx(document, Words.of(language))


def opened(*blocks: Block, language: str = "fr") -> Any:
    return docx.Document(BytesIO(content(*blocks, language=language)))


def part(file: bytes, name: str) -> str:
    return zipfile.ZipFile(BytesIO(file)).read(name).decode()


def texts(file: Any, style: str) -> list[str]:
    return [paragraph.text for paragraph in file.paragraphs if paragraph.style.name.casefold() == style.casefold()]


def test_each_part_has_a_real_style() -> None:
    file = opened(*EVERYTHING)
    assert texts(file, "Title") == ["Aperçu"] and texts(file, "Subtitle") == ["RDC"]
    assert texts(file, "Heading 1") == ["Où et quoi"] and texts(file, "Heading 2") == ["Par province"]
    assert texts(file, "List Bullet") == ["Un point.", "ONG “Paix”"]
    assert texts(file, "Caption") == ["Partenaires", "Par province", "Carte"]
    strong = [run.text for paragraph in file.paragraphs for run in paragraph.runs if run.style.name == "Strong"]
    assert strong == ["elles"]
    defined = {style.style_id for style in file.styles}
    used = set(re.findall(r'<w:(?:pStyle|rStyle|tblStyle) w:val="([^"]+)"', file.element.xml))
    assert used <= defined


def test_tables_say_what_the_document_says_and_repeat_their_heads() -> None:
    table = next(table for table in opened(*EVERYTHING).tables if table.style.name == "Report Table")
    rows = [[cell.text for cell in row.cells] for row in table.rows]
    words = Words.of("fr")
    assert rows[0] == ["Nom", "Activités"]
    assert rows[1] == ["Femmes de l’Ituri", words.number(1234)]
    assert rows[3] == ["Total", "non collecté"]
    heads = [row._tr.trPr.find(qn("w:tblHeader")) is not None for row in table.rows]
    assert heads == [True, False, False, False]


def test_a_map_is_a_list_of_the_places_it_is_about() -> None:
    rows = [[cell.text for cell in row.cells] for row in opened(*EVERYTHING).tables[-1].rows]
    assert rows[1:] == [["Ituri", "5"]]


def test_the_contents_are_there_before_anyone_updates_them() -> None:
    file = opened(*EVERYTHING)
    assert texts(file, "toc 1") == ["Où et quoi"] and texts(file, "toc 2") == ["Par province"]
    xml = file.element.xml
    assert 'TOC \\o "1-2"' in xml
    anchors = re.findall(r'w:anchor="([^"]+)"', xml)
    assert anchors and all(f'w:name="{anchor}"' in xml for anchor in anchors)
    assert xml.count('"begin"') == xml.count('"end"') == xml.count('"separate"')


def test_every_page_has_its_number_and_the_document_its_language() -> None:
    file = opened(*EVERYTHING)
    footer = file.sections[0].footer._element.xml
    assert " PAGE " in footer and " NUMPAGES " in footer and "Données au 31 mai 2025" in footer
    assert "Aperçu" in file.sections[0].header.paragraphs[0].text
    assert file.core_properties.language == "fr-FR" and file.core_properties.title == "Aperçu"
    assert 'w:lang w:val="fr-FR"' in file.element.xml


def test_the_chart_is_word_s_own_and_carries_its_figures() -> None:
    file = content(BARS, language="en")
    chart = part(file, "word/charts/chart1.xml")
    assert (
        "<c:barChart>" in chart
        and "[hidden]" in chart
        and "<c:v>12</c:v>" in chart
        and 'externalData r:id="rId1"' in chart
    )
    assert 'descr="Barres par province."' in part(file, "word/document.xml")
    book = zipfile.ZipFile(BytesIO(file)).read("word/embeddings/Microsoft_Excel_Sheet1.xlsx")
    rows = CalamineWorkbook.from_filelike(BytesIO(book)).get_sheet_by_index(0).to_python()
    assert rows == [["", "Femmes", "Hommes"], ["Ituri", 12, 7], ["Kasaï", "[hidden]", 0]]
    relations = part(file, "word/charts/_rels/chart1.xml.rels")
    assert 'Id="rId1"' in relations and "Microsoft_Excel_Sheet1.xlsx" in relations


def test_arabic_runs_from_the_right_everywhere() -> None:
    file = opened(
        Heading("الشركاء"),
        Paragraph(
            (
                "أرسل ",
                Said("UNICEF (Bunia)"),
                " بياناته",
            )
        ),
        PARTNERS,
        language="ar",
    )
    assert file.sections[0]._sectPr.find(qn("w:bidi")) is not None
    assert all(paragraph._p.pPr.find(qn("w:bidi")) is not None for paragraph in file.paragraphs if paragraph.text)
    assert all(table._tbl.tblPr.find(qn("w:bidiVisual")) is not None for table in file.tables)
    runs = {run.text: "<w:rtl/>" in run._r.xml for p in file.paragraphs for run in p.runs}
    assert runs["الشركاء"] is True
    assert next(rtl for text, rtl in runs.items() if "UNICEF" in text) is False


def test_an_arabic_name_in_a_french_report_is_a_run_from_right_to_left() -> None:
    xml = opened(PARTNERS).element.xml
    runs = re.findall(r"<w:r>.*?</w:r>", xml, re.DOTALL)
    assert any("<w:rtl/>" in run and "جمعية" in run for run in runs)
    assert not any("<w:rtl/>" in run and "Femmes" in run for run in runs)


def test_the_words_of_others_are_not_spell_checked_in_a_guessed_language() -> None:
    xml = opened(Paragraph((Said("Sœurs de Bunia"), Said("Hello", "en")))).element.xml
    assert re.search(r"<w:noProof/>\s*</w:rPr>\s*<w:t[^>]*>Sœurs de Bunia", xml)
    assert re.search(r'w:val="en-GB"[^>]*/>\s*</w:rPr>\s*<w:t[^>]*>Hello', xml)


@pytest.mark.parametrize(
    "text", ["<w:p/>", "a & b", "]]>", "\x00\x1b[31m", "\ud800", "\u202eabc", "{{ 7*7 }}", 'x" onload="', "x" * 10_000]
)
def test_no_text_can_break_the_file_or_turn_it_round(text: str) -> None:
    file = content(
        Heading(text),
        Paragraph((Said(text), Strong(text))),
        Table(text, (Column(text),), (Row((Said(text),)),)),
        Chart(text, (Said(text),), (Series(text, (Count(1),)),), text),
        title=text,
    )
    opened_file = docx.Document(BytesIO(file))
    kept = re.sub("[\x00-\x1f\u202a-\u202e]", "", text).replace("\ud800", "\ufffd")
    assert texts(opened_file, "Title") == [kept]
    assert "\u202e" not in part(file, "word/document.xml")


def test_the_same_document_gives_the_same_bytes_and_none_of_the_machine_s() -> None:
    file = content(*EVERYTHING)
    assert file == content(*EVERYTHING)
    names = zipfile.ZipFile(BytesIO(file)).namelist()
    assert not [name for name in names if re.search("thumbnail|customXml|app.xml", name)]
    assert "python-docx" not in part(file, "docProps/core.xml")
    assert "2025-05-31T00:00:00Z" in part(file, "docProps/core.xml")


def test_values_keep_their_direction_by_marks_that_old_programs_know() -> None:
    assert marked("عدد \u2068ABC 12\u2069", rtl=True) == "عدد \u200f\u200eABC 12\u200e\u200f"
    assert marked("Nom \u2068ABC\u2069 \u202e", rtl=False) == "Nom ABC "


def test_a_sentence_is_cut_where_its_direction_changes() -> None:
    assert list(stretches("(UNICEF).", rtl=True)) == [("(", True), ("UNICEF", False), (").", True)]
    assert list(stretches("12", rtl=True)) == [("12", True)]
    assert list(stretches("ONG طفل 12", rtl=False)) == [("ONG ", False), ("طفل", True), (" 12", False)]


def test_a_long_table_is_whole() -> None:
    rows = tuple(Row((Said(f"Partenaire {at}"), Count(at))) for at in range(4000))
    assert len(opened(Table("T", PARTNERS.columns, rows)).tables[-1]._tbl.tr_lst) == 4001


@pytest.mark.office
@pytest.mark.parametrize("language", ["fr", "ar"])
def test_libreoffice_opens_it_and_prints_every_figure(tmp_path: Path, language: str) -> None:
    (tmp_path / "report.docx").write_bytes(content(*EVERYTHING, language=language))
    command = ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", "pdf"]
    subprocess.run([*command, "report.docx"], cwd=tmp_path, check=True, capture_output=True, timeout=120)
    command = ["pdftotext", "report.pdf", "-"]
    printed = subprocess.run(command, cwd=tmp_path, check=True, capture_output=True).stdout.decode()
    printed = " ".join(printed.split())
    for number in (1234, 1234567, 12, 7):
        assert " ".join(Words.of(language).number(number).split()) in printed

"""Sheets of paper: their size, the side they lie on, what stands on each, and the first ones ahead of the rest."""

from io import BytesIO

import pikepdf
import pytest

from desktop.render import render
from desktop.reports.document import (
    Align,
    Attachment,
    Calendar,
    Column,
    Count,
    Day,
    Document,
    Emphasis,
    Heading,
    Hidden,
    Paper,
    Paragraph,
    Row,
    Said,
    Table,
)
from i18n import Words
from tests.render.made import document, pages, part, sizes

A4, LYING = (595, 842), (842, 595)


def wide(columns: int) -> Table:
    heads = (Column("Zone de santé"), *(Column(f"Femmes {i} bénéficiaires", Align.END) for i in range(columns)))
    rows = tuple(
        Row((Said("Haut plateau"), *(Count(1_234_000 + 100 * i + row) for i in range(columns)))) for row in range(4)
    )
    return Table("Large", heads, rows, note="Note large.")


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_a_table_too_wide_to_stand_lies_with_its_heading(language: str) -> None:
    asked = document(Paragraph(("Avant.",)), Heading("Large titre"), wide(9), Paragraph(("Après.",)), language=language)
    assert sizes(asked) == [A4, LYING, A4]
    told = pages(asked)
    assert "Large titre" in told[1] and "Note large" in told[1] and "Après" in told[2]
    word = part(render(asked, "docx"), "word/document.xml")
    assert word.count("w:orient") == 1 and word.count("<w:sectPr") == 3


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_a_table_too_wide_for_any_sheet_stands_in_bands_with_every_figure_whole(language: str) -> None:
    asked = document(wide(26), language=language)
    told = "".join(pages(asked))
    words = Words.of(language)
    for row in wide(26).rows:
        for cell in row.cells[1:]:
            assert isinstance(cell, Count)
            assert words.number(cell.value) in told
    assert told.count("Haut plateau") > 4 and told.count("Note large") == 1
    assert set(sizes(asked)[1:]) == {LYING}
    assert part(render(asked, "docx"), "word/document.xml").count("<w:tbl>") > 1


def test_letter_paper_is_letter_paper_in_every_form() -> None:
    asked = document(Paragraph(("Texte.",)), paper=Paper.LETTER)
    assert sizes(asked) == [(612, 792)]
    assert 'w:w="12240" w:h="15840"' in part(render(asked, "docx"), "word/document.xml")
    assert 'paperSize="1"' in part(render(asked, "xlsx"), "xl/worksheets/sheet1.xml")


def test_a_banner_stands_on_every_page() -> None:
    asked = document(*(Paragraph(("mot " * 400,)) for _part in range(6)), banner="Traduction non officielle")
    told = pages(asked)
    assert len(told) > 2 and all("Traduction non officielle" in page for page in told)
    assert "Traduction non officielle" in part(render(asked, "docx"), "word/header1.xml")
    assert "Traduction non officielle" in part(render(asked, "xlsx"), "xl/worksheets/sheet1.xml")
    assert "Traduction non officielle" in render(asked, "text").decode()


def test_the_first_pages_are_those_of_the_whole() -> None:
    asked = document(*(Paragraph((f"partie {i} " * 300,)) for i in range(9)))
    whole = pages(asked)
    first = pages(asked, pages=2)
    assert len(first) == 2 < len(whole)
    assert [page.split("Page")[0] for page in first] == [page.split("Page")[0] for page in whole[:2]]
    assert f"sur {len(whole)}" in whole[0] and "sur" not in first[0]


def test_the_first_page_of_a_report_with_contents_shows_them() -> None:
    headings = (Heading("Chapitre premier"), Paragraph(("mot " * 2000,)), Heading("Chapitre dernier"))
    assert "Chapitre dernier" in pages(document(*headings, contents=True), pages=1)[0]


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_pages_to_look_at_read_as_those_that_leave_without_what_only_these_need(language: str) -> None:
    attached = Attachment("donnees.csv", "text/csv", "Cellules", b"x" * 5000)
    asked = document(Heading("Chapitre"), wide(4), wide(9), language=language, contents=True, attachments=(attached,))
    assert pages(asked, tagged=False) == pages(asked)
    looked_at, leaves = (pikepdf.open(BytesIO(render(asked, "pdf", tagged=tagged))) for tagged in (False, True))
    assert "/StructTreeRoot" in leaves.Root and "/AF" in leaves.Root
    assert not {"/StructTreeRoot", "/MarkInfo", "/AF", "/Metadata"} & set(looked_at.Root.keys())
    assert all(b"BDC" not in page.Contents.read_bytes() for page in looked_at.pages)


@pytest.mark.parametrize("form", ["docx", "text"])
def test_figures_in_a_sentence_are_written_as_anywhere(form: str) -> None:
    asked = document(Paragraph(("Nous avons aidé ", Count(12345), " femmes, dont ", Hidden(), Emphasis(" ici"), ".")))
    written = render(asked, form)  # type: ignore[arg-type]
    told = part(written, "word/document.xml") if form == "docx" else written.decode()
    assert Words.of("fr").number(12345) in told and "[masqué]" in told and "ici" in told


def test_the_second_calendar_stands_beside_each_day() -> None:
    from datetime import date

    asked = document(Paragraph((Day(date(2026, 11, 22)),)), calendar=Calendar.UMALQURA)
    (page,) = pages(asked)
    assert "22 nov. 2026 (12 joumada II 1448)" in page
    assert "12 joumada II 1448" in part(render(asked, "docx"), "word/document.xml")


def test_the_typography_asked_for_is_kept_to_everywhere() -> None:
    asked = document(Paragraph((Count(12345),)), typography="canada")
    assert "12\u00a0345" in part(render(asked, "docx"), "word/document.xml")
    assert "12\u202f345" not in "".join(pages(asked))


def test_a_paragraph_of_another_language_says_so_and_is_read_in_it() -> None:
    asked = document(
        Paragraph(("Nobody translated this.",), language="en"), Paragraph(("En français.",), language="fr")
    )
    (page,) = pages(asked)
    assert "[anglais] Nobody translated this." in page and "[français]" not in page
    assert "anglais" in render(asked, "text").decode()
    word = part(render(asked, "docx"), "word/document.xml")
    assert "[anglais]" in word and 'w:lang w:val="en-GB"' in word


@pytest.mark.parametrize("claims", [False, True])
def test_a_report_claims_what_it_is_asked_to_claim(claims: bool) -> None:
    content = render(document(Heading("Un"), claims_ua=claims), "pdf")
    assert (b"<pdfuaid:part>1</pdfuaid:part>" in content) is claims
    assert b"<pdfaid:part>3</pdfaid:part>" in content


SENTENCES = {
    "fa-AF": "کمک‌های نقدی به زنان در ولایت کابل ادامه دارد و می‌تواند بهتر شود",
    "ps": "د ښځو لپاره مرستې په کابل ولایت کې دوام لري",
    "ckb": "یارمەتی بۆ ژنان لە پارێزگای هەولێر بەردەوامە",
    "am": "ለሴቶች የሚደረገው ድጋፍ ቀጥሏል፤ ሪፖርቱ በየሩብ ዓመቱ ይላካል።",
    "ru": "Помощь женским организациям продолжается",
    "zh-Hans": "对妇女领导的组织的支持仍在继续，报告每季度提交一次。",
}


@pytest.mark.parametrize("language", SENTENCES)
def test_a_report_in_a_language_of_the_field_has_all_its_letters(language: str) -> None:
    unknown: list[str] = []
    asked = document(Heading(SENTENCES[language]), Paragraph((SENTENCES[language],)), language=language)
    content = render(asked, "pdf", unprintable=unknown.append)
    assert unknown == [] and content
    for form in ("docx", "xlsx", "text"):
        assert render(asked, form)  # type: ignore[arg-type]


def test_no_chinese_line_begins_with_a_mark_that_closes() -> None:
    from desktop.render.layout import Style, Typesetter

    text = "合作伙伴（包括地方组织）参加了三次培训，并提出了改进建议；办事处将在下一季度跟进。" * 3
    for width in range(60, 200, 7):
        lines = Typesetter("zh-Hans", rtl=False).lines([(text, Style(10.0))], width)
        begun = ["".join(piece.text for piece in line.pieces) for line in lines]
        assert all(not line.startswith(tuple("，。；）")) and not line.endswith("（") for line in begun)
        assert "".join(begun) == text


def test_a_document_is_the_same_bytes_again() -> None:
    def made() -> Document:
        return document(Heading("Un"), wide(24), banner="b", calendar=Calendar.ETHIOPIC, claims_ua=True)

    for form in ("pdf", "docx", "xlsx"):
        assert render(made(), form) == render(made(), form)  # type: ignore[arg-type]

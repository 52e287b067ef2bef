"""Workbooks: figures that can be added up, text that stays text, charts that follow their cells."""

import re
import zipfile
from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from desktop.render.cells import sheet_names
from desktop.render.sheet import write_csv, write_xlsx
from desktop.render.xlsx import render_xlsx
from desktop.reports.document import (
    Align,
    Block,
    Bullets,
    Chart,
    Column,
    Count,
    Day,
    Document,
    Heading,
    Hidden,
    KeyFigure,
    KeyFigures,
    Missing,
    Money,
    Paragraph,
    Row,
    RowKind,
    Said,
    Series,
    Share,
    Table,
    Value,
)
from desktop.reports.sheet import Sheet
from i18n import Words

NASTY = ("=cmd|'/c calc'!A1", "+1+1", "-2+3", "@SUM(A1)", "http://example.org/x", "internal:Sheet1!A1", "00123", "1E5")


def written(*blocks: Block, language: str = "fr", title: str = "Aperçu") -> bytes:
    return render_xlsx(Document(title, language, date(2025, 5, 31), blocks), Words.of(language))


def sheets(content: bytes) -> dict[str, list[list[Any]]]:
    book = CalamineWorkbook.from_filelike(BytesIO(content))
    return {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names}


def part(content: bytes, name: str) -> str:
    return zipfile.ZipFile(BytesIO(content)).read(name).decode()


def table(*values: Value, title: str = "Partenaires", kind: RowKind = RowKind.BODY) -> Table:
    return Table(title, (Column("Nom"), *(Column(f"C{at}", Align.END) for at in values[1:])), (Row(values, kind),))


def test_every_kind_of_figure_can_be_counted_on() -> None:
    content = written(
        table(
            "Total",
            Count(1_661_958),
            Share(Decimal("0.4256"), 1),
            Money(Decimal("1234.50"), "USD"),
            Day(date(2025, 5, 31)),
        )
    )
    row = sheets(content)["Partenaires"][3]
    assert row == ["Total", 1_661_958, pytest.approx(0.426), 1234.5, date(2025, 5, 31)]


def test_a_share_holds_no_more_digits_than_it_prints() -> None:
    assert sheets(written(table("a", Share(Decimal(3) / 47))))["Partenaires"][3][1] == pytest.approx(0.06)


def test_hidden_and_missing_are_words_and_never_zero() -> None:
    row = sheets(written(table("a", Hidden(), Missing("non collecté"), Count(0)), language="en"))["Partenaires"][3]
    assert row[1:] == ["[hidden]", "non collecté", 0]


def test_a_count_too_long_for_a_spreadsheet_keeps_all_its_digits() -> None:
    shown = sheets(written(table("a", Count(10**18 + 1)), language="en"))["Partenaires"][3][1]
    assert re.sub(r"\D", "", str(shown)) == str(10**18 + 1)


@pytest.mark.parametrize("text", NASTY)
def test_no_text_becomes_a_formula_a_link_or_a_number(text: str) -> None:
    content = written(Paragraph((text,)), Bullets(((Said(text),),)), table(Said(text), Said(text), title=text))
    names = [name for name in zipfile.ZipFile(BytesIO(content)).namelist() if "worksheets/sheet" in name]
    assert all("<f>" not in part(content, name) for name in names)
    assert not [
        name for name in zipfile.ZipFile(BytesIO(content)).namelist() if name.endswith(".rels") and "sheet" in name
    ]
    assert any(row[:2] == [text, text] for rows in sheets(content).values() for row in rows)


def test_text_that_could_start_a_formula_keeps_its_guard_when_edited() -> None:
    assert 'quotePrefix="1"' in part(written(table(Said("=1+1"))), "xl/styles.xml")
    assert 'quotePrefix="1"' not in part(written(table(Said("Femmes"))), "xl/styles.xml")


def test_control_characters_and_half_letters_do_not_break_the_file() -> None:
    row = sheets(written(table(Said("a\x00b\x1b\ud800\u202ec")), language="en", title="\x07t"))["Partenaires"][3]
    assert row[0] == "ab\ufffdc"


def test_the_first_sheet_reads_as_the_document_and_leads_to_the_others() -> None:
    content = written(
        Heading("L’essentiel"),
        KeyFigures((KeyFigure(Count(12), "activités", "depuis mai"),)),
        table("a", title="L'Ituri: 1/2"),
    )
    first, *others = sheets(content)
    rows = [[cell for cell in row if cell != ""] for row in sheets(content)[first]]
    assert ["L’essentiel"] in rows and ["activités", 12, "depuis mai"] in rows
    assert others == ["L'Ituri 1 2"]
    assert "'L''Ituri 1 2'!A1" in part(content, "xl/worksheets/sheet1.xml")


@given(st.lists(st.text(max_size=60), max_size=8))
def test_sheet_names_are_valid_and_each_its_own(titles: list[str]) -> None:
    names = sheet_names(titles)
    assert len({name.casefold() for name in names}) == len(titles)
    for name in names:
        assert 0 < len(name.encode("utf-16-le")) <= 62
        assert not re.search(r"[\[\]:*?/\\\x00-\x1f]", name) and not name.startswith("'") and not name.endswith("'")


def chart() -> Chart:
    values = (Count(5), Hidden(), Count(9))
    return Chart("Par province", ("Ituri", "Kasaï", "Kwilu"), (Series("Femmes", values),), "Barres par province.")


def test_the_chart_follows_its_cells_and_says_what_it_shows() -> None:
    content = written(chart(), language="en")
    assert "'Par province'!$B$4:$B$6" in part(content, "xl/charts/chart1.xml")
    assert "[hidden]" in part(content, "xl/charts/chart1.xml")
    assert "Barres par province." in part(content, "xl/drawings/drawing1.xml")
    assert sheets(content)["Par province"][4] == ["Kasaï", "[hidden]"]


def test_arabic_sheets_open_from_the_right_and_bars_grow_from_there() -> None:
    content = written(table("a"), chart(), language="ar")
    for at in (1, 2, 3):
        assert 'rightToLeft="1"' in part(content, f"xl/worksheets/sheet{at}.xml")
    assert part(content, "xl/charts/chart1.xml").count('<c:orientation val="maxMin"/>') == 2
    assert 'rightToLeft="1"' not in part(written(table("a")), "xl/worksheets/sheet2.xml")


def test_heads_stay_in_view() -> None:
    sheet = part(written(table("a", Count(1))), "xl/worksheets/sheet2.xml")
    assert 'state="frozen"' in sheet and 'topLeftCell="B4"' in sheet


def test_the_same_document_gives_the_same_bytes() -> None:
    assert written(table("a", Count(1)), chart()) == written(table("a", Count(1)), chart())


def test_a_row_is_as_high_as_its_longest_name_needs() -> None:
    sheet = part(written(table(Said("Association " * 20), Count(1))), "xl/worksheets/sheet2.xml")
    heights = [float(height) for height in re.findall(r'<row r="[34]"[^>]* ht="([\d.]+)"', sheet)]
    assert len(heights) == 2 and heights[1] > 4 * heights[0]


def test_a_note_keeps_under_its_own_columns_where_a_chart_beside_them_would_cover_it() -> None:
    said = "Les tracés n’impliquent aucune prise de position sur le statut d’un territoire. " * 2
    content = written(replace(chart(), note=said))
    sheet = part(content, "xl/worksheets/sheet2.xml")
    assert re.search(r'<mergeCell ref="A(\d+):B\1"/>', sheet)
    [(row, height)] = [(row, float(height)) for row, height in re.findall(r'<row r="(\d+)"[^>]* ht="([\d.]+)"', sheet)][
        -1:
    ]
    assert sheets(content)["Par province"][int(row) - 1][0] == said and height > 3 * 15


def released(*rows: tuple[str | int | Decimal | date | None, ...], direction: str = "ltr") -> Sheet:
    headings = tuple(f"H{at}" for at in range(len(rows[0])))
    return Sheet(
        "5W",
        headings,
        rows,
        "rtl" if direction == "rtl" else "ltr",
        date(2025, 5, 31),
        tuple(f"#x{h}" for h in headings),
    )


def test_a_released_sheet_comes_back_with_its_types() -> None:
    row = ("Femmes\nde l’Ituri", 12, Decimal("1.5"), date(2025, 1, 31), None, "=1+1")
    rows = sheets(write_xlsx(released(row)))["5W"]
    assert rows[1][0] == "#xH0"
    assert rows[2] == ["Femmes\nde l’Ituri", 12, 1.5, date(2025, 1, 31), "", "=1+1"]


def test_a_released_csv_opens_in_a_spreadsheet_without_running_anything() -> None:
    content = write_csv(released(("=1+1", -5, Decimal("-1.50"), date(2025, 1, 31), None, "Bénin, \x00“x”")))
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.decode("utf-8-sig").splitlines()[2] == '\'=1+1,-5,-1.50,2025-01-31,,"Bénin, “x”"'


def test_released_sheets_are_the_same_bytes_each_time_and_run_from_the_right_in_arabic() -> None:
    sheet = released(("a", 1), direction="rtl")
    assert write_xlsx(sheet) == write_xlsx(sheet)
    assert 'rightToLeft="1"' in part(write_xlsx(sheet), "xl/worksheets/sheet1.xml")

"""Plain text: whole figures, straight columns, and nobody's words able to disturb a terminal."""

from datetime import date
from decimal import Decimal

import pytest

from desktop.render.text import render_text
from desktop.reports.document import (
    Align,
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
    Missing,
    Money,
    Paragraph,
    Row,
    RowKind,
    Said,
    Series,
    Table,
)
from i18n import Words


def text_of(*blocks: Block, language: str = "fr", width: int = 100) -> str:
    document = Document("Aperçu", language, date(2025, 5, 31), blocks)
    return render_text(document, Words.of(language), width)


def wide_table(columns: int) -> Table:
    head = (Column("Domaine"), *(Column(f"Province {at}", Align.END) for at in range(columns)))
    body = Row(("Protection", *(Count(1_000_000 + at) for at in range(columns))))
    total = Row(("Total", *(Count(2_000_000 + at) for at in range(columns))), RowKind.TOTAL)
    return Table("Par province", head, (body, total))


def test_columns_line_up_and_figures_stand_at_the_end() -> None:
    lines = text_of(
        Table(
            "Partenaires",
            (Column("Nom"), Column("Activités", Align.END)),
            (Row((Said("Femmes de l’Ituri"), Count(7))), Row((Said("Sœurs"), Count(1234)))),
        )
    ).splitlines()
    first, second = (next(line for line in lines if name in line) for name in ("Ituri", "Sœurs"))
    assert first.endswith(" 7") and second.endswith("1\u202f234") and len(first) == len(second)


@pytest.mark.parametrize("columns", [3, 12, 40])
def test_no_line_is_wider_than_the_page_and_no_figure_is_cut(columns: int) -> None:
    text = text_of(wide_table(columns), width=80)
    assert all(len(line) <= 80 for line in text.splitlines())
    for at in range(columns):
        assert Words.of("fr").number(1_000_000 + at) in text
        assert Words.of("fr").number(2_000_000 + at) in text


def test_a_name_of_ten_thousand_letters_stays_inside_the_page() -> None:
    text = text_of(Table("T", (Column("Nom"), Column("N", Align.END)), (Row((Said("x" * 10_000), Count(5))),)))
    assert max(map(len, text.splitlines())) <= 100
    assert text.count("x") == 10_000


def test_hidden_and_missing_read_as_words() -> None:
    text = text_of(
        KeyFigures((KeyFigure(Missing("non collecté"), "survivantes"), KeyFigure(Hidden(), "filles"))),
        Chart("Par sexe", ("Femmes", "Hommes"), (Series("2025", (Count(12), Hidden())),), "Barres par sexe."),
        language="en",
    )
    assert "non collecté  survivantes" in text
    assert text.count("[hidden]") == 2
    assert "Barres par sexe." in text


def test_words_of_others_cannot_drive_the_terminal_or_turn_the_text_round() -> None:
    nasty = Said("\x1b[31mred\x07\u202eabc\ud800\r\nnext")
    text = text_of(Paragraph((nasty,)), Bullets(((nasty,),)), Table("T", (Column("A"),), (Row((nasty,)),)))
    assert not any(ord(letter) < 32 and letter != "\n" for letter in text)
    assert "\u202e" not in text
    assert "abc\ufffd next" in text


def test_arabic_pages_start_at_the_right_and_isolate_each_value() -> None:
    text = text_of(
        Heading("الشركاء"),
        Table("شركاء", (Column("الشريك"), Column("أنشطة", Align.END)), (Row((Said("UNICEF (Bunia)"), Count(12))),)),
        language="ar",
    )
    assert all(line.startswith("\u200f") for line in text.splitlines() if line)
    row = next(line for line in text.splitlines() if "UNICEF" in line)
    assert row.index("\u2068") < row.index("UNICEF (Bunia)") < row.index("\u2069") < row.index("12")
    for line in text.splitlines():
        assert line.count("\u2068") == line.count("\u2069")


def test_money_and_running_foot_are_written_in_the_language() -> None:
    document = Document(
        "Report",
        "en",
        date(2025, 5, 31),
        (KeyFigures((KeyFigure(Money(Decimal("1234.50"), "USD"), "committed"),)),),
        cover=(("Reference", Said("BUN/1")),),
        running_foot="Data as of 31 May 2025",
    )
    text = render_text(document, Words.of("en"))
    assert "1,234.50" in text and "Reference  BUN/1" in text and text.rstrip().endswith("Data as of 31 May 2025")

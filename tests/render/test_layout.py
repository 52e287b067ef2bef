"""Lines of text: within their width, with every letter, in the fonts that have it."""

import csv
from hashlib import sha256

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import resources
from desktop.render.fonts import Cut, choose, first
from desktop.render.layout import Line, Style, Typesetter

STYLE = Style(10.0)
LETTERS = "abcé fi-/ 12,3()\u202f\u00a0«»“”≥→✓ابتلا مـُِ٣٪،אב ሀለ \u2068\u2069\u200d\u0301"


def printed(lines: list[Line]) -> str:
    return "".join(sorted(piece_letter for line in lines for piece in line.pieces for piece_letter in piece.text))


@given(st.text(LETTERS, max_size=60), st.floats(30, 300), st.booleans())
@settings(max_examples=150, deadline=None)
def test_every_letter_is_laid_within_the_width(text: str, width: float, rtl: bool) -> None:
    lines = Typesetter("ar" if rtl else "fr", rtl).lines([(text, STYLE)], width)
    assert all(line.width <= width + 0.01 for line in lines)
    kept = str.maketrans("", "", " \u2068\u2069")
    assert printed(lines).translate(kept) == "".join(sorted(text)).translate(kept)


@given(st.text("abc déf,12 \u202f", min_size=1, max_size=30), st.booleans())
@settings(max_examples=60, deadline=None)
def test_the_quick_way_takes_the_room_of_the_whole_way(text: str, bold: bool) -> None:
    style = Style(8.5, bold)
    setter = Typesetter("fr", rtl=False)
    quick, whole = setter.cell(text.strip(), style, 500.0)[0], setter.lines([(text.strip(), style)])[0]
    assert quick.width == pytest.approx(whole.width, abs=4.0 + 0.03 * quick.width)


def test_words_stand_in_the_order_they_are_read() -> None:
    def order(text: str, rtl: bool) -> list[str]:
        line = Typesetter("ar", rtl).lines([(text, STYLE)])[0]
        told = [piece.text.strip(" \u2068\u2069") for piece in line.pieces]
        return [word for word in told if word]

    assert order("un deux trois", rtl=False) == ["un", "deux", "trois"]
    assert order("واحد اثنان", rtl=True) == ["اثنان", "واحد"]
    assert order("في Goma Bunia هنا", rtl=True) == ["هنا", "Goma", "Bunia", "في"]
    assert order("de \u2068منظمة الأمل\u2069 ici", rtl=False) == ["de", "الأمل", "منظمة", "ici"]


def test_a_figure_cited_after_an_isolated_sentence_stands_after_it() -> None:
    runs = (("\u2068بلغت المساعدة \u2069", STYLE), ("80,000.00\u00a0USD", STYLE))
    line = Typesetter("ar", rtl=True).lines(runs)[0]
    assert [piece.text.strip() for piece in line.pieces if piece.text.strip()] == [
        "USD",
        "80,000.00",
        "المساعدة",
        "بلغت",
    ]


def test_lines_break_between_words_and_not_inside_figures() -> None:
    setter = Typesetter("fr", rtl=False)
    lines = setter.lines([("Il y a 12\u202f345 femmes\u00a0: voir 2025-05/3 et sous-groupes", STYLE)], 70.0)
    told = ["".join(piece.text for piece in line.pieces).strip() for line in lines]
    assert "12\u202f345" in " ".join(told)
    assert "femmes\u00a0:" in " ".join(told)
    assert not any(line.startswith((":", "345", "05")) for line in told)


def test_a_cut_text_says_so() -> None:
    setter = Typesetter("fr", rtl=False)
    lines = setter.fitted("mot " * 400, STYLE, 100.0, most=2)
    assert len(lines) == 2
    assert lines[-1].pieces[-1].text.endswith("…")
    assert setter.fitted("mot", STYLE, 100.0) == setter.cell("mot", STYLE, 100.0)


def test_a_character_is_set_in_a_font_that_has_it() -> None:
    for character in "aéЖ٣ب≥→✓□ሀ":
        face = choose(character, cut=Cut.REGULAR, previous=None)
        assert face is not None
        assert ord(character) in face.characters
    assert choose("漢", cut=Cut.REGULAR, previous=None) is None
    arabic = choose("ب", cut=Cut.REGULAR, previous=None)
    assert choose(" ", cut=Cut.REGULAR, previous=arabic) is arabic
    assert choose("1", cut=Cut.REGULAR, previous=arabic) is first(cut=Cut.REGULAR)


def test_fonts_are_the_files_we_say_they_are() -> None:
    with resources.path("fonts/fonts.csv").open(encoding="utf-8", newline="") as file:
        listed = {row["file"]: row for row in csv.DictReader(file)}
    carried = [path.name.removesuffix(".xz") for path in resources.path("fonts").glob("*.ttf*")]
    assert sorted(carried) == sorted(listed)
    for name, row in listed.items():
        assert sha256(resources.content(f"fonts/{name}")).hexdigest() == row["sha256"]
        assert row["licence"] == "OFL-1.1"

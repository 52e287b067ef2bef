"""Charts of every kind, in every form: they say what they are given, and never draw what is hidden."""

import re
from decimal import Decimal
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pikepdf import pdfa

from desktop.render import render, theme
from desktop.render.pdf_text import colour
from desktop.render.scale import measured, scale_of
from desktop.reports.document import (
    Chart,
    ChartKind,
    Count,
    Heading,
    Hidden,
    Measure,
    Missing,
    Money,
    Series,
    Share,
)
from i18n import Words
from tests.render.made import document, operators, pages, part

BANDS = ("0 à 5 ans", "6 à 17 ans", "18 ans et plus")
TEXT = re.compile(rb"BT.*?ET", re.DOTALL)


def chart(kind: ChartKind, *women: Measure, men: tuple[Measure, ...] = (Count(70), Count(80), Count(90))) -> Chart:
    series = (Series("Femmes", women or (Count(100), Count(200), Count(300))), Series("Hommes", men))
    return Chart("Personnes", BANDS, series, "Dessin des personnes.", kind)


@pytest.mark.parametrize("language", ["fr", "ar"])
@pytest.mark.parametrize("kind", ChartKind)
def test_a_chart_of_any_kind_has_its_figures_names_and_words_for_who_does_not_see_it(
    kind: ChartKind, language: str
) -> None:
    asked = document(Heading("Un"), chart(kind, Count(1234), Hidden(), Missing("inconnu")), language=language)
    (page,) = pages(asked)
    mark = Words.of(language).pgettext("mark in place of a hidden count", "[hidden]").strip("[]")
    assert "Femmes" in page and "Hommes" in page and mark in page and "inconnu" in page
    if kind is not ChartKind.SHARES:
        assert Words.of(language).number(1234) in page
    word, book = render(asked, "docx"), render(asked, "xlsx")
    assert 'descr="Dessin des personnes."' in part(word, "word/document.xml")
    assert "Dessin des personnes." in part(book, "xl/drawings/drawing1.xml")
    for drawn in (part(word, "word/charts/chart1.xml"), part(book, "xl/charts/chart1.xml")):
        assert "Femmes" in drawn and "Hommes" in drawn and mark in drawn and "inconnu" in drawn


def test_charts_of_every_kind_are_fit_for_an_archive(tmp_path: Path) -> None:
    file = tmp_path / "charts.pdf"
    file.write_bytes(render(document(*(chart(kind, Hidden(), Count(3), Missing("?")) for kind in ChartKind)), "pdf"))
    found = pdfa.validate_written(file, "3b")
    assert found.passed, found.findings


def test_of_a_whole_with_a_hidden_part_no_part_is_drawn_and_what_is_known_is_said() -> None:
    def fills(women: Measure) -> int:
        series = (Series("Femmes", (women,)), Series("Hommes", (Count(400),)))
        asked = document(Chart("Parts", ("Zone",), series, "", ChartKind.SHARES))
        assert "400" in pages(asked)[0]
        return operators(asked).count(f"{colour(theme.BARS[1])} rg".encode())

    # In the legend only, where a part is hidden or missing.
    assert fills(Hidden()) == fills(Missing("inconnu")) == 1 < fills(Count(4))


@pytest.mark.parametrize("kind", [ChartKind.LINES, ChartKind.STACKED, ChartKind.SHARES])
def test_every_value_stands_in_the_chart_or_in_a_table_under_it(kind: ChartKind) -> None:
    months = tuple(f"Mois {i}" for i in range(24))
    series = tuple(Series(f"Groupe {g}", tuple(Count(40_000 + 1_000 * g + i) for i in range(24))) for g in range(6))
    told = "".join(pages(document(Chart("Dense", months, series, "", kind))))
    for one in series:
        for value in one.values:
            assert isinstance(value, Count) and Words.of("fr").number(value.value) in told
    narrow = Chart("Étroit", ("Zone",), (Series("Femmes", (Count(9_876),)), Series("Hommes", (Count(7),))), "", kind)
    (page,) = pages(document(narrow))
    assert "9\u202f876" in page and "7" in page.replace("9\u202f876", "").split("Étroit")[1]


def test_a_chart_whose_values_a_table_tells_brings_no_second_one() -> None:
    months = tuple(f"Mois {i}" for i in range(24))
    series = tuple(Series(f"Groupe {g}", tuple(Count(40_000 + i) for i in range(24))) for g in range(6))

    def named(tabled: bool) -> int:
        chart = Chart("Dense", months, series, "", ChartKind.LINES, tabled=tabled)
        return "".join(pages(document(chart))).count("Groupe 3")

    assert named(True) == 1 < named(False)


@pytest.mark.parametrize("kind", [ChartKind.STACKED, ChartKind.PYRAMID, ChartKind.BARS])
def test_a_hidden_bar_is_as_long_whatever_it_stands_beside(kind: ChartKind) -> None:
    def hatched(number: int) -> str:
        drawn = operators(document(chart(kind, Hidden(), Count(number), Count(300)))).decode("ascii")
        found = re.findall(r"q (\S+ \S+ (\S+) (\S+)) re W\* n 1 1 1 rg", drawn)
        return " ".join(f"{width} {height}" for _whole, width, height in found[1:])

    assert hatched(100) and hatched(100) == hatched(250)


@pytest.mark.parametrize("kind", [kind for kind in ChartKind if kind is not ChartKind.BARS])
def test_a_live_chart_has_no_value_where_one_is_hidden(kind: ChartKind) -> None:
    book = render(document(chart(kind, Count(11), Hidden(), Count(13))), "xlsx")
    women = part(book, "xl/charts/chart1.xml").split("<c:ser>")[1].split("<c:val>")[1]
    values = dict(re.findall(r'<c:pt idx="(\d)"><c:v>(-?\d+)</c:v>', women))
    assert set(values) == {"0", "2"} and {abs(int(value)) for value in values.values()} == {11, 13}
    assert 'dispBlanksAs val="gap"' in part(book, "xl/charts/chart1.xml")


def test_the_sides_of_a_live_pyramid_follow_their_cells() -> None:
    sheet = part(render(document(chart(ChartKind.PYRAMID)), "xlsx"), "xl/worksheets/sheet2.xml")
    assert "<f>-B4</f><v>-100</v>" in sheet


def test_a_pyramid_has_two_sides() -> None:
    with pytest.raises(ValueError, match="two series"):
        Chart("P", ("a",), (Series("s", (Count(1),)),), "", ChartKind.PYRAMID)
    with pytest.raises(ValueError, match="one value a category"):
        Chart("P", ("a", "b"), (Series("s", (Count(1),)),), "")


def test_lines_of_shares_and_bars_of_money_carry_their_units() -> None:
    rate = Chart("Taux", ("T1", "T2"), (Series("Taux", (Share(Decimal("0.125"), 1), Share(Decimal("0.4"), 1))),), "")
    money = Chart("Reçus", ("T1",), (Series("Reçus", (Money(Decimal("1200.50"), "USD"),)),), "")
    (page,) = pages(document(Chart(rate.title, rate.categories, rate.series, "", ChartKind.LINES), money))
    assert "12,5" in page and "40,0" in page and "USD" in page
    assert 'formatCode="0.0%"' in part(render(document(rate), "xlsx"), "xl/charts/chart1.xml")


def test_a_chart_of_two_hundred_places_or_months_keeps_to_its_pages() -> None:
    places = tuple(f"Zone {i}" for i in range(200))
    series = (Series("a", tuple(Count(i) for i in range(200))), Series("b", (Hidden(),) * 200))
    for kind in ChartKind:
        told = "".join(pages(document(Chart("Long", places, series, "", kind))))
        assert "Zone 0" in told and (kind is ChartKind.LINES or "Zone 199" in told)


@given(st.lists(st.integers(0, 10**9), min_size=1, max_size=6), st.sampled_from([ChartKind.BARS, ChartKind.STACKED]))
def test_an_axis_reaches_as_far_as_its_bars_in_a_handful_of_round_steps(values: list[int], kind: ChartKind) -> None:
    one = Chart("c", ("a",), tuple(Series("s", (Count(value),)) for value in values), "", kind)
    scale = scale_of(one)
    most = sum(values) if kind is ChartKind.STACKED else max(values)
    assert scale.limit >= most and len(list(scale.ticks())) <= 7
    assert str(scale.step).strip("0") in {"1", "2", "5"} and measured(Hidden()) is None


def test_bars_stand_out_from_paper_and_words_from_bars() -> None:
    def light(name: str) -> float:
        parts = [int(name[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        red, green, blue = (one / 12.92 if one <= 0.03928 else ((one + 0.055) / 1.055) ** 2.4 for one in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    for one in (*theme.BARS, theme.ACCENT, theme.GREY, theme.ALARM):
        assert (light(theme.PAPER) + 0.05) / (light(one) + 0.05) >= 4.5
    assert all(one != other for one, other in combinations(theme.BARS, 2))

"""Typed values out of what people type."""

from datetime import date, datetime, time

import pytest

from desktop.intake.mapping import Holds, Mapping
from desktop.intake.read import Columns, read_columns
from desktop.intake.workbook import Cell
from i18n import Words

MAPPING = Mapping("essai", Holds.ACTIVITIES, (("x", "declared"),))


def column(field: str, *cells: Cell, mapping: Mapping = MAPPING) -> Columns:
    return read_columns([(cell,) for cell in cells], {field: 0}, mapping)


@pytest.mark.parametrize("cell", [1200, 1200.0, "1200", "1 200", "1\u202f200", "١٢٠٠", "۱۲۰۰", "١٬٢٠٠"])
def test_a_count_is_the_same_however_it_is_written(cell: Cell) -> None:
    assert column("declared", cell).values["declared"] == [1200]


def test_a_blank_is_missing_and_never_zero() -> None:
    assert column("declared", "", "-", "n/a", "Non renseigné", 0, "0").values["declared"] == [None] * 4 + [0, 0]


def test_a_number_that_can_be_read_two_ways_is_settled_by_its_column() -> None:
    read = column("declared", "29,117", "1,200,300")
    assert read.values["declared"] == [29117, 1200300] and not read.problems


def test_a_number_that_can_be_read_two_ways_is_settled_by_the_mapping() -> None:
    english = Mapping("essai", Holds.ACTIVITIES, (("x", "declared"),), decimal_mark=".")
    assert column("declared", "29,117", mapping=english).values["declared"] == [29117]


def test_days_that_can_be_read_two_ways_are_settled_by_the_other_days_of_the_file() -> None:
    read = read_columns(
        [("01/02/2025", "31/03/2025"), ("01/03/2025", "30/04/2025")],
        {"date_start": 0, "date_end": 1},
        Mapping("essai", Holds.ACTIVITIES, ()),
    )
    assert read.values["date_start"] == [date(2025, 2, 1), date(2025, 3, 1)] and not read.problems


def test_a_number_that_nothing_settles_is_a_problem() -> None:
    read = column("declared", "29,117", 12)
    assert list(read.problems) == [0] and read.values["declared"] == [None, 12]


@pytest.mark.parametrize("cell", ["douze", "12 familles", 12.5, -3, "-3", True, time(1, 0), 1e300, float("nan")])
def test_what_is_no_count_is_a_problem_that_says_what_stands_there(cell: Cell) -> None:
    read = column("declared", cell)
    (found,) = read.problems[0]
    assert read.values["declared"] == [None]
    assert "Direct beneficiaries declared" in found.text(Words.of("en"))


@pytest.mark.parametrize(
    "cell",
    [
        date(2025, 3, 9),
        datetime.fromisoformat("2025-03-09"),
        "2025-03-09",
        "9 mars 2025",
        "09 marzo 2025",
        45725,
        "45725",
    ],
)
def test_a_day_is_the_same_however_it_is_written(cell: Cell) -> None:
    assert column("date_start", cell).values["date_start"] == [date(2025, 3, 9)]


def test_a_day_that_can_be_read_two_ways_is_settled_by_its_column() -> None:
    assert column("date_start", "04/05/2025", "23/05/2025").values["date_start"][0] == date(2025, 5, 4)
    assert column("date_start", "04/05/2025", "05/23/2025").values["date_start"][0] == date(2025, 4, 5)
    assert 0 in column("date_start", "04/05/2025").problems


def test_a_time_where_a_day_belongs_is_missing_with_what_stood_there() -> None:
    read = column("date_start", time(0, 0))
    assert read.unusable["date_start"] == {0: "00:00:00"} and not read.problems


@pytest.mark.parametrize("cell", ["oui", "Oui", "OUI", "yes", "sí", "نعم", True])
def test_yes_is_yes_in_every_language(cell: Cell) -> None:
    assert column("impl_org_wlo", cell).values["impl_org_wlo"] == [True]


def test_a_month_is_its_first_day() -> None:
    cells: tuple[Cell, ...] = ("mars 2025", "03/2025", "2025-03", date(2025, 3, 31), "marzo de 2025")
    assert set(column("period", *cells).values["period"]) == {date(2025, 3, 1)}


@pytest.mark.parametrize("text", ["a\x07b", "a\x00", "a\ud800", "\u202eabc", "a\x1bb"])
def test_characters_that_cannot_be_seen_make_a_problem(text: str) -> None:
    assert column("prog_org_name", text).problems[0][0].text(Words.of("fr"))


@pytest.mark.parametrize(
    "text", ["=cmd|'/c calc'!A0", "<img src=x onerror=alert(1)>", "جمعية\u200f نساء", "O’Neil & fils"]
)
def test_text_that_only_looks_dangerous_is_kept_as_text(text: str) -> None:
    assert column("activity_name", text).values["activity_name"] == [text.replace("\u200f", "")]


def test_a_name_of_ten_thousand_letters_is_a_problem() -> None:
    assert "500" in column("prog_org_name", "x" * 10_000).problems[0][0].text(Words.of("en"))


def test_the_country_na_is_namibia() -> None:
    assert column("adm0_code", "NA").values["adm0_code"] == ["NA"]


def test_text_loses_the_line_breaks_and_double_spaces_of_its_cell() -> None:
    assert column("prog_org_name", " Femmes\n d’Ituri\u00a0 ").values["prog_org_name"] == ["Femmes d’Ituri"]

"""Whoever does not see a chart is told all of it; a table without rows is a sentence."""

import pytest

from desktop.guard.released import Absent, Known, Withheld
from desktop.reports.blocks import chart, table
from desktop.reports.document import ChartKind, Column, Count, Hidden, Missing, Paragraph, Row, Table
from i18n import N_, Words

WORDS = Words.of("en")
WOMEN, MEN = ("Women", [Known(12), Withheld()]), ("Men", [Known(7), Absent(N_("not collected"))])


@pytest.mark.parametrize(
    ("names", "series", "kind", "told"),
    [
        (["North", "South"], [WOMEN], ChartKind.BARS, "People. North: 12 and South: not shown"),
        (
            ["North", "South"],
            [WOMEN, MEN],
            ChartKind.STACKED,
            "People. North: Women: 12 and Men: 7. South: Women: not shown and Men: not collected.",
        ),
        (
            ["North", "South"],
            [WOMEN, MEN],
            ChartKind.PYRAMID,
            "People. Women: North: 12 and South: not shown. Men: North: 7 and South: not collected.",
        ),
        (["All"], [("Women", [Known(12)]), ("Men", [Known(7)])], ChartKind.SHARES, "People. Women: 12 and Men: 7"),
    ],
)
def test_a_chart_tells_all_of_its_figures(names: list[str], series: list, kind: ChartKind, told: str) -> None:
    assert chart("People", names, series, WORDS, kind).description == told


def test_what_is_no_number_is_drawn_by_its_mark() -> None:
    drawn = chart("People", ["North", "South"], [WOMEN, MEN], WORDS)
    assert [one.values for one in drawn.series] == [(Count(12), Hidden()), (Count(7), Missing("not collected"))]


def test_a_table_without_rows_is_a_sentence() -> None:
    (made,) = table("Trainings", (Column("Training"),), [Row(("One",))], "trainings", empty="None.")
    assert isinstance(made, Table) and made.name == "trainings"
    assert list(table("Trainings", (), [], "trainings", empty="None.")) == [Paragraph(("None.",))]
    assert list(table("Trainings", (), [], "trainings")) == []

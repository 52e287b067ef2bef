"""What indicators draw: lines over periods that follow one another, parts on one bar, hidden where the table hides."""

from collections.abc import Sequence
from datetime import date
from uuid import uuid4

from db.queries.called import Called
from desktop.guard.audiences import Audience
from desktop.guard.release import release
from desktop.guard.tables import Atom, Counted, Grid, Line, Tables
from desktop.reports.document import Chart, ChartKind, Count, Hidden, Missing
from desktop.reports.indicator_charts import periods_chart, split_chart
from desktop.reports.indicator_figures import INDICATORS, PERIODS, SPLIT, Described
from i18n import Words

ENGLISH = Words.of("en")
QUARTERS = tuple((date(2026, month, 1), date(2026, month + 2, 28)) for month in (1, 4, 7, 10))


def told(name: str, unit: str = "persons") -> Described:
    whole = (None, "persons", True, "sum", "sum", None, (), "exact", None, (), ())
    _level, _unit, *rest = whole
    return Described(uuid4(), None, Called(name, "en"), None, unit, "distinct", *rest)


def drawn(counts: Sequence[Sequence[int | None]], audience: Audience, unit: str = "persons") -> list[Chart]:
    """The charts of indicators with these counts, quarter by quarter; a quarter may have none."""
    atoms = [Atom(f"{at} {quarter}", count) for at, its in enumerate(counts) for quarter, count in enumerate(its)]
    lines, place = [], 0
    for at, its in enumerate(counts):
        for quarter, count in enumerate(its):
            if count is not None:
                lines.append(Line((at, *QUARTERS[quarter], Counted(frozenset({place})))))
            place += 1
    described = tuple(told(f"Indicator {at}", unit) for at in range(len(counts)))
    tables = Tables(tuple(atoms), {PERIODS: Grid(tuple(lines))}, plain={INDICATORS: described})
    return [one for one in periods_chart(release(tables, audience), ENGLISH) if isinstance(one, Chart)]


def test_people_are_followed_from_period_to_period_and_a_line_breaks_where_there_is_no_figure() -> None:
    (found,) = drawn([[40, 60, 80, 90], [15, 25, None, 55]], Audience.INTERNAL)
    assert found.kind is ChartKind.LINES and len(found.categories) == 4
    assert [value.value for value in found.series[0].values if isinstance(value, Count)] == [40, 60, 80, 90]
    assert isinstance(found.series[1].values[2], Missing)
    assert "Indicator 0" in found.description and "90" in found.description


def test_a_point_that_is_hidden_has_no_height_and_is_not_said() -> None:
    (found,) = drawn([[40, 3, 80, 90]], Audience.DONOR)
    assert isinstance(found.series[0].values[1], Hidden)
    assert ": 3" not in found.description


def test_nothing_is_drawn_of_two_periods_or_of_what_counts_no_persons() -> None:
    assert drawn([[40, 60]], Audience.INTERNAL) == []
    assert drawn([[40, 60, 80, 90]], Audience.INTERNAL, "sessions") == []


def test_sexes_and_ages_are_parts_of_one_bar() -> None:
    parts = (20, 30, 40, 50, 12)
    atoms = tuple(Atom(str(at), count) for at, count in enumerate(parts))
    cells = tuple(Counted(frozenset({at})) for at in range(len(parts)))
    line = Line((0, *cells, Counted(frozenset(range(len(parts)))), None))
    tables = Tables(atoms, {SPLIT: Grid((line,))}, plain={INDICATORS: (told("Indicator"),)})
    (found,) = split_chart(release(tables, Audience.DONOR), ENGLISH)
    assert isinstance(found, Chart) and found.kind is ChartKind.STACKED
    assert [one.values[0] for one in found.series] == [Count(count) for count in parts]

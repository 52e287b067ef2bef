"""Indicators, said: results against targets, by period, by place, by sex and age.

A share of a target is worked out only from what was released; who may not see the figure does not see its share.
"""

from collections.abc import Callable, Iterator
from decimal import ROUND_HALF_EVEN, Decimal
from itertools import groupby
from typing import cast

from db.models.results import UNITS
from db.queries.measured import PlaceNamed
from desktop.guard.released import Released, ReleasedLine
from desktop.reports.document import (
    Align,
    Block,
    Bullets,
    Chart,
    Column,
    Count,
    Hidden,
    Missing,
    Paragraph,
    Row,
    RowKind,
    Said,
    Series,
    Share,
    Table,
    Value,
)
from desktop.reports.indicator_figures import (
    INDICATORS,
    NOT_PUT_TOGETHER,
    PERIODS,
    PLACES,
    SPLIT,
    Fraction,
    Refused,
    days_of,
)
from desktop.reports.indicator_notes import Chosen, described, lines_of, named, place_of, remarks
from desktop.reports.people_split import split_columns
from desktop.reports.place_map import shade
from desktop.reports.report import FRAME, Frame
from desktop.reports.saying import said, title
from i18n import Words


def figure(entry: object, words: Words) -> Value:
    """A released figure of an indicator."""
    match entry:
        case Refused(_why, behind):
            return Missing(words.gettext(NOT_PUT_TOGETHER), behind)
        case Fraction(value):
            return words.number(value)
        case _:
            return said(entry, words)


def attained(target: Value, reached: Value) -> Value:
    """The part of a target that was reached, where both may be seen and divided."""
    if isinstance(reached, Hidden):
        return Hidden()
    if isinstance(target, Count) and isinstance(reached, Count) and target.value > 0:
        ratio = Decimal(reached.value) / Decimal(target.value)
        return Share(ratio.quantize(Decimal("0.01"), ROUND_HALF_EVEN), of=(reached, target))
    return ""


def results_table(released: Released, words: Words, chosen: Chosen = None, heading: str = "") -> Iterator[Block]:
    """Results against targets, one line an indicator, and what has to be said of each."""
    lines = lines_of(released, INDICATORS, chosen)
    if not lines:
        yield Paragraph((words.gettext("No indicator is in the scope of this report."),))
        return
    since = cast(Frame, released.plain[FRAME]).asked.scope.starts_on is not None
    columns = [
        Column(words.gettext("Indicator"), weight=3.2),
        Column(words.gettext("Unit"), weight=1.1),
        Column(words.gettext("Baseline"), Align.END),
        Column(words.gettext("Target"), Align.END),
        *([Column(words.gettext("In the period"), Align.END)] if since else []),
        Column(words.gettext("To date") if since else words.gettext("Reached"), Align.END),
        Column(words.gettext("Of target"), Align.END),
    ]
    rows = []
    for line in lines:
        one = described(released)[place_of(line)]
        baseline, target, actual, to_date = (figure(cell, words) for cell in line.cells[1:])
        counts = [actual, to_date] if since else [to_date]
        share = attained(target, to_date) if one.rising else ""
        rows.append(Row((named(one, words), title(one.unit, UNITS, words), baseline, target, *counts, share)))
    name = "results" if chosen is None else f"results_{min(chosen, default=0)}"
    yield Table(heading or words.gettext("Results against targets"), tuple(columns), tuple(rows), name=name)
    points = [(remark,) for line in lines for remark in remarks(described(released)[place_of(line)], words)]
    if points:
        yield Bullets(tuple(points))


def results_chart(released: Released, words: Words) -> Iterator[Block]:
    """People reached beside the target, where there is one; the table holds the same figures."""
    lines = [
        line
        for line in lines_of(released, INDICATORS, None)
        if described(released)[place_of(line)].unit == "persons"
        and isinstance(line.cells[2], Count)
        and not isinstance(line.cells[4], Refused)
    ]
    if not lines:
        return
    names = [named(described(released)[place_of(line)], words) for line in lines]
    targets = [shade(figure(line.cells[2], words)) for line in lines]
    reached = [shade(figure(line.cells[4], words)) for line in lines]
    sentence = words.gettext("{name}: {reached} of {target}")
    told = [
        sentence.format(name=name, reached=_spoken(value, words), target=_spoken(target, words))
        for name, value, target in zip(names, reached, targets, strict=True)
    ]
    yield Chart(
        words.gettext("People reached and targeted"),
        tuple(names),
        (
            Series(words.gettext("Target"), tuple(targets)),
            Series(words.gettext("Reached"), tuple(reached)),
        ),
        words.gettext("People reached and targeted. {list}").format(list=words.list(told)),
    )


def periods_table(released: Released, words: Words, chosen: Chosen = None) -> Iterator[Block]:
    """Every period that was counted, indicator by indicator; they add up only where that is declared."""

    def head(line: ReleasedLine) -> Value:
        return words.period(*days_of(line.cells))

    yield from _by(released, words, PERIODS, chosen, words.gettext("By period"), words.gettext("Period"), head)


def places_table(released: Released, words: Words, chosen: Chosen = None) -> Iterator[Block]:
    """Every place that was counted."""

    def head(line: ReleasedLine) -> Value:
        place = cast(PlaceNamed, line.cells[1])
        return Said(place.name, place.language)

    yield from _by(released, words, PLACES, chosen, words.gettext("By place"), words.gettext("Place"), head)


def split_table(released: Released, words: Words, chosen: Chosen = None) -> Iterator[Block]:
    """People by sex, child or adult, and disability; whoever was not split stands in a column of their own."""
    lines = lines_of(released, SPLIT, chosen)
    if not lines:
        yield Paragraph((words.gettext("Sex, age and disability were not collected."),))
        return
    rows = []
    for line in lines:
        *counts, disabled = line.cells[1:]
        last = said(disabled, words) if disabled is not None else Missing(words.gettext("not collected"))
        cells = (*(said(cell, words) for cell in counts), last)
        rows.append(Row((named(described(released)[place_of(line)], words), *cells)))
    yield Table(
        words.gettext("People by sex, age and disability"),
        (Column(words.gettext("Indicator"), weight=2.6), *split_columns(words)),
        tuple(rows),
        words.gettext(
            "Women and men are 18 and over. People with a disability are among the others. The same person may be "
            "counted by several indicators: the lines are never added up."
        ),
        SPLIT,
    )


def _by(
    released: Released,
    words: Words,
    grid: str,
    chosen: Chosen,
    heading: str,
    column: str,
    head: Callable[[ReleasedLine], Value],
) -> Iterator[Block]:
    rows: list[Row] = []
    for at, its in groupby(lines_of(released, grid, chosen), key=place_of):
        one = described(released)[at]
        rows.append(Row((named(one, words), title(one.unit, UNITS, words)), RowKind.SUBTOTAL))
        rows += (Row((head(line), figure(line.cells[-1], words))) for line in its)
    if rows:
        columns = (Column(column, weight=3), Column(words.gettext("Figure"), Align.END))
        yield Table(heading, columns, tuple(rows), name=grid)


def _spoken(value: Value, words: Words) -> str:
    return words.number(value.value) if isinstance(value, Count) else words.gettext("not shown")

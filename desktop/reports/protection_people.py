"""People of the protection overview by sex and age, as far as they were counted so: a table, a share bar, a pyramid."""

from collections.abc import Iterator, Sequence
from typing import cast

from db.models.results import NATURES, SEXES
from desktop.guard.released import Released, ReleasedLine
from desktop.reports.document import (
    Align,
    Block,
    Chart,
    ChartKind,
    Column,
    Measure,
    Missing,
    Paragraph,
    Row,
    RowKind,
    Series,
    Table,
    Value,
)
from desktop.reports.protection_overview import Band, Overview
from desktop.reports.saying import age_band, each_said, said, title
from i18n import Words

SEX_PAIR = ("female", "male")


def sex_and_age(released: Released, words: Words) -> Iterator[Block]:
    """The people of each nature by sex and age."""
    overview = cast(Overview, released.plain["overview"])
    met = False
    for nature in overview.natures:
        if lines := released.grids.get(f"sex_age_{nature}"):
            met = True
            yield from _sexes(nature, lines, overview, words)
            yield from _pyramid(nature, lines, overview, words)
            yield _table(nature, lines, overview, words)
    if not met:
        yield Paragraph((words.gettext("Sex and age were not collected."),))


def _sexes(nature: str, lines: Sequence[ReleasedLine], overview: Overview, words: Words) -> Iterator[Block]:
    """All of them as one bar, by sex; nothing where one sex alone was counted, which is no share."""
    sexes = overview.sexes[nature]
    if len(sexes) < 2:
        return
    figures = title(nature, NATURES, words)
    heading = words.gettext("{figures}, by sex").format(figures=figures)
    cells = [said(cell, words) for cell in lines[-1].cells[1:-1]]
    names = [title(sex, SEXES, words) for sex in sexes]
    yield Chart(
        heading,
        (figures,),
        tuple(Series(name, (_measure(cell),)) for name, cell in zip(names, cells, strict=True)),
        words.gettext("{title}. {list}").format(title=heading, list=words.list(each_said(names, cells, words))),
        ChartKind.SHARES,
    )


def _pyramid(nature: str, lines: Sequence[ReleasedLine], overview: Overview, words: Words) -> Iterator[Block]:
    """Women and girls beside men and boys, band by band; nothing where fewer than two bands are known."""
    sexes = overview.sexes[nature]
    bands = [line for line in lines if isinstance(line.cells[0], Band) and line.cells[0].code]
    if len(bands) < 2 or not set(SEX_PAIR) <= set(sexes):
        return
    heading = words.gettext("{figures}, pyramid by sex and age").format(figures=title(nature, NATURES, words))
    names = [age_band(cast(Band, line.cells[0]).code, words) for line in bands]
    sides = []
    for sex in SEX_PAIR:
        cells = [said(line.cells[1 + sexes.index(sex)], words) for line in bands]
        sides.append((title(sex, SEXES, words), cells))
    side = words.gettext("{name}: {list}")
    told = [side.format(name=name, list=words.list(each_said(names, cells, words))) for name, cells in sides]
    yield Chart(
        heading,
        tuple(names),
        tuple(Series(name, tuple(map(_measure, cells))) for name, cells in sides),
        words.gettext("{title}. {list}").format(title=heading, list="; ".join(told)),
        ChartKind.PYRAMID,
    )


def _table(nature: str, lines: Sequence[ReleasedLine], overview: Overview, words: Words) -> Table:
    columns = (
        Column(words.gettext("Age"), weight=1.6),
        *(Column(title(sex, SEXES, words), Align.END) for sex in overview.sexes[nature]),
        Column(words.gettext("Total"), Align.END),
    )
    heading = words.gettext("{figures}, by sex and age where collected").format(figures=title(nature, NATURES, words))
    return Table(heading, columns, tuple(_row(line, words) for line in lines), name=f"sex_age_{nature}")


def _row(line: ReleasedLine, words: Words) -> Row:
    head, *cells = line.cells
    name = age_band(head.code, words) if isinstance(head, Band) else words.gettext("Total")
    kind = RowKind.TOTAL if line.total else RowKind.BODY
    return Row((name, *(said(cell, words) for cell in cells)), kind)


def _measure(value: Value) -> Measure:
    return Missing(value) if isinstance(value, str) else cast(Measure, value)

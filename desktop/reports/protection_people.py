"""People of the protection overview by sex and age, as far as they were counted so: a table, a share bar, a pyramid."""

from collections.abc import Iterator, Sequence
from typing import cast

from db.models.results import NATURES, SEXES
from desktop.guard.released import Released, ReleasedLine
from desktop.reports.blocks import chart
from desktop.reports.document import (
    Align,
    Block,
    ChartKind,
    Column,
    Paragraph,
    Row,
    RowKind,
    Table,
)
from desktop.reports.protection_overview import Band, Overview
from desktop.reports.saying import age_band, said, title
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
    cells = lines[-1].cells[1:-1]
    pieces = [(title(sex, SEXES, words), (cell,)) for sex, cell in zip(sexes, cells, strict=True)]
    yield chart(heading, [figures], pieces, words, ChartKind.SHARES)


def _pyramid(nature: str, lines: Sequence[ReleasedLine], overview: Overview, words: Words) -> Iterator[Block]:
    """Women and girls beside men and boys, band by band; nothing where fewer than two bands are known."""
    sexes = overview.sexes[nature]
    bands = [line for line in lines if isinstance(line.cells[0], Band) and line.cells[0].code]
    if len(bands) < 2 or not set(SEX_PAIR) <= set(sexes):
        return
    heading = words.gettext("{figures}, pyramid by sex and age").format(figures=title(nature, NATURES, words))
    names = [age_band(cast(Band, line.cells[0]).code, words) for line in bands]
    sides = [(title(sex, SEXES, words), [line.cells[1 + sexes.index(sex)] for line in bands]) for sex in SEX_PAIR]
    yield chart(heading, names, sides, words, ChartKind.PYRAMID)


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

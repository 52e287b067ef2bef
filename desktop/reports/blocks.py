"""Tables and charts of a document as every report makes them: nothing is drawn empty, no chart is left undescribed."""

from collections.abc import Iterator, Sequence

from desktop.reports.document import (
    Block,
    Chart,
    ChartKind,
    Column,
    Count,
    Hidden,
    Measure,
    Missing,
    Money,
    Paragraph,
    Row,
    Series,
    Share,
    Table,
)
from desktop.reports.saying import each_said, said
from i18n import Words

Bars = tuple[str, Sequence[object]]
"""The name of a series and its released entries, one a category."""


def table(
    heading: str, columns: Sequence[Column], rows: Sequence[Row], name: str, note: str = "", empty: str = ""
) -> Iterator[Block]:
    """A table, or the sentence that stands for it where it has no rows."""
    if rows:
        yield Table(heading, tuple(columns), tuple(rows), note, name)
    elif empty:
        yield Paragraph((empty,))


def chart(
    heading: str,
    names: Sequence[str],
    series: Sequence[Bars],
    words: Words,
    kind: ChartKind = ChartKind.BARS,
    tabled: bool = False,
) -> Chart:
    """A chart over these categories, with all of its figures in words for those who do not see it."""
    drawn = tuple(Series(label, tuple(measure(entry, words) for entry in entries)) for label, entries in series)
    told = words.gettext("{title}. {list}").format(title=heading, list=_told(names, drawn, words, kind))
    return Chart(heading, tuple(names), drawn, told, kind, tabled=tabled)


def measure(entry: object, words: Words) -> Measure:
    """What a bar is drawn by; what is no number is drawn as missing."""
    value = said(entry, words)
    return value if isinstance(value, Count | Share | Money | Hidden | Missing) else Missing(str(value))


def _told(names: Sequence[str], series: Sequence[Series], words: Words, kind: ChartKind) -> str:
    """Bar by bar, or side by side of a pyramid; one bar or one row of bars needs no name of its own."""
    single = len(series) == 1 and kind is ChartKind.BARS
    if single or kind is ChartKind.PYRAMID:
        groups = [(one.label, each_said(names, one.values, words)) for one in series]
    else:
        labels = [one.label for one in series]
        groups = [(name, each_said(labels, [one.values[at] for one in series], words)) for at, name in enumerate(names)]
    if single or kind is ChartKind.SHARES:
        return words.list(groups[0][1])
    group = words.gettext("{name}: {list}.")
    return " ".join(group.format(name=name, list=words.list(parts)) for name, parts in groups)

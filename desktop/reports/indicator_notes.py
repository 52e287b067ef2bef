"""How indicators are counted, said: their names, rules and sources, what is missing and what was refused.

The tables of figures stand in `indicator_tables`.
"""

from collections.abc import Collection, Iterator, Sequence
from typing import cast

from db.models.indicators import ROLL_UPS
from db.models.results import COUNTINGS, MISSING, QUALIFIERS
from desktop.guard.released import Released, ReleasedLine
from desktop.reports.blocks import table
from desktop.reports.document import Block, Column, Row, Said
from desktop.reports.indicator_figures import INDICATORS, Described
from desktop.reports.saying import title, within
from i18n import Words

Chosen = Collection[int] | None
"""Which of the indicators, by their places; None for all."""


def described(released: Released) -> tuple[Described, ...]:
    """The indicators of the report, in the order of the lines."""
    return cast(tuple[Described, ...], released.plain[INDICATORS])


def named(one: Described, words: Words) -> str:
    """An indicator by its code and name."""
    name = within(one.name, words)
    return words.gettext("{code}: {name}").format(code=words.isolate(one.code), name=name) if one.code else name


def rules_table(released: Released, words: Words, chosen: Chosen = None) -> Iterator[Block]:
    """How each indicator was counted, how its figures are put together, and from what."""
    rows = []
    for line in lines_of(released, INDICATORS, chosen):
        one = described(released)[place_of(line)]
        means = [words.isolate(text) for text in (one.means, *one.sources) if text]
        rows.append(
            Row(
                (
                    named(one, words),
                    title(one.counting, COUNTINGS, words),
                    title(one.roll_up_periods, ROLL_UPS, words),
                    title(one.roll_up_places, ROLL_UPS, words),
                    words.list(means) if means else words.gettext("Not stated"),
                )
            )
        )
    columns = (
        Column(words.gettext("Indicator"), weight=2.6),
        Column(words.gettext("Counting rule"), weight=1.4),
        Column(words.gettext("Over periods"), weight=1.1),
        Column(words.gettext("Over places and parts"), weight=1.1),
        Column(words.gettext("Means of verification and sources"), weight=2),
    )
    note = words.gettext("Figures of people present on a day are never added up.")
    yield from table(words.gettext("How the results were counted"), columns, rows, "rules", note)


def missing_table(released: Released, words: Words) -> Iterator[Block]:
    """The figures that should be there and are not, each with its reason."""
    rows = [
        Row(
            (
                named(one, words),
                Said(part.place) if part.place else words.gettext("Place not stated"),
                words.period(part.starts_on, part.ends_on),
                title(part.reason, MISSING, words),
            )
        )
        for one in described(released)
        for part in one.missing
    ]
    columns = (
        Column(words.gettext("Indicator"), weight=2.6),
        Column(words.gettext("Place"), weight=1.4),
        Column(words.gettext("Period"), weight=1.6),
        Column(words.gettext("Reason"), weight=1.4),
    )
    note = words.gettext("What is missing is no zero and is in no sum.")
    yield from table(words.gettext("Figures that are missing"), columns, rows, "missing", note)


def remarks(one: Described, words: Words) -> Iterator[str]:
    """What has to be said of an indicator's figure."""
    told = words.gettext("{indicator}: {remark}")
    name = named(one, words)
    if one.qualifier != "exactly":
        remark = words.gettext("the figure is said to be “{qualifier}”.").format(
            qualifier=title(one.qualifier, QUALIFIERS, words)
        )
        yield told.format(indicator=name, remark=remark)
    if one.why:
        yield told.format(indicator=name, remark=one.why.said(words))
    if one.missing:
        remark = words.ngettext(
            "{count} figure is missing and in no sum.", "{count} figures are missing and in no sum.", len(one.missing)
        ).format(count=words.number(len(one.missing)))
        yield told.format(indicator=name, remark=remark)
    for why, count in one.left_out:
        remark = words.ngettext(
            "{count} figure is left out: {why}", "{count} figures are left out: {why}", count
        ).format(count=words.number(count), why=why.said(words))
        yield told.format(indicator=name, remark=remark)


def lines_of(released: Released, grid: str, chosen: Chosen) -> Sequence[ReleasedLine]:
    return [line for line in released.grids[grid] if chosen is None or place_of(line) in chosen]


def place_of(line: ReleasedLine) -> int:
    return cast(int, line.cells[0])

"""Data quality, said: what is lacking, among how many, and whose it is."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import cast

from db.calendar import quarter_of
from db.models.results import MISSING
from desktop.guard.released import Released, ReleasedLine
from desktop.reports.blocks import chart, table
from desktop.reports.document import (
    Align,
    Block,
    Chart,
    ChartKind,
    Column,
    Count,
    KeyFigure,
    KeyFigures,
    Paragraph,
    Row,
    Run,
    Share,
    Table,
    Value,
)
from desktop.reports.notes import notes_part
from desktop.reports.quality import FOR_THOSE_CONCERNED, TITLES, TOLD, Quality
from desktop.reports.report import FRAME, Frame, Part
from desktop.reports.saying import said
from i18n import N_, Words

HEADINGS = {
    "results": N_("Figures"),
    "activities": N_("Activities"),
    "duties": N_("Reports owed by partners"),
    "sources": N_("Files that were brought in"),
    "partners": N_("Partners"),
    "places": N_("Places"),
}
GLANCE = (
    ("results_missing", N_("Figures that are missing")),
    ("results_no_sex_share", N_("Figures of people not split by sex")),
    ("results_no_disability_share", N_("Figures of people without disability counted")),
    ("duties_not_come", N_("Reports not received")),
    ("partners_not_assessed", N_("Partners whose lead is not known")),
    ("partners_double", N_("Partners that may be held twice")),
    ("sources_problems", N_("Files with rows to be put right")),
    ("results_corrected", N_("Figures corrected")),
)


_FEWEST_QUARTERS, _MOST_QUARTERS = 3, 8
"""From so many quarters on there is a line to follow, and so many have room."""


def parts(plain: Mapping[str, object]) -> Sequence[Part]:
    """At a glance, then kind by kind, then by whose it is."""
    frame = cast(Frame, plain[FRAME])
    found = cast(Quality, plain["quality"])
    return (
        Part("glance", N_("At a glance"), _glance, N_("What is being put right, by whom and until when.")),
        *(Part(kind, HEADINGS[kind], _table_of(kind)) for kind in found.kinds),
        Part("quarters", N_("By quarter"), _quarters),
        *((Part("offices", N_("By office"), _offices),) if found.offices > 1 else ()),
        *((Part("by-partner", N_("By partner"), _partners),) if frame.asked.audience in FOR_THOSE_CONCERNED else ()),
        notes_part(_notes),
    )


def _of(released: Released) -> Quality:
    return cast(Quality, released.plain["quality"])


def _glance(released: Released, words: Words) -> Iterator[Block]:
    if not _of(released).kinds:
        yield Paragraph((words.gettext("Nothing is recorded in the scope of this report."),))
        return
    yield KeyFigures(
        tuple(KeyFigure(said(released.figures[name], words), words.gettext(title)) for name, title in GLANCE)
    )
    lines = [line for line in released.grids["lacking_results"] if isinstance(line.cells[-1], Share)]
    if lines:
        yield _chart(lines, words)


def _chart(lines: Sequence[ReleasedLine], words: Words) -> Chart:
    names = [words.gettext(str(line.cells[0])) for line in lines]
    heading = words.gettext("Share of figures that lack it")
    return chart(heading, names, [(heading, [line.cells[-1] for line in lines])], words)


def _table_of(kind: str) -> Callable[[Released, Words], Iterator[Block]]:
    def blocks(released: Released, words: Words) -> Iterator[Block]:
        columns = (
            Column(words.gettext("What is lacking or to be looked at"), weight=3),
            Column(words.gettext("How many"), Align.END),
            Column(words.gettext("Among"), Align.END),
            Column(words.gettext("Share"), Align.END),
        )
        rows = tuple(_row(line, words) for line in released.grids[f"lacking_{kind}"])
        heading = words.gettext("{kind}: what is lacking").format(kind=words.gettext(HEADINGS[kind]))
        yield Table(heading, columns, rows, name=f"lacking_{kind}")
        if kind == "results" and (reasons := released.grids["reasons"]):
            known = dict(MISSING)
            yield Table(
                words.gettext("Why figures are missing"),
                (Column(words.gettext("Reason"), weight=3), Column(words.gettext("How many"), Align.END)),
                tuple(
                    Row(
                        (
                            words.gettext(known.get(str(line.cells[0]), N_("Reason not stated"))),
                            said(line.cells[1], words),
                        )
                    )
                    for line in reasons
                ),
                name="reasons",
            )

    return blocks


def _row(line: ReleasedLine, words: Words) -> Row:
    head, *cells = line.cells
    return Row((words.gettext(str(head)), *(said(cell, words) for cell in cells)))


def _quarters(released: Released, words: Words) -> Iterator[Block]:
    """Figures that lack something as lines, since what matters is whether it gets better; then all that lacks."""
    told = {cast(date, line.cells[0]): line.cells[1:] for line in released.grids["by_quarter"]}
    if told and len(quarters := list(_following(min(told), max(told)))[-_MOST_QUARTERS:]) >= _FEWEST_QUARTERS:
        nothing = [Count(0)] * len(TOLD)
        names = [str(_head(first, words)) for first in quarters]
        series = [
            (words.gettext(TITLES[f"{kind}_{code}"]), [told.get(first, nothing)[at] for first in quarters])
            for at, (kind, code) in enumerate(TOLD)
            if kind == "results"
        ]
        yield chart(
            words.gettext("Figures that lack something, by quarter"), names, series, words, ChartKind.LINES, tabled=True
        )
    yield from _whose(released, "by_quarter", words.gettext("Quarter"), words)


def _following(first: date, last: date) -> Iterator[date]:
    """The first days of all quarters from one to another: one of which nothing lacks is in no table."""
    while first <= last:
        yield first
        first = quarter_of(first, first)[1] + timedelta(days=1)


def _offices(released: Released, words: Words) -> Iterator[Block]:
    yield from _whose(released, "by_office", words.gettext("Office"), words)


def _partners(released: Released, words: Words) -> Iterator[Block]:
    yield from _whose(released, "by_partner", words.gettext("Partner"), words)


def _whose(released: Released, name: str, head: str, words: Words) -> Iterator[Block]:
    rows = tuple(
        Row((_head(line.cells[0], words), *(said(cell, words) for cell in line.cells[1:])))
        for line in released.grids[name]
    )
    columns = (
        Column(head, weight=2.6),
        *(
            Column(
                words.gettext("{kind}: {lack}").format(
                    kind=words.gettext(HEADINGS[kind]), lack=words.gettext(TITLES[f"{kind}_{code}"])
                ),
                Align.END,
            )
            for kind, code in TOLD
        ),
    )
    empty = words.gettext("Nothing is lacking that belongs to anybody in particular.")
    yield from table(words.gettext("What is lacking, and whose it is"), columns, rows, name, empty=empty)


def _head(head: object, words: Words) -> Value:
    """Whose it is: a name, or a quarter by its first day."""
    if not isinstance(head, date):
        return said(head, words)
    return words.period(*quarter_of(head, head))


def _notes(released: Released, words: Words) -> Iterator[Run]:
    yield words.gettext("Looked at on {day}. Every number lists its rows in the program.").format(
        day=words.date(_of(released).day)
    )
    yield words.gettext("What is not known is not zero: a figure without a split may hold anybody.")
    yield words.gettext("What a programme published is not looked at: the office did not count it.")
    yield words.gettext("What may be held twice is a likeness, and a person decides.")

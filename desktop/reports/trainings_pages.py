"""Trainings and advocacy, said: the figures, the lists, and what was taken higher for the office alone."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import cast

from db.queries.trainings import Analysed, Taken
from desktop.guard.audiences import Audience
from desktop.guard.released import Released, ReleasedLine
from desktop.reports.blocks import chart, table
from desktop.reports.document import (
    Align,
    Block,
    ChartKind,
    Column,
    Count,
    Day,
    KeyFigure,
    KeyFigures,
    Missing,
    Paragraph,
    Row,
    RowKind,
    Run,
    Said,
    Table,
    Value,
)
from desktop.reports.notes import notes_part
from desktop.reports.report import FRAME, Frame, Part
from desktop.reports.saying import said
from desktop.reports.trained import PARTS
from desktop.reports.trainings import PEOPLE, SHARE
from i18n import N_, Words


def parts(plain: Mapping[str, object]) -> Sequence[Part]:
    """The parts; what was taken higher only for the office."""
    inside = cast(Frame, plain[FRAME]).asked.audience is Audience.INTERNAL
    return (
        Part("figures", N_("Key figures"), _figures),
        Part("trainings", N_("Trainings"), _trainings, N_("What participants do otherwise since.")),
        Part("advocacy", N_("Advocacy"), _advocacy, N_("What changed for people.")),
        *((Part("escalations", N_("Matters taken higher"), _escalations),) if inside else ()),
        Part("analyses", N_("Protection analyses"), _analyses),
        notes_part(_notes),
    )


def _figures(released: Released, words: Words) -> Iterator[Block]:
    labels = {
        "trainings": words.gettext("Trainings"),
        "people": words.gettext(PEOPLE),
        "women_share": words.gettext(SHARE),
        "advocacy_actions": words.gettext("Advocacy actions"),
        "analyses": words.gettext("Protection analyses"),
        "escalations": words.gettext("Escalations"),
    }
    told = [
        KeyFigure(said(released.figures[name], words), label)
        for name, label in labels.items()
        if name in released.figures
    ]
    yield KeyFigures(tuple(told))


def _trainings(released: Released, words: Words) -> Iterator[Block]:
    lines = released.grids["trainings"]
    if not lines:
        yield Paragraph((words.gettext("No training is recorded for this period."),))
        return
    yield from _chart(lines[-1], words)
    columns = (
        Column(words.gettext("Days"), weight=1.6),
        Column(words.gettext("Subject"), weight=2.4),
        Column(words.gettext("Organisation trained"), weight=2),
        Column(words.gettext("Place"), weight=1.3),
        Column(words.gettext("Given by"), weight=1.8),
        *(Column(words.gettext(title), Align.END) for _part, title in PARTS),
        Column(words.gettext("Total"), Align.END),
    )
    yield Table(
        words.gettext("Trainings and their participants"),
        columns,
        tuple(_training(line, words) for line in lines),
        name="trainings",
    )


def _training(line: ReleasedLine, words: Words) -> Row:
    first, last, *texts = line.cells[:6]
    counts = (said(cell, words) for cell in line.cells[6:])
    if line.total:
        return Row((words.gettext("Total"), "", "", "", "", *counts), RowKind.TOTAL)
    days = words.period(cast(date, first), cast(date | None, last) or cast(date, first))
    return Row((days, *(said(text, words) for text in texts), *counts))


def _chart(total: ReleasedLine, words: Words) -> Iterator[Block]:
    """All participants as one bar, by sex."""
    cells = [said(cell, words) for cell in total.cells[6:-1]]
    shown = [
        (words.gettext(title), cell)
        for (_part, title), cell in zip(PARTS, cells, strict=True)
        if not isinstance(cell, Missing)
    ]
    if any(isinstance(cell, Count) for _name, cell in shown):
        pieces = [(name, (cell,)) for name, cell in shown]
        yield chart(words.gettext("Participants by sex"), [words.gettext(PEOPLE)], pieces, words, ChartKind.SHARES)


def _advocacy(released: Released, words: Words) -> Iterator[Block]:
    rows = []
    for line in released.grids["advocacy"]:
        on, what, addressee, audience, outcome = line.cells
        came: Value = said(outcome, words) if outcome else Missing(words.gettext("not stated"))
        told = (said(what, words), said(addressee, words), said(audience, words))
        rows.append(Row((Day(cast(date, on)), *told, came)))
    columns = (
        Column(words.gettext("Date"), weight=1.1),
        Column(words.gettext("Advocacy action"), weight=2.4),
        Column(words.gettext("Addressed to"), weight=2),
        Column(words.gettext("Audience"), weight=1.6),
        Column(words.gettext("What came of it"), weight=2.4),
    )
    empty = words.gettext("No advocacy action is recorded for this period.")
    yield from table(words.gettext("Advocacy actions"), columns, rows, "advocacy", empty=empty)


def _escalations(released: Released, words: Words) -> Iterator[Block]:
    rows = tuple(
        Row(
            (
                Day(one.on),
                Said(one.title),
                Said(one.addressee),
                Said(one.decision) if one.decision else Missing(words.gettext("not decided yet")),
                Day(one.decided_on) if one.decided_on else "",
            )
        )
        for one in cast(tuple[Taken, ...], released.plain["escalations"])
    )
    columns = (
        Column(words.gettext("Date"), weight=1.1),
        Column(words.gettext("Matter"), weight=2.4),
        Column(words.gettext("Taken to"), weight=1.8),
        Column(words.gettext("Decision"), weight=2.4),
        Column(words.gettext("Decided on"), weight=1.1),
    )
    empty = words.gettext("Nothing was taken higher in this period.")
    yield from table(words.gettext("Matters taken higher"), columns, rows, "escalations", empty=empty)


def _analyses(released: Released, words: Words) -> Iterator[Block]:
    rows = tuple(
        Row(
            (
                Day(one.dated),
                Said(one.title),
                Said(one.place or ""),
                Said(one.programme or ""),
                Said(one.document) if one.document else Missing(words.gettext("no document kept")),
            )
        )
        for one in cast(tuple[Analysed, ...], released.plain["analyses"])
    )
    columns = (
        Column(words.gettext("Date of the document"), weight=1.2),
        Column(words.gettext("Title"), weight=2.8),
        Column(words.gettext("Place"), weight=1.5),
        Column(words.gettext("Programme"), weight=1.8),
        Column(words.gettext("Document"), weight=2),
    )
    empty = words.gettext("No protection analysis is recorded for this period.")
    yield from table(words.gettext("Protection analyses"), columns, rows, "analyses", empty=empty)


def _notes(released: Released, words: Words) -> Iterator[Run]:
    if released.grids["trainings"]:
        yield words.gettext("Somebody who took part in two trainings is counted twice: sums count places, not persons.")
        yield words.gettext("What was not counted is in no sum, and is no zero.")
    yield words.gettext("Analyses are documents; they count nobody.")

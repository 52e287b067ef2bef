"""The calendar of duties: what is due, by whom and why, month by month; what is overdue first."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import groupby
from typing import cast

from db.queries import Session
from db.queries.due import Due
from db.queries.names import namable
from db.queries.worklist import AHEAD, due_until
from db.record import Record
from desktop.guard.audiences import Audience
from desktop.guard.released import Released, ReleasedLine
from desktop.guard.tables import Entry, Grid, Line, Named, Tables
from desktop.reports.document import Block, Column, Count, Day, KeyFigure, KeyFigures, Paragraph, Row, Said, Table
from desktop.reports.framing import frame_of, scope_names
from desktop.reports.notes import notes_part
from desktop.reports.report import ASKABLE, FRAME, Asked, NeedsChosen, Part
from desktop.reports.saying import said
from i18n import N_, Words

FOR_OTHERS = ("duties", "commitments", "questions", "tranches", "agreements", "contributions")
"""What is told outside the office: never what was found of a partner, nor our own risks."""


def gather(record: Record, asked: Asked) -> Tables:
    """Everything that is due until the end of the period, or within ninety days; what is overdue is always told.

    Outside the office it is told of one organisation: what one donor asked or was promised is not another's to read.
    """
    if asked.audience in (Audience.DONOR, Audience.PUBLIC) and not (asked.scope.donor or asked.scope.partner):
        raise NeedsChosen(ASKABLE["donor"])
    return record.read(_tables, asked)


def _tables(session: Session, asked: Asked) -> Tables:
    frame, scope = frame_of(session, asked), asked.scope
    until = scope.ends_on or frame.as_of + timedelta(days=AHEAD[-1])
    first = max(scope.starts_on or frame.as_of, frame.as_of)
    whose = {scope.partner, scope.donor} - {None}
    found = [
        due
        for due in due_until(session, frame.as_of, until)
        if (not whose or due.organisation_id in whose)
        and (asked.audience is Audience.INTERNAL or due.kind in FOR_OTHERS)
    ]
    may_be_named = namable(session, {due.organisation_id for due in found if due.organisation_id})

    def line(due: Due) -> Line:
        named: Entry = ""
        if due.organisation_id:
            named = Named(due.organisation_id, Said(due.organisation or ""), may_be_named[due.organisation_id])
        return Line((due.due_on, named, Said(due.title), due.reason))

    overdue = [due for due in found if due.due_on < frame.as_of]
    coming = [due for due in found if due.due_on >= first]
    months = [
        (month, [line(due) for due in dues]) for month, dues in groupby(coming, lambda due: due.due_on.replace(day=1))
    ]
    return Tables(
        grids={
            "overdue": Grid(tuple(map(line, overdue))),
            **{f"due_{month:%Y_%m}": Grid(tuple(lines)) for month, lines in months},
        },
        figures=scope_names(session, asked),
        plain={FRAME: frame, "months": tuple(month for month, _lines in months)},
    )


def parts(_plain: Mapping[str, object]) -> Sequence[Part]:
    """What is late, then month by month."""
    return (
        Part("figures", N_("At a glance"), _glance),
        Part("overdue", N_("Overdue"), _overdue),
        Part("coming", N_("Due"), _coming),
        notes_part(),
    )


def _months(released: Released) -> tuple[date, ...]:
    return cast(tuple[date, ...], released.plain["months"])


def _glance(released: Released, words: Words) -> Iterator[Block]:
    coming = sum(len(released.grids[f"due_{month:%Y_%m}"]) for month in _months(released))
    yield KeyFigures(
        (
            KeyFigure(Count(len(released.grids["overdue"])), words.gettext("Overdue")),
            KeyFigure(Count(coming), words.gettext("Due")),
        )
    )
    if not coming and not released.grids["overdue"]:
        yield Paragraph((words.gettext("Nothing is due in this period."),))


def _overdue(released: Released, words: Words) -> Iterator[Block]:
    if lines := released.grids["overdue"]:
        yield _table(words.gettext("Overdue"), "overdue", lines, words)


def _coming(released: Released, words: Words) -> Iterator[Block]:
    for month in _months(released):
        name = f"due_{month:%Y_%m}"
        yield _table(words.month(month), name, released.grids[name], words)


def _table(heading: str, name: str, lines: Sequence[ReleasedLine], words: Words) -> Table:
    columns = (
        Column(words.gettext("Day"), weight=1.1),
        Column(words.gettext("What is due"), weight=2),
        Column(words.gettext("Concerning"), weight=3),
        Column(words.gettext("With"), weight=2.2),
    )
    rows = []
    for line in lines:
        on, whom, what, reason = line.cells
        rows.append(Row((Day(cast(date, on)), words.gettext(str(reason)), said(what, words), said(whom, words))))
    return Table(heading, columns, tuple(rows), name=name)

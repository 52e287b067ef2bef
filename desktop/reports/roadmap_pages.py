"""Progress of roadmaps and plans, said: at a glance, by pillar and horizon, then action by action."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import cast

from db.models.frameworks import CERTAINTIES, HORIZONS
from db.models.indicators import PROGRESS
from db.queries.plans import NOTHING_SAID
from desktop.guard.released import Released, ReleasedLine
from desktop.reports.blocks import chart
from desktop.reports.caveats import time_of
from desktop.reports.document import (
    Align,
    Block,
    Bullets,
    Chart,
    ChartKind,
    Column,
    Count,
    Day,
    KeyFigure,
    KeyFigures,
    Paragraph,
    Row,
    RowKind,
    Run,
    Table,
)
from desktop.reports.notes import notes_part
from desktop.reports.report import Part
from desktop.reports.roadmap import DONE, STATUSES, Roadmap, Stated
from desktop.reports.saying import said, title, within
from i18n import N_, Words

TITLES = {**dict(PROGRESS), NOTHING_SAID: N_("Nothing said yet")}
SERVED = {
    "activities": N_("Activities"),
    "trainings": N_("Trainings"),
    "advocacy-actions": N_("Advocacy"),
    "analyses": N_("Analyses"),
    "agreements": N_("Agreements"),
    "engagements": N_("Engagements"),
    "escalations": N_("Escalations"),
}


def parts(_plain: Mapping[str, object]) -> Sequence[Part]:
    """All together first, then each pillar."""
    return (
        Part("glance", N_("At a glance"), _glance, N_("What moved, and what stands in the way.")),
        Part("progress", N_("By pillar and horizon"), _progress),
        Part("actions", N_("Action by action"), _actions),
        notes_part(_notes),
    )


def _of(released: Released) -> Roadmap:
    return cast(Roadmap, released.plain["roadmap"])


def _glance(released: Released, words: Words) -> Iterator[Block]:
    if not _of(released).actions:
        yield Paragraph((words.gettext("This framework has no actions."),))
        return
    figures = released.figures
    yield KeyFigures(
        (
            KeyFigure(said(figures["actions"], words), words.gettext("Actions")),
            *(KeyFigure(said(figures[f"status_{one}"], words), words.gettext(TITLES[one])) for one in STATUSES),
            KeyFigure(said(figures["done_share"], words), words.gettext(DONE)),
        )
    )
    yield _chart(released, words)


def _chart(released: Released, words: Words) -> Chart:
    """The pillars as bars, each status a piece of it."""
    lines = [line for line in released.grids["progress"] if line.cells[0] is not None and line.cells[1] is None]
    names = [_pillar(released, line.cells[0], words) for line in lines]
    met = [
        (at, status)
        for at, status in enumerate(STATUSES, start=3)
        if any(cast(Count, line.cells[at]).value for line in lines)
    ]
    bars = [(words.gettext(TITLES[status]), [line.cells[at] for line in lines]) for at, status in met]
    return chart(words.gettext("Actions by pillar and progress"), names, bars, words, ChartKind.STACKED)


def _progress(released: Released, words: Words) -> Iterator[Block]:
    if not _of(released).actions:
        return
    columns = (
        Column(words.gettext("Pillar and horizon"), weight=2.8),
        Column(words.gettext("Actions"), Align.END),
        *(Column(words.gettext(TITLES[one]), Align.END) for one in STATUSES),
    )
    rows: list[Row] = []
    # The line of a pillar closes its horizons in the grid, and heads them on paper.
    waiting: list[Row] = []
    for line in released.grids["progress"]:
        pillar, horizon, *counts = line.cells
        cells = tuple(said(count, words) for count in counts)
        if line.total:
            rows.append(Row((words.gettext("Total"), *cells), RowKind.TOTAL))
        elif horizon is None:
            rows += (Row((_pillar(released, pillar, words), *cells), RowKind.SUBTOTAL), *waiting)
            waiting = []
        else:
            waiting.append(Row((_horizon(str(horizon), words), *cells)))
    yield Table(words.gettext("Actions by pillar, horizon and progress"), columns, tuple(rows), name="progress")


def _actions(released: Released, words: Words) -> Iterator[Block]:
    for at in range(len(_of(released).pillars)):
        name = f"actions_{at + 1}"
        lines = released.grids[name]
        yield _pillar_table(_pillar(released, at, words), name, lines, _of(released), words)
        noted = [one for one in map(_stated, lines) if one.note]
        told = words.gettext("{code}: {name}")
        points = [told.format(code=words.isolate(one.code), name=words.isolate(one.note or "")) for one in noted]
        if points:
            yield Bullets(tuple((point,) for point in points))


def _pillar_table(heading: str, name: str, lines: Sequence[ReleasedLine], found: Roadmap, words: Words) -> Table:
    """The actions of a pillar by horizon, with columns only for what was done for any of them."""
    met = [at for at in range(len(found.kinds)) if any(cast(Count, line.cells[1 + at]).value for line in lines)]
    columns = (
        Column(words.gettext("Action"), weight=4),
        Column(words.gettext("Progress"), weight=1.3),
        Column(words.gettext("Since"), weight=1.3),
        *((Column(words.gettext("Certainty"), weight=1.2),) if found.inside else ()),
        *(Column(words.gettext(SERVED[found.kinds[at]]), Align.END, 0.9) for at in met),
    )
    rows: list[Row] = []
    for horizon, its in groupby(lines, key=lambda line: _stated(line).horizon):
        rows.append(Row((_horizon(horizon or "", words), *("" for _column in columns[1:])), RowKind.SUBTOTAL))
        for line in its:
            stated = _stated(line)
            rows.append(
                Row(
                    (
                        _action(stated, words),
                        words.gettext(TITLES[stated.status]),
                        Day(stated.on) if stated.on else "",
                        *((title(stated.certainty, CERTAINTIES, words),) if found.inside else ()),
                        *(said(line.cells[1 + at], words) for at in met),
                    )
                )
            )
    return Table(heading, columns, tuple(rows), name=name)


def _stated(line: ReleasedLine) -> Stated:
    return cast(Stated, line.cells[0])


def _action(stated: Stated, words: Words) -> str:
    name = within(stated.name, words)
    return words.gettext("{code}: {name}").format(code=words.isolate(stated.code), name=name)


def _pillar(released: Released, at: object, words: Words) -> str:
    _id, named = _of(released).pillars[cast(int, at)]
    return words.gettext("No pillar") if named is None else within(named, words)


def _horizon(code: str, words: Words) -> str:
    known = dict(HORIZONS)
    if code in known:
        return words.gettext(known[code])
    return time_of(code, words) if code else words.gettext("No horizon")


def _notes(released: Released, words: Words) -> Iterator[Run]:
    found = _of(released)
    if not found.official:
        yield words.gettext(
            "The wording of the lines is not official: they are short labels, and translations that nobody made "
            "official are marked."
        )
    if found.source:
        yield words.gettext("Source of the plan: {source}").format(source=words.isolate(found.source))
    yield words.gettext("Of each action, what was said last is shown. Nothing said does not mean nothing done.")
    if found.kinds:
        yield words.gettext(
            "What was done for an action is what was tagged with it. One thing may serve several actions: the columns "
            "are never added up."
        )
    if found.inside:
        yield words.gettext("How certain the place of a line is and what was noted of it is shown to the office alone.")

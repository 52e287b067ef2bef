"""Progress of roadmaps and plans, gathered: how far each action has come and what was done for it.

How certain the place of a line is, what was noted of it and what was taken higher is for the office alone.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from db.models.frameworks import HORIZONS
from db.models.indicators import PROGRESS
from db.queries import Session
from db.queries.called import Called
from db.queries.plans import NOTHING_SAID, Action, Plan, behind_actions, plan
from db.queries.scope import Scope
from db.queries.served import KINDS, behind_served
from db.record import Record
from desktop.guard.audiences import Audience
from desktop.guard.tables import Entry, Grid, Line, Tables
from desktop.reports.arithmetic import WORKED
from desktop.reports.document import Count, Said, Share
from desktop.reports.framing import frame_of, scope_names
from desktop.reports.report import CITABLE, FRAME, Asked, Lacking
from i18n import N_

STATUSES = (*(code for code, _title in PROGRESS), NOTHING_SAID)
DONE = N_("Share of actions that are done")
FOR_OTHERS = tuple(kind for kind in KINDS if kind != "escalations")


@dataclass(frozen=True)
class Stated:
    """An action as the pages say it, besides what was done for it."""

    code: str
    name: Called
    horizon: str | None
    status: str
    on: date | None
    certainty: str | None
    note: str | None


@dataclass(frozen=True)
class Roadmap:
    """What the pages need besides the tables."""

    pillars: tuple[tuple[UUID | None, Called | None], ...]
    """The pillars that have actions, by their places in the names of the grids."""
    kinds: tuple[str, ...]
    """What was done for any action, by kind."""
    official: bool
    source: str | None
    actions: int
    inside: bool


def gather(record: Record, asked: Asked) -> Tables:
    """The whole plan."""
    return record.read(_tables, asked)


def lacking(record: Record, asked: Asked) -> Sequence[Lacking]:
    """Actions of which nobody has said how far they have come."""
    if asked.scope.framework is None:
        return ()
    said = N_("Nobody has said how far “{name}” has come.")
    return [
        Lacking(said, "framework-items", one.line.id, None, {"name": Said(one.name.text)})
        for one in record.read(plan, asked.scope).actions
        if one.line.status == NOTHING_SAID
    ]


def _tables(session: Session, asked: Asked) -> Tables:
    found, frame = plan(session, asked.scope), frame_of(session, asked)
    inside = asked.audience is Audience.INTERNAL
    kinds = tuple(
        kind for kind in (KINDS if inside else FOR_OTHERS) if any(kind in one.served for one in found.actions)
    )
    pillars: tuple[UUID | None, ...] = tuple(dict.fromkeys(one.line.pillar for one in found.actions))
    counting = _Counting(found, asked.scope, frame.change)
    done, whole = counting.of(status="done"), counting.of()
    share = Share(Decimal(done.value) / (whole.value or 1), 0, done.behind)
    return Tables(
        grids={
            "progress": Grid(tuple(counting.table(pillars))),
            **{
                f"actions_{at + 1}": Grid(
                    tuple(
                        _line(one, kinds, asked.scope, frame.change, inside)
                        for one in found.actions
                        if one.line.pillar == pillar
                    )
                )
                for at, pillar in enumerate(pillars)
            },
            WORKED: Grid((Line((DONE, done, whole, share)),) if found.actions else ()),
        },
        figures={
            "actions": whole,
            **{f"status_{status}": counting.of(status=status) for status in STATUSES},
            **({"done_share": share} if found.actions else {}),
            **scope_names(session, asked),
        },
        plain={
            FRAME: frame,
            "roadmap": Roadmap(
                tuple((id, found.pillars.get(id) if id else None) for id in pillars),
                kinds,
                found.official,
                found.source,
                len(found.actions),
                inside,
            ),
            CITABLE: (
                ("actions", N_("Actions")),
                *((f"status_{code}", title) for code, title in PROGRESS),
                *((("done_share", DONE),) if found.actions else ()),
            ),
        },
    )


class _Counting:
    """Numbers of actions, each with the selection behind it."""

    def __init__(self, found: Plan, scope: Scope, change: int) -> None:
        self._found, self._scope, self._change = found, scope, change

    def of(self, **asked: str) -> Count:
        """How many actions of a pillar, a horizon, a status."""
        chosen = [one for one in self._found.actions if all(_side(one, key) == value for key, value in asked.items())]
        return Count(len(chosen), behind_actions(self._scope, self._change, **asked))

    def table(self, pillars: Sequence[UUID | None]) -> Iterator[Line]:
        """Pillars and horizons down, statuses across."""
        for at, pillar in enumerate(pillars):
            mine = [one for one in self._found.actions if one.line.pillar == pillar]
            met = {one.line.horizon or "" for one in mine}
            known = [code for code, _title in HORIZONS if code in met]
            for horizon in (*known, *sorted(met - set(known))):
                yield self._line((at, horizon), pillar=str(pillar), horizon=horizon)
            yield self._line((at, None), pillar=str(pillar))
        yield self._line((None, None), total=True)

    def _line(self, head: tuple[Entry, Entry], *, total: bool = False, **asked: str) -> Line:
        cells = (self.of(**asked, status=status) for status in STATUSES)
        return Line((*head, self.of(**asked), *cells), total)


def _side(one: Action, key: str) -> str:
    return {"pillar": str(one.line.pillar), "horizon": one.line.horizon or "", "status": one.line.status}[key]


def _line(one: Action, kinds: Sequence[str], scope: Scope, change: int, inside: bool) -> Line:
    step = one.line.progress
    stated = Stated(
        one.line.code,
        one.name,
        one.line.horizon,
        one.line.status,
        step.on if step else None,
        one.line.certainty if inside else None,
        step.note if step and inside else None,
    )
    counts = (Count(len(one.served.get(kind, ())), behind_served(kind, scope, change, one.line.id)) for kind in kinds)
    return Line((stated, *counts))

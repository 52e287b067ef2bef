"""Roadmaps and plans for a report: each action with how far it has come and what serves it, by pillar and horizon."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.base import there
from db.models.frameworks import Framework, FrameworkItem
from db.queries import selection
from db.queries.called import Called, called
from db.queries.scope import Scope, told
from db.queries.selection import Behind
from db.queries.served import served
from db.queries.steps import Step, steps_of

NOTHING_SAID = "none"
"""In the place of a status, where nobody has said how far an action has come."""


@dataclass(frozen=True)
class PlanLine:
    """A line where it stands in the tree: under which pillar, of which horizon, and how far it has come."""

    id: UUID
    code: str
    kind: str
    leaf: bool
    pillar: UUID
    horizon: str | None
    certainty: str | None
    progress: Step | None

    @property
    def status(self) -> str:
        """How far it has come."""
        return self.progress.status if self.progress else NOTHING_SAID


@dataclass(frozen=True)
class Action:
    """A line that something is to be done for, with what was done, by kind."""

    line: PlanLine
    name: Called
    served: Mapping[str, frozenset[UUID]]


@dataclass(frozen=True)
class Plan:
    """A framework with its pillars by name, in its own order."""

    actions: tuple[Action, ...]
    pillars: Mapping[UUID, Called]
    official: bool
    source: str | None


def plan(session: Session, scope: Scope) -> Plan:
    """The framework of a scope as it stood at the end of the period, with what serves it in the period."""
    assert scope.framework is not None
    framework = there(session, Framework, scope.framework)
    chosen, serving = _actions(session, framework.id, scope.ends_on), served(session, scope)
    pillars = dict.fromkeys(line.pillar for line in chosen)
    ids = (*pillars, *(line.id for line in chosen))
    names = called(session, FrameworkItem.name, FrameworkItem.name_language, ids)
    return Plan(
        tuple(Action(line, names[line.id], serving.get(line.id, {})) for line in chosen),
        {id: names[id] for id in pillars},
        bool(framework.official),
        framework.source,
    )


def _actions(session: Session, framework_id: UUID, until: date | None) -> list[PlanLine]:
    """The actions; where a framework has none, the lines that nothing lies under."""
    rows: Any = session.execute(
        select(*(getattr(FrameworkItem, key) for key in ("id", "parent_id", "code", "kind", "horizon", "certainty")))
        .where(FrameworkItem.framework_id == framework_id, FrameworkItem.removed_at.is_(None))
        .order_by(FrameworkItem.position, FrameworkItem.row)
    ).all()
    known, under = {row.id for row in rows}, defaultdict[UUID | None, list[Any]](list)
    for row in rows:
        under[row.parent_id if row.parent_id in known else None].append(row)
    steps = steps_of(session, list(known), until)
    lines: list[PlanLine] = []
    # By hand and not by recursion: an imported framework is as deep as its file says.
    waiting: list[tuple[Any, UUID | None, str | None]] = [(row, None, None) for row in reversed(under[None])]
    while waiting:
        row, above, horizon = waiting.pop()
        pillar, horizon = above or row.id, row.horizon or horizon
        told = (row.id, row.code, row.kind, not under[row.id], pillar, horizon, row.certainty, steps.get(row.id))
        lines.append(PlanLine(*told))
        waiting += [(each, pillar, horizon) for each in reversed(under[row.id])]
    return [line for line in lines if line.kind == "action"] or [line for line in lines if line.leaf]


def behind_actions(scope: Scope, change: int, **asked: str) -> Behind:
    """The selection behind a number of actions: of a `pillar`, a `horizon`, a `status`."""
    figure = ";".join(f"{key}={value}" for key, value in (told(scope) | asked).items())
    return Behind("framework-items", (("actions", figure),), change)


def actions_behind(session: Session, figure: str) -> tuple[UUID, ...]:
    """The actions behind such a number."""
    with selection.read(figure) as asked:
        framework, until = UUID(asked["framework"]), date.fromisoformat(asked["to"]) if "to" in asked else None
        found = _actions(session, framework, until)
    return tuple(
        line.id
        for line in found
        if asked.get("pillar") in (None, str(line.pillar))
        and asked.get("horizon") in (None, line.horizon or "")
        and asked.get("status") in (None, line.status)
    )

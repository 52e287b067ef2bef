"""Frameworks as trees, what is offered besides, and how far their actions have come with what counts for each."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from db.frameworks import carried
from db.models.activities import Activity, ActivityTag
from db.models.engagements import Tag
from db.models.frameworks import Framework, FrameworkItem
from db.models.indicators import Indicator, IndicatorLink
from db.queries.spoken import spoken
from db.queries.steps import Step, steps_of
from db.queries.texts import OFFICIAL, ORIGINAL

_TAGGED: Mapping[str, InstrumentedAttribute[Any]] = {
    "engagements": Tag.engagement_id,
    "trainings": Tag.training_id,
    "advocacy-actions": Tag.advocacy_action_id,
    "escalations": Tag.escalation_id,
    "analyses": Tag.analysis_id,
    "agreements": Tag.agreement_id,
}
"""What can carry a tag besides activities, by its key in KINDS."""


@dataclass(frozen=True)
class Offered:
    """A framework that comes with Jalon and of which the record lacks something."""

    code: str
    names: Mapping[str, str]
    lines: int
    held: bool
    figures: bool
    """Whether published figures come with its lines."""


@dataclass(frozen=True)
class Line:
    """A line of a framework where it stands in the tree; `language` is that of its name as it is shown."""

    id: UUID
    code: str
    kind: str
    name: str
    language: str | None
    standing: str
    """Of its name as it is shown: a translation that nobody made official is marked as one."""
    depth: int
    pillar: UUID | None
    horizon: str | None
    certainty: str | None
    progress: Step | None
    tagged: Mapping[str, int]
    """How many of each kind serve it, by the kind's key; 0 is left out."""
    indicators: int

    @property
    def unofficial(self) -> bool:
        """Whether a reader has to be told that its name is a translation nobody made official."""
        return self.standing not in (ORIGINAL, OFFICIAL)


@dataclass(frozen=True)
class PartOfPlan:
    """The actions of one pillar and horizon: how many, how certain, how far they came, and what counts for them."""

    pillar: UUID | None
    horizon: str | None
    actions: int
    certainties: Mapping[str | None, int]
    statuses: Mapping[str | None, int]
    """By status; None for the actions nobody has said anything about."""
    tagged: Mapping[str, int]


@dataclass(frozen=True)
class FrameworkProgress:
    """A framework by pillar and horizon, in its own order, with its lines."""

    lines: tuple[Line, ...]
    parts: tuple[PartOfPlan, ...]


def offered(session: Session) -> tuple[Offered, ...]:
    """The frameworks that come with Jalon of which the record lacks lines, or which it does not hold at all."""
    held: dict[str, UUID] = dict(
        session.execute(select(Framework.code, Framework.id).where(Framework.removed_at.is_(None))).all()
    )
    found = []
    for each in carried():
        id = held.get(each.code)
        codes = select(FrameworkItem.code).where(FrameworkItem.framework_id == id, FrameworkItem.removed_at.is_(None))
        have = set(session.scalars(codes)) if id else set()
        lacking = sum(line.code not in have for line in each.lines)
        if lacking or id is None:
            names = {text.language: text.body for text in each.own.texts} | {"fr": each.own.name}
            figures = any(line.figure for line in each.lines)
            found.append(Offered(each.code, names, lacking, id is not None, figures))
    return tuple(found)


def progress(session: Session, item_id: UUID) -> Step | None:
    """How far an action has come: what was said last; None where nobody said anything."""
    return steps_of(session, [item_id]).get(item_id)


def framework_lines(session: Session, framework_id: UUID, language: str = "fr") -> tuple[Line, ...]:
    """The lines of a framework in the order of its tree, with what serves each of them."""
    items = session.execute(
        select(*FrameworkItem.__table__.c)
        .where(FrameworkItem.framework_id == framework_id, FrameworkItem.removed_at.is_(None))
        .order_by(FrameworkItem.position, FrameworkItem.row)
    ).all()
    ids = [item.id for item in items]
    by_id = {item.id: item for item in items}
    under: dict[UUID | None, list[Any]] = defaultdict(list)
    for item in items:
        under[item.parent_id if item.parent_id in by_id else None].append(item)
    names, steps = spoken(session, language, {FrameworkItem.__tablename__: ids}), steps_of(session, ids)
    tags, measured = _tags(session, framework_id), _indicators(session, framework_id)
    lines: list[Line] = []
    # By hand and not by recursion: an imported framework is as deep as its file says.
    waiting: list[tuple[Any, int, UUID | None, str | None]] = [(item, 0, None, None) for item in reversed(under[None])]
    while waiting:
        item, depth, above, horizon = waiting.pop()
        said = names.get(item.id)
        pillar, horizon = above or item.id, item.horizon or horizon
        lines.append(
            Line(
                id=item.id,
                code=item.code,
                kind=item.kind,
                name=said.body or "" if said else item.name,
                language=said.language if said else item.name_language,
                standing=said.status if said else ORIGINAL,
                depth=depth,
                pillar=pillar,
                horizon=horizon,
                certainty=item.certainty,
                progress=steps.get(item.id),
                tagged=tags.get(item.id, {}),
                indicators=measured[item.id],
            )
        )
        waiting += [(each, depth + 1, pillar, horizon) for each in reversed(under[item.id])]
    return tuple(lines)


def framework_progress(session: Session, framework_id: UUID, language: str = "fr") -> FrameworkProgress:
    """How far a roadmap or plan has come, by pillar and horizon."""
    lines = framework_lines(session, framework_id, language)
    parts: dict[tuple[UUID | None, str | None], list[Line]] = defaultdict(list)
    for line in lines:
        if line.kind == "action":
            parts[line.pillar, line.horizon].append(line)
    return FrameworkProgress(
        lines,
        tuple(
            PartOfPlan(
                pillar=pillar,
                horizon=horizon,
                actions=len(actions),
                certainties=Counter(line.certainty for line in actions),
                statuses=Counter(line.progress.status if line.progress else None for line in actions),
                tagged=sum((Counter(line.tagged) for line in actions), Counter[str]()),
            )
            for (pillar, horizon), actions in parts.items()
        ),
    )


def _tags(session: Session, framework_id: UUID) -> dict[UUID, dict[str, int]]:
    """What serves each line, counted by kind: each thing once, however often it is tagged."""
    found: dict[UUID, dict[str, int]] = defaultdict(dict)
    activities = (
        select(ActivityTag.item_id, func.count(func.distinct(ActivityTag.activity_id)))
        .join(FrameworkItem, FrameworkItem.id == ActivityTag.item_id)
        .join(Activity, Activity.id == ActivityTag.activity_id)
        .where(
            FrameworkItem.framework_id == framework_id, ActivityTag.removed_at.is_(None), Activity.removed_at.is_(None)
        )
    )
    for item, count in session.execute(activities.group_by(ActivityTag.item_id)):
        found[item]["activities"] = count
    for kind, link in _TAGGED.items():
        counted = (
            select(Tag.item_id, func.count(func.distinct(link)))
            .join(FrameworkItem, FrameworkItem.id == Tag.item_id)
            .where(FrameworkItem.framework_id == framework_id, Tag.removed_at.is_(None), link.is_not(None))
        )
        for item, count in session.execute(counted.group_by(Tag.item_id)):
            found[item][kind] = count
    return found


def _indicators(session: Session, framework_id: UUID) -> Counter[UUID]:
    """How many indicators stand under each line, of its own or linked."""
    counts: Counter[UUID] = Counter()
    for entity in (Indicator, IndicatorLink):
        query = (
            select(entity.item_id, func.count())
            .join(FrameworkItem, FrameworkItem.id == entity.item_id)
            .where(FrameworkItem.framework_id == framework_id, entity.removed_at.is_(None))
        )
        for item, count in session.execute(query.group_by(entity.item_id)):
            if item is not None:
                counts[item] += count
    return counts

"""What serves the lines of roadmaps and plans, and trainings, advocacy and the like for themselves: by period and whom.

Said once for the reports that count them and for the lists that a figure opens, so that the two cannot differ.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from db.base import Entity
from db.models import Activity, ActivityTag, AdvocacyAction, Agreement, Analysis, Engagement, Escalation, Tag, Training
from db.models.frameworks import FrameworkItem
from db.queries import selection
from db.queries.scope import Scope, activities_in, scope_told, told, within
from db.queries.selection import Behind

Attribute = InstrumentedAttribute[Any]
Served = Mapping[UUID, Mapping[str, frozenset[UUID]]]
"""By line and kind, what serves it."""


@dataclass(frozen=True)
class _Serving:
    """How a kind says which line it serves, when it took place, with whom and where."""

    entity: type[Entity]
    tagged: Attribute
    item: Attribute
    since: Any
    until: Any
    partner: Attribute | None = None
    place: Attribute | None = None


KINDS: Mapping[str, _Serving] = {
    "activities": _Serving(
        Activity, ActivityTag.activity_id, ActivityTag.item_id, Activity.starts_on, Activity.ends_on
    ),
    "trainings": _Serving(
        Training,
        Tag.training_id,
        Tag.item_id,
        Training.starts_on,
        func.coalesce(Training.ends_on, Training.starts_on),
        Training.organisation_id,
        Training.place_id,
    ),
    "advocacy-actions": _Serving(
        AdvocacyAction,
        Tag.advocacy_action_id,
        Tag.item_id,
        AdvocacyAction.on,
        AdvocacyAction.on,
        AdvocacyAction.organisation_id,
    ),
    "analyses": _Serving(
        Analysis, Tag.analysis_id, Tag.item_id, Analysis.dated, Analysis.dated, None, Analysis.place_id
    ),
    "agreements": _Serving(
        Agreement, Tag.agreement_id, Tag.item_id, Agreement.starts_on, Agreement.ends_on, Agreement.partner_id
    ),
    "engagements": _Serving(
        Engagement, Tag.engagement_id, Tag.item_id, Engagement.on, Engagement.on, Engagement.organisation_id
    ),
    "escalations": _Serving(Escalation, Tag.escalation_id, Tag.item_id, Escalation.on, Escalation.on),
}
"""By the key in `db.queries.kinds.KINDS`; escalations never leave the office."""


def chosen(kind: str, scope: Scope, item: UUID | None = None) -> Select[UUID]:
    """The ids of one kind in a scope; of those that serve a line, or any line of the scope's framework."""
    serving = KINDS[kind]
    query = select(serving.entity.id).where(*_in_scope(serving, scope))
    if item or scope.framework:
        lines: Any = select(serving.tagged).where(serving.tagged.is_not(None), _stands(serving))
        if item:
            lines = lines.where(serving.item == item)
        if scope.framework:
            its = select(FrameworkItem.id).where(FrameworkItem.framework_id == scope.framework)
            lines = lines.where(serving.item.in_(its))
        query = query.where(serving.entity.id.in_(lines))
    return query


def served(session: Session, scope: Scope) -> Served:
    """What serves each line of the scope's framework."""
    found: dict[UUID, dict[str, frozenset[UUID]]] = defaultdict(dict)
    lines = select(FrameworkItem.id).where(FrameworkItem.framework_id == scope.framework)
    for kind, serving in KINDS.items():
        query = select(serving.item, serving.tagged).where(
            _stands(serving),
            serving.item.in_(lines),
            serving.tagged.in_(chosen(kind, replace(scope, framework=None))),
        )
        for item, id in session.execute(query):
            found[item][kind] = found[item].get(kind, frozenset()) | {id}
    return found


def behind_served(kind: str, scope: Scope, change: int, item: UUID | None = None) -> Behind:
    """The selection behind how many of a kind there are."""
    sides = told(scope) | ({"item": str(item)} if item else {})
    return Behind(kind, (("served", ";".join(f"{key}={value}" for key, value in sides.items())),), change)


def served_by(kind: str) -> Callable[[Session, str], Collection[UUID]]:
    """Finds what is behind such a figure again."""

    def found(session: Session, figure: str) -> Collection[UUID]:
        with selection.read(figure) as asked:
            query = chosen(kind, scope_told(asked), UUID(asked["item"]) if "item" in asked else None)
        return session.scalars(query).all()

    return found


def _stands(serving: _Serving) -> ColumnElement[bool]:
    return (Tag if serving.item is Tag.item_id else ActivityTag).removed_at.is_(None)


def _in_scope(serving: _Serving, scope: Scope) -> list[ColumnElement[bool]]:
    if serving.entity is Activity:
        return activities_in(scope)
    found: list[ColumnElement[bool]] = [serving.entity.removed_at.is_(None)]
    if scope.starts_on:
        found.append(or_(serving.until.is_(None), serving.until >= scope.starts_on))
    if scope.ends_on:
        found.append(or_(serving.since.is_(None), serving.since <= scope.ends_on))
    if scope.partner and serving.partner is not None:
        found.append(serving.partner == scope.partner)
    if scope.place and serving.place is not None:
        found.append(serving.place.in_(within(scope.place)))
    return found

"""What has been kept for as long as it may be: the rules in force, and the things that are due by them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import exists, select, text
from sqlalchemy.orm import Session

from db.calendar import months_later
from db.links import name_with_whole
from db.models import KeptOn, LogRow, RetentionRule
from db.queries.columns import table_of
from db.queries.kinds import KINDS
from db.retention import ANONYMISE, KEEP, Rule, carried_rules
from db.sealing import ERASURES

FOR_EVER = 1200
"""So many months are as good as always."""


@dataclass(frozen=True)
class Expired:
    """A thing that is past its time: since which day, and what its rule says to do."""

    kind: str
    id: UUID
    name: str
    counted_from: date
    due_on: date
    way: str


def rules(session: Session) -> Mapping[str, Rule]:
    """The rules in force: those that come with Jalon, and in their place the office's own."""
    found = dict(carried_rules())
    own = select(RetentionRule).where(RetentionRule.removed_at.is_(None)).order_by(RetentionRule.row)
    for rule in session.scalars(own):
        if rule.kind in found:
            carried = found[rule.kind]
            own_words = dict.fromkeys(carried.sources, rule.reason)
            found[rule.kind] = replace(carried, months=rule.months, way=rule.way, sources=own_words)
    return found


def expired(session: Session, today: date) -> tuple[Expired, ...]:
    """What is due to be erased or anonymised, the longest overdue first."""
    found = [one for rule in rules(session).values() for one in _due(session, rule, today)]
    return tuple(sorted(found, key=lambda one: (one.due_on, one.kind, one.name, one.id)))


def count_expired(session: Session, today: date) -> int:
    """How many things are due, for the work list."""
    return sum(len(session.execute(query).all()) for rule in rules(session).values() for query in _asked(rule, today))


def _due(session: Session, rule: Rule, today: date) -> Iterator[Expired]:
    for query in _asked(rule, today):
        table = table_of(KINDS[rule.kind].entity)
        for id, day in session.execute(query).all():
            name = name_with_whole(session.connection(), table, id)
            yield Expired(rule.kind, id, name, day, months_later(day, rule.months) or today, rule.way)


def _asked(rule: Rule, today: date) -> Iterator[Any]:
    """The query for what is due by a rule; none where it never is."""
    if rule.way == KEEP or not rule.counted_from or rule.months > FOR_EVER:
        return
    last = months_later(today, -rule.months)
    entity: Any = KINDS[rule.kind].entity
    day = getattr(entity, rule.counted_from)
    kept = exists().where(KeptOn.owner_id == entity.id, KeptOn.until >= today, KeptOn.removed_at.is_(None))
    query = select(entity.id, day).where(entity.removed_at.is_(None), day <= last, ~kept)
    if rule.way == ANONYMISE:
        done = LogRow.change_set.in_(text(ERASURES))
        query = query.where(~exists().where(LogRow.entity_id == entity.id, LogRow.entity == entity.__tablename__, done))
    yield query

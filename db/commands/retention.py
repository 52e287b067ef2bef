"""Keeping something beyond its time, for a reason; and what holds of an office's own rules of retention."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.base import Entity, new_id, there
from db.commands.checking import fill
from db.deeds import called, deed
from db.errors import InvalidValue
from db.fields import field_of
from db.links import name_with_whole
from db.models import KeptOn, RetentionRule
from db.queries.columns import table_of
from db.retention import carried_rules
from i18n import N_


class NoSuchRule(InvalidValue):
    message = N_("“{field}”: no kind of record with a period is called that. Choose one of: {kinds}.")


class OneRuleEach(InvalidValue):
    message = N_("“{field}” has a rule of the office already. Put that one right, or remove it.")


class PastDay(InvalidValue):
    message = N_("“{field}” has to be a day to come: until then it is kept.")


@deed(N_("Keep “{what}” on until {until}"))
def keep_on(session: Session, entity: type[Entity], id: UUID, until: date, reason: str) -> None:
    """Keep a thing beyond its time, until another day."""
    there(session, entity, id)
    called(session, what=name_with_whole(session.connection(), table_of(entity), id))
    if until <= date.today():
        raise PastDay(field_of(KeptOn.until).name)
    held = select(KeptOn).where(KeptOn.owner_id == id, KeptOn.removed_at.is_(None))
    kept = session.scalars(held).first() or KeptOn(id=new_id(), owner=entity.__tablename__, owner_id=id)
    fill(kept, {"until": until, "reason": reason.strip() or None})
    session.add(kept)
    session.flush()


def sound_rule(session: Session, rule: RetentionRule) -> None:
    """A rule is about a kind that has a period, and a kind has one rule of the office."""
    if rule.kind not in (known := [kind for kind, each in carried_rules().items() if each.counted_from]):
        raise NoSuchRule(field_of(RetentionRule.kind).name, kinds=known)
    own = select(RetentionRule.id).where(RetentionRule.kind == rule.kind, RetentionRule.removed_at.is_(None))
    if set(session.scalars(own)) - {rule.id}:
        raise OneRuleEach(field_of(RetentionRule.kind).name)


RULES: Mapping[type[Entity], tuple[Callable[[Session, Any], None], ...]] = {RetentionRule: (sound_rule,)}

"""Who did what, and when: the deeds of the record, and what happened to one thing in it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from itertools import takewhile
from typing import Any
from uuid import UUID

from sqlalchemy import Row, func, select
from sqlalchemy.orm import Session, aliased

from db.base import Entity
from db.deeds import Details
from db.fields import Field, Kind, fields_of
from db.links import name_of
from db.models.log import ChangeSet, LogRow
from db.models.people import Person
from db.money import CURRENCY, Money
from db.trail import ACT
from db.undoing import NextStep, next_redo, next_undo

_LOOKED_THROUGH = 2_000
"""Entries that an opening of the record goes through at most."""


@dataclass(frozen=True)
class Done:
    """One entry of the history; `taken_back` says that the deed does not stand any more."""

    id: UUID
    at: datetime
    person: str | None
    deed: str
    details: Details
    act: str
    rows: int
    taken_back: bool


@dataclass(frozen=True)
class Standing:
    """Whether a deed was taken back, and whether one step turns that round: no other was done or taken back since."""

    taken_back: bool
    next: bool


@dataclass(frozen=True)
class State:
    """The newest change that an answer takes into account, and its day where the reader is."""

    change: int
    on: date


@dataclass(frozen=True)
class FieldChange:
    """One field of one thing, from which value to which; links go by the name of what they point at."""

    field: Field
    before: Any
    after: Any


@dataclass(frozen=True)
class Step:
    """What one deed changed in one thing; of what was erased, only that something was changed."""

    done: Done
    added: bool
    removed: bool
    fields: tuple[FieldChange, ...]


def as_of(session: Session) -> int:
    """The newest change that an answer given now takes into account."""
    return session.scalar(select(func.max(LogRow.change_set))) or 0


def state(session: Session) -> State:
    """The record as it stands now; one that nobody changed yet is as of its making."""
    newest = session.execute(select(ChangeSet.row, ChangeSet.at).where(ChangeSet.row == as_of(session))).one()
    return State(newest.row, newest.at.astimezone().date())


def steps_to_take(session: Session) -> tuple[NextStep | None, NextStep | None]:
    """What can be taken back now, and what can be done again."""
    return next_undo(session), next_redo(session)


def standing(session: Session, deed: UUID) -> Standing:
    """How one deed stands now."""
    done = _done(session.execute(_entries().where(ChangeSet.id == deed)).one())
    step = next_redo(session) if done.taken_back else next_undo(session)
    return Standing(done.taken_back, step is not None and step.id == deed)


def deeds(session: Session, limit: int | None = 200, before: int | None = None) -> tuple[Done, ...]:
    """What was done, newest first; `before` goes on after a page. What left or was read stands in the register."""
    query = _entries().where(ChangeSet.act != ACT).order_by(ChangeSet.row.desc()).limit(limit)
    if before is not None:
        query = query.where(ChangeSet.row < before)
    return tuple(_done(row) for row in session.execute(query))


def ways_changed(session: Session, person: UUID, since: datetime) -> tuple[tuple[str, Details], ...]:
    """What others did to the ways in since this moment and since this person last did anything here, newest first."""
    query = select(ChangeSet).where(ChangeSet.at >= since).order_by(ChangeSet.row.desc()).limit(_LOOKED_THROUGH)
    others = takewhile(lambda entry: entry.actor_id != person, session.scalars(query))
    return tuple((entry.deed, entry.details) for entry in others if entry.act == "way")


def history_of(session: Session, entity: type[Entity], id: UUID) -> tuple[Step, ...]:
    """What happened to one thing, newest first."""
    described = fields_of(entity)
    query = (
        _entries()
        .add_columns(LogRow.before, LogRow.after)
        .join(LogRow, LogRow.change_set == ChangeSet.row)
        .where(LogRow.entity == entity.__tablename__, LogRow.entity_id == id)
        .order_by(LogRow.row.desc())
    )
    held = select(entity.__table__.c[CURRENCY]).where(entity.id == id) if CURRENCY in entity.__table__.c else None
    currency = session.scalar(held) if held is not None else None
    return tuple(_step(session, entity, described, row, currency) for row in session.execute(query))


def _entries() -> Any:
    last = aliased(ChangeSet)
    newest = (
        select(last.act)
        .where((last.id == ChangeSet.id) | (last.of_id == ChangeSet.id))
        .order_by(last.row.desc())
        .limit(1)
        .scalar_subquery()
    )
    rows = select(func.count()).where(LogRow.change_set == ChangeSet.row).correlate(ChangeSet).scalar_subquery()
    return select(ChangeSet, Person.name, rows.label("rows"), (newest == "undo").label("taken_back")).outerjoin(
        Person, Person.id == ChangeSet.actor_id
    )


def _done(row: Row[Any]) -> Done:
    entry: ChangeSet = row.ChangeSet
    taken_back = bool(row.taken_back) and entry.act == "deed"
    return Done(entry.id, entry.at, row.name, entry.deed, entry.details, entry.act, row.rows, taken_back)


def _step(
    session: Session, entity: type[Entity], described: Mapping[str, Field], row: Row[Any], currency: str | None
) -> Step:
    before: dict[str, Any] = json.loads(row.before or "{}")
    after: dict[str, Any] = json.loads(row.after or "{}")

    def value(key: str, about: Field, side: dict[str, Any]) -> Any:
        # The log holds what changed: an amount's currency is in it only where that changed too.
        return _value(session, entity, key, about, side.get(key), side.get(CURRENCY) or currency)

    fields = tuple(
        FieldChange(about, value(key, about, before), value(key, about, after))
        for key, about in described.items()
        if key in before or key in after
    )
    added = row.before is None and row.after is not None
    return Step(_done(row), added, after.get("removed_at") is not None, fields)


def _value(session: Session, entity: type[Entity], key: str, about: Field, value: Any, currency: str | None) -> Any:
    """A value as it was logged, as the value it was."""
    if value is None:
        return None
    match about.kind:
        case Kind.DATE:
            return date.fromisoformat(value)
        case Kind.YES_NO:
            return bool(value)
        case Kind.DECIMAL:
            return Decimal(value)
        case Kind.MONEY if currency:
            return Money.of(value, currency)
        case Kind.LINK:
            target = next(iter(entity.__table__.c[key].foreign_keys)).column.table
            return name_of(session.connection(), target, UUID(value))
        case _:
            return value

"""Whole rows of every kind, as a raw export writes them and as a workbook that comes back is compared with them.

A raw export says which state of which office's record it shows. A record that knows that state can tell what was
changed in the workbook from what was changed here since; one that does not know it is another office's.
"""

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import Table, select
from sqlalchemy.orm import Session

from db import migrations
from db.base import Entity
from db.errors import NotThere
from db.fields import Field, Kind, fields_of
from db.links import name_column
from db.models import ConfidentialNote, Flag, LogRow, Organisation, OrganisationName, Source
from db.models.log import ChangeSet
from db.models.people import Office, Person
from db.queries.columns import entity_of, target_of
from db.queries.kinds import KINDS
from db.queries.names import CALLED
from db.queries.settled import closed, settled
from i18n import N_

OWNER = "owner_id"
_OWNER = Field(N_("Id of the record it belongs to"), Kind.CODE, required=True)
_NEVER = (Flag, ConfidentialNote)
"""What is confidential stays in the record."""

RAW_KINDS: tuple[str, ...] = tuple(key for key, kind in KINDS.items() if kind.entity not in _NEVER)
"""What can be exported raw; `partners` and `donors` are a part of the organisations."""


@dataclass(frozen=True)
class Origin:
    """Where a raw export comes from: the office, who made it, and the state it shows (the id of the last change)."""

    office: str
    office_id: UUID
    person: str
    state: UUID
    schema: str


@dataclass(frozen=True)
class Called:
    """What things of one table are called: each by its one name, and by everything that people may write instead."""

    names: Mapping[UUID, str]
    ways: tuple[tuple[UUID, str], ...]


@dataclass(frozen=True)
class HeldRows:
    """The rows of one table that are not removed, and the ids of those that are."""

    rows: Mapping[UUID, Mapping[str, Any]] = field(default_factory=dict)
    removed: frozenset[UUID] = frozenset()
    once: Mapping[UUID, Mapping[str, Any]] = field(default_factory=dict)
    """What fields held at the state that the file shows, where they were changed since."""
    settled: frozenset[UUID] = frozenset()
    closed: frozenset[UUID] = frozenset()
    """What takes in no more rows of this table but by a deed of its own."""


@dataclass(frozen=True)
class HeldRaw:
    """All that a raw workbook is compared with. `knows` says whether the state it shows was one of this record."""

    tables: Mapping[str, HeldRows]
    called: Mapping[str, Called]
    knows: bool
    seen: frozenset[UUID]
    digests: frozenset[str]


def every_kind() -> tuple[str, ...]:
    """Each entity once."""
    once = {KINDS[key].entity: key for key in RAW_KINDS if not KINDS[key].filters}
    return tuple(once.values())


@cache
def raw_fields(entity: type[Entity]) -> Mapping[str, Field]:
    """The fields that a raw export shows: all but sealed ones."""
    fields = {key: each for key, each in fields_of(entity).items() if each.kind != Kind.SEALED}
    return fields | ({OWNER: _OWNER} if hasattr(entity, OWNER) else {})


def origin(session: Session) -> Origin:
    """What a raw export says of itself."""
    office = session.execute(select(Office.name, Office.id).where(Office.removed_at.is_(None)).order_by(Office.row))
    name, id = office.first() or (None, None)
    if id is None:
        raise NotThere
    person = session.scalar(select(Person.name).where(Person.id == session.info["person"])) or ""
    state = session.scalars(select(ChangeSet.id).order_by(ChangeSet.row.desc()).limit(1)).one()
    return Origin(str(name), id, person, state, migrations.HEAD)


def raw_rows(session: Session, kind: str) -> dict[UUID, dict[str, Any]]:
    """Every row of a kind with the values of its fields, in the order in which they were added."""
    listed = KINDS[kind]
    rows = select(_table(listed.entity)).where(_table(listed.entity).c.removed_at.is_(None))
    for name, value in listed.filters.items():
        rows = rows.where(listed.listing.filters[name](value))
    keys = list(raw_fields(listed.entity))
    found = session.execute(rows.order_by(listed.entity.row)).mappings()
    return {row["id"]: {key: str(row[key]) if key == OWNER else row[key] for key in keys} for row in found}


def called(session: Session, tables: Iterable[str]) -> dict[str, Called]:
    """What the things of these tables are called."""
    return {name: _called(session, name) for name in tables}


@cache
def targets(entity: type[Entity]) -> dict[str, str]:
    """The table that each link of an entity points at."""
    return {key: target_of(entity, key).name for key, each in raw_fields(entity).items() if each.kind == Kind.LINK}


def held_raw(session: Session, names: Collection[str], state: UUID | None) -> HeldRaw:
    """What is held of these tables, beside the state that a file says it shows."""
    entities = [entity_of(name) for name in names]
    since = session.scalar(select(ChangeSet.row).where(ChangeSet.id == state)) if state else None
    linked = {table for entity in entities for table in targets(entity).values()} | set(names)
    sources = session.execute(
        select(Source.id, Source.digest).where(Source.removed_at.is_(None), Source.kind == "raw")
    ).all()
    return HeldRaw(
        {entity.__tablename__: _held(session, entity, since) for entity in entities},
        called(session, linked),
        since is not None,
        frozenset(id for id, _digest in sources),
        frozenset(digest for _id, digest in sources if digest),
    )


def _held(session: Session, entity: type[Entity], since: int | None) -> HeldRows:
    whole = next(key for key in every_kind() if KINDS[key].entity is entity)
    removed = session.scalars(select(entity.id).where(entity.removed_at.is_not(None)))
    once = _once(session, entity, since) if since else {}
    rows = raw_rows(session, whole)
    return HeldRows(rows, frozenset(removed), once, settled(session, entity), closed(session, entity))


def _once(session: Session, entity: type[Entity], since: int) -> dict[UUID, dict[str, Any]]:
    """The values that fields had at a state and no longer have: what the log says stood there before the changes."""
    fields = raw_fields(entity)
    rows = session.execute(
        select(LogRow.entity_id, LogRow.before)
        .where(LogRow.entity == entity.__tablename__, LogRow.change_set > since, LogRow.before.is_not(None))
        .order_by(LogRow.row.desc())
    )
    once: dict[UUID, dict[str, Any]] = {}
    for id, before in rows:
        values = {
            key: _typed(fields[key].kind, value) for key, value in json.loads(before or "{}").items() if key in fields
        }
        once[id] = once.get(id, {}) | values
    return once


def _typed(kind: Kind, value: Any) -> Any:
    """A value of the log as its field holds it."""
    if value is None:
        return None
    match kind:
        case Kind.LINK:
            return UUID(value)
        case Kind.DATE:
            return date.fromisoformat(value)
        case Kind.MOMENT:
            return datetime.fromisoformat(value).replace(tzinfo=UTC)
        case Kind.YES_NO:
            return bool(value)
        case Kind.DECIMAL:
            return Decimal(value)
        case _:
            return value


def _called(session: Session, name: str) -> Called:
    table = _table(entity_of(name))
    ways = [table.c[key] for key in CALLED if key in table.c]
    rows = session.execute(select(table.c.id, name_column(table), *ways).where(table.c.removed_at.is_(None))).all()
    written = [(row[0], text) for row in rows for text in dict.fromkeys(row[2:]) if text]
    if name == Organisation.__tablename__:
        others = select(OrganisationName.organisation_id, OrganisationName.name)
        written += [(id, name) for id, name in session.execute(others.where(OrganisationName.removed_at.is_(None)))]
    return Called({row[0]: row[1] for row in rows}, tuple(written))


def _table(entity: type[Entity]) -> Table:
    table = entity.__table__
    assert isinstance(table, Table)
    return table

"""Erasing what may not be kept, and anonymising what may stay as a count: for good, on a ground, by a manager.

The rows stay without their values, so that whatever points at them still does; the log keeps who did what and when,
and none of the values. An erasure is not taken back, and deeds that touched nothing else are passed over by undo, for
nothing of them is left. `db/sealing.py` says how the chain stays whole, `forgetting.py` what else is reached.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import Column, Table, TypeDecorator, null, select, update
from sqlalchemy.orm import Session

from db.base import Entity, Exact, now, there
from db.commands.forgetting import MARK, forget, forget_contents, is_text
from db.commands.removing import RULES_OF_REMOVING
from db.deeds import LONGEST_DETAIL, Term, called, deed
from db.errors import InvalidValue, NotThere, RecordError, TooLong
from db.fields import Field, Kind, fields_of
from db.links import NAMES, in_chunks
from db.models import Dispatch, Document, FrozenReport, Office, Person
from db.queries.columns import entity_of, table_of
from db.queries.erasable import Reached, Words, mentioned, reached_by, words_of
from db.queries.table_kinds import one_of_table
from db.triggers import logged_tables
from i18n import N_

GROUND = Field(N_("Ground"), Kind.TEXT, required=True, help=N_("Why it has to go. The history keeps this, never what."))
_NOTHING: Mapping[type, Any] = {
    int: 0,
    bool: False,
    date: date.min,
    datetime: datetime.min.replace(tzinfo=UTC),
    UUID: UUID(int=0),
}
_TYPED = (Kind.TEXT, Kind.LONG_TEXT, Kind.CODE)


class LeftAlready(RecordError):
    message = N_("A report with this was frozen: the record keeps what left. Erase the rest, one by one.")


class StillHere(RecordError):
    message = N_(
        "Somebody who still works in the record is not erased. Close their way in and say when they left first."
    )


class NeverErased(RecordError):
    message = N_(
        "The office that keeps the record and the organisation it belongs to are not erased: correct them instead."
    )


class SaysWhat(InvalidValue):
    message = N_("“{field}” says what is erased, and would keep it. Give the ground without the name.")


class NotAlone(InvalidValue):
    message = N_("“{field}” cannot be emptied by itself: erase the whole thing, or another field.")


@dataclass(frozen=True)
class Erased:
    """What an erasure reached: how many things and entries of the history; and what else may mention it, by table."""

    things: int
    entries: int
    mentions: tuple[tuple[str, UUID], ...]


@dataclass(frozen=True)
class Order:
    """One row that was erased after a copy was made; of one that stays, the fields that were emptied."""

    entity: str
    id: UUID
    stays: bool
    emptied: frozenset[str]


@deed(N_("Erase something ({kind}): {ground}"), backup=True, role="manager", lasting=True)
def erase(session: Session, entity: type[Entity], id: UUID, ground: str) -> Erased:
    """Take all values of a thing and its parts out of the record for good."""
    return _erase(session, entity, id, ground, None)


@deed(N_("Erase again {count} things that a copy brought back"), lasting=True)
def erase_again(session: Session, orders: Collection[Order]) -> int:
    """Do again what was decided after the copy was made; whoever brings a copy back decides nothing anew."""
    done = 0
    for order in orders:
        entity, table = entity_of(order.entity), logged_tables()[order.entity]
        if session.scalar(select(table.c.id).where(table.c.id == order.id)) is None:
            continue
        done += 1
        keep = set(fields_of(entity)) - order.emptied if order.stays else None
        reached = {table: frozenset([order.id])}
        words = words_of(session, entity, reached, keep or ())
        _take_out(session, entity, order.id, reached, words, keep, whole=not order.stays)
    called(session, count=done)
    return done


@deed(N_("Erase fields of something ({kind}): {ground}"), backup=True, role="manager", lasting=True)
def erase_fields(session: Session, entity: type[Entity], id: UUID, ground: str, fields: Collection[str]) -> Erased:
    """Take some fields of a thing out for good, with all that its history held; the thing stays, with its parts."""
    described = fields_of(entity)
    for key in fields:
        if key not in described:
            raise NotThere
        if not entity.__table__.c[key].nullable and described[key].kind not in (Kind.TEXT, Kind.LONG_TEXT):
            raise NotAlone(described[key].name)
    there(session, entity, id)
    return _erase(session, entity, id, ground, set(described) - set(fields), parts=False)


@deed(N_("Anonymise something ({kind}): {ground}"), backup=True, role="manager", lasting=True)
def anonymise(session: Session, entity: type[Entity], id: UUID, ground: str, keep: Collection[str]) -> Erased:
    """Leave of a thing only what counts: these fields, days as months. Its parts are erased."""
    there(session, entity, id)
    return _erase(session, entity, id, ground, keep)


def _erase(
    session: Session, entity: type[Entity], id: UUID, ground: str, keep: Collection[str] | None, parts: bool = True
) -> Erased:
    """Empty the rows, then what was kept of them elsewhere. What stays of the thing itself, if anything, is `keep`."""
    called(session, kind=Term(one_of_table(entity.__tablename__)))
    table, connection = table_of(entity), session.connection()
    reached = reached_by(session, entity, id) if parts else {table: frozenset([id])}
    _refuse(session, entity, id, reached)
    words = words_of(session, entity, reached, () if parts else keep or ())
    if problem := GROUND.problem(ground.strip()):
        raise problem
    if len(ground) > LONGEST_DETAIL:
        raise TooLong(GROUND.name, longest=LONGEST_DETAIL)
    if any(name.casefold() in ground.casefold() for name in words.names):
        raise SaysWhat(GROUND.name)
    rule = RULES_OF_REMOVING.get(entity)
    if rule and keep is None and session.scalar(select(table.c.removed_at).where(table.c.id == id)) is None:
        rule(session, id)
    entries = _take_out(session, entity, id, reached, words, keep, whole=parts)
    mentions = mentioned(connection, words, reached)
    return Erased(sum(map(len, reached.values())), entries, mentions)


def _take_out(
    session: Session,
    entity: type[Entity],
    id: UUID,
    reached: Reached,
    words: Words,
    keep: Collection[str] | None,
    *,
    whole: bool,
) -> int:
    """Empty these rows, and then all that was kept of them elsewhere; how many entries of the log that reached."""
    session.flush()
    table, digests = table_of(entity), _digests(session, reached)
    for each, ids in reached.items():
        gone = ids if keep is None or each is not table else ids - {id}
        _put(session, each, gone, {"removed_at": now(), **_emptied(each)})
    if keep is not None:
        _put(session, table, [id], _stays(session, entity, id, keep, months=whole))
    forget_contents(session, digests)
    entries = forget(session, reached, words, whole=whole)
    session.expire_all()
    return entries


def _refuse(session: Session, entity: type[Entity], id: UUID, reached: Reached) -> None:
    ours = select(Office.id).where(Office.organisation_id == id, Office.removed_at.is_(None))
    if entity is Office or session.scalar(ours) is not None:
        raise NeverErased
    if reached.get(table_of(FrozenReport)) or reached.get(table_of(Dispatch)):
        raise LeftAlready
    if entity is Person and session.scalar(select(Person.left_on).where(Person.id == id)) is None:
        raise StillHere


def _put(session: Session, table: Table, ids: Collection[UUID], values: Mapping[str, Any]) -> None:
    for chunk in in_chunks(sorted(ids)) if values else ():
        session.connection().execute(update(table).where(table.c.id.in_(chunk)).values(values))


def _emptied(table: Table) -> dict[str, Any]:
    """What a row without its values holds: whose part it was, and a sign where a name has to stand."""
    return {column.name: _nothing(column) for column in table.columns if _has_value(column)}


def _has_value(column: Column[Any]) -> bool:
    own = column.name in ("row", "id", "removed_at", "owner") or column.info.get("owner")
    return not own and not (column.foreign_keys and not column.nullable)


def _nothing(column: Column[Any]) -> Any:
    if column.nullable:
        return null()
    if is_text(column):
        return MARK if column.name in NAMES else ""
    kind = column.type.impl_instance if isinstance(column.type, TypeDecorator) else column.type
    return Decimal(0) if isinstance(column.type, Exact) else _NOTHING.get(kind.python_type, {})


def _stays(session: Session, entity: type[Entity], id: UUID, keep: Collection[str], *, months: bool) -> dict[str, Any]:
    """What a thing that stays holds from now on where that differs: a text that has to be there is the sign."""
    table, described = table_of(entity), fields_of(entity)
    held = session.connection().execute(select(table).where(table.c.id == id)).mappings().one()
    values: dict[str, Any] = {}
    for column in filter(_has_value, table.columns):
        key, field = column.name, described.get(column.name)
        value = held[key]
        if key not in keep and column.nullable:
            values[key] = null()
        elif key not in keep and is_text(column) and (field is None or field.kind in _TYPED):
            values[key] = MARK if field else ""
        elif months and isinstance(value, date):
            values[key] = value.replace(day=1)
    return values


def _digests(session: Session, reached: Reached) -> list[str]:
    """The files that these rows are about."""
    ids = reached.get(table_of(Document), frozenset())
    asked = (select(Document.digest).where(Document.id.in_(chunk)) for chunk in in_chunks(sorted(ids)))
    return [digest for query in asked for digest in session.scalars(query)]

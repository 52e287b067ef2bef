"""Bringing a file in: one deed that applies what was planned, whole or not at all, and one step of undo.

What arrives is rows of values that link to one another by numbers; ids are made here, so that a plan can be made again
and compared. Thousands of rows go in by a few statements; the triggers log each.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Table, bindparam, insert, inspect, select, update
from sqlalchemy.orm import Session
from sqlalchemy.sql.schema import ScalarElementColumnDefault

from db.base import Base, Entity, new_id, now
from db.commands.checking import asking_once
from db.commands.entries import RULES, RULES_OF_CHANGING, Rule
from db.commands.received import came_as_file
from db.commands.removing import refuse_if_used, with_parts
from db.commands.report_templates import begin_as_template
from db.deeds import called, deed
from db.errors import RecordError
from db.fields import Field, field_of, fields_of
from db.links import NAMES, in_chunks, name_of
from db.models import SavedMapping, Source, WrittenReport
from db.sealed import seals
from i18n import N_, Words
from i18n.folding import fold, sort_key

_ENTITIES: dict[str, type[Entity]] = {
    mapper.class_.__tablename__: mapper.class_ for mapper in Base.registry.mappers if issubclass(mapper.class_, Entity)
}


@dataclass(frozen=True)
class Made:
    """A link to something that arrives together with this."""

    key: int


@dataclass(frozen=True)
class Added:
    """A new row of the record: its table, the number others link to it by, and its values, its `id` if it has one."""

    entity: str
    key: int
    values: Mapping[str, Any]


@dataclass(frozen=True)
class Changed:
    """New values for some fields of a row that is held."""

    entity: str
    id: UUID
    values: Mapping[str, Any]


@dataclass(frozen=True)
class Arrival:
    """What one file adds, changes and takes away; `seen` are the sources that were held when it was planned."""

    file: str
    kind: str
    seen: frozenset[UUID]
    added: tuple[Added, ...] = ()
    changed: tuple[Changed, ...] = ()
    removed: tuple[tuple[str, UUID], ...] = ()
    report: Made | UUID | None = None
    """The partner's report that the file is, among what is added or held."""

    @property
    def empty(self) -> bool:
        """Whether there is nothing to do."""
        return not (self.added or self.changed or self.removed)


class PlanOutdated(RecordError):
    message = N_("Another file was brought in or taken back since this plan was made. Make the plan again.")


class NothingArrives(RecordError):
    message = N_("The record holds all of this file already. Nothing was changed.")


class IdTaken(RecordError):
    message = N_("Its id stands for something else in the record. Empty the id in the file, and it is added as new.")


class BreaksRule(RecordError):
    message = N_("“{what}” cannot come in as it is. {reason}")

    def __init__(self, broken: RecordError, what: str) -> None:
        super().__init__(what=what)
        self.broken = broken

    def values(self, words: Words) -> dict[str, str]:
        reason = words.gettext(self.broken.message).format(**self.broken.values(words))
        return super().values(words) | {"reason": reason}


@deed(N_("Bring in {file}"), backup=True)
def bring_in(session: Session, arrival: Arrival) -> None:
    """Add, change and remove what a plan says."""
    if arrival.empty:
        raise NothingArrives
    sources = session.scalars(select(Source.id).where(Source.removed_at.is_(None), Source.kind == arrival.kind))
    if frozenset(sources) != arrival.seen:
        raise PlanOutdated
    called(session, file=arrival.file)
    for broken in _written(session, arrival):
        raise broken


def rehearse(session: Session, arrival: Arrival) -> tuple[BreaksRule, ...]:
    """Which rules would refuse an arrival; asked in a session that is given up, so that nothing of it stays."""
    return tuple(_written(session, arrival))


@deed(N_("Keep the mapping {name}"))
def keep_mapping(session: Session, name: str, body: str) -> None:
    """Keep how a kind of file is read, under a name; the one kept before under this name gives way."""
    held = session.scalars(select(SavedMapping).where(SavedMapping.name == name, SavedMapping.removed_at.is_(None)))
    mapping = held.first() or SavedMapping(name=name)
    mapping.body = body
    session.add(mapping)


def _written(session: Session, arrival: Arrival) -> Iterator[BreaksRule]:
    """Write all that arrives; what arrives keeps to the same rules as what is typed, and what breaks one is named."""
    ids = {added.key: added.values.get("id") or new_id() for added in arrival.added}
    arriving: tuple[Added | Changed, ...] = (*arrival.added, *arrival.changed)
    taken = tuple(_taken(session, arrival.added))
    yield from taken
    if taken:
        return
    for one in arriving:
        yield from _stands_against(session, one)
    for entity, rows in _by_entity(arrival.added, ids).items():
        _insert(session, entity, rows)
    for change in arrival.changed:
        _change(session, change, ids)
    _remove(session, arrival.removed)
    session.expire_all()
    if arrival.report is not None:
        came_as_file(session, ids[arrival.report.key] if isinstance(arrival.report, Made) else arrival.report)
    for one in arrival.added:
        if one.entity == WrittenReport.__tablename__ and one.values.get("template_id") is not None:
            begin_as_template(session, ids[one.key])
    ruled: dict[type[Entity], list[UUID]] = defaultdict(list)
    written = [(one.entity, ids[one.key]) for one in arrival.added]
    for entity, id in [*written, *((one.entity, one.id) for one in arrival.changed)]:
        if _ENTITIES[entity] in RULES:
            ruled[_ENTITIES[entity]].append(id)
    with asking_once(session):
        for model, its in ruled.items():
            for chunk in in_chunks(its):
                for thing in session.scalars(select(model).where(model.id.in_(chunk))).all():
                    yield from (each for rule in RULES[model] if (each := _broken(session, rule, thing)))


def _taken(session: Session, added: Iterable[Added]) -> Iterator[BreaksRule]:
    """What would come in under the id of something that is held, of whatever kind: an id is one thing everywhere."""
    given = {one.values["id"]: one for one in added if "id" in one.values}
    for model in _ENTITIES.values() if given else ():
        for chunk in in_chunks(list(given)):
            for id in session.scalars(select(model.id).where(model.id.in_(chunk))):
                yield BreaksRule(
                    IdTaken(), next((str(said) for key in NAMES if (said := given[id].values.get(key))), "")
                )


def _stands_against(session: Session, one: Added | Changed) -> Iterator[BreaksRule]:
    """Why a row may not come in so: asked of the row with its new values, none of which is written here."""
    model = _ENTITIES[one.entity]
    if not (rules := RULES_OF_CHANGING.get(model, ())):
        return
    held = session.scalars(select(model).where(model.id == one.id)).one() if isinstance(one, Changed) else None
    thing = held or model()
    with session.no_autoflush:
        for name, value in one.values.items():
            if not isinstance(value, Made):
                setattr(thing, name, value)
        broken = [each for rule in rules if (each := _broken(session, rule, thing))]
        if held:
            session.expire(held)
    yield from broken


def _broken(session: Session, rule: Rule, thing: Entity) -> BreaksRule | None:
    try:
        rule(session, thing)
    except RecordError as broken:
        name = name_of(session.connection(), _table(type(thing)), thing.id) if inspect(thing).persistent else ""
        return BreaksRule(broken, name or next((str(said) for key in NAMES if (said := getattr(thing, key, None))), ""))
    return None


def _by_entity(added: Iterable[Added], ids: Mapping[int, UUID]) -> dict[str, list[dict[str, Any]]]:
    rows: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for one in added:
        rows[one.entity].append(_linked(one.values, ids) | {"id": ids[one.key]})
    return rows


def _linked(values: Mapping[str, Any], ids: Mapping[int, UUID]) -> dict[str, Any]:
    return {name: ids[value.key] if isinstance(value, Made) else value for name, value in values.items()}


def _insert(session: Session, entity: str, rows: list[dict[str, Any]]) -> None:
    """All rows of one table at once; a row that lacks a column of the others gets that column's default."""
    model = _ENTITIES[entity]
    table = _table(model)
    described = fields_of(model)
    lacking = {
        column.name: column.default.arg if isinstance(column.default, ScalarElementColumnDefault) else None
        for column in table.columns
        if column.name not in ("row", "id")
    }
    whole = [lacking | row | _forms(model, row) | seals(session, model, row["id"], row) for row in rows]
    for row in whole:
        _check(described, row)
    session.connection().execute(insert(table), whole)


def _change(session: Session, change: Changed, ids: Mapping[int, UUID]) -> None:
    model = _ENTITIES[change.entity]
    values = _linked(change.values, ids)
    values |= _forms(model, values) | seals(session, model, change.id, values)
    _check({name: field_of(getattr(model, name)) for name in values if name in fields_of(model)}, values)
    table = _table(model)
    session.connection().execute(
        update(table).where(table.c.id == bindparam("its_id")).values(values), {"its_id": change.id}
    )


def _remove(session: Session, removed: Iterable[tuple[str, UUID]]) -> None:
    """Mark what a newer file no longer has, with its parts; refused while something that stays needs it."""
    by_entity: dict[str, list[UUID]] = defaultdict(list)
    for entity, id in removed:
        by_entity[entity].append(id)
    at = now()
    going: dict[Table, set[UUID]] = defaultdict(set)
    for entity, ids in by_entity.items():
        for table, parts in with_parts(session, _table(_ENTITIES[entity]), ids).items():
            going[table] |= parts
    refuse_if_used(session, going)
    for table, parts in going.items():
        for chunk in in_chunks(sorted(parts)):
            session.connection().execute(update(table).where(table.c.id.in_(chunk)).values(removed_at=at))


def _table(model: type[Entity]) -> Table:
    table = model.__table__
    assert isinstance(table, Table)
    return table


def _forms(model: type[Entity], values: Mapping[str, Any]) -> dict[str, str]:
    """The forms of a name that lists sort and matching compare by; set here because rows in bulk pass by the models."""
    columns = _table(model).c
    name = values.get("name", values.get("title"))
    if name is None:
        return {}
    forms = {"sort_key": sort_key, "folded": fold}
    return {form: make(name) for form, make in forms.items() if form in columns}


def _check(described: Mapping[str, Field], values: Mapping[str, Any]) -> None:
    for name, field in described.items():
        if problem := field.problem(values.get(name)):
            raise problem

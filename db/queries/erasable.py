"""What erasing a thing reaches: the thing, its parts down to the last, what it was before, and the words it goes by.

Rows that were removed are reached too: removing took no value away. Reached besides are the same thing where it was
added and removed before, an organisation that was merged into it, the rows of files it came from, and kept searches
that name it. What merely mentions it is found by the search and told, for a person to look at: it is about others.
"""

import json
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Column, Connection, Table, select
from sqlalchemy import text as sql
from sqlalchemy.orm import Session

from db.base import Entity
from db.errors import NotThere
from db.fields import Kind, fields_of
from db.links import in_chunks, links_into, name_column, name_with_whole, names_of, pointing
from db.models import Contact, FrozenReport, Organisation, OrganisationName, Person, SavedFilter, SourceRow
from db.queries.columns import entity_of, table_of
from db.searching import asked
from i18n.folding import search_form

Reached = Mapping[Table, frozenset[UUID]]

_NAMING = ("name", "title", "label", "subject", "acronym", "email", "phone", "file", "reference")
"""Fields whose words tell a thing from others wherever they stand."""

_BODIES = (Organisation, OrganisationName, Contact, Person)
"""Whose names are looked for wherever the record keeps words besides what was asked to go."""

_TEXTS = (Kind.TEXT, Kind.LONG_TEXT, Kind.CODE)
_NAMED_AT_MOST = 3
SHORTEST = 4
"""A shorter word is in too many others to tell anything by it."""

_MERGED = """
SELECT DISTINCT gone.entity_id FROM log_row gone JOIN change_set ON change_set.row = gone.change_set
WHERE gone.entity = 'organisation' AND gone.after ->> 'removed_at' IS NOT NULL
AND details ->> 'gone' IS NOT NULL AND details ->> 'kept' IS NOT NULL
AND gone.change_set IN (SELECT change_set FROM log_row WHERE entity_id = ? OR entity_id IN
    (SELECT id FROM organisation_name WHERE organisation_id = ?))
"""
"""Deeds that made two one, by the gaps of their name."""


@dataclass(frozen=True)
class Staying:
    """Things of one table that point at what would go and stay: how many, and what the first are called."""

    table: str
    count: int
    names: tuple[str, ...]


@dataclass(frozen=True)
class Reach:
    """What an erasure would reach: how many things of each table, its files that left frozen, and who mentions it.

    `staying` will point at something without a name.
    """

    name: str
    kinds: Mapping[str, int]
    contents: int
    frozen: int
    mentioned: tuple[tuple[str, UUID], ...]
    staying: tuple[Staying, ...] = ()


@dataclass(frozen=True)
class Words:
    """The words of what is erased: `names` tell it anywhere; `any` are all its texts, `texts` the long ones."""

    names: tuple[str, ...]
    texts: tuple[str, ...]
    any: frozenset[str]


def reach(session: Session, entity: type[Entity], id: UUID) -> Reach:
    """What erasing this thing would reach, before anybody decides."""
    reached = reached_by(session, entity, id)
    counts = Counter({table.name: len(ids) for table, ids in reached.items() if ids})
    return Reach(
        name=name_with_whole(session.connection(), table_of(entity), id),
        kinds=dict(counts),
        contents=counts["document"],
        frozen=len(reached.get(table_of(FrozenReport), ())),
        mentioned=mentioned(session.connection(), words_of(session, entity, reached), reached),
        staying=staying(session.connection(), reached),
    )


def reached_by(session: Session, entity: type[Entity], id: UUID) -> Reached:
    """Every row that goes with this one, removed ones too."""
    connection, table = session.connection(), table_of(entity)
    if connection.execute(select(table.c.id).where(table.c.id == id)).first() is None:
        raise NotThere
    same = {id, *_twins(connection, table, id)}
    if entity is Organisation:
        same |= _merged_into(connection, id)
    found: dict[Table, set[UUID]] = {table: same}
    waiting = [(table, same)]
    while waiting:
        whole, ids = waiting.pop()
        for link in links_into(whole):
            if link.owned and (
                new := _pointing(connection, link.table, link.column, ids) - found.get(link.table, set())
            ):
                found.setdefault(link.table, set()).update(new)
                waiting.append((link.table, new))
    every = {each for ids in found.values() for each in ids}
    rows = table_of(SourceRow)
    found.setdefault(rows, set()).update(_pointing(connection, rows, rows.c.entity_id, every))
    searches = table_of(SavedFilter)
    words = words_of(session, entity, {one: frozenset(ids) for one, ids in found.items()})
    found.setdefault(searches, set()).update(_searches_for(connection, searches, words, every))
    return {one: frozenset(ids) for one, ids in found.items() if ids}


def words_of(session: Session, entity: type[Entity], reached: Reached, staying: Collection[str] = ()) -> Words:
    """The words that these rows hold or ever held, as the rows and the log have them; none of fields that stay."""
    names: dict[str, None] = {}
    texts: dict[str, None] = {}
    for table, ids in reached.items():
        each = entity_of(table.name)
        described = {key: one.kind for key, one in fields_of(each).items() if one.kind in _TEXTS and key not in staying}
        for key, text in _ever(session.connection(), table, ids, described):
            texts[text] = None
            if key in _NAMING and (each is entity or each in _BODIES):
                names[text] = None
    telling = (name for name in names if len(name) >= SHORTEST)
    return Words(
        tuple(sorted(telling, key=len, reverse=True)),
        tuple(text for text in texts if len(text) >= SHORTEST),
        frozenset(texts),
    )


def mentioned(connection: Connection, words: Words, reached: Reached) -> tuple[tuple[str, UUID], ...]:
    """What else holds all words of one of these names, as the search finds it."""
    going = {each for ids in reached.values() for each in ids}
    found: dict[tuple[str, UUID], None] = {}
    for name in words.names:
        wanted, inside, matching = asked(name)
        query = sql(f"SELECT entity, entity_id FROM indexed WHERE row IN ({matching}) ORDER BY row")
        for entity, id in connection.execute(query, {"words": wanted, "names": inside}):
            if UUID(id) not in going:
                found[entity, UUID(id)] = None
    return tuple(found)


def staying(connection: Connection, reached: Reached) -> tuple[Staying, ...]:
    """What points at what would go and does not go itself."""
    found: dict[Table, dict[UUID, None]] = {}
    for going, ids in reached.items():
        for link in links_into(going):
            go = reached.get(link.table, ())
            users = dict.fromkeys(each for each in pointing(connection, link, sorted(ids)) if each not in go)
            found.setdefault(link.table, {}).update(users)
    return tuple(
        Staying(table.name, len(ids), tuple(names_of(connection, table, list(ids)[:_NAMED_AT_MOST])))
        for table, ids in sorted(found.items(), key=lambda one: one[0].name)
        if ids
    )


def _ever(connection: Connection, table: Table, ids: Iterable[UUID], keys: Iterable[str]) -> Iterator[tuple[str, str]]:
    columns = [table.c[key] for key in keys]
    logged = sql("SELECT before, after FROM log_row WHERE entity = :entity AND entity_id = :id")
    for chunk in in_chunks(sorted(ids)) if columns else ():
        for row in connection.execute(select(*columns).where(table.c.id.in_(chunk))):
            yield from ((key, value) for key, value in zip(keys, row, strict=True) if isinstance(value, str) and value)
        for id in chunk:
            for sides in connection.execute(logged, {"entity": table.name, "id": id.hex}):
                for key, value in (pair for side in sides if side for pair in json.loads(side).items()):
                    if key in keys and isinstance(value, str) and value:
                        yield key, value


def _twins(connection: Connection, table: Table, id: UUID) -> set[UUID]:
    """The same thing where it was added and removed before: of the same name, a part of the same."""
    owners = [column for column in table.columns if any(key.info.get("owner") for key in column.foreign_keys)]
    name = name_column(table)
    own = connection.execute(select(name, *owners).where(table.c.id == id)).one()
    if not own[0] or own[0].isdigit():
        return set()
    alike = [column.is_not_distinct_from(value) for column, value in zip(owners, own[1:], strict=True)]
    removed = select(table.c.id).where(name == own[0], table.c.removed_at.is_not(None), *alike)
    return set(connection.execute(removed).scalars())


def _merged_into(connection: Connection, id: UUID) -> set[UUID]:
    """The organisations that were merged into this one, and still are."""
    gone = [UUID(row[0]) for row in connection.exec_driver_sql(_MERGED, (id.hex, id.hex))]
    table = table_of(Organisation)
    return set(
        connection.execute(select(table.c.id).where(table.c.id.in_(gone), table.c.removed_at.is_not(None))).scalars()
    )


def _pointing(connection: Connection, table: Table, column: Column[UUID], ids: Iterable[UUID]) -> set[UUID]:
    found: set[UUID] = set()
    for chunk in in_chunks(sorted(ids)):
        found.update(connection.execute(select(table.c.id).where(column.in_(chunk))).scalars())
    return found


def _searches_for(connection: Connection, table: Table, words: Words, ids: set[UUID]) -> Iterator[UUID]:
    """Kept searches that look for one of these: by its id, its name, or a part of its name."""
    needles = [*words.names, *(form for id in ids for form in (id.hex, str(id)))]
    parts = [set(search_form(name).split()) for name in words.names]
    for id, name, body in connection.execute(select(table.c.id, table.c.name, table.c.body)):
        said = f"{name} {json.dumps(body, ensure_ascii=False)}"
        sought = [set(search_form(each).split()) for each in body.values() if isinstance(each, str)]
        if any(needle in said for needle in needles) or any(each and each <= part for each in sought for part in parts):
            yield id

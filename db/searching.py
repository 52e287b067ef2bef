"""Search over everything: what is looked for is folded like what is kept, so that accents, hamza and digits agree.

Two full-text indexes lie over one table of folded words: whole words of every text, and any three letters of what is
short (names, titles, codes). The record keeps them in step with every deed, from the rows that it touched; an upgrade
makes them anew. They are SQLite's own: a record kept elsewhere has its search here.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Connection
from sqlalchemy import text as sql

from db.base import Base, Entity
from db.fields import LONGEST, Kind, fields_of
from db.links import AT_ONCE, in_chunks
from db.models.sources import SavedMapping, SourceRow
from i18n.folding import fold, search_form

NORMALISATION = 1
"""Raised whenever words are folded in another way: every record then makes its index anew when it is next opened."""

INDEXES = {"indexed_words": ("words", "unicode61 remove_diacritics 2"), "indexed_names": ("names", "trigram")}
"""Each full-text index: the column it lies over, and how it takes texts apart."""

_SHORT = (Kind.TEXT, Kind.CODE)
_SEARCHED = (*_SHORT, Kind.LONG_TEXT)
_NOT_LOOKED_FOR = (SourceRow, SavedMapping)
"""Traces of how files were read."""

_BY_WORDS = "SELECT rowid AS row FROM indexed_words WHERE indexed_words MATCH :words UNION "
_BY_TRIGRAMS = f"{_BY_WORDS} SELECT rowid FROM indexed_names WHERE indexed_names MATCH :names"
_BY_LETTERS = f"{_BY_WORDS} SELECT row FROM indexed WHERE instr(names, :names) > 0"

_CALLED = "substr(names, 1, length(:called) + 1) IN (:called, :called || char(10))"
BEGINNING = f"""
    SELECT * FROM (
        SELECT row FROM indexed WHERE row IN (
            SELECT rowid FROM indexed_words WHERE indexed_words MATCH :first ORDER BY rowid DESC LIMIT 1000
        ) ORDER BY {_CALLED} DESC, row DESC LIMIT :limit
    )
"""
"""The rows of the index whose first words are those looked for, as far as they are typed: what is called so by itself,
then the newest; of very many only the newest are looked at."""

_ARTICLE = re.compile("^(?:[وفبك]?ال|لل)(?=..)")
_WORD = re.compile("(?:[^\\W_]|['’\u0300-\u036f\u0610-\u061a\u0640\u064b-\u065f\u0670])+")
_LONGEST, _MOST_WORDS, _TRIGRAM = 200, 16, 3

_FEW, _ROWS_WRITTEN = 50, 200
"""In the time it takes to take one row out of the indexes, some hundreds are written anew."""


def found_in(entity: type[Entity], sought: str) -> ColumnElement[bool]:
    """Whether a row of this entity holds all the words looked for, the last as far as it is typed."""
    words, names, matching = asked(sought)
    rows = f"SELECT entity_row FROM indexed WHERE entity = '{entity.__tablename__}' AND row IN ({matching})"
    # As text: to build the same of parts costs more than SQLite takes to answer.
    return entity.row.in_(sql(rows).bindparams(words=words, names=names))


def asked(sought: str) -> tuple[str, str, str]:
    """What is looked for, as words and inside of names, and the SQL that finds the rows of the index by both."""
    sought = sought.encode("utf-8", "ignore").decode()  # half a character is in no text
    words, inside = _words_asked(sought), _joined(sought[:_LONGEST])
    return (words, inside, _BY_LETTERS) if len(inside) < _TRIGRAM else (words, _quoted(inside), _BY_TRIGRAMS)


def inside(sought: str) -> tuple[str, ...]:
    """The words looked for, each as it stands inside of names."""
    return tuple(map(fold, _asked(sought.encode("utf-8", "ignore").decode())))


def asked_first(sought: str) -> dict[str, str]:
    """What is looked for, as `BEGINNING` asks for it."""
    sought = sought.encode("utf-8", "ignore").decode()[:_LONGEST]
    return {"first": f"^{_quoted(search_form(sought))}*", "called": _joined(sought)}


def forms_of(word: str) -> Iterator[str]:
    """Other forms that a folded word is found by: without its Arabic article, and without an apostrophe."""
    for form in (_without_article(word), word.replace("'", "")):
        if form != word:
            yield form


def place_in(text: str, sought: str) -> int | None:
    """Where in a text that people wrote stands what was looked for: its first word, or the text that has it inside."""
    starts, folded = _asked(sought), search_form(text)
    for word in _WORD.finditer(text) if any(start in folded for start in starts) else ():
        for each in search_form(word[0]).split():
            if any(form.startswith(starts) for form in (each, *forms_of(each), *each.split("'"))):
                return word.start()
    return 0 if len(text) <= LONGEST[Kind.TEXT] and _joined(sought) in _joined(text) else None


def keep_in_step(connection: Connection, touched: Mapping[str, Collection[UUID]]) -> None:
    """Index these rows as they are now; each becomes the newest."""
    searched = {name: sorted(ids) for name, ids in touched.items() if name in _searched()}
    _forget(connection, [id.hex for ids in searched.values() for id in ids])
    for name, ids in searched.items():
        for chunk in in_chunks(ids):
            _take(connection, name, _searched()[name], [id.hex for id in chunk])


def remake(connection: Connection) -> None:
    """Make the indexes anew over all that is there, what was changed last on top."""
    for index, (over, tokens) in INDEXES.items():
        connection.exec_driver_sql(f"DROP TABLE IF EXISTS {index}")
        options = f"content='indexed', content_rowid='row', tokenize='{tokens}'"
        connection.exec_driver_sql(f"CREATE VIRTUAL TABLE {index} USING fts5({over}, {options})")
    _without_trace(connection, each=True)
    connection.exec_driver_sql("DELETE FROM indexed")
    every = " UNION ALL ".join(
        f"SELECT '{name}' AS entity, id, row FROM \"{name}\" WHERE removed_at IS NULL" for name in _searched()
    )
    changed = "SELECT entity_id, max(row) AS last FROM log_row GROUP BY entity_id"
    found = connection.exec_driver_sql(
        f"SELECT entity, id FROM ({every}) LEFT JOIN ({changed}) ON entity_id = id ORDER BY last, entity, row"
    )
    while chunk := found.fetchmany(AT_ONCE):
        ids: dict[str, list[str]] = defaultdict(list)
        for name, id in chunk:
            ids[name].append(id)
        for name, some in ids.items():
            _take(connection, name, _searched()[name], some)
    connection.exec_driver_sql(f"PRAGMA user_version={NORMALISATION}")


def is_current(connection: Connection) -> bool:
    """Whether the index was made by this way of folding."""
    return connection.exec_driver_sql("PRAGMA user_version").scalar() == NORMALISATION


def out_of_step(connection: Connection) -> int:
    """How many things the index holds otherwise than the record does."""
    strayed = 0
    for name, fields in _searched().items():
        kept = "SELECT entity_id, entity_row, words, names FROM indexed WHERE entity = ?"
        held = {row[0]: row for row in connection.exec_driver_sql(kept, (name,))}
        live = connection.exec_driver_sql(f'SELECT {_selected(fields)} FROM "{name}" WHERE removed_at IS NULL')
        for row, id, *texts in live:
            words, names = _folded(fields, texts)
            strayed += held.pop(id, None) != ((id, row, words, names) if words else None)
        strayed += len(held)
    for index in INDEXES:
        missing = f"SELECT count(*) FROM indexed WHERE row NOT IN (SELECT id FROM {index}_docsize)"
        besides = f"SELECT count(*) FROM {index}_docsize WHERE id NOT IN (SELECT row FROM indexed)"
        strayed += sum(connection.exec_driver_sql(query).scalar() or 0 for query in (missing, besides))
    return strayed


def searched_fields(name: str) -> Mapping[str, Kind]:
    """The columns of a table that are searched, each with its kind."""
    return _searched()[name]


def is_searched(name: str) -> bool:
    """Whether things of this table are in the index."""
    return name in _searched()


def is_index_table(name: str | None) -> bool:
    """Whether a table of the file is one that SQLite keeps an index in, and no migration has to know."""
    return bool(name) and any(name == index or str(name).startswith(f"{index}_") for index in INDEXES)


@cache
def _searched() -> Mapping[str, Mapping[str, Kind]]:
    """What is searched: by table, the columns that hold text, each with its kind. Never what is sealed."""
    found = {}
    for mapper in Base.registry.mappers:
        entity = mapper.class_
        if issubclass(entity, Entity) and entity not in _NOT_LOOKED_FOR:
            texts = {key: each.kind for key, each in fields_of(entity).items() if each.kind in _SEARCHED}
            if texts:
                found[entity.__tablename__] = texts
    return found


def _take(connection: Connection, name: str, fields: Mapping[str, Kind], ids: list[str]) -> None:
    places = ", ".join("?" * len(ids))
    live = f'SELECT {_selected(fields)} FROM "{name}" WHERE id IN ({places}) AND removed_at IS NULL'
    number = connection.exec_driver_sql("SELECT coalesce(max(row), 0) FROM indexed").scalar() or 0
    taken: list[tuple[Any, ...]] = []
    order = {id: place for place, id in enumerate(ids)}
    rows = sorted(connection.exec_driver_sql(live, tuple(ids)), key=lambda found: order[found.id])
    for row, id, *texts in rows:
        words, names = _folded(fields, texts)
        if words:
            taken.append((number + len(taken) + 1, name, row, id, words, names))
    if not taken:
        return
    into = "INSERT INTO indexed (row, entity, entity_row, entity_id, words, names) VALUES (?, ?, ?, ?, ?, ?)"
    connection.exec_driver_sql(into, taken)
    for index, (over, _tokens) in INDEXES.items():
        added = f"INSERT INTO {index} (rowid, {over}) SELECT row, {over} FROM indexed WHERE row > ?"
        connection.exec_driver_sql(added, (number,))


def _forget(connection: Connection, ids: Sequence[str]) -> None:
    """The words go from the indexes first: these ask the table under them for what to take out. None leaves a trace.

    Taking out each word where it stands is quick for a row, and slow for thousands: then all are only marked as gone,
    and the indexes are written anew without them.
    """
    held = [(chunk, f"FROM indexed WHERE entity_id IN ({', '.join('?' * len(chunk))})") for chunk in in_chunks(ids)]
    many = len(ids) > _FEW and _are_many(connection, held)
    if many:
        _without_trace(connection, each=False)
    for chunk, those in held:
        for index, (over, _tokens) in INDEXES.items():
            gone = f"INSERT INTO {index} ({index}, rowid, {over}) SELECT 'delete', row, {over} {those}"
            connection.exec_driver_sql(gone, tuple(chunk))
        connection.exec_driver_sql(f"DELETE {those}", tuple(chunk))
    if many:
        for index in INDEXES:
            connection.exec_driver_sql(f"INSERT INTO {index} ({index}) VALUES ('optimize')")
        _without_trace(connection, each=True)


def _are_many(connection: Connection, held: Iterable[tuple[Sequence[str], str]]) -> bool:
    """Whether so much goes that writing the indexes anew costs less."""
    going: int = sum(
        connection.exec_driver_sql(f"SELECT count(*) {those}", tuple(ids)).scalar_one() for ids, those in held
    )
    last: int = connection.exec_driver_sql("SELECT coalesce(max(row), 0) FROM indexed").scalar_one()
    return going > max(_FEW, last // _ROWS_WRITTEN)


def _without_trace(connection: Connection, *, each: bool) -> None:
    """Whether each word that goes is taken out at once, or only marked."""
    for index in INDEXES:
        connection.exec_driver_sql(f"INSERT INTO {index} ({index}, rank) VALUES ('secure-delete', {each:d})")


def _selected(fields: Iterable[str]) -> str:
    return ", ".join(f'"{name}"' for name in ("row", "id", *fields))


def _folded(fields: Mapping[str, Kind], texts: Iterable[str | None]) -> tuple[str, str]:
    """The words of a row with their other forms, and what is short in it."""
    words: list[str] = []
    names: list[str] = []
    for kind, text in zip(fields.values(), texts, strict=True):
        if text:
            folded = search_form(text)
            words += folded.split()
            if kind in _SHORT:
                names.append(_joined(text))
    others = dict.fromkeys(form for word in words if "'" in word or not word.isascii() for form in forms_of(word))
    return " ".join([*words, *others]), "\n".join(names)


@lru_cache(maxsize=64)
def _asked(text: str) -> tuple[str, ...]:
    """The words looked for, as the index holds them."""
    return tuple(_without_article(word) for word in search_form(text[:_LONGEST]).split()[:_MOST_WORDS])


def _words_asked(text: str) -> str:
    """What is looked for as the index understands it; nothing that people type is more to it than words."""
    asked = _asked(text) or ("",)
    return " ".join(map(_quoted, asked)) + ("*" if text == text.rstrip() else "")


def _without_article(word: str) -> str:
    return _ARTICLE.sub("", word)


def _joined(text: str) -> str:
    """A text without what may stand inside a name or not: N'Djaména and ndjamena."""
    return fold(search_form(text))


def _quoted(text: str) -> str:
    """One phrase, whatever it holds."""
    return '"' + text.replace('"', '""').replace("\0", "") + '"'

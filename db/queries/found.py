"""What the one search box finds, over every kind of thing, each with the line it was found in.

First what is called so, then what begins so, then the rest, and among each the newest first. Another name, a text in
another language and a part of a report lead to what they are of.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import String, Table, cast, select, text
from sqlalchemy.dialects import sqlite
from sqlalchemy.orm import Session

from db.links import name_column, name_of
from db.models.organisations import Organisation, OrganisationName
from db.models.reports import Section, WrittenReport
from db.models.texts import Text
from db.queries.columns import entity_of
from db.queries.table_kinds import has_page
from db.searching import BEGINNING, asked, asked_first, place_in, searched_fields
from i18n.folding import search_form

_BEFORE, _LONGEST = 60, 160
_OF = {
    OrganisationName.__tablename__: (Organisation.__tablename__, "organisation_id"),
    Section.__tablename__: (WrittenReport.__tablename__, "report_id"),
}
"""What is only another way of saying something, with the table and the column that say of what."""
_ELSEWHERE = {**{name: (column,) for name, (_table, column) in _OF.items()}, Text.__tablename__: ("owner", "owner_id")}


@dataclass(frozen=True)
class Found:
    """A thing that holds what was looked for: its table, its title, and where it was found.

    `where` is empty when it was found in the title, or by a part of a word that nothing shows.
    """

    entity: str
    id: UUID
    title: str
    where: str


def search(session: Session, sought: str, limit: int = 30) -> tuple[Found, ...]:
    """The things that hold these words, the last one as far as it is typed: by their names, then those changed last."""
    driver: Any = session.connection().connection.driver_connection
    words, names, matching = asked(sought)
    newest = f"SELECT row FROM ({matching} ORDER BY row DESC LIMIT :limit)"
    hits = driver.execute(
        f"SELECT entity, entity_id FROM indexed WHERE row IN ({newest} UNION {BEGINNING}) ORDER BY row DESC",
        {"words": words, "names": names, "limit": limit, **asked_first(sought)},
    ).fetchall()
    read = _read(driver, hits)
    hits = sorted((hit for hit in hits if hit[1] in read), key=lambda hit: _far(read[hit[1]][0], sought))
    led = {id: _led_to(name, read[id]) or (name, id) for name, id in hits}
    read |= _read(driver, {whole for whole in led.values() if whole[1] not in read})
    found: dict[str, Found] = {}
    for _name, id in hits:
        table, whole = led[id]
        if whole in read and whole not in found and has_page(table):
            title = read[whole][0] or name_of(session.connection(), _table(table), UUID(whole))
            line = "" if place_in(title, sought) is not None else next(_lines(read[id][1:], sought), "")
            found[whole] = Found(table, UUID(whole), title, line)
    return tuple(found.values())[:limit]


def _far(name: str | None, sought: str) -> int:
    """How far a name is from what was typed: it is that, it begins so, or neither."""
    called, typed = search_form(name or ""), search_form(sought)
    return 0 if called == typed else 1 if called.startswith(typed) else 2


def _read(driver: Any, things: Iterable[tuple[str, str]]) -> dict[str, tuple[Any, ...]]:
    """The title and the texts of things of many tables, a table at a time; nothing of what was removed."""
    by_table: dict[str, list[str]] = defaultdict(list)
    for name, id in things:
        by_table[name].append(id)
    rows = (driver.execute(_statement(name), (json.dumps(ids),)) for name, ids in by_table.items())
    return {id: texts for some in rows for id, *texts in some}


@cache
def _statement(name: str) -> str:
    """What asks for the titles and texts of some rows; what leads elsewhere says where to, at the end."""
    its = _table(name).c
    leads = [its[key] for key in _ELSEWHERE.get(name, ())]
    columns = [cast(each, String) for each in (*(its[key] for key in searched_fields(name)), *leads)]
    query = select(its.id, name_column(_table(name)), *columns).where(its.removed_at.is_(None))
    query = query.where(its.id.in_(text("SELECT value FROM json_each(?)")))
    return str(query.compile(dialect=sqlite.dialect(), compile_kwargs={"literal_binds": True}))


def _led_to(name: str, read: Sequence[Any]) -> tuple[str, str] | None:
    """The thing that another name or a translation belongs to."""
    if name in _OF:
        return _OF[name][0], read[-1]
    return (read[-2], read[-1]) if name in _ELSEWHERE else None


def _lines(texts: Iterable[str | None], sought: str) -> Iterator[str]:
    """The lines of the texts that hold what was looked for."""
    for each in texts:
        if each and (at := place_in(each, sought)) is not None:
            yield _piece(each, at)


def _piece(text: str, at: int) -> str:
    """A line of the text around a place in it."""
    begins = max(text.rfind("\n", 0, at) + 1, at - _BEFORE)
    ends = text.find("\n", at)
    ends = min(len(text) if ends < 0 else ends, begins + _LONGEST)
    cut_before = "…" if begins and text[begins - 1] != "\n" else ""
    cut_after = "…" if ends < len(text) and text[ends] != "\n" else ""
    return cut_before + text[begins:ends].strip() + cut_after


def _table(name: str) -> Table:
    table = entity_of(name).__table__
    assert isinstance(table, Table)
    return table

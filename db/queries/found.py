"""What the one search box finds, over every kind of thing: newest first, each with the line it was found in.

Another name, and a text in another language, lead to what they are the name or the text of.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Table, desc, select
from sqlalchemy.orm import Session

from db.links import name_column, name_of
from db.models.indexed import Indexed
from db.models.organisations import Organisation, OrganisationName
from db.models.texts import Text
from db.queries.columns import entity_of
from db.queries.kinds import kind_of_table
from db.searching import matching, place_in, searched_fields

_BEFORE, _LONGEST = 60, 160


@dataclass(frozen=True)
class Found:
    """A thing that holds what was looked for: its table, its kind (a key of KINDS), its title, and where it was found.

    `where` is empty when it was found in the title, or by a part of a word that nothing shows.
    """

    entity: str
    kind: str
    id: UUID
    title: str
    where: str


def search(session: Session, text: str, limit: int = 30) -> tuple[Found, ...]:
    """The things changed last that hold these words, the last one as far as it is typed."""
    newest = matching(text).order_by(desc("row")).limit(limit).subquery()
    hits = session.execute(
        select(Indexed.entity, Indexed.entity_id).join(newest, newest.c.row == Indexed.row).order_by(Indexed.row.desc())
    ).all()
    texts = _by_table(session, hits, _texts)
    led = {id: _led_to(session, name, id) for name, id in hits}
    titles = _by_table(session, set(led.values()), _titles)
    found: dict[UUID, Found] = {}
    for _name, id in hits:
        table, whole = led[id]
        if whole in titles and whole not in found:
            line = next(_lines(texts[id], text), "")
            shown = "" if line == titles[whole] else line
            found[whole] = Found(table, kind_of_table(table), whole, titles[whole], shown)
    return tuple(found.values())


def _by_table(
    session: Session, things: Iterable[tuple[str, UUID]], ask: Callable[[Session, str, list[UUID]], dict[UUID, Any]]
) -> dict[UUID, Any]:
    """What is asked of things of many tables, a table at a time."""
    by_table: dict[str, list[UUID]] = defaultdict(list)
    for name, id in things:
        by_table[name].append(id)
    answers: dict[UUID, Any] = {}
    for name, ids in by_table.items():
        answers |= ask(session, name, ids)
    return answers


def _led_to(session: Session, name: str, id: UUID) -> tuple[str, UUID]:
    """The thing to open."""
    match name:
        case OrganisationName.__tablename__:
            owner = select(OrganisationName.organisation_id).where(OrganisationName.id == id)
            return Organisation.__tablename__, session.scalars(owner).one()
        case Text.__tablename__:
            table, owner_id = session.execute(select(Text.owner, Text.owner_id).where(Text.id == id)).one()
            return table, owner_id
        case _:
            return name, id


def _texts(session: Session, name: str, ids: list[UUID]) -> dict[UUID, list[str]]:
    """The texts of some rows, as they were written."""
    its = _table(name).c
    rows = session.execute(select(its.id, *(its[key] for key in searched_fields(name))).where(its.id.in_(ids)))
    return {id: [each for each in texts if each] for id, *texts in rows}


def _titles(session: Session, name: str, ids: list[UUID]) -> dict[UUID, str]:
    """What these are called, those left out that were removed; a part without a name goes by that of its whole."""
    table = _table(name)
    live = select(table.c.id, name_column(table)).where(table.c.id.in_(ids), table.c.removed_at.is_(None))
    return {id: title or name_of(session.connection(), table, id) for id, title in session.execute(live)}


def _lines(texts: Iterable[str], sought: str) -> Iterator[str]:
    """The lines of the texts that hold what was looked for."""
    for text in texts:
        if (at := place_in(text, sought)) is not None:
            yield _piece(text, at)


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

"""Pages, lists, links and the search with names in the language of whoever reads; a form keeps the original.

A list stays in the order of the originals, and costs the same few statements for many rows as for one.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from db.base import Entity
from db.fields import Kind, fields_of
from db.links import NAMES
from db.models import Organisation, OrganisationName, Text
from db.prepared import GIVEN, ask
from db.queries.columns import target_of
from db.queries.entries import MOST, EntryPage, entries_like
from db.queries.found import Found, search
from db.queries.listing import Listing, page
from db.queries.spoken import marked, names_in, original_names, spoken
from db.searching import found_in, place_in
from i18n import Words


def page_in(session: Session, words: Words, listing: Listing, numbers: Sequence[int]) -> dict[int, tuple[Any, ...]]:
    """The rows of a list as `page` gives them, with the names in them as one reads them."""
    rows = page(session, listing, numbers)
    own, links = _named_columns(listing)
    things: dict[str, set[Any]] = {target: set() for target, _places in links.values()}
    pointing: dict[int, tuple[Any, ...]] = {}
    if rows and links:
        asked = _pointing(listing.entity, tuple(links))
        pointing = {row[0]: row[1:] for row in ask(session.connection(), asked, json.dumps(list(rows)))}
        for (target, _places), ids in zip(links.values(), zip(*pointing.values(), strict=True), strict=False):
            things[target].update(ids)
        for pointed in things.values():
            pointed.discard(None)
    if own:
        things.setdefault(listing.entity.__tablename__, set()).update(values[0] for values in rows.values())
    names = names_in(session, words, things)
    for number, values in rows.items() if names else ():
        said = list(values)
        for (_target, places), id in zip(links.values(), pointing.get(number, ()), strict=False):
            for place in places if id in names else ():
                said[place] = names[id]
        goes_by = next((place for place in own if values[place]), None)
        if goes_by is not None and values[0] in names:
            said[goes_by] = names[values[0]]
        rows[number] = tuple(said)
    return rows


def entry_in(
    session: Session,
    words: Words,
    query: Callable[..., EntryPage],
    entity: type[Entity],
    id: UUID,
    related: Sequence[tuple[type[Entity], str]] = (),
) -> EntryPage:
    """One thing as `query` gives it, with its own name and those of what it points at as one reads them."""
    seen = query(session, entity, id, related)
    described = fields_of(entity)
    linked = {key: each for key, each in seen.values.items() if isinstance(each, tuple) and key in described}
    things: dict[str, set[UUID]] = {entity.__tablename__: {id}}
    for key, (other, _name) in linked.items():
        things.setdefault(target_of(entity, key).name, set()).add(other)
    found = spoken(session, words.language, things)
    said = {key: (other, marked(words, found[other])) for key, (other, _n) in linked.items() if other in found}
    return replace(seen, values={**seen.values, **said}, spoken=found.get(id))


def entries_like_in(session: Session, words: Words, table: str, sought: str) -> tuple[tuple[UUID, str], ...]:
    """The things that `entries_like` finds, and those found by their name in another language, as one reads them."""
    found = dict(entries_like(session, table, sought))
    if sought.strip() and len(found) < MOST:
        others = [id for id in _by_other_names(session, table, sought) if id not in found][: MOST - len(found)]
        found |= original_names(session, table, others)
    names = names_in(session, words, {table: found.keys()})
    return tuple((id, names.get(id, name)) for id, name in found.items())


def search_in(session: Session, words: Words, sought: str, limit: int = MOST) -> tuple[Found, ...]:
    """What the search finds, each thing called as one reads it; where it was found is shown unless its name says it."""
    found = search(session, sought, limit)
    things: dict[str, set[UUID]] = {}
    for each in found:
        things.setdefault(each.entity, set()).add(each.id)
    names = names_in(session, words, things)

    def called(each: Found, name: str) -> Found:
        return replace(each, title=name, where="" if place_in(name, sought) is not None else each.where or each.title)

    return tuple(called(each, names[each.id]) if each.id in names else each for each in found)


def _by_other_names(session: Session, table: str, sought: str) -> Sequence[UUID]:
    if table == Organisation.__tablename__:
        return session.scalars(
            select(OrganisationName.organisation_id)
            .where(OrganisationName.removed_at.is_(None), found_in(OrganisationName, sought))
            .order_by(OrganisationName.row)
            .limit(MOST)
        ).all()
    its = Text.removed_at.is_(None), Text.owner == table, Text.field.in_(NAMES), found_in(Text, sought)
    return session.scalars(select(Text.owner_id).where(*its).order_by(Text.row).limit(MOST)).all()


@cache
def _pointing(entity: type[Entity], keys: tuple[str, ...]) -> Select[Any]:
    """What some rows point at by these links."""
    among = select(func.json_each(GIVEN).table_valued("value").c.value)
    return select(entity.row, *(getattr(entity, key) for key in keys)).where(entity.row.in_(among))


@cache
def _named_columns(listing: Listing) -> tuple[tuple[int, ...], dict[str, tuple[str, tuple[int, ...]]]]:
    """Where in a list's rows stands what each goes by, the first of it that is not empty; and, by the link to it, of
    which table something else is named, and where."""
    fields, at = fields_of(listing.entity), {key: place for place, key in enumerate(listing.columns, 1)}
    own = tuple(at[name] for name in NAMES if name in at and name in fields)
    links: dict[str, tuple[str, tuple[int, ...]]] = {}
    for key, place in at.items():
        link = key if key in fields else f"{key}_id"
        if link in fields and fields[link].kind is Kind.LINK:
            target, places = links.get(link, (target_of(listing.entity, link).name, ()))
            links[link] = target, (*places, place)
    return own, links

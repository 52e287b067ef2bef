"""Names in the language of whoever reads, for all the rows of a page, a list or a search at once.

What a row is called comes from its texts in other languages, what an organisation is called from its other official
names; which of them is shown is decided as for any text (`queries/texts.py`). Lists stay in the order of the originals.
"""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, null, select
from sqlalchemy.orm import Session

from db.base import Entity
from db.fields import Kind, fields_of
from db.links import NAMES
from db.models import Organisation, OrganisationName, Text
from db.models.texts import STATUSES
from db.prepared import GIVEN, ask
from db.queries.columns import entity_of, table_of, target_of
from db.queries.entries import MOST, EntryPage, entries_like
from db.queries.found import Found, search
from db.queries.listing import Listing, page
from db.queries.texts import OFFICIAL, ShownText, Translation, chosen, digest, office_language
from db.searching import found_in, place_in
from i18n import N_, Words

Things = Mapping[str, Iterable[UUID]]
"""Ids by the table they are kept in."""

MARKED = N_("{text} ({standing})")
Kept = tuple[Any, ...]
_AMONG = select(func.json_each(GIVEN).table_valued("value").c.value)
_KEPT = ("id", "field", "language", "body", "status", "made_from")
_TEXTS: Select[Any] = (
    select(Text.owner_id, *(getattr(Text, key) for key in _KEPT))
    .where(Text.owner_id.in_(_AMONG), Text.field.in_(NAMES), Text.removed_at.is_(None))
    .order_by(Text.row)
)
_CALLED: tuple[Any, ...] = (Organisation.id, Organisation.name, Organisation.name_language)
_CALLED_BESIDES: tuple[Any, ...] = (OrganisationName.id, OrganisationName.language, OrganisationName.name)
_OTHER_NAMES: Select[Any] = (
    select(*_CALLED, *_CALLED_BESIDES)
    .join(OrganisationName, OrganisationName.organisation_id == Organisation.id)
    .where(
        OrganisationName.organisation_id.in_(_AMONG),
        OrganisationName.use == OFFICIAL,
        OrganisationName.language.is_not(None),
        OrganisationName.removed_at.is_(None),
    )
    .order_by(OrganisationName.row)
)


def spoken(session: Session, language: str, things: Things) -> dict[UUID, ShownText]:
    """What each of these is called for somebody who reads this language; what goes by its original is left out."""
    by_table = {table: set(ids) for table, ids in things.items()}
    found: dict[UUID, ShownText] = {}
    kept = _kept(session, [id for ids in by_table.values() for id in ids])
    office = office_language(session) if kept else None
    for table, ids in by_table.items():
        if table == Organisation.__tablename__ and ids:
            found |= _other_names(session, language, ids)
        elif with_texts := ids & kept.keys():
            for id, spoken_in, *named in ask(session.connection(), _originals(table), _listed(with_texts)):
                if (shown := _shown(table, named, spoken_in, kept[id], language, office)) is not None:
                    found[id] = shown
    return found


def names_in(session: Session, words: Words, things: Things) -> dict[UUID, str]:
    """The same as one reads it: a translation that nobody made official is marked."""
    return {id: marked(words, shown) for id, shown in spoken(session, words.language, things).items()}


def marked(words: Words, shown: ShownText) -> str:
    """A text with its standing behind it, where a reader has to be told."""
    if not shown.unofficial:
        return shown.body or ""
    standing = words.gettext(dict(STATUSES)[shown.status])
    return words.gettext(MARKED).format(text=words.isolate(shown.body or ""), standing=standing)


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
        for id, _language, *named in ask(session.connection(), _originals(table), _listed(others)) if others else ():
            found[id] = next((str(name) for name in named if name), "")
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


def _kept(session: Session, ids: Sequence[UUID]) -> dict[UUID, list[Kept]]:
    """The texts of the names of these, by whose they are."""
    kept: dict[UUID, list[Kept]] = {}
    for owner, *each in ask(session.connection(), _TEXTS, _listed(ids)) if ids else ():
        kept.setdefault(owner, []).append(tuple(each))
    return kept


def _shown(
    table: str, named: Sequence[Any], spoken_in: str | None, kept: Sequence[Kept], language: str, office: str | None
) -> ShownText | None:
    """A row's name by its texts, of that field which it goes by; None where that is the original."""
    goes_by = next(((key, str(name)) for key, name in zip(_names(table), named, strict=True) if name), None)
    if goes_by is None:
        return None
    key, original = goes_by
    made_from = digest(original)
    texts = [Translation.of(Text(**dict(zip(_KEPT, each, strict=True))), made_from) for each in kept if each[1] == key]
    shown = chosen(original, spoken_in, texts, language, office)
    return None if shown.body == original else shown


def _other_names(session: Session, language: str, ids: Iterable[UUID]) -> dict[UUID, ShownText]:
    """The official names of organisations in other languages, where the name they go by is not in the asked one."""
    kept: dict[UUID, tuple[str, str | None, list[Translation]]] = {}
    for id, name, own, other, spoken_in, body in ask(session.connection(), _OTHER_NAMES, _listed(ids)):
        names = kept.setdefault(id, (name, own, []))[2]
        names.append(Translation(other, "name", spoken_in, body, OFFICIAL, outdated=False))
    office = office_language(session) if kept else None
    shown = {id: chosen(name, own, names, language, office) for id, (name, own, names) in kept.items()}
    return {id: each for id, each in shown.items() if each.body != kept[id][0]}


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
def _originals(table: str) -> Select[Any]:
    """Rows with the language of their names, and with all that they may be called by."""
    its = table_of(entity_of(table)).c
    languages = [its[f"{name}_language"] for name in NAMES if f"{name}_language" in its]
    said = select(its.id, languages[0] if languages else null(), *(its[name] for name in _names(table)))
    return said.where(its.id.in_(_AMONG), its.removed_at.is_(None))


def _names(table: str) -> tuple[str, ...]:
    its = table_of(entity_of(table)).c
    return tuple(name for name in NAMES if name in its)


@cache
def _pointing(entity: type[Entity], keys: tuple[str, ...]) -> Select[Any]:
    """What some rows point at by these links."""
    return select(entity.row, *(getattr(entity, key) for key in keys)).where(entity.row.in_(_AMONG))


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


def _listed(ids: Iterable[UUID]) -> str:
    return json.dumps([id.hex for id in ids])

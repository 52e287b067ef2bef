"""What things are called in the language of whoever reads, for any number of them at once.

What a row is called comes from its texts in other languages, what an organisation is called from its other official
names; which of them is shown is decided as for any text (`queries/texts.py`). Pages ask by `queries/in_language.py`.
"""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, null, select
from sqlalchemy.orm import Session

from db.links import NAMES
from db.models import Organisation, OrganisationName, Text
from db.models.texts import STATUSES
from db.prepared import GIVEN, ask
from db.queries.columns import entity_of, table_of
from db.queries.texts import OFFICIAL, ShownText, Translation, chosen, digest, office_language
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


def original_names(session: Session, table: str, ids: Collection[UUID]) -> dict[UUID, str]:
    """What things of one table are called in their own language."""
    rows = ask(session.connection(), _originals(table), _listed(ids)) if ids else ()
    return {id: next((str(name) for name in named if name), "") for id, _language, *named in rows}


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


def _listed(ids: Iterable[UUID]) -> str:
    return json.dumps([id.hex for id in ids])

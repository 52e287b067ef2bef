"""What is told to a partner about itself is whole: every text of every kind that points at it, or a ground why not."""

from random import Random
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy.orm import Session

from db.base import Base, Entity, new_id
from db.deeds import deed
from db.fields import Kind, fields_of
from db.links import links_into
from db.models import Contact, Document, NotSame, Organisation, Text
from db.queries.columns import entity_of, table_of
from db.queries.held import OTHERS_SPEAK, WITHHELD, held_about
from db.record import Record
from tests.anything import ENTITIES, values_of

_TEXTS = (Kind.TEXT, Kind.LONG_TEXT)
NOT_FILLED = {"source_row", "saved_filter", "frozen_report", "dispatch", "not_same_place", "office"}
"""Traces of files, people's own searches, the office, and what a frozen report keeps of itself."""

Where = tuple[str, str, UUID | None]
"""A table, a field of it, and what the row hangs on where that may be anything."""


@deed("Fill everything")
def fill(session: Session, chance: Random, person: UUID) -> tuple[UUID, UUID, dict[str, Where]]:
    """An organisation, a contact, and of every kind a thing that points at them, each field with a text of its own."""
    organisation, contact = new_id(), new_id()
    ids: dict[str, list[UUID]] = {"organisation": [organisation], "contact": [contact], "person": [person]}
    told: dict[str, Where] = {}

    def put(entity: type[Entity], values: dict[str, Any], id: UUID | None = None) -> None:
        for key, each in fields_of(entity).items():
            if each.kind in _TEXTS and key in values:
                mark = f"mot{len(told)}x"
                told[mark], values[key] = (entity.__tablename__, key, values.get("owner_id")), mark
        thing = entity(**values, id=id or new_id())
        session.add(thing)
        session.flush()
        ids.setdefault(entity.__tablename__, []).append(thing.id)

    put(
        Organisation,
        dict.fromkeys(("name", "acronym", "registration", "website", "mandate", "notes"), "x"),
        organisation,
    )
    contact_values = dict.fromkeys(("name", "position", "email", "phone"), "x")
    put(Contact, {**contact_values, "organisation_id": organisation}, contact)
    for _round in range(3):
        for entity in ENTITIES:
            if entity.__tablename__ in NOT_FILLED | {"organisation", "contact", "person", "office"}:
                continue
            if entity.__tablename__ not in ids and (values := _all(chance, entity, ids)) is not None:
                put(entity, values)
    for owner in (organisation, contact):
        table = "organisation" if owner == organisation else "contact"
        put(
            Text, {"owner": table, "owner_id": owner, "field": "name", "language": "ar", "status": "draft", "body": "x"}
        )
        document = {"owner": table, "owner_id": owner, "digest": "0", "size": 1, "audience": "partner"}
        put(Document, {**document, "title": "x", "file": "x", "version": "x"})
    return organisation, contact, told


def _all(chance: Random, entity: type[Entity], ids: dict[str, list[UUID]]) -> dict[str, Any] | None:
    """Values for every field that can have one."""
    found: dict[str, Any] = {}
    for _try in range(40):
        values = values_of(chance, entity, ids, past_deeds=True)
        if values is None:
            return None
        found = {**{key: value for key, value in values.items() if value is not None}, **found}
    found.pop("agency_id", None)  # what another agency found is that agency's to tell
    return found


def told_words(record: Record, **about: UUID) -> str:
    held = record.read(held_about, **about)
    return repr(
        [(thing.name, [str(value) for _field, value in thing.values]) for kind in held.kinds for thing in kind.things]
    )


def left_out(entity: type[Entity], key: str) -> bool:
    """Whether a field is kept back on one of the grounds that the answer names."""
    several = entity in OTHERS_SPEAK and fields_of(entity)[key].kind is Kind.LONG_TEXT
    return entity in WITHHELD or several


@pytest.mark.parametrize("asked", ["organisation", "contact"])
def test_every_text_that_points_at_it_is_told_or_left_out_on_a_ground(record: Record, asked: str) -> None:
    organisation, contact, told = record.write(fill, Random(3), record.person)
    words = told_words(
        record, **({"organisation_id": organisation} if asked == "organisation" else {"contact_id": contact})
    )
    others = contact if asked == "organisation" else organisation
    own: type[Entity] = Organisation if asked == "organisation" else Contact
    direct = {link.table.name for link in links_into(table_of(own))} | {asked}
    missing = {
        (table, key)
        for mark, (table, key, owner) in told.items()
        if table in direct and owner != others and f"'{mark}'" not in words and not left_out(entity_of(table), key)
    }
    assert missing == set()
    filled = {table for table, _key, _owner in told.values()}
    unfilled = {
        name
        for name in direct - filled - NOT_FILLED
        if any(e.kind in _TEXTS for e in fields_of(entity_of(name)).values())
    }
    assert unfilled <= {entity.__tablename__ for entity in WITHHELD} | {NotSame.__tablename__}


def test_what_is_left_out_is_a_kind_that_there_is(record: Record) -> None:
    assert {entity.__tablename__ for entity in WITHHELD} <= set(Base.metadata.tables)

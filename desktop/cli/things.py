"""Verbs about things of every kind: list, add and put right, through the queries and deeds of the window."""

import argparse
import json
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from db.commands.entries import add, edit
from db.commands.organisations import add_organisation, edit_organisation
from db.errors import InvalidValue, NotThere
from db.fields import Kind
from db.models import Organisation, WrittenReport
from db.models.organisations import ROLES
from db.money import INDICATIVE
from db.queries.columns import OWNER, entity_of, target_of
from db.queries.entries import blank, entry_page
from db.queries.kinds import KINDS
from db.queries.listed import ListedKind
from db.queries.listing import RowsAsked, page, rows_in_order
from db.queries.names import id_called, id_of
from db.queries.organisations import organisation_page
from db.record import Record
from desktop.beginning import begin
from desktop.cli.given import read_object, values_of
from desktop.cli.printing import for_machines, for_people, say, table
from desktop.cli.records import opened
from i18n import N_, Words

_ROLES = "roles"
_YES, _NO = ("1", "true", "yes"), ("0", "false", "no")


def list_kind(called: argparse.Namespace, words: Words) -> None:
    """List one kind of thing."""
    kind = KINDS[called.kind]
    name, given, value = (called.where or "").partition("=")
    with opened(called, words, write=False) as record:
        narrowed = {name: _wanted(record, kind, name, value)} if given else {}
        asked = RowsAsked(
            kind.order, search="" if given else (called.where or ""), filters={**kind.filters, **narrowed}
        )
        numbers = record.read(rows_in_order, kind.listing, asked)
        found = record.read(page, kind.listing, numbers)
    rows = [
        (id, dict(zip(kind.listing.columns, values, strict=True)))
        for id, *values in (found[number] for number in numbers if number in found)
    ]
    if called.json:
        told = [{"id": str(id), **{key: for_machines(value) for key, value in row.items()}} for id, row in rows]
        print(json.dumps(told, ensure_ascii=False))
        return
    fields = {key: kind.fields[key] for key in kind.shown}
    say(
        table(
            [words.gettext(field.name) for field in fields.values()],
            [[for_people(row[key], field, words) for key, field in fields.items()] for _id, row in rows],
        )
    )
    say(words.ngettext("{count} line", "{count} lines", len(rows)).format(count=words.number(len(rows))), aside=True)
    if kind.has_money:
        say(words.gettext(INDICATIVE), aside=True)


def add_thing(called: argparse.Namespace, words: Words) -> None:
    """Add a thing by the deed of its form, and print its id."""
    kind = KINDS[called.kind]
    given = read_object(called.json)
    with opened(called, words) as record:
        if kind.entity is Organisation:
            roles = _roles(given, [kind.filters["role"]] if "role" in kind.filters else [])
            id = record.write(add_organisation, values_of(record, Organisation, given, {}, (_ROLES,)), roles)
        else:
            values = values_of(record, kind.entity, given, blank(kind.entity))
            # A report comes with the parts of its kind.
            id = begin(record, values) if kind.entity is WrittenReport else record.write(add, kind.entity, values)
    print(json.dumps({"id": str(id)}))


def edit_thing(called: argparse.Namespace, words: Words) -> None:
    """Put some fields of a thing right by the deed of its form."""
    entity = KINDS[called.kind].entity
    given = read_object(called.json)
    with opened(called, words) as record:
        id = _id(called.id)
        held = record.read(entry_page, entity, id).values
        if entity is Organisation:
            roles = _roles(given, record.read(organisation_page, id).roles)
            record.write(edit_organisation, id, values_of(record, entity, given, held, (_ROLES,)), roles)
        else:
            record.write(edit, entity, id, values_of(record, entity, given, held))
    print(json.dumps({"id": str(id)}))


def _wanted(record: Record, kind: ListedKind, name: str, value: str) -> str | UUID:
    """What a list is narrowed to: a thing by its id, where people know its name; yes and no as they are kept."""
    field = kind.fields.get(name)
    if name == OWNER:
        return _id(value)
    if name in ("partner", "donor") and name in kind.listing.filters:
        return record.read(id_of, name, value)
    if field is not None and field.kind == Kind.LINK:
        return record.read(id_called, entity_of(target_of(kind.entity, name).name), value)
    if field is not None and field.kind == Kind.YES_NO:
        return next((kept[0] for kept in (_YES, _NO) if value.lower() in kept), value)
    return value


def _roles(given: Mapping[str, Any], otherwise: Any) -> list[str]:
    roles = given.get(_ROLES, otherwise)
    if not isinstance(roles, list | tuple) or not all(role in dict(ROLES) for role in roles):
        raise InvalidValue(N_("Roles"))
    return list(roles)


def _id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise NotThere from None

"""Values for the fields of a thing, given as JSON by a script or a person: what a form would have asked for.

Amounts and rates are text, so that no cent is lost on the way; a link is an id, or a name, acronym or code that only
one thing goes by.
"""

import json
import re
import sys
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from db.base import Entity
from db.errors import InvalidValue, RecordError
from db.fields import Field, Kind, fields_of
from db.money import CURRENCY, Money, minor_of
from db.queries.columns import entity_of, target_of
from db.queries.names import id_called
from db.record import Record
from i18n import N_

_NUMBER = re.compile(r"-?\d{1,18}(\.\d{1,18})?")


class NoObject(RecordError):
    message = N_('What was given is no JSON object. Write it as {{"name": "…"}}, with the fields by their keys.')


class NoSuchField(RecordError):
    message = N_("There is no field {name} to write here. The fields are: {names}.")


def read_object(text: str) -> dict[str, Any]:
    """The object that was given, or that comes on standard input where the text is a hyphen."""
    try:
        given = json.loads(sys.stdin.read() if text == "-" else text)
    except (ValueError, RecursionError) as fault:
        raise NoObject from fault
    if not isinstance(given, dict):
        raise NoObject
    return given


def values_of(
    record: Record, entity: type[Entity], given: Mapping[str, Any], held: Mapping[str, Any], more: tuple[str, ...] = ()
) -> dict[str, Any]:
    """What was given, as the record takes it; `more` are keys of no field, `held` is what stands there now."""
    described = fields_of(entity)
    for key in given.keys() - described.keys() - set(more):
        raise NoSuchField(name=key, names=[*described, *more])
    given = _with_currency(given, described)
    currency = given.get(CURRENCY, held.get(CURRENCY))
    return _kept_amounts(given, held, described) | {
        key: _value(record, entity, key, described[key], value, currency)
        for key, value in given.items()
        if key in described
    }


def _kept_amounts(given: Mapping[str, Any], held: Mapping[str, Any], described: Mapping[str, Field]) -> dict[str, Any]:
    """Amounts that stay as they read where only their currency is put right: it may have other minor units."""
    before, after = held.get(CURRENCY), given.get(CURRENCY)
    if not (isinstance(before, str) and isinstance(after, str)) or before == after:
        return {}
    return {
        key: minor_of(field.name, Money.of(held[key], before).amount, after)
        for key, field in described.items()
        if field.kind == Kind.MONEY and held.get(key) is not None and key not in given
    }


def _with_currency(given: Mapping[str, Any], described: Mapping[str, Field]) -> dict[str, Any]:
    """An amount may come with its currency, which is that of the whole thing."""
    plain = dict(given)
    for key, value in given.items():
        if key in described and described[key].kind == Kind.MONEY and isinstance(value, dict):
            if value.keys() != {"amount", CURRENCY} or plain.get(CURRENCY, value[CURRENCY]) != value[CURRENCY]:
                raise InvalidValue(described[key].name)
            plain[key], plain[CURRENCY] = value["amount"], value[CURRENCY]
    return plain


def _value(record: Record, entity: type[Entity], key: str, field: Field, value: Any, currency: Any) -> Any:
    if value is None or value == "":
        return None
    match field.kind:
        case Kind.LINK:
            target = entity_of(target_of(entity, key).name)
            return UUID(value) if _is_id(value) else record.read(id_called, target, _text(field, value))
        case Kind.MONEY:
            return minor_of(field.name, _number(field, value), _text(field, currency) if currency else None)
        case Kind.DECIMAL:
            return _number(field, value)
        case Kind.DATE | Kind.MOMENT:
            try:
                return (date if field.kind == Kind.DATE else datetime).fromisoformat(_text(field, value))
            except ValueError:
                raise InvalidValue(field.name) from None
        case _:
            return value


def _is_id(value: Any) -> bool:
    try:
        return bool(UUID(value))
    except (ValueError, AttributeError, TypeError):
        return False


def _number(field: Field, value: Any) -> Decimal:
    if type(value) is int or (isinstance(value, str) and _NUMBER.fullmatch(value)):
        return Decimal(value)
    raise InvalidValue(field.name)


def _text(field: Field, value: Any) -> str:
    if isinstance(value, str):
        return value
    raise InvalidValue(field.name)

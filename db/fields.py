"""What a field is called by people, and what may stand in it.

Forms, list columns, import columns, exports, the change log and the check of one value all read the same description,
so a new field is written once. Whoever wants an eighth attribute on `Field` draws that form by hand.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, event, inspect
from sqlalchemy.orm import InstrumentedAttribute, MappedColumn, ORMExecuteState, Session, mapped_column

from db.base import Base
from db.errors import InvalidValue, NeedsValue, NotAChoice, TooLong, UnstorableValue

_UNSTORABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
_SEALED = re.compile("sealed:[A-Za-z0-9+/]{38,}={0,2}")
LARGEST = 2**63 - 1
Attribute = InstrumentedAttribute
"""A field as its entity names it (`Organisation.name`), for rooms that may not know SQLAlchemy."""


class Kind(Enum):
    """The kinds of value a field may hold."""

    TEXT = "text"
    LONG_TEXT = "long text"
    DATE = "date"
    MOMENT = "moment"
    COUNT = "count"
    INTEGER = "integer"
    MONEY = "money"
    CURRENCY = "currency"
    YES_NO = "yes or no"
    CHOICE = "choice"
    LINK = "link"
    CODE = "code"
    LANGUAGE = "language"
    COUNTRY = "country"
    DECIMAL = "decimal"
    """A rate or a share, exact; kept as text, for SQLite has no exact fractions."""
    SEALED = "sealed"
    """Text that only some key slots open: what stands in the field, the log and drafts is ciphertext."""
    DATA = "data"


LONGEST = {
    Kind.TEXT: 500,
    Kind.LONG_TEXT: 50_000,
    Kind.CODE: 100,
    Kind.CHOICE: 100,
    Kind.LANGUAGE: 35,
    Kind.COUNTRY: 3,
    Kind.CURRENCY: 3,
    Kind.SEALED: 50_000,
}
_PYTHON: dict[Kind, Callable[[object], bool]] = {
    Kind.DATE: lambda value: isinstance(value, date) and not isinstance(value, datetime),
    Kind.MOMENT: lambda value: isinstance(value, datetime) and value.tzinfo is not None,
    Kind.COUNT: lambda value: type(value) is int and 0 <= value <= LARGEST,
    Kind.INTEGER: lambda value: type(value) is int and -LARGEST <= value <= LARGEST,
    Kind.MONEY: lambda value: type(value) is int and -LARGEST <= value <= LARGEST,
    Kind.DECIMAL: lambda value: isinstance(value, Decimal) and value.is_finite(),
    Kind.YES_NO: lambda value: isinstance(value, bool),
    Kind.LINK: lambda value: isinstance(value, UUID),
    Kind.DATA: lambda value: isinstance(value, dict | list),
}


@dataclass(frozen=True)
class Field:
    """A field's name for people (a msgid), its kind, and what else decides whether a value may stand in it.

    A code with choices is one of them or somebody's own word.
    """

    name: str
    kind: Kind
    choices: tuple[tuple[str, str], ...] = ()
    help: str | None = None
    required: bool = False

    def problem(self, value: object) -> InvalidValue | None:
        """Why this value cannot stand in the field, or None when it can."""
        if value is None or value == "":
            return NeedsValue(self.name) if self.required else None
        if check := _PYTHON.get(self.kind):
            return None if check(value) else InvalidValue(self.name)
        if not isinstance(value, str):
            return InvalidValue(self.name)
        if self.kind is Kind.SEALED and is_sealed(value):
            return None
        if len(value) > LONGEST[self.kind]:
            return TooLong(self.name, longest=LONGEST[self.kind])
        if _UNSTORABLE.search(value):
            return UnstorableValue(self.name)
        if self.kind is Kind.CHOICE and self.choices and value not in {code for code, _title in self.choices}:
            return NotAChoice(self.name)
        return None

    def title_of(self, code: str) -> str:
        """The msgid of one of the choices; a code this version does not know stands for itself."""
        return next((title for known, title in self.choices if known == code), code)


def is_sealed(value: str) -> bool:
    """Whether this is a sealed text and no longer what somebody typed."""
    return bool(_SEALED.fullmatch(value))


def field(
    name: str,
    kind: Kind,
    *arguments: Any,
    choices: tuple[tuple[str, str], ...] = (),
    help: str | None = None,
    **column: Any,
) -> MappedColumn[Any]:
    """A column with its description; a link is indexed, since lists follow it both ways."""
    if any(isinstance(argument, ForeignKey) for argument in arguments):
        column.setdefault("index", True)
    return mapped_column(*arguments, info={"field": Field(name, kind, choices, help)}, **column)


def field_of(attribute: InstrumentedAttribute[Any]) -> Field:
    """The description behind `Agreement.ends_on`."""
    described: Field = attribute.info["field"]
    column = attribute.property.columns[0]
    return replace(described, required=not column.nullable and column.default is None)


@cache
def fields_of(entity: type[Base]) -> Mapping[str, Field]:
    """Every described field of an entity, by attribute name, in the order of the class."""
    return {
        attribute.key: field_of(getattr(entity, attribute.key))
        for attribute in inspect(entity).column_attrs
        if "field" in attribute.columns[0].info
    }


class CheckedSession(Session):
    """A session that refuses, just before it is written, whatever does not fit in its field."""


@event.listens_for(CheckedSession, "before_flush")
def _before_flush(session: Session, _context: object, _instances: object) -> None:
    for thing in session.new | session.dirty:
        _refuse(type(thing), inspect(thing).dict)


@event.listens_for(CheckedSession, "do_orm_execute")
def _before_bulk(execute: ORMExecuteState) -> None:
    if (execute.is_insert or execute.is_update) and execute.bind_mapper and isinstance(execute.parameters, list):
        for values in execute.parameters:
            _refuse(execute.bind_mapper.class_, values)


def _refuse(entity: type[Base], values: Mapping[str, Any]) -> None:
    for name, described in fields_of(entity).items():
        if name in values and (problem := described.problem(values[name])):
            raise problem

"""Putting values that people gave into a thing of the record, each checked against its field first.

Where a file brings hundreds of things, what their rules ask of the whole record is asked once.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import inspect, select
from sqlalchemy.orm import Session

from db.base import Entity
from db.errors import InvalidValue, RecordError
from db.fields import Kind, fields_of
from db.money import CURRENCY
from i18n import N_
from i18n.currencies import decimals_of

R = TypeVar("R")
_ASKED = "asked once"


class EndsBeforeStart(RecordError):
    """Said beside the end date."""

    message = N_("The end date comes before the start date.")
    field = N_("End date")


class AmountsStayBehind(InvalidValue):
    message = N_("This currency has other decimals than the one before: give every amount together with “{field}”.")


class InARing(InvalidValue):
    message = N_("“{field}”: nothing can belong to itself, nor to what belongs to it.")


def fill(thing: Entity, values: Mapping[str, Any]) -> None:
    """Set the described fields of a thing to these values; the first that cannot stand there is refused."""
    described = fields_of(type(thing))
    for key, value in values.items():
        if problem := described[key].problem(value):
            raise problem
    for key, value in values.items():
        setattr(thing, key, value)


def amounts_follow(thing: Entity, values: Mapping[str, Any]) -> None:
    """Refuse a currency with other decimals alone: the minor units that stand there would become another amount."""
    described = fields_of(type(thing))
    if CURRENCY not in values or CURRENCY not in described or not inspect(thing).persistent:
        return
    if decimals_of(values[CURRENCY] or "") == decimals_of(getattr(thing, CURRENCY) or ""):
        return
    for key, each in described.items():
        if each.kind is Kind.MONEY and getattr(thing, key) is not None and key not in values:
            raise AmountsStayBehind(described[CURRENCY].name)


def complete(thing: Entity) -> None:
    """Refuse a thing that lacks a value it needs."""
    for key, each in fields_of(type(thing)).items():
        if each.required and getattr(thing, key) is None and (problem := each.problem(None)):
            raise problem


def not_in_a_ring(session: Session, thing: Any) -> None:
    """Refuse what would belong to itself, whichever way round."""
    entity: Any = type(thing)
    above, met = thing.parent_id, set[UUID]()
    while above is not None and above not in met:
        if above == thing.id:
            raise InARing(fields_of(entity)["parent_id"].name)
        met.add(above)
        above = session.scalar(select(entity.parent_id).where(entity.id == above))


def in_order(starts_on: date | None, ends_on: date | None) -> None:
    """Refuse an end before its start."""
    if starts_on and ends_on and ends_on < starts_on:
        raise EndsBeforeStart


@contextmanager
def asking_once(session: Session) -> Iterator[None]:
    """While all is written and only the rules are asked, thing by thing: their answers hold until the end."""
    session.info[_ASKED] = {}
    try:
        yield
    finally:
        del session.info[_ASKED]


def once(session: Session, question: Callable[[Session], R]) -> R:
    """The answer to a question that does not depend on the thing its rule is about."""
    asked: dict[Callable[[Session], Any], Any] = session.info.get(_ASKED, {})
    if question not in asked:
        asked[question] = question(session)
    answer: R = asked[question]
    return answer

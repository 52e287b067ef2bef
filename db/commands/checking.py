"""Putting values that people gave into a thing of the record, each checked against its field first."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import inspect

from db.base import Entity
from db.errors import InvalidValue, RecordError
from db.fields import Kind, fields_of
from db.money import CURRENCY
from i18n import N_
from i18n.currencies import decimals_of


class EndsBeforeStart(RecordError):
    """Said beside the end date."""

    message = N_("The end date comes before the start date.")
    field = N_("End date")


class AmountsStayBehind(InvalidValue):
    message = N_("This currency has other decimals than the one before: give every amount together with “{field}”.")


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


def in_order(starts_on: date | None, ends_on: date | None) -> None:
    """Refuse an end before its start."""
    if starts_on and ends_on and ends_on < starts_on:
        raise EndsBeforeStart

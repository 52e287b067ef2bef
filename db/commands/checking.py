"""Putting values that people gave into a thing of the record, each checked against its field first."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from db.base import Entity
from db.errors import RecordError
from db.fields import fields_of
from i18n import N_


class EndsBeforeStart(RecordError):
    """Said beside the end date."""

    message = N_("The end date comes before the start date.")
    field = N_("End date")


def fill(thing: Entity, values: Mapping[str, Any]) -> None:
    """Set the described fields of a thing to these values; the first that cannot stand there is refused."""
    described = fields_of(type(thing))
    for key, value in values.items():
        if problem := described[key].problem(value):
            raise problem
    for key, value in values.items():
        setattr(thing, key, value)


def complete(thing: Entity) -> None:
    """Refuse a thing that lacks a value it needs."""
    for key, each in fields_of(type(thing)).items():
        if each.required and getattr(thing, key) is None and (problem := each.problem(None)):
            raise problem


def in_order(starts_on: date | None, ends_on: date | None) -> None:
    """Refuse an end before its start."""
    if starts_on and ends_on and ends_on < starts_on:
        raise EndsBeforeStart

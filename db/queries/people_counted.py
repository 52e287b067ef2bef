"""Counts of people of activities, with their parts by sex and age; a million rows are read a thousand at a time."""

from collections import defaultdict
from functools import cache
from itertools import chain
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, String, select, type_coerce
from sqlalchemy.orm import Session

from db.models import Activity, Breakdown, Result
from db.models.activities import SENSITIVE
from db.models.results import COUNTS
from db.queries.corrected import firsts
from db.queries.figures import of_sensitive_indicator
from db.queries.scope import Scope

_AT_ONCE = 1000
"""So many rows are read as they are wanted: a large record has a million of them."""


class PartOfCount(NamedTuple):
    """A part of a count by sex and age; None where it was not collected."""

    sex: str | None
    age_band: str | None
    value: int | None


class CountOfPeople(NamedTuple):
    """A figure of people of an activity."""

    id: UUID
    """Of the first figure of its line, where it corrects others."""
    nature: str
    value: int | None
    missing: str | None
    counting: str
    sensitive: bool
    parts: tuple[PartOfCount, ...]
    indicator: UUID | None = None


def counts_in(scope: Scope) -> list[ColumnElement[bool]]:
    """The conditions of a count of persons: never a cumulative one beside its months, none from outside the period."""
    conditions = [
        COUNTS,
        Result.unit == "persons",
        Result.span == "period",
        Result.nature != "background",
    ]
    if scope.starts_on:
        conditions.append(Result.ends_on.is_(None) | (Result.ends_on >= scope.starts_on))
    if scope.ends_on:
        conditions.append(Result.starts_on.is_(None) | (Result.starts_on <= scope.ends_on))
    return conditions


def counted(session: Session, scope: Scope, ids: object) -> dict[str, list[CountOfPeople]]:
    """Counts of persons by the text of their activity's id."""
    conditions = [Result.activity_id.in_(ids), *counts_in(scope)]  # type: ignore[arg-type]
    # Many rows say the same of a part, and are one object.
    part, plain = cache(PartOfCount), session.connection()
    parts: dict[int, list[PartOfCount]] = defaultdict(list)
    told = plain.execute(
        select(Result.row, Breakdown.sex, Breakdown.age_band, Breakdown.value)
        .join(Result, Result.id == Breakdown.result_id)
        .where(Breakdown.removed_at.is_(None), Breakdown.cut == "sex_age", *conditions)
        .order_by(Breakdown.row)
    )
    for owner, sex, band, value in chain.from_iterable(told.partitions(_AT_ONCE)):
        parts[owner].append(part(sex, band, value))
    named, first = cache(UUID), firsts(session)
    found: dict[str, list[CountOfPeople]] = defaultdict(list)
    counts = plain.execute(
        select(
            Result.row,
            Result.id,
            type_coerce(Result.activity_id, String),
            Result.nature,
            Result.value,
            Result.missing,
            Result.counting,
            Result.sensitivity.in_(SENSITIVE) | Activity.sensitivity.in_(SENSITIVE) | of_sensitive_indicator(),
            type_coerce(Result.indicator_id, String),
        )
        .join(Activity, Activity.id == Result.activity_id)
        .where(*conditions)
        .order_by(Result.row)
    )
    for row, id, activity, nature, value, missing, counting, sensitive, indicator in chain.from_iterable(
        counts.partitions(_AT_ONCE)
    ):
        split, of = tuple(parts.pop(row, ())), named(indicator) if indicator else None
        count = CountOfPeople(first.get(id, id), nature, value, missing, counting, sensitive, split, of)
        found[activity].append(count)
    return found

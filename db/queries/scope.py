"""Which activities a report or an export is about: by partner, donor, contribution, agreement, place and period.

An activity is in a period when it overlaps it; counts are never shared out over time. An activity with an unknown start
is in when its end is on or after the period's first day; one with an unknown end counts as still running.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, Select, exists, or_, select
from sqlalchemy.orm import aliased

from db.models import Activity, ActivityFunding, Place


@dataclass(frozen=True)
class Scope:
    """What is asked for; None leaves a side open."""

    starts_on: date | None = None
    ends_on: date | None = None
    partner: UUID | None = None
    donor: UUID | None = None
    place: UUID | None = None
    contact: UUID | None = None
    """Somebody at the partner, for what is held about that person; no activity is about one."""
    contribution: UUID | None = None
    agreement: UUID | None = None
    framework: UUID | None = None
    """Whose lines a report follows; it narrows no activities."""


LINKS = ("partner", "donor", "place", "contribution", "agreement", "framework")
"""Its sides that point at something."""


def told(scope: Scope) -> dict[str, str]:
    """A scope as a figure writes it into the selection behind it (`db.queries.selection`)."""
    sides = {"from": scope.starts_on, "to": scope.ends_on} | {side: getattr(scope, side) for side in LINKS}
    return {side: str(value) for side, value in sides.items() if value}


def scope_told(asked: Mapping[str, str]) -> Scope:
    """The scope that a selection says; whatever else it says is not heeded."""
    first, last = (date.fromisoformat(asked[side]) if side in asked else None for side in ("from", "to"))
    return Scope(first, last, **{side: UUID(asked[side]) for side in LINKS if side in asked})


def activities_in(scope: Scope) -> list[ColumnElement[bool]]:
    """The conditions that an activity fulfils when it is in scope and not removed."""
    conditions: list[ColumnElement[bool]] = [Activity.removed_at.is_(None)]
    if scope.partner:
        conditions.append(Activity.partner_id == scope.partner)
    if scope.donor:
        conditions.append(
            exists().where(
                ActivityFunding.activity_id == Activity.id,
                ActivityFunding.donor_id == scope.donor,
                ActivityFunding.removed_at.is_(None),
            )
        )
    if scope.contribution:
        conditions.append(
            exists().where(
                ActivityFunding.activity_id == Activity.id,
                ActivityFunding.contribution_id == scope.contribution,
                ActivityFunding.removed_at.is_(None),
            )
        )
    if scope.agreement:
        conditions.append(Activity.agreement_id == scope.agreement)
    if scope.place:
        conditions.append(Activity.place_id.in_(within(scope.place)))
    if scope.starts_on:
        conditions.append(or_(Activity.ends_on.is_(None), Activity.ends_on >= scope.starts_on))
    if scope.ends_on:
        conditions.append(or_(Activity.starts_on.is_(None), Activity.starts_on <= scope.ends_on))
    return conditions


def within(place: UUID) -> Select[tuple[UUID]]:
    """The ids of a place and of everything that lies in it, at any depth."""
    tree = select(Place.id).where(Place.id == place).cte("within", recursive=True)
    below = aliased(Place)
    # A union drops what it has met: a ring of parents, which only a damaged record has, comes to an end.
    tree = tree.union(select(below.id).where(below.parent_id == tree.c.id, below.removed_at.is_(None)))
    return select(tree.c.id)

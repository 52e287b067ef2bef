"""What is done to activities by hand: add one, put one right; its funding and its declared figure go with it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.base import new_id, now
from db.commands.checking import fill, in_order
from db.deeds import called, deed
from db.models.activities import Activity, ActivityFunding
from db.models.results import COUNTS, Result
from i18n import N_


@dataclass(frozen=True)
class Around:
    """What stands beside an activity's own fields: who funds it, and the people declared for the whole of it."""

    funding: str = "not_stated"
    donor_id: UUID | None = None
    declared: int | None = None


@deed(N_("Add the activity {title}"))
def add_activity(session: Session, values: Mapping[str, Any], around: Around) -> UUID:
    """Add an activity with its funding and its figure."""
    activity = Activity(id=new_id())
    session.add(activity)
    _write(session, activity, values, around)
    called(session, title=activity.title)
    return activity.id


@deed(N_("Edit the activity {title}"))
def edit_activity(session: Session, id: UUID, values: Mapping[str, Any], around: Around) -> None:
    """Put an activity right. A donor beside the first stays; so do figures that carry a breakdown or a period."""
    activity = session.scalars(select(Activity).where(Activity.id == id)).one()
    called(session, title=activity.title)
    _write(session, activity, values, around)


def _write(session: Session, activity: Activity, values: Mapping[str, Any], around: Around) -> None:
    in_order(values.get("starts_on"), values.get("ends_on"))
    fill(activity, values)
    if activity.starts_on is not None:
        activity.starts_on_missing = None
    if activity.ends_on is not None:
        activity.ends_on_missing = None
    session.flush()
    _fund(session, activity.id, around)
    _declare(session, activity.id, around.declared)


def _fund(session: Session, activity_id: UUID, around: Around) -> None:
    held = session.scalars(
        select(ActivityFunding)
        .where(ActivityFunding.activity_id == activity_id, ActivityFunding.removed_at.is_(None))
        .order_by(ActivityFunding.row)
    ).first()
    kind = "donor" if around.donor_id else around.funding
    if held is None:
        if kind == "not_stated":
            return
        held = ActivityFunding(activity_id=activity_id)
        session.add(held)
    fill(held, {"kind": kind, "donor_id": around.donor_id})


def _declare(session: Session, activity_id: UUID, declared: int | None) -> None:
    held = session.scalars(
        select(Result)
        .where(Result.activity_id == activity_id, Result.nature == "declared", COUNTS)
        .order_by(Result.row)
    ).first()
    if held is None and declared is not None:
        held = Result(activity_id=activity_id)
        fill(held, {"nature": "declared", "value": declared})
        session.add(held)
    elif held is not None and held.value != declared:
        if declared is None and held.missing is None:
            held.removed_at = now()
        elif declared is not None:
            fill(held, {"value": declared, "missing": None})

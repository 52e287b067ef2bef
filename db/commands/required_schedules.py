"""The reports that a donor asks for, scheduled from its requirements: those on the way, and the one at the end.

The final report stands for the last period too, so the reports on the way end with the period before it.
"""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.base import new_id
from db.calendar import Period, periods
from db.commands.checking import complete, fill, in_order
from db.commands.schedules import generate, sound
from db.deeds import called, deed
from db.errors import NeedsValue, RecordError
from db.fields import field_of
from db.models import Contribution, Organisation, Schedule
from db.queries.required import required
from i18n import N_


class AlreadyScheduled(RecordError):
    message = N_(
        "Reports on this contribution are scheduled already. Change those schedules, then generate their duties again."
    )


class NoDaysRequired(RecordError):
    message = N_("Neither the donor's requirements nor this form say how many days a report may take. Give them here.")


@deed(N_("Schedule the reports on “{title}” as the donor requires"))
def schedule_as_required(session: Session, contribution_id: UUID, values: Mapping[str, Any]) -> list[UUID]:
    """Make the interim and the final schedule with their duties; what `values` leave out, the requirements say."""
    asked = asdict(required(session, contribution_id)) | {
        key: value for key, value in values.items() if value is not None
    }
    starts_on, ends_on = (_given(asked[key], key) for key in ("starts_on", "ends_on"))
    in_order(starts_on, ends_on)
    held = select(Schedule.id).where(Schedule.contribution_id == contribution_id, Schedule.removed_at.is_(None))
    if session.scalar(held.limit(1)) is not None:
        raise AlreadyScheduled
    if asked["interim_days"] is None and asked["final_days"] is None:
        raise NoDaysRequired
    common = {
        "direction": "out",
        "contribution_id": contribution_id,
        "kind": asked.get("kind") or "both",
        "starts_on": starts_on,
        "working_days": asked["working_days"],
    }
    frequency = asked.get("frequency") or "half_yearly"
    made = []
    last = _before_the_end(frequency, starts_on, ends_on) if asked["final_days"] is not None else ends_on
    if asked["interim_days"] is not None and last:
        interim = {"frequency": frequency, "ends_on": last, "days": asked["interim_days"]}
        made.append(_scheduled(session, common | interim))
    if asked["final_days"] is not None:
        final = {"frequency": "final", "ends_on": ends_on, "days": asked["final_days"]}
        made.append(_scheduled(session, common | final))
    contribution = session.scalars(select(Contribution).where(Contribution.id == contribution_id)).one()
    donor = session.scalar(select(Organisation.name).where(Organisation.id == contribution.donor_id))
    called(session, title=contribution.title or donor or "")
    return made


def _given(day: date | None, key: str) -> date:
    if day is None:
        raise NeedsValue(field_of(getattr(Schedule, key)).name)
    return day


def _before_the_end(frequency: str, starts_on: date, ends_on: date) -> date | None:
    """The last day of the last period but one, where there is more than one."""
    *earlier, last = periods(frequency, Period(starts_on, ends_on))
    return last.starts_on - timedelta(days=1) if earlier else None


def _scheduled(session: Session, values: Mapping[str, Any]) -> UUID:
    schedule = Schedule(id=new_id())
    fill(schedule, values)
    complete(schedule)
    sound(session, schedule)
    session.add(schedule)
    session.flush()
    generate(session, schedule.id)
    return schedule.id

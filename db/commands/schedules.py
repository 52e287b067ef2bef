"""Reporting schedules turned into duties: each period once, however often and after whatever amendment.

A duty that somebody has worked on is never changed. Whatever time the others leave uncovered is covered anew: an
untouched duty follows the dates of its schedule, and goes where its period is no more.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any, Self
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.base import Entity, new_id, now, there
from db.calendar import Period, days_after, periods, weekend_of
from db.deeds import called, deed
from db.errors import InvalidValue, NeedsValue
from db.fields import field_of
from db.models import Agreement, Contribution, Office, Organisation, ReceivedReport, ReportingDuty, Schedule
from i18n import N_

AT_MOST = 600
"""Fifty years of monthly reports; whatever asks for more has a mistyped date."""


class TooManyPeriods(InvalidValue):
    message = N_("From the first to the last day there would be more than {most} reports. Look at the two dates.")


class NoSuchDay(InvalidValue):
    message = N_("So many days after the end of the last period, no calendar has a day. Look at “{field}”.")


@dataclass(frozen=True)
class Generated:
    """What generating did."""

    added: int
    moved: int
    removed: int


@deed(N_("Generate the reports owed under “{title}”"))
def generate(session: Session, schedule_id: UUID) -> Generated:
    """Make the duties of a schedule agree with its dates; those already worked on stay as they are."""
    schedule = there(session, Schedule, schedule_id)
    sound(session, schedule)
    owed = _Owed.under(session, schedule)
    called(session, title=owed.title)
    kept, untouched = _held(session, schedule_id)
    added = moved = 0
    for period in _uncovered(periods(schedule.frequency, Period(schedule.starts_on, schedule.ends_on)), kept):
        due_on = _due_on(session, schedule, period)
        duty = untouched.pop(period.starts_on, None)
        if duty is None:
            session.add(owed.duty(schedule, period, due_on))
            added += 1
        elif (duty.ends_on, duty.due_on, duty.kind) != (period.ends_on, due_on, schedule.kind):
            duty.ends_on, duty.due_on, duty.kind = period.ends_on, due_on, schedule.kind
            moved += 1
    _remove(session, untouched.values())
    return Generated(added, moved, len(untouched))


def follow(session: Session, agreement_id: UUID, before: date | None, after: date | None) -> None:
    """What is owed until an agreement ends is owed until its new end, where an amendment sets one."""
    if before is None or after is None:
        return
    ended_with_it = select(Schedule).where(
        Schedule.agreement_id == agreement_id, Schedule.ends_on == before, Schedule.removed_at.is_(None)
    )
    for schedule in session.scalars(ended_with_it.where(Schedule.starts_on <= after)).all():
        schedule.ends_on = after
        generate(session, schedule.id)


def _held(session: Session, schedule_id: UUID) -> tuple[list[Period], dict[date, ReportingDuty]]:
    """The time that duties somebody worked on cover, and the others by their first day."""
    kept: list[Period] = []
    untouched: dict[date, ReportingDuty] = {}
    for duty in session.scalars(
        select(ReportingDuty)
        .where(ReportingDuty.schedule_id == schedule_id, ReportingDuty.removed_at.is_(None))
        .order_by(ReportingDuty.row)
    ):
        if duty.starts_on is None or duty.ends_on is None:
            continue
        if _touched(session, duty) or duty.starts_on in untouched:
            kept.append(Period(duty.starts_on, duty.ends_on))
        else:
            untouched[duty.starts_on] = duty
    return kept, untouched


def sound(session: Session, schedule: Schedule) -> None:
    """The rule of a schedule: it says under what the report is owed, and its periods and days can be counted."""
    needed = Schedule.agreement_id if schedule.direction == "in" else Schedule.contribution_id
    if getattr(schedule, needed.key) is None:
        raise NeedsValue(field_of(needed).name)
    whole = Period(schedule.starts_on, schedule.ends_on)
    if len(list(islice(periods(schedule.frequency, whole), AT_MOST + 1))) > AT_MOST:
        raise TooManyPeriods(field_of(Schedule.ends_on).name, most=AT_MOST)
    _due_on(session, schedule, whole)


def _due_on(session: Session, schedule: Schedule, period: Period) -> date:
    weekend = weekend_of(_country(session)) if schedule.working_days else frozenset[int]()
    try:
        return days_after(period.ends_on, schedule.days, weekend)
    except OverflowError:
        raise NoSuchDay(field_of(Schedule.days).name) from None


def _country(session: Session) -> str | None:
    """That of the office that keeps the record: the first one."""
    return session.scalar(select(Office.country).where(Office.removed_at.is_(None)).order_by(Office.row).limit(1))


def _touched(session: Session, duty: ReportingDuty) -> bool:
    """Whether somebody has worked on it: it has left its first status, or there is a note, a file or a report to it."""
    if duty.status != "planned" or duty.notes or duty.document_id:
        return True
    received = select(ReceivedReport.id).where(ReceivedReport.duty_id == duty.id, ReceivedReport.removed_at.is_(None))
    return session.scalar(received.limit(1)) is not None


def _uncovered(wanted: Iterable[Period], kept: Iterable[Period]) -> Iterator[Period]:
    for period in wanted:
        left = [period]
        for other in kept:
            left = [piece for whole in left for piece in whole.without(other)]
        yield from left


def _remove(session: Session, duties: Iterable[ReportingDuty]) -> None:
    for duty in duties:
        duty.removed_at = now()
        for fed_by in session.scalars(
            select(ReportingDuty).where(ReportingDuty.feeds_id == duty.id, ReportingDuty.removed_at.is_(None))
        ):
            fed_by.feeds_id = None


@dataclass(frozen=True)
class _Owed:
    """Under what a report is owed: whose it is, who follows it, and what it is called."""

    title: str
    organisation_id: UUID
    person_id: UUID | None

    @classmethod
    def under(cls, session: Session, schedule: Schedule) -> Self:
        if schedule.direction == "in":
            agreement = session.scalars(select(Agreement).where(Agreement.id == schedule.agreement_id)).one()
            return cls(agreement.title, agreement.partner_id, agreement.person_id)
        contribution = session.scalars(select(Contribution).where(Contribution.id == schedule.contribution_id)).one()
        donor = session.scalars(select(Organisation.name).where(Organisation.id == contribution.donor_id)).one()
        return cls(contribution.title or donor, contribution.donor_id, contribution.person_id)

    def duty(self, schedule: Schedule, period: Period, due_on: date) -> ReportingDuty:
        return ReportingDuty(
            id=new_id(),
            schedule_id=schedule.id,
            direction=schedule.direction,
            kind=schedule.kind,
            agreement_id=schedule.agreement_id,
            contribution_id=schedule.contribution_id,
            organisation_id=self.organisation_id,
            person_id=self.person_id,
            starts_on=period.starts_on,
            ends_on=period.ends_on,
            due_on=due_on,
        )


RULES: Mapping[type[Entity], tuple[Callable[[Session, Any], None], ...]] = {Schedule: (sound,)}

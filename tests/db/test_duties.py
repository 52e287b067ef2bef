"""Reports owed: generated once for each period, kept once worked on, followed by legal steps, gaps seen in time."""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from db.commands.amending import amend
from db.commands.duties import (
    AcceptedBeforeSubmitted,
    NotALegalStep,
    accept,
    arrived,
    owe_again,
    send_back,
    start_checking,
    start_drafting,
    submit,
    take_up,
    waive,
)
from db.commands.entries import ByItsOwnDeed, add, edit
from db.commands.required_schedules import AlreadyScheduled, NoDaysRequired, schedule_as_required
from db.commands.schedules import NoSuchDay, TooManyPeriods, generate
from db.deeds import deed
from db.errors import NeedsValue
from db.models import Agreement, Allocation, Contribution, ReceivedReport, ReportingDuty, Requirements, Schedule
from db.models.duties import TRANSITIONS
from db.queries.duties import gaps, standing
from db.queries.required import required
from db.record import Record
from tests.builders import add_partner

FIRST, LAST = date(2026, 1, 15), date(2026, 6, 30)
Row = tuple[Any, ...]


def an_agreement(record: Record, name: str = "Femmes d'essai", **values: Any) -> UUID:
    partner = record.write(add_partner, name)
    return record.write(add, Agreement, {"title": f"Accord {name}", "partner_id": partner, **values})


def a_contribution(record: Record) -> UUID:
    donor = record.write(add_partner, "Fonds inventé")
    return record.write(add, Contribution, {"title": "Don d'essai", "donor_id": donor})


def a_schedule(record: Record, **values: Any) -> UUID:
    usual = {"kind": "narrative", "frequency": "monthly", "starts_on": FIRST, "ends_on": LAST, "days": 10}
    direction = "in" if "agreement_id" in values else "out"
    return record.write(add, Schedule, {**usual, "direction": direction, **values})


def duties(session: Session, schedule: UUID) -> list[Row]:
    found = session.execute(
        select(
            ReportingDuty.id, ReportingDuty.starts_on, ReportingDuty.ends_on, ReportingDuty.due_on, ReportingDuty.status
        )
        .where(ReportingDuty.schedule_id == schedule, ReportingDuty.removed_at.is_(None))
        .order_by(ReportingDuty.starts_on)
    )
    return [tuple(row) for row in found]


def test_each_period_is_owed_once_however_often_it_is_generated(record: Record) -> None:
    agreement = an_agreement(record)
    schedule = a_schedule(record, agreement_id=agreement)
    assert record.write(generate, schedule).added == 6
    owed = record.read(duties, schedule)
    assert [row[1:4] for row in owed[:2]] == [
        (date(2026, 1, 15), date(2026, 1, 31), date(2026, 2, 10)),
        (date(2026, 2, 1), date(2026, 2, 28), date(2026, 3, 10)),
    ]
    again = record.write(generate, schedule)
    assert (again.added, again.moved, again.removed) == (0, 0, 0)
    assert record.read(duties, schedule) == owed
    record.undo()
    assert record.read(duties, schedule) == []


def test_working_days_follow_the_weekend_of_the_offices_country(record: Record) -> None:
    schedule = a_schedule(record, agreement_id=an_agreement(record), days=5, working_days=True)
    record.write(generate, schedule)
    assert record.read(duties, schedule)[0][3] == date(2026, 2, 6)  # from Saturday 31 January in the Congo


def test_an_amendment_that_prolongs_adds_new_periods_and_keeps_what_was_worked_on(record: Record) -> None:
    schedule = a_schedule(record, agreement_id=an_agreement(record), ends_on=date(2026, 3, 15))
    record.write(generate, schedule)
    (january, _february, march) = record.read(duties, schedule)
    record.write(submit, january[0], date(2026, 2, 9))
    record.write(edit, Schedule, schedule, {"ends_on": date(2026, 4, 30)})
    done = record.write(generate, schedule)
    assert (done.added, done.moved, done.removed) == (1, 1, 0)
    after = record.read(duties, schedule)
    assert after[0] == (*january[:4], "submitted")
    assert after[2][:3] == (march[0], date(2026, 3, 1), date(2026, 3, 31))
    assert after[3][1:3] == (date(2026, 4, 1), date(2026, 4, 30))


def test_periods_past_a_nearer_end_go_unless_somebody_worked_on_them(record: Record) -> None:
    schedule = a_schedule(record, agreement_id=an_agreement(record))
    record.write(generate, schedule)
    owed = record.read(duties, schedule)
    record.write(edit, ReportingDuty, owed[5][0], {"notes": "Le partenaire demande un délai."})
    record.write(edit, Schedule, schedule, {"ends_on": date(2026, 3, 31)})
    assert record.write(generate, schedule).removed == 2
    assert [row[0] for row in record.read(duties, schedule)] == [row[0] for row in (*owed[:3], owed[5])]


def test_a_day_that_a_note_explains_stays(record: Record) -> None:
    schedule = a_schedule(record, agreement_id=an_agreement(record))
    record.write(generate, schedule)
    first, second, *_rest = record.read(duties, schedule)
    later = {"due_on": date(2026, 2, 28)}
    record.write(edit, ReportingDuty, first[0], later | {"notes": "Délai accordé par écrit."})
    record.write(edit, ReportingDuty, second[0], later)
    record.write(generate, schedule)
    assert [row[3] for row in record.read(duties, schedule)[:2]] == [date(2026, 2, 28), date(2026, 3, 10)]


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_whatever_was_worked_on_stays_and_the_rest_covers_the_time(record: Record, data: st.DataObject) -> None:
    """After any changes of dates and frequency, no day is owed twice and none is forgotten."""
    agreement = an_agreement(record)
    frequencies = st.sampled_from(("monthly", "quarterly", "half_yearly", "yearly", "final"))
    schedule = a_schedule(record, agreement_id=agreement, frequency=data.draw(frequencies))
    kept: dict[UUID, Row] = {}
    for _unused in range(2):
        record.write(generate, schedule)
        for row in record.read(duties, schedule):
            if row[0] not in kept and data.draw(st.booleans()):
                record.write(start_drafting, row[0])
        kept = {row[0]: row for row in record.read(duties, schedule) if row[4] != "planned"}
        starts_on = data.draw(st.dates(date(2025, 10, 1), date(2026, 4, 30)))
        ends_on = starts_on + timedelta(days=data.draw(st.integers(0, 400)))
        changed = {"starts_on": starts_on, "ends_on": ends_on, "frequency": data.draw(frequencies)}
        record.write(edit, Schedule, schedule, changed)
    record.write(generate, schedule)
    after = record.read(duties, schedule)
    assert {row[0]: row for row in after if row[0] in kept} == kept
    assert all(before[2] < later[1] for before, later in pairwise(after))
    covered = {row[1] + timedelta(days=n) for row in after for n in range((row[2] - row[1]).days + 1)}
    assert {starts_on + timedelta(days=n) for n in range((ends_on - starts_on).days + 1)} <= covered
    assert record.write(generate, schedule).added == 0


def test_a_schedule_says_under_what_a_report_is_owed_and_can_be_counted(record: Record) -> None:
    agreement = an_agreement(record)
    with pytest.raises(NeedsValue):
        a_schedule(record, agreement_id=agreement, direction="out")
    with pytest.raises(TooManyPeriods):
        a_schedule(record, agreement_id=agreement, ends_on=date(2926, 1, 1))
    with pytest.raises(NoSuchDay):
        a_schedule(record, agreement_id=agreement, days=10**15, working_days=True)
    with pytest.raises(NoSuchDay):
        a_schedule(record, agreement_id=agreement, days=10**8)


def test_a_report_goes_its_way_and_comes_back_once(record: Record) -> None:
    schedule = a_schedule(record, contribution_id=a_contribution(record), frequency="final")
    record.write(generate, schedule)
    ((duty, *_rest),) = record.read(duties, schedule)
    record.write(start_drafting, duty)
    record.write(start_checking, duty)
    record.write(submit, duty, date(2026, 7, 8))
    with pytest.raises(NeedsValue):
        record.write(send_back, duty, "  ")
    record.write(send_back, duty, "Les annexes manquent.")
    record.write(submit, duty, date(2026, 7, 20))
    with pytest.raises(AcceptedBeforeSubmitted):
        record.write(accept, duty, date(2026, 7, 19))
    record.write(accept, duty, date(2026, 7, 30))
    assert record.read(duties, schedule)[0][4] == "accepted"


def test_an_amendment_of_the_agreement_prolongs_what_is_owed_until_its_end(record: Record) -> None:
    agreement = an_agreement(record, starts_on=FIRST, ends_on=date(2026, 3, 31))
    until_its_end = a_schedule(record, agreement_id=agreement, ends_on=date(2026, 3, 31))
    shorter = a_schedule(record, agreement_id=agreement, ends_on=date(2026, 2, 28))
    for schedule in (until_its_end, shorter):
        record.write(generate, schedule)
    record.write(signed, agreement)
    before = record.read(duties, until_its_end)
    record.write(amend, agreement, "no_cost_extension", "Accès", FIRST, {"ends_on": date(2026, 5, 31)})
    assert len(record.read(duties, until_its_end)) == 5
    assert len(record.read(duties, shorter)) == 2
    record.undo()
    assert record.read(duties, until_its_end) == before


def test_a_report_that_is_typed_in_settles_what_was_owed(record: Record) -> None:
    agreement = an_agreement(record)
    schedule = a_schedule(record, agreement_id=agreement)
    record.write(generate, schedule)
    first, second, *_rest = record.read(duties, schedule)
    for days, named in (((first[1], first[2]), {}), ((first[1], second[2]), {}), ((first[1], second[2]), second)):
        values = {"organisation_id": record.read(partner_of, agreement), "agreement_id": agreement}
        values |= {"starts_on": days[0], "ends_on": days[1], "received_on": date(2026, 2, 9), "channel": "paper"}
        record.write(arrive, values | ({"duty_id": named[0]} if named else {}))
    assert [row[4] for row in record.read(duties, schedule)[:3]] == ["submitted", "submitted", "planned"]


@deed("Take in")
def arrive(session: Session, values: Any) -> None:
    """A report without its figures."""
    report = ReceivedReport(**values)
    session.add(report)
    arrived(session, report)


STEPS = {
    "drafting": (start_drafting, ()),
    "checking": (start_checking, ()),
    "submitted": (submit, (date(2026, 7, 8),)),
    "sent_back": (send_back, ("Incomplet",)),
    "accepted": (accept, (date(2026, 7, 9),)),
    "waived": (waive, ("Plus dû",)),
    "planned": (owe_again, ()),
}


def test_only_legal_steps_are_taken(record: Record) -> None:
    schedule = a_schedule(record, contribution_id=a_contribution(record), frequency="final")
    record.write(generate, schedule)
    ((duty, *_rest),) = record.read(duties, schedule)
    with pytest.raises(ByItsOwnDeed):
        record.write(edit, ReportingDuty, duty, {"status": "accepted"})
    for before, legal in TRANSITIONS.items():
        for after, (step, values) in STEPS.items():
            record.write(set_status, duty, before)
            if after in legal:
                record.write(step, duty, *values)
                assert record.read(duties, schedule)[0][4] == after
            else:
                with pytest.raises(NotALegalStep):
                    record.write(step, duty, *values)


@deed("Put {status}")
def set_status(session: Session, id: UUID, status: str) -> None:
    """Whatever came before."""
    session.scalars(select(ReportingDuty).where(ReportingDuty.id == id)).one().status = status


def test_due_and_overdue_are_worked_out() -> None:
    day = date(2026, 3, 10)
    assert standing("drafting", day, day) == "due"
    assert standing("drafting", day, day + timedelta(days=1)) == "overdue"
    assert standing("submitted", day, day + timedelta(days=1)) == "submitted"


@pytest.fixture
def quarter(record: Record) -> tuple[UUID, UUID, Sequence[UUID]]:
    """A donor's quarterly report, its contribution, and three partners: two paid from it, one of them never asked."""
    contribution = a_contribution(record)
    agreements = [an_agreement(record, name) for name in ("Alpha", "Bêta", "Gamma")]
    money = {"stage": "commitment", "on": FIRST, "amount": 100, "currency": "USD"}
    for agreement in agreements[:2]:
        record.write(add, Allocation, {"contribution_id": contribution, "agreement_id": agreement, **money})
    donors = a_schedule(record, contribution_id=contribution, frequency="quarterly")
    record.write(generate, donors)
    for agreement in (agreements[0], agreements[2]):
        record.write(generate, a_schedule(record, agreement_id=agreement))
    return record.read(duties, donors)[0][0], contribution, agreements


def test_a_donors_report_shows_what_partners_have_not_sent(record: Record, quarter: Any) -> None:
    donors, _contribution, (alpha, beta, _gamma) = quarter
    record.write(signed, beta)
    missing = record.read(gaps, donors)
    assert [(gap.partner, gap.starts_on, gap.received) for gap in missing] == [
        ("Alpha", date(2026, 1, 15), False),
        ("Alpha", date(2026, 2, 1), False),
        ("Alpha", date(2026, 3, 1), False),
        ("Alpha", date(2026, 4, 1), False),
        ("Bêta", date(2026, 1, 15), False),
    ]
    assert missing[-1].duty_id is None and missing[-1].agreement_id == beta
    first, second = missing[0].duty_id, missing[1].duty_id
    assert first and second
    record.write(submit, first, date(2026, 2, 9))
    report = {"organisation_id": record.read(partner_of, alpha), "duty_id": second, "channel": "telephone"}
    days = {"starts_on": date(2026, 2, 1), "ends_on": date(2026, 2, 28), "received_on": date(2026, 3, 9)}
    record.write(add, ReceivedReport, report | days)
    assert [gap.received for gap in record.read(gaps, donors)] == [True, True, False, False, False]
    record.write(send_back, first, "Illisible")
    assert not record.read(gaps, donors)[0].received
    record.write(submit, first, date(2026, 2, 20))
    record.write(accept, first, date(2026, 2, 21))
    assert first not in [gap.duty_id for gap in record.read(gaps, donors)]


def test_partners_reports_are_tied_once_to_one_report_of_the_donor(record: Record, quarter: Any) -> None:
    donors, _contribution, _agreements = quarter
    schedule = record.read(schedule_of, donors)
    (_first, second, *_rest) = record.read(duties, schedule)
    assert record.write(take_up, donors) == 4
    assert record.write(take_up, donors) == 0
    assert [gap.starts_on for gap in record.read(gaps, second[0]) if gap.duty_id] == [
        date(2026, 5, 1),
        date(2026, 6, 1),
    ]


@deed("Sign")
def signed(session: Session, id: UUID) -> None:
    """Whatever it takes."""
    session.scalars(select(Agreement).where(Agreement.id == id)).one().status = "active"


def partner_of(session: Session, agreement: UUID) -> UUID:
    return session.scalars(select(Agreement.partner_id).where(Agreement.id == agreement)).one()


def schedule_of(session: Session, duty: UUID) -> UUID | None:
    return session.scalars(select(ReportingDuty.schedule_id).where(ReportingDuty.id == duty)).one()


# --- the schedules that a donor's requirements ask for ----------------------------------------------------------------


def test_the_requirements_of_a_donor_schedule_the_reports_on_its_contribution(record: Record) -> None:
    contribution = a_contribution(record)
    with pytest.raises(NeedsValue):
        record.write(schedule_as_required, contribution, {})
    period = {"starts_on": date(2026, 1, 1), "ends_on": date(2027, 3, 31)}
    record.write(edit, Contribution, contribution, period)
    with pytest.raises(NoDaysRequired):
        record.write(schedule_as_required, contribution, {})
    (donor,) = record.read(lambda session: session.scalars(select(Contribution.donor_id)).all())
    asked = {"organisation_id": donor, "name": "Convention", "interim_days": 30, "final_days": 90}
    record.write(add, Requirements, asked)
    found = record.read(required, contribution)
    assert (found.name, found.interim_days, found.final_days, found.ends_on) == (
        "Convention",
        30,
        90,
        period["ends_on"],
    )
    interim, final = record.write(schedule_as_required, contribution, {"frequency": "half_yearly"})
    due = {schedule: [row[1:4] for row in record.read(duties, schedule)] for schedule in (interim, final)}
    assert due == {
        interim: [
            (date(2026, 1, 1), date(2026, 6, 30), date(2026, 7, 30)),
            (date(2026, 7, 1), date(2026, 12, 31), date(2027, 1, 30)),
        ],
        final: [(date(2026, 1, 1), date(2027, 3, 31), date(2027, 6, 29))],
    }
    with pytest.raises(AlreadyScheduled):
        record.write(schedule_as_required, contribution, {})
    record.undo()
    assert not record.read(duties, interim)
    (only,) = record.write(schedule_as_required, contribution, {"frequency": "yearly", "ends_on": date(2026, 12, 31)})
    assert len(record.read(duties, only)) == 1, "one period has no report on the way to its end"

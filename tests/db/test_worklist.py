"""The work list holds whatever is due, by how soon, and nothing that is done."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from db.base import Entity
from db.commands.duties import send_back, submit
from db.commands.engagements import answer, keep
from db.commands.entries import add, edit
from db.commands.removing import remove
from db.commands.women_led import review
from db.deeds import deed
from db.models import (
    Agreement,
    Assessment,
    CapacityAction,
    Commitment,
    Contribution,
    GoverningDocument,
    Question,
    ReceivedReport,
    ReportingDuty,
    Risk,
    Tranche,
    WomenLedAssessment,
)
from db.queries.due import Due
from db.queries.kinds import KINDS
from db.queries.women_led import assessments_of
from db.queries.worklist import WorkList, due_until, worklist
from db.record import Record
from tests.builders import add_partner

TODAY = date(2026, 11, 22)
Values = Mapping[str, Any]


def in_days(days: int) -> date:
    return TODAY + timedelta(days=days)


@deed("Put {status}")
def put(session: Session, entity: type[Entity], id: UUID, status: str) -> None:
    """Whatever it takes."""
    thing: Any = session.scalars(select(entity).where(entity.id == id)).one()
    thing.status = status


@pytest.fixture
def partner(record: Record) -> UUID:
    return record.write(add_partner, "Femmes d'essai")


@pytest.fixture
def agreement(record: Record, partner: UUID) -> UUID:
    agreement = record.write(add, Agreement, {"title": "Accord d'essai", "partner_id": partner})
    record.write(put, Agreement, agreement, "active")
    return agreement


def groups(work: WorkList) -> list[list[str]]:
    return [[due.title for due in group] for group in (work.overdue, work.within_30, work.within_60, work.within_90)]


def test_what_is_due_stands_under_how_soon(record: Record, partner: UUID) -> None:
    for days in (-400, -1, 0, 30, 31, 60, 61, 90, 91):
        values = {"title": str(days), "side": "us", "organisation_id": partner, "due_on": in_days(days)}
        record.write(add, Commitment, values)
    work = record.read(worklist, TODAY)
    assert groups(work) == [["-400", "-1"], ["0", "30"], ["31", "60"], ["61", "90"]]
    assert work.overdue[0] == Due(
        "commitments", work.overdue[0].id, "-400", "Femmes d'essai", in_days(-400), "We promised it", partner
    )


def test_an_empty_record_has_nothing_to_do(record: Record) -> None:
    assert not record.read(worklist, TODAY).any


def test_each_kind_of_work_is_there_until_it_is_done(record: Record, partner: UUID, agreement: UUID) -> None:
    donor = record.write(add_partner, "Fonds inventé")
    soon, ours = in_days(10), {"organisation_id": partner}
    of_agreement = {"agreement_id": agreement}
    scheme = {"version": "2020", "assessed_on": in_days(-300), "valid_until": soon}
    duty = {"direction": "in", "kind": "narrative", "due_on": soon, **of_agreement}
    made: dict[str, tuple[type[Entity], Values, Values | Callable[[UUID], object]]] = {
        "duties": (ReportingDuty, duty, lambda id: record.write(submit, id, TODAY)),
        "tranches": (
            Tranche,
            {"number": 2, "currency": "USD", "planned_on": soon, "planned_amount": 100, **of_agreement},
            {"paid_on": TODAY, "paid_amount": 100},
        ),
        "commitments": (
            Commitment,
            {"title": "Note", "side": "partner", "due_on": soon, **ours},
            lambda id: record.write(keep, id, TODAY),
        ),
        "questions": (
            Question,
            {"title": "Combien ?", "asked_on": TODAY, "due_on": soon, **ours},
            lambda id: record.write(answer, id, "Trois", TODAY),
        ),
        "contributions": (
            Contribution,
            {"title": "Don", "donor_id": donor, "ends_on": soon, "stage": "received"},
            {"stage": "closed"},
        ),
        "governing-documents": (
            GoverningDocument,
            {"title": "Statuts", "kind": "statutes", "expires_on": soon, **ours},
            {"expires_on": in_days(1000)},
        ),
        "assessments": (Assessment, {"scheme": "unpp", **scheme, **ours}, {"valid_until": in_days(1000)}),
        "capacity-actions": (
            CapacityAction,
            {"title": "Former", "side": "us", "due_on": soon, **ours},
            {"status": "done"},
        ),
        "risks": (Risk, {"title": "Accès", "nature": "risk", "due_on": soon, **of_agreement}, {"status": "closed"}),
    }
    record.write(put, Agreement, agreement, "draft")  # its tranches are planned before it is signed
    ids = {kind: record.write(add, entity, values) for kind, (entity, values, _done) in made.items()}
    record.write(put, Agreement, agreement, "active")
    found = {due.kind: due for due in record.read(worklist, TODAY).within_30}
    assert {kind: due.id for kind, due in found.items()} == ids
    assert all(due.due_on == soon and due.title and due.organisation and KINDS[due.kind] for due in found.values())
    assert all(due.organisation == ("Fonds inventé" if kind == "contributions" else "Femmes d'essai")
               for kind, due in found.items())  # fmt: skip
    for kind, (entity, _values, done) in made.items():
        if callable(done):
            done(ids[kind])
        else:
            record.write(edit, entity, ids[kind], done)
        assert kind not in {due.kind for due in record.read(worklist, TODAY).within_30}
    assert not record.read(worklist, TODAY).any


def test_an_agreement_is_brought_up_before_it_ends_and_after_it_should_have(record: Record, agreement: UUID) -> None:
    record.write(put_end, agreement, in_days(60))
    (ending,) = record.read(worklist, TODAY).within_60
    assert (ending.kind, ending.id, ending.reason) == ("agreements", agreement, "Agreement ends")
    (past,) = record.read(worklist, in_days(61)).overdue
    assert past.reason == "Agreement past its end"
    record.write(put, Agreement, agreement, "ended")
    assert not record.read(worklist, in_days(61)).any


@deed("Put an end")
def put_end(session: Session, id: UUID, on: date) -> None:
    session.scalars(select(Agreement).where(Agreement.id == id)).one().ends_on = on


def test_a_paper_that_a_newer_one_replaced_is_no_work(record: Record, partner: UUID) -> None:
    for expires in (-30, 700):
        values = {"organisation_id": partner, "title": "Enregistrement", "kind": "registration"}
        record.write(add, GoverningDocument, {**values, "expires_on": in_days(expires)})
        scheme = {"organisation_id": partner, "scheme": "unpp", "assessed_on": in_days(expires - 365)}
        newest = record.write(add, Assessment, {**scheme, "valid_until": in_days(expires)})
    assert not record.read(worklist, TODAY).any
    record.write(remove, Assessment, newest)
    (old,) = record.read(worklist, TODAY).overdue
    assert (old.kind, old.title, old.reason) == ("assessments", "Femmes d'essai", "Due diligence (UN Partner Portal)")


def test_a_status_that_is_no_longer_valid_is_assessed_again(record: Record, partner: UUID) -> None:
    record.write(assessed, partner, in_days(-1))
    (due,) = record.read(worklist, TODAY).overdue
    assert (due.kind, due.title) == ("women-led-assessments", "Femmes d'essai")


def test_an_assessment_that_was_rejected_is_valid_until_no_day_and_is_made_anew(record: Record, partner: UUID) -> None:
    record.write(assessed, partner, in_days(80))
    (one,) = record.read(assessments_of, partner)
    record.write(review, one.id, "rejected", note="Preuve trop ancienne")
    (again,), (due,) = record.read(assessments_of, partner), record.read(due_until, TODAY, date.max)
    assert (again.valid_until, due.due_on) == (None, again.reviewed_on)


@deed("Assess")
def assessed(session: Session, partner: UUID, valid_until: date) -> None:
    values = {"said": "yes", "definition": "WLO-50", "definition_version": "1", "status": "met"}
    session.add(
        WomenLedAssessment(organisation_id=partner, assessed_on=date(2025, 1, 1), valid_until=valid_until, **values)
    )


def test_a_report_that_is_late_is_missing_until_it_came(record: Record, partner: UUID, agreement: UUID) -> None:
    duty = {"direction": "in", "kind": "narrative", "agreement_id": agreement, "due_on": in_days(-3)}
    id = record.write(add, ReportingDuty, duty)
    (missing,) = record.read(worklist, TODAY).overdue
    assert missing.reason == "The partner's report is missing"
    days = {"starts_on": in_days(-40), "ends_on": in_days(-10), "received_on": in_days(-1)}
    record.write(add, ReceivedReport, {"organisation_id": partner, "duty_id": id, "channel": "paper", **days})
    (came,) = record.read(worklist, TODAY).overdue
    assert came.reason == "Report from the partner"
    record.write(submit, id, TODAY)
    assert not record.read(worklist, TODAY).any
    record.write(send_back, id, "Incomplet")
    (back,) = record.read(worklist, TODAY).overdue
    assert back.reason == "Report sent back, to be sent again"


def test_what_has_no_day_is_not_forgotten(record: Record, partner: UUID) -> None:
    record.write(add, Question, {"title": "Combien ?", "asked_on": TODAY, "organisation_id": partner})
    work = record.read(worklist, TODAY)
    assert [(matter.kind, matter.title) for matter in work.undated] == [("questions", "Combien ?")]
    assert groups(work) == [[], [], [], []]


def test_the_calendar_looks_as_far_as_it_is_asked(record: Record, partner: UUID) -> None:
    for days in (-5, 300, 400):
        values = {"title": str(days), "side": "us", "organisation_id": partner, "due_on": in_days(days)}
        record.write(add, Commitment, values)
    assert [due.title for due in record.read(due_until, TODAY, in_days(365))] == ["-5", "300"]

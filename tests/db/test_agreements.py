"""Agreements: the steps of their status, approvals that know what they approved, amendments, budgets, tranches."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from db.commands.agreed_lines import LineChange, LineOnlyByAmendment, MoreThanPaid
from db.commands.agreements import (
    GoesWithItsAgreement,
    IllegalStep,
    NoFurtherStep,
    NotApproved,
    NotProlonged,
    StaysOnceSigned,
    UnderItself,
    approve,
    change_status,
)
from db.commands.amending import AMENDED, NothingAmended, NotSignedYet, OnlyByAmendment, amend, amend_as_typed
from db.commands.checking import EndsBeforeStart
from db.commands.entries import ByItsOwnDeed, add, edit
from db.commands.removing import remove
from db.errors import NeedsValue, RecordError
from db.fields import fields_of
from db.models import Agreement, Amendment, Approval, BudgetLine, Risk, StatusChange, Tranche
from db.models.agreements import TRANSITIONS
from db.money import Money, NeedsCurrency
from db.queries.agreements import agreement_page, digest_of
from db.queries.due import Due
from db.queries.tranches import LateTranche, ageing
from db.queries.worklist import worklist
from db.record import Record
from i18n import Words
from tests.builders import add_partner

DAY = date(2026, 5, 4)
TERMS = {
    "title": "Écoute et orientation (essai)",
    "starts_on": date(2026, 1, 1),
    "ends_on": date(2026, 12, 31),
    "currency": "USD",
    "amount": 100_000_00,
    "overhead_rate": Decimal("7"),
}


@pytest.fixture
def agreement(record: Record) -> UUID:
    partner = record.write(add_partner, "Femmes d'essai")
    return record.write(add, Agreement, TERMS | {"partner_id": partner})


def step(record: Record, agreement: UUID, *statuses: str) -> None:
    for status in statuses:
        record.write(change_status, agreement, {"status": status, "on": DAY, "reason": None})


def signed(record: Record, agreement: UUID) -> None:
    step(record, agreement, "review", "approved")
    record.write(approve, agreement, {"decision": "approved", "on": DAY})
    step(record, agreement, "signed")


def held(session: Session, entity: Any, id: UUID | None = None) -> list[Any]:
    query = select(entity).where(entity.removed_at.is_(None)).order_by(entity.row)
    rows = session.scalars(query if id is None else query.where(entity.id == id)).all()
    return [{key: value for key, value in vars(row).items() if not key.startswith("_")} for row in rows]


def late(record: Record, on: date) -> list[Due]:
    return [each for each in record.read(worklist, on).overdue if each.kind == "tranches"]


def page(record: Record, agreement: UUID, on: date = DAY) -> Any:
    return record.read(agreement_page, agreement, on)


def test_a_status_moves_along_the_legal_steps_and_each_is_kept(record: Record, agreement: UUID) -> None:
    step(record, agreement, "review")
    with pytest.raises(IllegalStep) as refused:
        step(record, agreement, "active")
    said = refused.value
    words = Words.of("en")
    assert words.gettext(said.message).format(**said.values(words)) == (
        "An agreement with the status “Under review” cannot become “Active”. "
        "It can become: Approved, Draft and Agreement cancelled."
    )
    step(record, agreement, "cancelled")
    with pytest.raises(NoFurtherStep):
        step(record, agreement, "draft")
    assert [(each["before"], each["after"], each["on"]) for each in record.read(held, StatusChange)] == [
        ("draft", "review", DAY),
        ("review", "cancelled", DAY),
    ]
    assert {each["person_id"] for each in record.read(held, StatusChange)} == {record.person}
    with pytest.raises(ByItsOwnDeed):
        record.write(edit, Agreement, agreement, {"status": "active"})


def test_nothing_is_signed_that_was_not_approved_as_it_stands(record: Record, agreement: UUID) -> None:
    step(record, agreement, "review", "approved")
    with pytest.raises(NotApproved):
        step(record, agreement, "signed")
    record.write(approve, agreement, {"decision": "approved", "on": DAY})
    record.write(edit, Agreement, agreement, {"amount": 120_000_00})
    (stale,) = page(record, agreement).stale
    assert stale.person == "Amani Essai"
    with pytest.raises(NotApproved):
        step(record, agreement, "signed")
    record.write(edit, Agreement, agreement, {"amount": 100_000_00})
    assert not page(record, agreement).stale, "what was approved stands again"
    record.write(approve, agreement, {"decision": "sent_back", "on": DAY})
    with pytest.raises(NotApproved):
        step(record, agreement, "signed")
    record.write(approve, agreement, {"decision": "approved", "on": DAY})
    step(record, agreement, "signed")
    assert record.read(held, Agreement)[0]["signed_on"] == DAY


def test_a_signed_agreement_changes_by_amendments_which_keep_what_stood_there(record: Record, agreement: UUID) -> None:
    with pytest.raises(NotSignedYet):
        record.write(amend, agreement, "no_cost_extension", "Retard", DAY, {"ends_on": date(2027, 3, 31)})
    signed(record, agreement)
    for key, value in {"title": "Autre", "ends_on": date(2027, 1, 1), "amount": 1, "currency": "EUR"}.items():
        with pytest.raises(OnlyByAmendment):
            record.write(edit, Agreement, agreement, {key: value})
    record.write(edit, Agreement, agreement, {"notes": "Se lit toujours", "title": TERMS["title"]})
    record.write(amend, agreement, "no_cost_extension", "Retard", DAY, {"ends_on": date(2027, 3, 31)})
    record.write(
        amend_as_typed,
        agreement,
        {
            "type": "budget",
            "reason": None,
            "signed_on": DAY,
            **TERMS,
            "ends_on": date(2027, 3, 31),
            "amount": 90_000_00,
        },
    )
    assert [(each["number"], each["changes"]) for each in record.read(held, Amendment)] == [
        (1, {"ends_on": {"before": "2026-12-31", "after": "2027-03-31"}}),
        (2, {"amount": {"before": "100000.00 USD", "after": "90000.00 USD"}}),
    ]
    (now,) = record.read(held, Agreement)
    assert (now["ends_on"], now["amount"]) == (date(2027, 3, 31), 90_000_00)
    assert page(record, agreement).amendments == 2
    assert len(page(record, agreement).stale) == 1, "what was approved was another end and another amount"
    for changes, error in (
        ({"ends_on": date(2025, 1, 1)}, EndsBeforeStart),
        ({"currency": None}, NeedsCurrency),
        ({"title": None}, RecordError),
        ({}, NothingAmended),
        ({"status": "closed"}, OnlyByAmendment),
    ):
        with pytest.raises(error):
            record.write(amend, agreement, "administrative", None, DAY, changes)
    record.undo()
    assert record.read(held, Agreement)[0]["amount"] == 100_000_00
    assert page(record, agreement).amendments == 1


def test_lines_of_a_signed_agreement_change_by_amendments_which_keep_them(record: Record, agreement: UUID) -> None:
    of = {"agreement_id": agreement, "currency": "USD"}
    line = record.write(add, BudgetLine, of | {"title": "Équipes", "donor_amount": 60_000_00})
    other = record.write(add, BudgetLine, of | {"title": "Espaces", "donor_amount": 40_000_00})
    planned = {"number": 1, "planned_on": DAY, "planned_amount": 50_000_00}
    tranche = record.write(add, Tranche, of | planned)
    record.write(edit, BudgetLine, line, {"donor_amount": 61_000_00})
    signed(record, agreement)
    unsigned = record.write(add, Agreement, TERMS | {"partner_id": record.read(held, Agreement)[0]["partner_id"]})
    for entity, id, values in (
        (BudgetLine, line, {"donor_amount": 1}),
        (BudgetLine, line, {"title": "Autre"}),
        (BudgetLine, line, {"agreement_id": unsigned}),
        (Tranche, tranche, {"planned_on": DAY + timedelta(days=1)}),
        (Tranche, tranche, {"planned_amount": 1}),
    ):
        with pytest.raises(LineOnlyByAmendment):
            record.write(edit, entity, id, values)
    with pytest.raises(LineOnlyByAmendment):
        record.write(add, BudgetLine, of | {"title": "De plus"})
    with pytest.raises(LineOnlyByAmendment):
        record.write(add, Tranche, of | planned | {"number": 2})
    with pytest.raises(LineOnlyByAmendment) as refused:  # beside the field that was typed
        record.write(add, Tranche, of | {"number": 2, "planned_on": DAY})
    assert refused.value.field == fields_of(Tranche)["planned_on"].name
    for entity, id in ((BudgetLine, line), (Tranche, tranche)):
        with pytest.raises(LineOnlyByAmendment):
            record.write(remove, entity, id)
    record.write(edit, BudgetLine, line, {"code": "A", "donor_amount": 61_000_00})
    record.write(edit, Tranche, tranche, {"paid_on": DAY, "paid_amount": 50_000_00, "liquidated_amount": 10})
    unplanned = record.write(add, Tranche, of | {"number": 2, "paid_on": DAY, "paid_amount": 5})
    record.write(remove, Tranche, unplanned)

    changes = (
        LineChange(BudgetLine, line, {"donor_amount": 55_000_00}),
        LineChange(BudgetLine, other, None),
        LineChange(BudgetLine, None, {"title": "Transport", "currency": "USD", "donor_amount": 46_000_00}),
        LineChange(Tranche, tranche, {"planned_on": date(2026, 7, 1), "planned_amount": 50_000_00}),
    )
    record.write(amend, agreement, "budget", "Routes coupées", DAY, {}, changes)
    assert {each["title"]: each["donor_amount"] for each in record.read(held, BudgetLine)} == {
        "Équipes": 55_000_00,
        "Transport": 46_000_00,
    }
    kept = record.read(held, Amendment)[0]["changes"]["lines"]
    assert [
        (each["title"], each["before"].get("donor_amount"), each["after"].get("donor_amount")) for each in kept
    ] == [
        ("Équipes", "61000.00 USD", "55000.00 USD"),
        ("Espaces", "40000.00 USD", None),
        ("Transport", None, "46000.00 USD"),
        ("1", None, None),
    ]
    assert kept[0]["id"] == line.hex and kept[0]["kind"] == "budget_line"
    assert (kept[3]["before"], kept[3]["after"]) == ({"planned_on": "2026-05-04"}, {"planned_on": "2026-07-01"})
    assert record.read(held, Tranche)[0]["paid_amount"] == 50_000_00
    with pytest.raises(NothingAmended):
        record.write(amend, agreement, "budget", None, DAY, {}, [LineChange(BudgetLine, line, {"title": "Équipes"})])
    record.undo()
    assert [each["title"] for each in record.read(held, BudgetLine)] == ["Équipes", "Espaces"]


def test_what_ended_runs_again_only_once_it_is_prolonged(record: Record, agreement: UUID) -> None:
    signed(record, agreement)
    step(record, agreement, "active", "ended")
    later = {"status": "active", "on": date(2027, 2, 1), "reason": "Prolongé"}
    with pytest.raises(NotProlonged):
        record.write(change_status, agreement, later)
    record.write(amend, agreement, "no_cost_extension", None, DAY, {"ends_on": date(2027, 6, 30)})
    record.write(change_status, agreement, later)
    assert record.read(held, Agreement)[0]["status"] == "active"


def test_rules_across_fields(record: Record, agreement: UUID) -> None:
    with pytest.raises(NeedsCurrency):
        record.write(edit, Agreement, agreement, {"currency": None})
    with pytest.raises(UnderItself):
        record.write(edit, Agreement, agreement, {"parent_id": agreement})
    tranche = {"agreement_id": agreement, "number": 1, "currency": "USD", "planned_amount": 500}
    with pytest.raises(NeedsValue):
        record.write(add, Tranche, tranche | {"paid_amount": 500})
    with pytest.raises(MoreThanPaid):
        record.write(add, Tranche, tranche | {"paid_amount": 500, "paid_on": DAY, "liquidated_amount": 501})
    with pytest.raises(ByItsOwnDeed):
        forged = {"agreement_id": agreement, "person_id": record.person, "decision": "approved", "on": DAY}
        record.write(add, Approval, forged | {"digest": "0" * 64})


def test_the_page_sums_in_each_currency_and_shows_what_does_not_add_up(record: Record, agreement: UUID) -> None:
    for values in (
        {"title": "Salaires", "currency": "USD", "donor_amount": 80_000_00, "partner_amount": 5_000_00},
        {"title": "Local", "currency": "USD", "in_kind_amount": 8_000_00},
        {"title": "Frais indirects", "currency": "USD", "donor_amount": 5_600_00, "overhead": True},
        {"title": "Sur place", "currency": "CDF", "donor_amount": 250_00},
    ):
        record.write(add, BudgetLine, values | {"agreement_id": agreement})
    for values in (
        {
            "number": 1,
            "planned_amount": 50_000_00,
            "paid_amount": 50_000_00,
            "paid_on": DAY,
            "overhead_amount": 3_000_00,
        }
        | {"liquidated_amount": 20_000_00, "liquidated_on": DAY + timedelta(days=40)},
        {"number": 2, "planned_amount": 35_600_00, "planned_on": DAY + timedelta(days=90)},
    ):
        record.write(add, Tranche, values | {"agreement_id": agreement, "currency": "USD"})
    record.write(add, Risk, {"agreement_id": agreement, "nature": "issue", "title": "Route coupée"})
    shown = page(record, agreement, DAY + timedelta(days=10))
    congo, dollars = shown.budgets
    assert congo.total == Money(Decimal("250"), "CDF")
    assert congo.difference is None, "an amount in dollars leaves nothing over in francs"
    assert dollars.total == Money(Decimal("98600"), "USD")
    assert dollars.difference == Money(Decimal("1400"), "USD")
    assert dollars.overhead == Money(Decimal("5600"), "USD")
    (tranches,) = shown.tranches
    assert (tranches.planned.amount, tranches.paid.amount, tranches.liquidated.amount) == (85_600, 50_000, 0)
    assert tranches.outstanding == Money(Decimal("50000"), "USD")
    assert round(tranches.overheads_rate or 0, 2) == Decimal("6.38")
    assert (shown.overheads_agreed, shown.open_risks, shown.next_statuses) == (Decimal("7"), 1, ("review", "cancelled"))
    more = {"paid_amount": 1_00, "paid_on": DAY + timedelta(days=20), "liquidated_amount": 1_00}
    record.write(add, Tranche, {"agreement_id": agreement, "number": 3, "currency": "USD"} | more)
    assert page(record, agreement, DAY).tranches[0].overheads_rate == tranches.overheads_rate
    (later,) = page(record, agreement, DAY + timedelta(days=40)).tranches
    assert later.overheads_rate is None, "what nobody said is not zero"
    assert later.outstanding == Money(Decimal("30000"), "USD")


@pytest.mark.parametrize(
    ("days", "age"),
    [(0, "0-30"), (30, "0-30"), (31, "31-60"), (60, "31-60"), (61, "61-90"), (90, "61-90"), (91, "90+")],
)
def test_ageing_counts_the_days_since_a_tranche_was_paid(record: Record, agreement: UUID, days: int, age: str) -> None:
    paid = {"number": 1, "currency": "USD", "paid_amount": 1_000_00, "paid_on": DAY, "liquidated_amount": 400_00}
    record.write(add, Tranche, paid | {"agreement_id": agreement, "liquidated_on": DAY})
    found = record.read(ageing, DAY + timedelta(days=days))
    assert (found.rows[0].age, found.rows[0].days) == (age, days)
    assert {name: sums for name, sums in found.sums().items() if sums} == {age: (Money(Decimal("600"), "USD"),)}


def test_a_tranche_is_late_while_its_agreement_runs(record: Record, agreement: UUID) -> None:
    planned = {"agreement_id": agreement, "number": 1, "currency": "USD", "planned_amount": 5, "planned_on": DAY}
    tranche = record.write(add, Tranche, planned)
    assert not late(record, DAY + timedelta(days=1)), "nobody waits for the money of a draft"
    signed(record, agreement)
    after = DAY + timedelta(days=1)
    assert not late(record, DAY) and not page(record, agreement).late
    assert [each.id for each in late(record, after)] == [tranche]
    assert page(record, agreement, after).late == (LateTranche(1, DAY, Money.of(5, "USD")),)
    record.write(edit, Tranche, tranche, {"paid_on": DAY, "paid_amount": 5})
    assert not late(record, after) and not page(record, agreement, after).late


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(wanted=st.lists(st.sampled_from([*TRANSITIONS]), max_size=12), approving=st.sets(st.integers(0, 11)))
def test_no_sequence_of_steps_reaches_an_illegal_status(record: Record, wanted: list[str], approving: set[int]) -> None:
    partner = record.write(add_partner, "Essai")
    agreement = record.write(add, Agreement, {"title": "Essai", "partner_id": partner})
    status = "draft"
    for number, after in enumerate(wanted):
        if number in approving:
            record.write(approve, agreement, {"decision": "approved", "on": DAY})
        try:
            step(record, agreement, after)
        except (IllegalStep, NotApproved):
            assert after not in TRANSITIONS[status] or after == "signed"
        else:
            assert after in TRANSITIONS[status]
            status = after
        (now,) = record.read(held, Agreement, agreement)
        assert now["status"] == status


TERM_CHANGES: list[tuple[str, dict[str, Any], bool]] = [
    *(("agreement", {key: value}, True) for key, value in {"title": "T", "amount": 5}.items()),
    ("agreement", {"selection": "direct", "description": "Autre"}, True),
    ("agreement", {"notes": "Appelé hier"}, False),
    ("agreement", {"overhead_rate": Decimal("7.00")}, False),
    ("line", {"donor_amount": 6}, True),
    ("line", {"title": "Autre ligne"}, True),
    ("tranche", {"planned_on": DAY}, True),
    ("tranche", {"paid_on": DAY, "paid_amount": 7, "reference": "V-1"}, False),
    ("tranche", {"liquidated_on": None}, False),
]


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(changes=st.lists(st.sampled_from(TERM_CHANGES), min_size=1, max_size=4))
def test_the_digest_changes_exactly_when_the_terms_do(
    record: Record, changes: list[tuple[str, dict[str, Any], bool]]
) -> None:
    partner = record.write(add_partner, "Essai")
    agreement = record.write(add, Agreement, TERMS | {"partner_id": partner})
    parts = {"agreement_id": agreement, "currency": "USD"}
    things = {
        "agreement": (Agreement, agreement),
        "line": (BudgetLine, record.write(add, BudgetLine, parts | {"title": "Ligne"})),
        "tranche": (Tranche, record.write(add, Tranche, parts | {"number": 1})),
    }
    before = record.read(digest_of, agreement)
    for thing, values, _matters in changes:
        record.write(edit, *things[thing], values)
    assert (record.read(digest_of, agreement) != before) is any(matters for _thing, _values, matters in changes)


def test_adding_or_removing_a_line_changes_the_digest(record: Record, agreement: UUID) -> None:
    before = record.read(digest_of, agreement)
    record.write(add, BudgetLine, {"agreement_id": agreement, "title": "Ligne", "currency": "USD"})
    assert record.read(digest_of, agreement) != before
    record.undo()
    assert record.read(digest_of, agreement) == before


def test_every_amended_field_is_a_term(record: Record) -> None:
    from db.queries.agreements import _NO_TERM

    assert not set(AMENDED) & _NO_TERM[Agreement]


def test_what_was_signed_stays_and_what_was_decided_goes_with_its_agreement(record: Record, agreement: UUID) -> None:
    approval = record.write(approve, agreement, {})
    record.write(change_status, agreement, {"status": "review"})
    (made,) = record.read(held, StatusChange)
    for entity, id in ((Approval, approval), (StatusChange, made["id"])):
        with pytest.raises(GoesWithItsAgreement):
            record.write(remove, entity, id)
    record.write(remove, Agreement, agreement)
    assert not record.read(held, Approval) and not record.read(held, StatusChange)
    record.undo()
    for status in ("approved", "signed", "active", "terminated"):
        record.write(change_status, agreement, {"status": status})
        if status != "approved":
            with pytest.raises(StaysOnceSigned):
                record.write(remove, Agreement, agreement)

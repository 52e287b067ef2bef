"""What the record holds about an organisation, told to it: all of its own, nothing of others, in four formats."""

from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from db.commands.documents import add_document
from db.commands.entries import add
from db.commands.organisations import add_name, add_organisation
from db.commands.screening import keep_screening
from db.errors import NotThere
from db.models import (
    Activity,
    Agreement,
    Assessment,
    Attendance,
    CapacityAction,
    ConfidentialNote,
    Contact,
    Engagement,
    Flag,
    GoverningDocument,
    Issued,
    Organisation,
    OrganisationRole,
    Position,
    Risk,
    Training,
    Tranche,
)
from db.queries.held import OrganisationNamed, held_about
from db.queries.scope import Scope
from db.record import Record
from desktop.deliver import Order, deliver
from desktop.guard.audiences import Audience
from desktop.reports.held import ForThePartnerOnly
from desktop.reports.report import Asked

DAY = date(2026, 3, 8)
SECRET = "Témoignage sous le sceau du secret"


def entry(record: Record, entity: type[Any], **values: Any) -> UUID:
    return record.write(add, entity, values)


@pytest.fixture
def partner(record: Record) -> UUID:
    """A partner with something of many kinds, some of it not to be told."""
    partner = record.write(add_organisation, {"name": "Femmes d'essai", "notes": "Trois relances"})
    other = record.write(add_organisation, {"name": "Témoin d'essai", "may_be_named": False})
    record.write(add_name, partner, {"name": "نساء التجربة", "language": "ar", "use": "official"})
    person = entry(record, Contact, organisation_id=partner, name="Contact d'essai", email="contact@essai.example")
    stranger = entry(record, Contact, organisation_id=other, name="Contact du témoin")
    entry(record, GoverningDocument, organisation_id=partner, title="Statuts d'essai", kind="statutes")
    record.write(add_document, Organisation, partner, "note.pdf", b"note", {"title": "Note interne"})
    record.write(
        add_document, Organisation, partner, "accord.pdf", b"accord", {"title": "Accord signé", "audience": "partner"}
    )
    entry(record, Flag, organisation_id=partner, level="red", category="sea", raised_on=DAY, body=SECRET)
    entry(record, ConfidentialNote, organisation_id=partner, written_on=DAY, body=SECRET)
    record.write(keep_screening, partner, person, "Liste inventée", DAY, "match", "XXi.001")
    agreement = entry(
        record, Agreement, partner_id=partner, title="Accord d'essai", type="project", currency="USD", amount=1_250_00
    )
    entry(record, Tranche, agreement_id=agreement, number=1, planned_on=DAY, planned_amount=500_00, currency="USD")
    entry(record, Risk, agreement_id=agreement, title="Risque interne", nature="risk")
    meeting = entry(
        record, Engagement, on=DAY, title="Réunion d'essai", type="meeting", organisation_id=partner, summary=SECRET
    )
    entry(record, Attendance, engagement_id=meeting, contact_id=person)
    entry(record, Attendance, engagement_id=meeting, contact_id=stranger)
    entry(record, Position, engagement_id=meeting, organisation_id=other, body=SECRET)
    entry(
        record, Assessment, organisation_id=partner, scheme="hact", assessed_on=DAY, agency_id=other, rating="low_risk"
    )
    entry(record, Activity, title="Écoute d'essai", partner_id=partner, reporter_id=other, sector="PRO-GBV")
    entry(record, Training, title="Formation d'essai", starts_on=DAY, organisation_id=partner, women=4, men=2)
    entry(record, CapacityAction, organisation_id=partner, title="Plan d'essai", side="us", contact_id=person)
    return partner


def told(record: Record, partner: UUID) -> dict[str, list[dict[str, object]]]:
    held = record.read(held_about, partner)
    return {
        kind.entity: [{field.name: value for field, value in thing.values} for thing in kind.things]
        for kind in held.kinds
    }


def test_everything_of_its_own_is_told_with_the_fields_names(record: Record, partner: UUID) -> None:
    kinds = told(record, partner)
    assert kinds["organisation"] == [{"Name": "Femmes d'essai", "Notes": "Trois relances"}]
    assert kinds["contact"][0]["Work e-mail"] == "contact@essai.example"
    assert "Accord d'essai" in kinds["agreement"][0].values()
    assert {"organisation_name", "organisation_role", "governing_document", "activity", "training", "tranche"} <= set(
        kinds
    )
    assert kinds["capacity_action"][0]["Responsible at the partner"] == "Contact d'essai"


def test_nothing_of_others_is_told_and_each_refusal_has_its_ground(record: Record, partner: UUID) -> None:
    held = record.read(held_about, partner)
    text = repr(held)
    assert SECRET not in text and "sealed:" not in text
    assert "Note interne" not in text and "Accord signé" in text
    assert "Contact du témoin" not in text and "XXi.001" not in text and "Risque interne" not in text
    withheld = {one.entity: one.count for one in held.withheld}
    assert withheld == {
        "assessment": 1,
        "confidential_note": 1,
        "document": 1,
        "engagement": 1,
        "flag": 1,
        "risk": 1,
        "screening": 1,
    }
    (reporter,) = [
        value
        for row in told(record, partner)["activity"]
        for value in row.values()
        if isinstance(value, OrganisationNamed)
    ]
    assert reporter.may_be_named is False


def test_a_contact_is_told_what_concerns_the_contact(record: Record, partner: UUID) -> None:
    person = record.read(lambda session: session.scalar(select(Contact.id).where(Contact.organisation_id == partner)))
    held = record.read(held_about, contact_id=person)
    assert {kind.entity for kind in held.kinds} == {"contact", "capacity_action", "attendance"}
    assert held.name == "Contact d'essai"
    with pytest.raises(NotThere):
        record.read(held_about, contact_id=partner)


@pytest.mark.parametrize("language", ["fr", "ar"])
@pytest.mark.parametrize("form", ["pdf", "docx", "xlsx", "text"])
def test_it_leaves_for_the_partner_alone_and_what_was_withheld_is_kept(
    record: Record, partner: UUID, tmp_path: Path, language: str, form: Any
) -> None:
    out = tmp_path / f"detenu.{form}"
    asked = Asked(Scope(partner=partner), Audience.PARTNER)
    made = deliver(record, Order("held", asked, language, form), out)
    assert out.read_bytes() == made.content
    if form == "text":
        text = made.content.decode()
        assert "Statuts d'essai" in text and "Femmes d'essai" in text
        assert "Témoin d'essai" not in text and SECRET not in text

    def issued(session: Session) -> dict[str, Any]:
        return session.scalars(select(Issued)).one().asked

    kept = record.read(issued)
    assert kept["partner"] == str(partner)
    assert any(one["kind"] == "flag" and one["count"] == 1 and one["ground"] for one in kept["withheld"])


@pytest.mark.parametrize("audience", [Audience.DONOR, Audience.PUBLIC])
def test_it_is_for_nobody_else(record: Record, partner: UUID, tmp_path: Path, audience: Audience) -> None:
    with pytest.raises(ForThePartnerOnly):
        deliver(record, Order("held", Asked(Scope(partner=partner), audience), "fr", "text"), tmp_path / "x.txt")
    assert not list(tmp_path.glob("x*"))


def test_roles_are_told_as_choices(record: Record, partner: UUID) -> None:
    assert told(record, partner)["organisation_role"] == [{OrganisationRole.role.info["field"].name: "partner"}]


def test_what_is_held_about_a_contact_leaves_in_the_same_way(record: Record, partner: UUID, tmp_path: Path) -> None:
    person = record.read(lambda session: session.scalar(select(Contact.id).where(Contact.organisation_id == partner)))
    asked = Asked(Scope(partner=partner, contact=person), Audience.PARTNER)
    text = deliver(record, Order("held", asked, "fr", "text"), tmp_path / "x.txt").content.decode()
    assert "contact@essai.example" in text and "Statuts d'essai" not in text
    stranger = Asked(Scope(partner=person, contact=person), Audience.PARTNER)
    with pytest.raises(NotThere):
        deliver(record, Order("held", stranger, "fr", "text"), tmp_path / "y.txt")


def test_of_a_large_record_so_many_things_are_told_and_how_many_more_there_are(
    record: Record, partner: UUID, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for number in range(4):
        entry(record, Contact, organisation_id=partner, name=f"Contact {number}")
    monkeypatch.setattr("db.queries.held.MOST", 3)
    held = record.read(held_about, partner)
    contacts = next(one for one in held.kinds if one.entity == Contact.__tablename__)
    assert len(contacts.things) == 3 and contacts.more == 2
    asked = Asked(Scope(partner=partner), Audience.PARTNER)
    deliver(record, Order("held", asked, "en", "text"), tmp_path / "held.txt")
    assert "And 2 more of 5" in (tmp_path / "held.txt").read_text(encoding="utf-8")

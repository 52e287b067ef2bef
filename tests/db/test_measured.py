"""Whose money an agreement is of, and which aim is that of a scope."""

from db.commands.entries import add
from db.commands.organisations import add_organisation
from db.models import Agreement, Aim, BudgetLine, Contribution, Indicator, Place
from db.queries.grant import partners_of
from db.queries.measured import measured
from db.queries.paid import agreements_of
from db.queries.scope import Scope
from db.record import Record
from tests.builders import add_partner


def test_an_agreement_that_a_contribution_pays_a_line_of_is_of_its_money(record: Record) -> None:
    donor = record.write(add_organisation, {"name": "Fonds inventé"}, ("donor",))
    money, other = (
        record.write(add, Contribution, {"donor_id": donor, "title": title, "currency": "USD"}) for title in "AB"
    )
    partner = record.write(add_partner, "Femmes debout")
    agreement = record.write(add, Agreement, {"title": "Accord inventé", "partner_id": partner, "currency": "USD"})
    line = {"agreement_id": agreement, "title": "Salaires", "currency": "USD", "contribution_id": money}
    record.write(add, BudgetLine, line)
    found = {
        each: record.read(lambda session, scope: session.scalars(agreements_of(scope)).all(), Scope(contribution=each))
        for each in (money, other)
    }
    assert found == {money: [agreement], other: []}
    assert record.read(partners_of, Scope(contribution=money)) == (), "it is not signed"


def test_the_target_of_one_place_is_not_that_of_the_whole(record: Record) -> None:
    zone = record.write(add, Place, {"name": "Zone inventée", "kind": "admin", "level": 2})
    indicator = record.write(add, Indicator, {"name": "Filles aidées", "unit": "persons"})
    record.write(add, Aim, {"indicator_id": indicator, "kind": "target", "value": 40, "place_id": zone})
    (whole,), (there,) = (record.read(measured, [indicator], Scope(place=place)) for place in (None, zone))
    assert whole.target is None
    assert there.target is not None and there.target.value == 40

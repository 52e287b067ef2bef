"""Of several assessments the newest day holds, whichever was typed last, and every answer agrees on it."""

from datetime import date

from db.commands.women_led import assess_women_led
from db.queries.fivew import fivew
from db.queries.listing import Asked, page, rows_in_order
from db.queries.lists import ORGANISATIONS
from db.queries.organisations import organisation_page
from db.queries.overview import overview
from db.queries.protection import protection
from db.queries.scope import Scope
from db.record import Record
from tests.builders import add_activity, add_partner


def test_the_newest_assessment_holds_everywhere(record: Record) -> None:
    partner = record.write(add_partner, "Femmes d'essai")
    record.write(add_activity, partner, "Écoute")
    for status, day in (("met", date(2026, 5, 1)), ("not_met", date(2025, 5, 1))):
        record.write(
            assess_women_led,
            partner,
            {
                "said": "yes",
                "definition": "WLO-50",
                "definition_version": "1",
                "status": status,
                "assessed_on": day,
                "evidence": "Statuts",
            },
        )
    assert [one.status for one in record.read(organisation_page, partner).assessments] == ["met", "not_met"]
    numbers = record.read(rows_in_order, ORGANISATIONS, Asked("name"))
    assert "met" in record.read(page, ORGANISATIONS, numbers)[numbers[0]]
    assert record.read(overview).women_led == 1
    assert record.read(protection, Scope()).partners[partner].women_led == "met"
    (activity,) = record.read(fivew, Scope()).activities
    assert activity.partner is not None and activity.partner.women_led == "met"

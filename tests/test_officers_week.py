"""An officer's week, from Monday to Friday, through the same deeds and questions as the window: all names invented.

A partner led by women is registered with its evidence, and a colleague rejects one criterion; an agreement is signed
and amended; a contribution comes earmarked more tightly than the donor gave it; a tranche is late; a meeting brings two
promises; a quarter is reported by sex, age and disability; and what went to women-led partners, by layer, is what one
works out by hand.
"""

from datetime import date
from decimal import Decimal
from uuid import UUID

from sqlalchemy import select

from db.commands.agreements import approve, change_status
from db.commands.amending import amend
from db.commands.engagements import add_engagement
from db.commands.entries import add
from db.commands.organisations import add_organisation
from db.commands.people import give_passphrase
from db.commands.places import add_place
from db.commands.received import ReportedLine, receive_report
from db.commands.results import correct_result
from db.commands.women_led import assess, review
from db.models import (
    Agreement,
    Allocation,
    Amendment,
    Breakdown,
    Contribution,
    Framework,
    FrameworkItem,
    Indicator,
    LeadershipCount,
    Person,
    Result,
    Tranche,
    WomenLedAssessment,
)
from db.money import Money
from db.queries.check import check
from db.queries.engagements import open_matters
from db.queries.indicators import rolled_up
from db.queries.layers import shares
from db.queries.organisations import organisation_page
from db.queries.worklist import worklist
from db.record import Record
from tests.builders import CHEAP, PASSPHRASE, everything

THEIRS = "la phrase de la collègue"
TODAY = date(2026, 6, 12)


def status_of(record: Record, partner: UUID) -> str:
    """What the partner's page says of the assessment that holds."""
    return record.read(organisation_page, partner).assessments[0].status


def test_an_officers_week(record: Record) -> None:
    before = record.read(everything)

    # Monday: a partner led by women, with its evidence; a colleague looks at it and rejects one criterion.
    partner = record.write(
        add_organisation,
        {
            "name": "Femmes du Lac, association d'essai",
            "type": "national_ngo",
            "reach": "national",
            "affiliated": False,
        },
    )
    other = record.write(
        add_organisation, {"name": "Entraide d'essai", "type": "national_ngo", "reach": "national", "affiliated": False}
    )
    counted = {"counted_on": date(2026, 6, 1), "board_women": 5, "board_total": 8, "senior_women": 3, "senior_total": 6}
    record.write(add, LeadershipCount, {"organisation_id": partner, "woman_head": False, **counted})
    assessment = record.write(
        assess,
        partner,
        {"said": "yes", "definition": "WLO-50", "assessed_on": date(2026, 6, 8)},
        {
            "W-2": {"answer": "met", "evidence": "Liste du conseil : 5 femmes sur 8"},
            "W-3": {"answer": "met", "evidence": "Organigramme : 3 femmes sur 6"},
        },
    )
    assert status_of(record, partner) == "met"
    colleague = record.write(add, Person, {"name": "Furaha Essai"})
    give_passphrase(record, colleague, THEIRS, cost=CHEAP)
    record.unlock(THEIRS)
    record.write(review, assessment, "rejected", ["W-3"], "L'organigramme date de 2023.")
    assert status_of(record, partner) == "unknown"  # what nobody has shown is not known, rather than false
    held = select(WomenLedAssessment.said, WomenLedAssessment.review, WomenLedAssessment.reviewed_by_id)
    assert record.read(lambda session: session.execute(held).one()) == ("yes", "rejected", colleague)
    record.unlock(PASSPHRASE)
    again = {
        "W-2": {"answer": "met", "evidence": "Liste du conseil : 5 femmes sur 8"},
        "W-3": {"answer": "met", "evidence": "Organigramme de juin 2026 : 3 femmes sur 6"},
    }
    record.write(assess, partner, {"said": "yes", "definition": "WLO-50", "assessed_on": date(2026, 6, 9)}, again)
    assert status_of(record, partner) == "met"

    # Tuesday: a donor that gave to a pooled fund binds us to one project; an agreement is signed, then amended.
    donor = record.write(add_organisation, {"name": "Coopération d'essai", "type": "donor"}, ("donor",))
    given = {"donor_id": donor, "title": "Protection au bord du lac", "amount": 100_000_00, "currency": "EUR"}
    contribution = record.write(
        add,
        Contribution,
        {**given, "earmarking": "I", "earmarking_given": "F", "starts_on": date(2026, 1, 1), "channel": "direct"},
    )
    agreement = record.write(
        add,
        Agreement,
        {
            "title": "Écoute au bord du lac",
            "partner_id": partner,
            "currency": "EUR",
            "amount": 40_000_00,
            "starts_on": date(2026, 2, 1),
            "ends_on": date(2026, 9, 30),
        },
    )
    tranche = {"agreement_id": agreement, "number": 1, "currency": "EUR", "planned_amount": 20_000_00}
    record.write(add, Tranche, {**tranche, "planned_on": date(2026, 5, 31)})
    for status in ("review", "approved", "signed", "active"):
        if status == "approved":
            record.write(approve, agreement, {"decision": "approved", "on": date(2026, 1, 20)})
        record.write(change_status, agreement, {"status": status, "on": date(2026, 1, 25)})
    record.write(
        amend,
        agreement,
        "no_cost_extension",
        "Route coupée",
        date(2026, 6, 9),
        {"ends_on": date(2026, 12, 31)},
    )
    changes = record.read(lambda session: session.scalars(select(Amendment.changes)).one())
    assert changes == {"ends_on": {"before": "2026-09-30", "after": "2026-12-31"}}

    # Wednesday: a meeting with two promises; what is late and promised stands in the work list.
    record.write(
        add_engagement,
        {"title": "Réunion d'essai", "type": "meeting", "on": date(2026, 6, 10), "organisation_id": donor},
        commitments=[
            {"title": "Envoyer les chiffres", "side": "us", "due_on": date(2026, 6, 30)},
            {"title": "Confirmer le versement", "side": "partner", "due_on": date(2026, 7, 15)},
        ],
    )
    matters = record.read(open_matters, donor)
    assert [len(matters.ours), len(matters.theirs)] == [1, 1]
    work = record.read(worklist, TODAY)
    assert [(due.kind, due.due_on) for due in work.overdue] == [("tranches", date(2026, 5, 31))]
    assert ("commitments", date(2026, 6, 30)) in {(due.kind, due.due_on) for due in work.within_30}

    # Thursday: the quarter, dictated by telephone, by sex, age and disability; one figure is corrected later.
    north, south = (
        record.write(add_place, {"name": name, "kind": "admin", "level": 1}) for name in ("Rive nord", "Rive sud")
    )
    frame = record.write(add, Framework, {"code": "ESSAI", "name": "Cadre d'essai"})
    line = record.write(add, FrameworkItem, {"framework_id": frame, "code": "R1", "kind": "outcome", "name": "Écoute"})
    reached = record.write(
        add,
        Indicator,
        {"item_id": line, "name": "Personnes écoutées", "roll_up_periods": "largest", "roll_up_places": "sum"},
    )
    quarter = {"starts_on": date(2026, 4, 1), "ends_on": date(2026, 6, 30), "received_on": date(2026, 6, 11)}
    record.write(
        receive_report,
        {"organisation_id": partner, "agreement_id": agreement, "channel": "telephone", **quarter},
        [
            ReportedLine(reached, north, 60, women=31, men=4, girls=20, boys=5, with_disability=6),
            ReportedLine(reached, south, 25, women=18, girls=7),
        ],
    )
    assert value_of(record, reached) == 85
    wrong = record.read(lambda session: session.scalars(select(Result.id).where(Result.place_id == south)).one())
    record.write(correct_result, wrong, {"value": 27, "reason": "Rappelée vendredi : deux garçons oubliés"})
    assert value_of(record, reached) == 87
    parts = record.read(lambda session: session.scalars(select(Breakdown.value).where(Breakdown.disability)).all())
    assert parts == [6]

    # Friday: the share of women-led partners by layer. 40,000 were committed to the partner, of which it passed 10,000
    # on to another one; 20,000 went to that one directly from us; 30,000 we spend ourselves: 90,000 in all.
    engaged = allocate(record, contribution, 40_000, recipient_id=partner, agreement_id=agreement)
    allocate(record, contribution, 10_000, recipient_id=other, agreement_id=agreement, parent_id=engaged)
    allocate(record, contribution, 20_000, recipient_id=other)
    allocate(record, contribution, 30_000)
    found = record.read(shares, "commitment", date(2026, 1, 1), date(2026, 12, 31), "EUR")
    assert found.total == euros(90_000)
    assert found.of(["L1"], women_led="met").passed_on == euros(30_000)
    assert found.of(["L1"], women_led="met").share == Decimal(30_000) / Decimal(90_000)
    assert found.of(["L1"], women_led="unknown").passed_on == euros(20_000)
    assert found.of(["L2"]).passed_on == euros(10_000)
    assert found.counted.passed_on == euros(50_000)

    # And all of it can be taken back, to the record as it was on Monday morning.
    assert check(record) == ()
    while record.read(everything) != before:
        record.undo()


def value_of(record: Record, indicator: UUID) -> int | None:
    """The indicator over both banks of the lake, as it is declared to roll up."""
    return record.read(rolled_up, indicator, date(2026, 4, 1), date(2026, 6, 30)).value


def allocate(record: Record, contribution: UUID, units: int, **to: UUID) -> UUID:
    """Commit so many euros of a contribution."""
    minor = euros(units).minor
    day = {"stage": "commitment", "on": date(2026, 6, 12), "currency": "EUR"}
    return record.write(add, Allocation, {"contribution_id": contribution, "amount": minor, **day, **to})


def euros(units: int) -> Money:
    return Money(Decimal(units), "EUR")

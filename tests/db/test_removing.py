"""Removing: parts go along, users are named, nothing is lost."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from db.commands.agreements import approve, change_status
from db.commands.amending import amend
from db.commands.entries import add
from db.commands.removing import remove
from db.commands.women_led import assess
from db.deeds import deed
from db.errors import NotThere, PointsAtRemoved, RecordError, StillPointedAt
from db.models import (
    Activity,
    ActivityFunding,
    Agreement,
    Amendment,
    Organisation,
    Result,
    WomenLedAssessment,
)
from db.queries.history import deeds
from db.record import Record
from i18n import Words
from tests.builders import add_activity, add_partner, everything, names


@deed("Add a result")
def add_result(session: Session, activity: object) -> None:
    session.add(Result(activity_id=activity, nature="declared", value=12))


@deed("Add funding")
def add_funding(session: Session, activity: object, donor: object) -> None:
    session.add(ActivityFunding(activity_id=activity, kind="donor", donor_id=donor))


def test_parts_go_with_the_whole_and_the_history_names_it(record: Record) -> None:
    partner = record.write(add_partner, "Femmes debout")
    activity = record.write(add_activity, partner, "Écoute")
    record.write(add_result, activity)
    record.write(remove, Activity, activity)
    held = record.read(everything)
    assert not held["activity"] and not held["result"] and held["organisation"]
    newest = record.read(deeds)[0]
    assert (newest.deed, newest.details) == (
        "Remove “{what}” ({kind})",
        {"what": "Écoute", "kind": {"term": "Activity"}},
    )


def test_what_is_still_used_is_not_removed_and_its_users_are_named(record: Record) -> None:
    partner = record.write(add_partner, "Femmes debout")
    for n in range(7):
        record.write(add_activity, partner, f"Activité {n}")
    before = record.read(everything)
    with pytest.raises(StillPointedAt) as refused:
        record.write(remove, Organisation, partner)
    assert record.read(everything) == before
    words = Words.of("en")
    sentence = words.gettext(refused.value.message).format(**refused.value.values(words))
    assert "7" in sentence and "Activité 0" in sentence and "Activité 6" not in sentence


def test_a_user_without_a_name_goes_by_that_of_its_whole(record: Record) -> None:
    donor, partner = record.write(add_partner, "Bailleur"), record.write(add_partner, "Femmes debout")
    activity = record.write(add_activity, partner, "Écoute")
    record.write(add_funding, activity, donor)
    with pytest.raises(StillPointedAt) as refused:
        record.write(remove, Organisation, donor)
    assert refused.value.gaps["names"] == ["Écoute"]


def test_what_is_removed_already_does_not_stand_in_the_way(record: Record) -> None:
    partner = record.write(add_partner, "Femmes debout")
    activity = record.write(add_activity, partner, "Écoute")
    record.write(remove, Activity, activity)
    record.write(remove, Organisation, partner)
    assert record.read(names) == []
    with pytest.raises(NotThere):
        record.write(remove, Organisation, partner)


def test_nothing_is_made_to_point_at_what_was_removed_meanwhile(record: Record) -> None:
    gone = record.write(add_partner, "Partie")
    record.undo()
    before = record.read(everything)
    with pytest.raises(PointsAtRemoved):
        record.write(add_activity, gone, "Écoute")
    assert record.read(everything) == before


def test_removing_takes_no_value_away(record: Record) -> None:
    partner = record.write(add_partner, "Femmes debout")
    record.write(remove, Organisation, partner)
    kept = record.read(lambda session: session.scalars(select(Organisation.name)).all())
    assert kept == ["Femmes debout"]


def test_what_was_reviewed_and_what_was_amended_stays(record: Record) -> None:
    partner = record.write(add_partner, "Femmes debout")
    assessment = record.write(
        assess, partner, {"definition": "WLO-50"}, {"W-1": {"answer": "met", "evidence": "Statuts d'essai"}}
    )
    agreement = record.write(add, Agreement, {"title": "Accord", "partner_id": partner})
    record.write(approve, agreement, {})
    for status in ("review", "approved", "signed"):
        record.write(change_status, agreement, {"status": status})
    amendment = record.write(amend, agreement, "administrative", "Adresse", None, {})
    record.write(reviewed_by_somebody, assessment)
    for entity, id in ((WomenLedAssessment, assessment), (Amendment, amendment)):
        with pytest.raises(RecordError):
            record.write(remove, entity, id)
    assert {"women_led_assessment", "amendment"} <= {name for name, rows in record.read(everything).items() if rows}


@deed("Review")
def reviewed_by_somebody(session: Session, assessment: object) -> None:
    session.get_one(WomenLedAssessment, session.scalar(select(WomenLedAssessment.row))).review = "confirmed"

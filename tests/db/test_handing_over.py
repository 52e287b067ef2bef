"""Handing over: every open duty passes on in one deed, the way in is closed, and neither loses the record."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from db import keys
from db.base import Entity
from db.commands.entries import add
from db.commands.handing_over import InTheirPresence, NotASuccessor, finish, hand_over, pass_on
from db.commands.people import give_passphrase, set_role
from db.errors import CannotOpenSealed, LastReader, LastWayIn, NeedsValue, WrongPassphrase
from db.models import (
    Agreement,
    CapacityAction,
    Commitment,
    Contribution,
    Engagement,
    Person,
    Question,
    ReportingDuty,
    Risk,
)
from db.queries.people import open_duties
from db.record import Record
from tests.builders import CHEAP, PASSPHRASE, add_partner, everything

THEIRS = "la phrase de ma collègue"
ON = date(2026, 6, 30)


@pytest.fixture
def duties(record: Record) -> dict[str, UUID]:
    """One open thing of each kind that somebody follows, and some that are settled, all with the first person."""
    partner = record.write(add_partner, "Association d'essai")
    day = date(2026, 5, 4)

    def made(entity: type[Entity], **values: Any) -> UUID:
        return record.write(add, entity, {"person_id": record.person} | values)

    about = {"organisation_id": partner}
    made(Commitment, title="Tenue", side="us", done_on=day, **about)
    made(Question, title="Répondue ?", asked_on=day, answer="Oui", answered_on=day, **about)
    made(Engagement, title="Sans suite", type="call", on=day, **about)
    made(Risk, nature="risk", title="Clos", status="closed")
    return {
        "duties": made(ReportingDuty, title="Rapport", direction="in", kind="both", due_on=day, **about),
        "commitments": made(Commitment, title="Promesse", side="us", due_on=date(2026, 7, 1), **about),
        "questions": made(Question, title="Combien ?", asked_on=day, **about),
        "capacity-actions": made(CapacityAction, title="Former", side="us", **about),
        "agreements": made(Agreement, title="Accord", partner_id=partner),
        "contributions": made(Contribution, title="Don", donor_id=partner),
        "engagements": made(Engagement, title="Visite", type="visit", on=day, next_step="Rappeler", **about),
        "risks": made(Risk, nature="risk", title="Pluies", due_on=date(2026, 8, 1)),
    }


def colleague(record: Record) -> UUID:
    return record.write(add, Person, {"name": "Furaha Essai"})


def test_every_open_duty_passes_on_and_is_told_soonest_first(record: Record, duties: dict[str, UUID]) -> None:
    successor = colleague(record)
    told = record.write(pass_on, record.person, {"successor_id": successor, "left_on": ON})
    assert {duty.kind: duty.id for duty in told} == duties
    assert [duty.title for duty in told[:3]] == ["Rapport", "Promesse", "Pluies"]
    assert {duty.whom for duty in told if duty.kind != "risks"} == {"Association d'essai"}
    assert next(duty.title for duty in told if duty.kind == "engagements") == "Rappeler"
    assert record.read(open_duties, record.person) == ()
    assert set(record.read(open_duties, successor)) == set(told)


def test_taking_it_back_gives_the_duties_back_and_leaves_the_way_in_closed(
    record: Record, duties: dict[str, UUID], made: tuple[object, str]
) -> None:
    leaver, successor = record.person, colleague(record)
    give_passphrase(record, successor, THEIRS, reads_sealed=True, cost=CHEAP)
    before = record.read(everything)
    handed = hand_over(record, leaver, {"successor_id": successor, "left_on": ON})
    for secret in (PASSPHRASE, made[1]):
        with pytest.raises(WrongPassphrase):
            keys.unlock(record.path, secret)
    assert handed.code is not None
    assert keys.unlock(record.path, handed.code) == keys.unlock(record.path, THEIRS)
    record.unlock(THEIRS)
    record.undo()
    assert record.read(everything) == before
    assert len(record.read(open_duties, leaver)) == len(duties)
    with pytest.raises(WrongPassphrase):
        keys.unlock(record.path, PASSPHRASE)


def test_a_successor_without_a_passphrase_gets_one_at_once(record: Record) -> None:
    successor = colleague(record)
    handed = hand_over(
        record, record.person, {"successor_id": successor, "left_on": ON}, THEIRS, reads_sealed=True, cost=CHEAP
    )
    record.unlock(THEIRS)
    assert record.person == successor
    assert record.key.sealing is not None
    assert handed.code is not None


def test_a_successor_who_could_not_read_what_is_sealed_reads_it_once_they_type_their_passphrase(record: Record) -> None:
    successor = colleague(record)
    give_passphrase(record, successor, THEIRS, cost=CHEAP)
    assert keys.unlock(record.path, THEIRS).sealing is None
    values, slots = {"successor_id": successor, "left_on": ON}, keys.load(record.path)
    with pytest.raises(InTheirPresence):
        hand_over(record, record.person, values, reads_sealed=True)
    assert keys.load(record.path) == slots
    code = hand_over(record, record.person, values, THEIRS, reads_sealed=True, cost=CHEAP).code
    assert code
    for secret in (THEIRS, code):
        assert keys.unlock(record.path, secret).sealing == record.key.sealing


def test_nothing_is_handed_over_that_would_shut_everybody_out(record: Record, duties: dict[str, UUID]) -> None:
    successor = colleague(record)
    values = {"successor_id": successor, "left_on": ON}
    before, slots = record.read(everything), keys.load(record.path)
    with pytest.raises(LastWayIn):
        hand_over(record, record.person, values)
    with pytest.raises(LastReader):
        hand_over(record, record.person, values, THEIRS, cost=CHEAP)
    assert record.read(everything) == before
    assert keys.load(record.path) == slots


def test_whoever_cannot_read_confidential_texts_does_not_weaken_the_successors_code(record: Record) -> None:
    successor, manager, leaver = colleague(record), colleague(record), colleague(record)
    give_passphrase(record, successor, THEIRS, reads_sealed=True, cost=CHEAP)
    give_passphrase(record, manager, "la phrase d'un autre", cost=CHEAP)
    record.write(set_role, manager, {"role": "manager"})
    record.unlock("la phrase d'un autre")
    with pytest.raises(CannotOpenSealed):
        hand_over(record, leaver, {"successor_id": successor, "left_on": ON})


@pytest.mark.parametrize("who", ["nobody", "oneself", "gone"])
def test_a_successor_is_somebody_else_who_works_here(record: Record, who: str) -> None:
    gone = colleague(record)
    record.write(pass_on, gone, {"successor_id": record.person, "left_on": ON})
    successor = {"nobody": None, "oneself": record.person, "gone": gone}[who]
    with pytest.raises(NeedsValue if who == "nobody" else NotASuccessor):
        record.write(pass_on, record.person, {"successor_id": successor, "left_on": ON})


def test_the_day_of_leaving_is_needed(record: Record) -> None:
    with pytest.raises(NeedsValue):
        record.write(pass_on, record.person, {"successor_id": colleague(record)})


def test_what_the_power_cut_broke_off_is_finished_at_the_next_opening(record: Record) -> None:
    leaver, successor = record.person, colleague(record)
    give_passphrase(record, successor, THEIRS, reads_sealed=True, cost=CHEAP)
    assert finish(record) == ()
    record.write(pass_on, leaver, {"successor_id": successor, "left_on": ON})
    assert finish(record) == ("Amani Essai",)
    with pytest.raises(WrongPassphrase):
        keys.unlock(record.path, PASSPHRASE)
    assert keys.unlock(record.path, THEIRS).raw == record.key.raw
    assert finish(record) == ()


def test_the_last_passphrase_stays_even_of_somebody_who_left(record: Record) -> None:
    record.write(pass_on, record.person, {"successor_id": colleague(record), "left_on": ON})
    assert finish(record) == ()
    assert keys.unlock(record.path, PASSPHRASE)


def test_a_handing_over_that_is_refused_gives_no_passphrase_to_anybody(record: Record) -> None:
    successor, leaver, slots = colleague(record), colleague(record), keys.load(record.path)
    with pytest.raises(NeedsValue):
        hand_over(record, leaver, {"successor_id": successor}, THEIRS, cost=CHEAP)
    assert keys.load(record.path) == slots

"""Roles on one machine: what readers, officers and managers may do, by themselves and by taking back."""

from datetime import date
from uuid import UUID

import pytest
from sqlalchemy.orm import Session

from db import keys
from db.commands.agreements import approve
from db.commands.drafts import keep_draft
from db.commands.entries import ByItsOwnDeed, add, edit
from db.commands.filters import keep_filter
from db.commands.handing_over import hand_over
from db.commands.people import (
    close_way_in,
    give_passphrase,
    let_read,
    set_role,
    stop_reading,
    way_of,
)
from db.commands.removing import remove
from db.deeds import deed
from db.errors import CannotOpenSealed, LastWayIn, NotThere, WeakPassphrase, WrongPassphrase
from db.models import Agreement, Person
from db.record import Record
from db.roles import NotYourRole, role_of
from i18n import Words
from tests.builders import CHEAP, PASSPHRASE, add_partner, names, rename

THEIRS = "la phrase de ma collègue"


@deed("Bind the office by {name}", role="manager")
def bind(session: Session, partner: UUID, name: str) -> None:
    rename(session, partner, name)


@deed("Say hello to {name}", role="reader")
def greet(session: Session, name: str) -> None:
    """What everybody may do."""


def joined(record: Record, role: str | None, name: str = "Furaha Essai") -> UUID:
    """Somebody of the office with a passphrase and a role."""
    person = record.write(add, Person, {"name": name})
    record.write(set_role, person, {"role": role})
    give_passphrase(record, person, THEIRS, cost=CHEAP)
    return person


def test_a_reader_reads_and_keeps_notes_but_changes_nothing(record: Record) -> None:
    joined(record, "reader")
    record.write(add_partner, "Association d'essai")
    record.unlock(THEIRS)
    assert record.read(names) == ["Association d'essai"]
    record.note(keep_draft, record.person, "partner", None, {"name": "Essai"})
    record.write(greet, "tous")
    for refused in (lambda: record.write(add_partner, "Autre"), record.undo):
        with pytest.raises(NotYourRole) as told:
            refused()
    assert record.read(names) == ["Association d'essai"]
    words = Words("en")
    said = told.value.message.format(**told.value.values(words))
    assert "“Partnership officer”" in said
    assert "“Reader”" in said


@pytest.mark.parametrize("role", ["officer", None])
def test_an_officer_does_everyday_deeds_and_leaves_the_others(record: Record, role: str | None) -> None:
    joined(record, role)
    partner = record.write(add_partner, "Association d'essai")
    record.unlock(THEIRS)
    record.write(rename, partner, "Association essayée")
    with pytest.raises(NotYourRole):
        record.write(bind, partner, "Association liée")
    record.undo()
    assert record.read(names) == ["Association d'essai"]


def test_taking_back_and_doing_again_ask_for_the_role_of_the_deed(record: Record) -> None:
    joined(record, "officer")
    partner = record.write(add_partner, "Association d'essai")
    record.write(bind, partner, "Association liée")
    record.unlock(THEIRS)
    with pytest.raises(NotYourRole):
        record.undo()
    record.unlock(PASSPHRASE)
    record.undo()
    record.unlock(THEIRS)
    with pytest.raises(NotYourRole):
        record.redo()
    assert record.read(names) == ["Association d'essai"]


def test_roles_change_by_their_own_deed_only(record: Record) -> None:
    person = joined(record, "officer")
    with pytest.raises(ByItsOwnDeed):
        record.write(edit, Person, person, {"role": "manager"})
    record.unlock(THEIRS)
    with pytest.raises(NotYourRole):
        record.write(set_role, person, {"role": "manager"})
    record.unlock(PASSPHRASE)
    record.write(set_role, person, {"role": "manager"})
    assert record.read(role_of, person) == "manager"
    record.undo()
    assert record.read(role_of, person) == "officer"


def test_the_first_person_may_do_everything_and_the_next_are_officers(record: Record) -> None:
    colleague = record.write(add, Person, {"name": "Furaha Essai"})
    assert record.read(role_of, record.person) == "manager"
    assert record.read(role_of, colleague) == "officer"


def test_a_record_is_never_left_without_anybody_who_may_work_in_it(record: Record) -> None:
    first = record.person
    record.write(set_role, first, {"role": "reader"})
    partner = record.write(add_partner, "Association d'essai")
    record.write(bind, partner, "Association liée")
    record.write(set_role, first, {"role": None})
    assert record.read(role_of, first) == "manager"


def test_only_a_manager_opens_and_closes_ways_in(record: Record) -> None:
    person = joined(record, "officer")
    first = record.person
    record.unlock(THEIRS)
    for refused in (
        lambda: close_way_in(record, first),
        lambda: let_read(record, person, THEIRS),
        lambda: stop_reading(record, first),
        lambda: give_passphrase(record, first, "encore une autre phrase", cost=CHEAP),
    ):
        with pytest.raises(NotYourRole):
            refused()
    assert keys.unlock(record.path, PASSPHRASE).person == first


def test_a_passphrase_of_ones_own_comes_with_a_recovery_code_and_can_be_closed(record: Record) -> None:
    person = record.write(add, Person, {"name": "Furaha Essai"})
    with pytest.raises(WeakPassphrase):
        give_passphrase(record, person, "court", cost=CHEAP)
    code = give_passphrase(record, person, THEIRS, cost=CHEAP)
    assert {keys.unlock(record.path, secret).person for secret in (THEIRS, code)} == {person}
    assert way_of(record, person).passphrase
    close_way_in(record, person)
    before = record.path.with_name(record.path.name + ".keys.prev")
    assert before.read_bytes() == keys.keys_path(record.path).read_bytes()
    for secret in (THEIRS, code):
        with pytest.raises(WrongPassphrase):
            keys.unlock(record.path, secret)
    with pytest.raises(LastWayIn):
        close_way_in(record, record.person)


def test_reading_confidential_texts_is_given_by_somebody_who_can(record: Record) -> None:
    first, person = record.person, joined(record, "manager")
    record.unlock(THEIRS)
    with pytest.raises(CannotOpenSealed):
        let_read(record, person, THEIRS)
    with pytest.raises(CannotOpenSealed):
        give_passphrase(record, person, THEIRS, reads_sealed=True, cost=CHEAP)
    record.unlock(PASSPHRASE)
    let_read(record, person, THEIRS)
    assert way_of(record, person).reads_sealed
    record.unlock(THEIRS)
    stop_reading(record, first)
    assert not way_of(record, first).reads_sealed


def test_nobody_gets_a_passphrase_who_is_not_there(record: Record) -> None:
    person = record.write(add, Person, {"name": "Furaha Essai"})
    record.write(remove, Person, person)
    with pytest.raises(NotThere):
        give_passphrase(record, person, THEIRS, cost=CHEAP)


def test_where_the_manager_has_gone_the_officers_go_on(record: Record) -> None:
    person = joined(record, "officer")
    values = {"successor_id": person, "left_on": date(2026, 6, 30)}
    hand_over(record, record.person, values, THEIRS, reads_sealed=True, cost=CHEAP)
    record.unlock(THEIRS)
    record.write(set_role, person, {"role": "manager"})
    assert record.read(role_of, person) == "manager"


def test_everybody_keeps_searches_and_managers_decide_on_agreements(record: Record) -> None:
    partner = record.write(add_partner, "Association d'essai")
    agreement = record.write(add, Agreement, {"title": "Accord", "partner_id": partner})
    person = joined(record, "reader")
    record.unlock(THEIRS)
    record.write(keep_filter, "partners", "À Bunia", {"search": "Bunia"})
    record.unlock(PASSPHRASE)
    record.write(set_role, person, {"role": "officer"})
    record.unlock(THEIRS)
    with pytest.raises(NotYourRole):
        record.write(approve, agreement, {})

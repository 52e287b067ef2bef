"""What is erased is in no page of the record, and everything else goes on as before."""

from contextlib import suppress
from datetime import date
from pathlib import Path
from random import Random
from uuid import UUID

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from db import backup
from db.caring import choose_second, copy_to_second
from db.commands.documents import add_document
from db.commands.drafts import draft_of, keep_draft
from db.commands.entries import add, edit, edit_many
from db.commands.erasing import NeverErased, SaysWhat, StillHere, anonymise, erase, erase_fields
from db.commands.filters import keep_filter
from db.commands.issuing import Destination, Leaving, note_issued
from db.commands.merging import merge, not_same
from db.commands.people import new_key
from db.commands.removing import remove
from db.deeds import deed, in_words
from db.erasing import erase_for_good, sweep
from db.errors import CannotUndo, RecordError
from db.models import Attendance, ConfidentialNote, Contact, Engagement, Office, Organisation, Person
from db.queries.check import CHAIN, check, findings
from db.queries.entries import entry_page
from db.queries.erasable import Staying, reach
from db.queries.erasures import erasure
from db.queries.found import search
from db.queries.history import deeds, history_of
from db.queries.issued import issued_files
from db.queries.registered import opened_texts
from db.record import Record
from db.restoring import restore
from db.sealed import unseal
from db.sealing import HistoryAltered
from desktop.erasing import elsewhere
from i18n import Words
from tests.anything import ENTITIES, values_of
from tests.builders import PASSPHRASE, PERSON, add_activity, add_partner, rename
from tests.image import image_of

WORD = "Kalimbaya"
GROUND = "Demande de la personne"


def held(record: Record) -> int:
    """How often the word stands in the file, whichever way it is written."""
    return image_of(record).lower().count(WORD.lower().encode())


@pytest.fixture
def partner(record: Record) -> UUID:
    return record.write(add_partner, "Femmes debout")


@pytest.fixture
def contact(record: Record, partner: UUID) -> UUID:
    values = {"organisation_id": partner, "name": f"Rosine {WORD}", "email": f"{WORD}@essai.invalid".lower()}
    return record.write(add, Contact, values)


def visited(record: Record, partner: UUID, contact: UUID) -> UUID:
    engagement = record.write(add, Engagement, {"title": "Visite", "type": "visit", "on": date(2026, 3, 14)})
    record.write(add, Attendance, {"engagement_id": engagement, "organisation_id": partner, "contact_id": contact})
    return engagement


def test_an_erased_person_is_in_no_page_of_the_file(record: Record, partner: UUID, contact: UUID) -> None:
    engagement = visited(record, partner, contact)
    record.write(edit, Contact, contact, {"position": f"Adjointe de {WORD}"})
    record.undo()
    record.write(add_document, Contact, contact, f"{WORD}.txt", f"Lettre de {WORD}".encode(), {})
    record.write(keep_filter, "contacts", f"Avec {WORD}", {"words": WORD})
    record.note(keep_draft, record.person, "contact", contact, {"position": WORD})
    record.note(keep_draft, record.person, "engagement", None, {"summary": f"Vu Rosine {WORD}"})
    leaving = Leaving("held", "internal", {"title": f"Rosine {WORD}"}, "fr", "pdf")
    record.note(note_issued, leaving, "0" * 64, "1", record.person, Destination(f"Rosine {WORD}", "Demande"))
    assert held(record) > 20
    done = erase_for_good(record, Contact, contact, GROUND, copies_too=True)
    assert (done.swept, done.copies, done.erased.mentions) == (True, 0, ())
    assert held(record) == 0
    assert check(record) == ()
    assert record.read(search, WORD) == ()
    assert record.read(draft_of, record.person, "engagement", None) is None
    (left,) = record.read(issued_files)
    assert left.recipients == ("[…]",)
    assert record.read(entry_page, Engagement, engagement).values["title"] == "Visite"


def test_why_a_confidential_text_was_opened_goes_with_what_it_was_about(record: Record, partner: UUID) -> None:
    values = {"organisation_id": partner, "written_on": date(2026, 5, 4), "body": "Une rumeur"}
    note = record.write(add, ConfidentialNote, values)
    record.note(unseal, ConfidentialNote, note, "body", f"Plainte de la mère, {WORD}")
    erase_for_good(record, ConfidentialNote, note, GROUND)
    assert held(record) == 0
    assert [text.person for text in record.read(opened_texts)] == [PERSON]
    assert check(record) == ()


def test_removing_takes_no_value_away(record: Record, contact: UUID) -> None:
    assert held(record) > 0
    record.write(remove, Contact, contact)
    sweep(record)
    assert held(record) > 0


def test_the_history_says_that_something_was_erased_and_on_what_ground_never_what(
    record: Record, contact: UUID
) -> None:
    record.write(erase, Contact, contact, GROUND)
    newest, added, *_earlier = record.read(deeds)
    assert (newest.details["ground"], newest.person) == (GROUND, "Amani Essai")
    assert added.details["what"] == {"term": "erased"}
    assert [(step.added, step.removed, step.fields) for step in record.read(history_of, Contact, contact)] == [
        (False, False, ())
    ] * 2


def test_a_ground_that_says_what_is_erased_is_refused(record: Record, contact: UUID) -> None:
    with pytest.raises(SaysWhat):
        record.write(erase, Contact, contact, f"rosine {WORD} l'a demandé".lower())
    assert held(record) > 0


def test_undo_passes_over_what_was_erased_and_still_takes_back_the_rest(
    record: Record, partner: UUID, contact: UUID
) -> None:
    other = record.write(add, Contact, {"organisation_id": partner, "name": "Furaha Essai"})
    record.write(rename, partner, "Femmes debout ensemble")
    record.write(edit_many, Contact, [contact, other], {"language": "fr"})
    record.write(edit, Contact, contact, {"position": "Adjointe"})
    record.write(erase, Contact, contact, GROUND)
    assert record.undo().deed == edit_many.name
    assert record.read(entry_page, Contact, other).values["language"] is None
    assert record.redo().deed == edit_many.name
    assert record.read(entry_page, Contact, other).values["language"] == "fr"
    assert [record.undo().details.get("name") for _turn in range(2)] == [None, "Femmes debout ensemble"]
    assert check(record) == ()


def test_an_erasure_that_changed_something_else_is_passed_over_too(
    record: Record, partner: UUID, contact: UUID
) -> None:
    @deed("Both")
    def both(session: Session) -> None:
        erase(session, Contact, contact, GROUND)
        rename(session, partner, "Femmes debout ensemble")

    record.write(add_partner, "Femmes unies")
    record.write(both)
    assert record.undo().details["name"] == "Femmes unies"
    with pytest.raises(CannotUndo):  # adding the contact left nothing; what came before was changed since, for good
        record.undo()


def test_a_short_name_goes_from_deeds_about_others_too(record: Record, partner: UUID) -> None:
    contact = record.write(add, Contact, {"organisation_id": partner, "name": "Ali"})

    @deed("Put {what} right")
    def both(session: Session, what: str) -> None:
        edit(session, Contact, contact, {"position": "Adjoint"})
        rename(session, partner, "Femmes debout ensemble")
        session.info["called"] = {}

    record.write(both, "Ali")
    record.write(erase, Contact, contact, GROUND)
    assert [done.details["what"] for done in record.read(deeds) if "what" in done.details] == [{"term": "erased"}] * 2


def test_what_was_removed_added_again_or_merged_goes_with_it(record: Record, partner: UUID) -> None:
    twin = record.write(add, Contact, {"organisation_id": partner, "name": f"Rosine {WORD}"})
    record.write(remove, Contact, twin)
    contact = record.write(add, Contact, {"organisation_id": partner, "name": f"Rosine {WORD}"})
    assert record.read(reach, Contact, contact).kinds == {"contact": 2}
    gone = record.write(add_partner, f"Association {WORD}")
    record.write(merge, partner, gone, {})
    record.write(erase, Organisation, partner, GROUND)
    sweep(record)
    assert held(record) == 0
    assert check(record) == ()


def test_what_only_mentions_it_stays_and_is_told(record: Record, partner: UUID, contact: UUID) -> None:
    values = {"title": "Visite", "type": "visit", "on": date(2026, 3, 14), "summary": f"Vu Rosine {WORD} au bureau"}
    engagement = record.write(add, Engagement, values)
    record.write(edit, Engagement, engagement, {"summary": f"Vu Rosine {WORD}"})
    done = record.write(erase, Contact, contact, GROUND)
    assert done.mentions == (("engagement", engagement),)
    record.write(erase_fields, Engagement, engagement, GROUND, ["summary"])
    sweep(record)
    assert held(record) == 0
    assert record.read(entry_page, Engagement, engagement).values["title"] == "Visite"
    assert check(record) == ()


def test_what_belongs_to_it_and_stays_is_told_and_what_is_only_not_the_same_is_not(
    record: Record, partner: UUID
) -> None:
    other = record.write(add_partner, "Femmes levées")
    record.write(not_same, partner, other)
    assert [record.read(reach, Organisation, each).staying for each in (partner, other)] == [(), ()]
    for title in ("Écoute", "Visite", "Formation", "Relais"):
        record.write(add_activity, partner, title)
    assert record.read(reach, Organisation, partner).staying == (
        Staying("activity", 4, ("Écoute", "Visite", "Formation")),
    )


def test_anonymised_it_counts_by_month_and_kind(record: Record, partner: UUID, contact: UUID) -> None:
    engagement = visited(record, partner, contact)
    record.write(edit, Engagement, engagement, {"title": f"Visite à {WORD}", "where": WORD})
    record.write(erase, Contact, contact, GROUND)
    record.write(anonymise, Engagement, engagement, GROUND, ["type", "on"])
    sweep(record)
    assert held(record) == 0
    values = record.read(entry_page, Engagement, engagement).values
    assert (values["title"], values["type"], values["on"]) == ("[…]", "visit", date(2026, 3, 1))
    assert check(record) == ()


def test_somebody_who_still_works_in_the_record_is_not_erased(record: Record) -> None:
    with pytest.raises(StillHere):
        record.write(erase, Person, record.person, GROUND)


def test_the_organisation_of_the_office_is_not_erased(record: Record, partner: UUID) -> None:
    office = record.read(lambda session: session.scalars(select(Office.id)).one())
    record.write(edit, Office, office, {"organisation_id": partner})
    with pytest.raises(NeverErased):
        record.write(erase, Organisation, partner, GROUND)


def test_values_that_go_without_an_erasure_are_found(record: Record, partner: UUID, contact: UUID) -> None:
    record.write(erase, Contact, contact, GROUND)
    with record.driver() as driver:
        driver.execute("UPDATE log_row SET before = NULL, after = NULL, salt = NULL WHERE entity = 'organisation'")
    assert CHAIN["row altered"] in {finding.message for finding in check(record)}


def test_words_put_in_place_of_what_was_erased_are_found(record: Record, contact: UUID) -> None:
    record.write(erase, Contact, contact, GROUND)
    with record.driver() as driver:
        driver.execute("""UPDATE change_set SET details = '{"what": "rien"}' WHERE instr(details, 'erased"}')""")
    assert [finding.message for finding in check(record)] == [CHAIN["altered"]]


def test_no_erasure_vouches_for_an_entry_that_was_altered_before(record: Record, contact: UUID) -> None:
    with record.driver() as driver:
        driver.execute("UPDATE change_set SET details = replace(details, 'Rosine', 'Rosalie') WHERE act = 'deed'")
    with pytest.raises(HistoryAltered):
        record.write(erase, Contact, contact, GROUND)
    assert record.read(entry_page, Contact, contact).values["name"] == f"Rosine {WORD}"
    assert CHAIN["altered"] in {finding.message for finding in check(record)}


def test_the_name_of_an_erasure_reads_in_any_language(record: Record, contact: UUID) -> None:
    record.write(erase, Contact, contact, GROUND)
    for done in record.read(deeds):
        assert "{" not in in_words(done.deed, done.details, Words.of("fr"))


def test_anything_can_be_erased_and_the_record_stays_sound(record: Record) -> None:
    chance = Random(5)
    erasable = [entity for entity in ENTITIES if entity.__tablename__ not in ("office", "frozen_report", "dispatch")]

    @deed("Fill")
    def fill(session: Session) -> list[tuple[type, UUID]]:
        ids: dict[str, list[UUID]] = {"person": [record.person]}
        made = []
        for _round in range(3):
            for entity in erasable:
                if entity is Person or (values := values_of(chance, entity, ids, past_deeds=True)) is None:
                    continue
                thing = entity(**values)
                session.add(thing)
                session.flush()
                ids.setdefault(entity.__tablename__, []).append(thing.id)
                made.append((entity, thing.id))
        return made

    @deed("Erase all", role="manager")
    def erase_all(session: Session, which: list[tuple[type, UUID]]) -> int:
        done = 0
        for one in which:
            with suppress(RecordError):  # what is settled stays
                done += bool(erase(session, *one, GROUND))
        return done

    made = record.write(fill)
    before = {finding.message for finding in check(record)}
    assert {entity for entity, _id in made} > {Contact, Engagement}
    assert record.write(erase_all, made) > len(made) * 3 / 4
    assert {finding.message for finding in check(record)} <= before


def test_what_a_copy_brings_back_is_erased_again(record: Record, partner: UUID, contact: UUID) -> None:
    engagement = visited(record, partner, contact)
    record.write(edit, Engagement, engagement, {"summary": f"Vu {WORD}"})
    copy = record.back_up().path
    record.write(erase, Contact, contact, GROUND)
    record.write(erase_fields, Engagement, engagement, GROUND, ["summary"])
    record.close()
    found = restore(copy, record.path, PASSPHRASE)
    back, aside = found.record, found.aside
    assert aside is not None
    assert held(back) == 0
    assert back.read(entry_page, Engagement, engagement).values["title"] == "Visite"
    assert back.read(findings) == ()
    back._let_go()


def test_a_copy_from_before_a_new_key_brings_nothing_back_either(record: Record, contact: UUID) -> None:
    copy = record.back_up().path
    new_key(record)
    record.write(erase, Contact, contact, GROUND)
    record.close()
    found = restore(copy, record.path, PASSPHRASE)
    back = found.record
    assert held(back) == 0
    back._let_go()


def test_what_lies_aside_goes_with_the_copies_and_is_counted_among_them(record: Record, contact: UUID) -> None:
    copy = record.back_up()
    record.close()
    found = restore(copy.path, record.path, PASSPHRASE)
    back, aside = found.record, found.aside
    backup.set_aside(copy)
    assert aside is not None
    other = back.write(add, Contact, {"name": "Autre personne", "organisation_id": back.write(add_partner, "Autre")})
    assert erase_for_good(back, Contact, contact, GROUND).copies == 2
    assert erase_for_good(back, Contact, other, GROUND, copies_too=True).copies == 0
    assert not aside.exists()
    assert sorted(file.suffix for file in copy.path.parent.iterdir()) == [".jalon", ".keys"]
    back._let_go()


def test_copies_in_the_second_place_go_too_at_once_or_when_it_is_plugged_in(
    record: Record, contact: UUID, tmp_path: Path
) -> None:
    stick, away = tmp_path / "stick", tmp_path / "away"
    stick.mkdir()
    choose_second(record, stick)
    (before,) = stick.glob("*/*.jalon")
    stick.rename(away)
    partner = record.write(add_partner, "Autre")
    other, last = (record.write(add, Contact, {"name": name, "organisation_id": partner}) for name in ("Une", "Deux"))
    done = erase_for_good(record, Contact, contact, GROUND, copies_too=True)
    assert (done.copies, done.second_waits) == (0, True)
    assert elsewhere(record, record.read(erasure)).second == "goes"
    away.rename(stick)
    assert before.exists()
    assert copy_to_second(record, record.back_up())
    assert not before.exists() and len(list(stick.glob("*/*.jalon"))) == 1
    assert erase_for_good(record, Contact, other, GROUND).copies == 2
    assert elsewhere(record, record.read(erasure)).copies == 2
    (before,) = stick.glob("*/*.jalon")
    done = erase_for_good(record, Contact, last, GROUND, copies_too=True)
    assert (done.copies, done.second_waits) == (0, False)
    assert not before.exists() and len(list(stick.glob("*/*.jalon"))) == 1
    record.write(add_partner, "Encore")
    assert copy_to_second(record, record.back_up())
    assert len(list(stick.glob("*/*.jalon"))) == 2, "from then on they are kept beside one another again"

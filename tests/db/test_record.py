"""The one door: deeds whole or not at all, one writer at a time, and a lock that forgets the key."""

import subprocess
import sys
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import insert
from sqlalchemy.orm import Session

from db.base import new_id
from db.commands.drafts import draft_of, keep_draft
from db.deeds import deed
from db.errors import (
    NotAChoice,
    OpenedForReading,
    RecordInUse,
    RecordLocked,
    TooLong,
    UnstorableText,
    UnstorableValue,
    WrongPassphrase,
)
from db.models import Activity, Organisation, Result, SavedMapping
from db.queries.history import deeds, steps_to_take
from db.record import Record
from tests.builders import OFFICE, PASSPHRASE, PERSON, add_activity, add_partner, everything, names


class Refused(Exception):
    """What a deed may run into."""


@deed("Add {name}, then fail")
def add_then_fail(session: Session, name: str) -> None:
    add_partner(session, name)
    raise Refused


@deed("Add {count} activities at once")
def add_at_once(session: Session, count: int, sector: str) -> None:
    rows = [{"id": new_id(), "title": f"{n}", "sort_key": f"{n}", "sector": sector} for n in range(count)]
    session.execute(insert(Activity), rows)


@deed("Look around")
def look_around(session: Session) -> int:
    return len(names(session))


def test_a_deed_that_fails_leaves_nothing_behind(record: Record) -> None:
    before = record.read(everything)
    with pytest.raises(Refused):
        record.write(add_then_fail, "Femmes debout")
    assert record.read(everything) == before
    assert [done.act for done in record.read(deeds)] == ["start"]


def test_a_deed_that_changes_nothing_is_not_in_the_history(record: Record) -> None:
    assert record.write(look_around) == 0
    assert len(record.read(deeds)) == 1


def test_what_was_written_is_there_when_the_record_is_opened_again(record: Record, path: Path) -> None:
    record.write(add_partner, "Femmes debout")
    record.close()
    with Record.open(path, PASSPHRASE) as again:
        assert again.read(names) == ["Femmes debout"]


def test_the_history_names_who_did_what_in_which_record(record: Record) -> None:
    record.write(add_partner, "Femmes debout")
    newest, first = record.read(deeds)
    assert (newest.person, newest.deed, newest.details) == (PERSON, "Add partner {name}", {"name": "Femmes debout"})
    assert (first.act, first.details) == ("start", {"office": OFFICE})


def test_listeners_are_told_which_rows_were_touched_until_they_stop(record: Record) -> None:
    told: list[dict[str, frozenset[UUID]]] = []
    stop = record.changed.listen(told.append)
    partner = record.write(add_partner, "Femmes debout")
    record.undo()
    stop()
    record.redo()
    assert [touched["organisation"] for touched in told] == [{partner}, {partner}]


def test_of_notes_those_are_told_who_listen_to_them(record: Record) -> None:
    changed: list[object] = []
    noted: list[object] = []
    record.changed.listen(changed.append)
    record.noted.listen(noted.append)
    record.note(lambda session: session.info["person"])
    assert (changed, noted) == ([], [None])
    record.write(add_partner, "Femmes debout")
    assert (len(changed), noted) == (1, [None])


def test_a_note_is_no_deed(record: Record) -> None:
    def note(session: Session) -> None:
        session.add(SavedMapping(name="x", body="{}"))

    with pytest.raises(RuntimeError, match="deed"):
        record.note(note)
    assert record.read(names, SavedMapping) == []


def test_reading_alone_is_allowed_beside_a_writer_and_sees_what_it_writes(record: Record, path: Path) -> None:
    reader = Record.open(path, PASSPHRASE, write=False)
    record.write(add_partner, "Femmes debout")
    assert reader.read(names) == ["Femmes debout"]
    with pytest.raises(OpenedForReading):
        reader.write(add_partner, "Autre")
    reader.close()
    assert record.read(names) == ["Femmes debout"]


def test_a_second_program_may_not_write_but_may_read(record: Record, path: Path) -> None:
    record.write(add_partner, "Femmes debout")
    script = (
        "import sys; from pathlib import Path; from db.record import Record; from db.errors import RecordInUse\n"
        "from tests.builders import names\n"
        "path, secret = Path(sys.argv[1]), sys.argv[2]\n"
        "try:\n    Record.open(path, secret)\n"
        "except RecordInUse:\n    print(Record.open(path, secret, write=False).read(names))"
    )
    ran = subprocess.run([sys.executable, "-c", script, path, PASSPHRASE], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "['Femmes debout']"


def test_two_windows_of_one_program_cannot_both_write(record: Record, path: Path) -> None:
    with pytest.raises(RecordInUse):
        Record.open(path, PASSPHRASE)


def test_a_locked_record_answers_nobody_until_it_is_unlocked(record: Record) -> None:
    record.write(add_partner, "Femmes debout")
    record.lock()
    with pytest.raises(RecordLocked):
        record.read(names)
    with pytest.raises(RecordLocked):
        record.write(add_partner, "Autre")
    with pytest.raises(WrongPassphrase):
        record.unlock("une autre phrase")
    with pytest.raises(RecordLocked):
        record.read(names)
    record.unlock(PASSPHRASE)
    assert record.read(names) == ["Femmes debout"]


@pytest.mark.parametrize(
    ("name", "refusal"),
    [
        ("x" * 10_000, TooLong),
        ("avec\x00nul", UnstorableValue),
        ("moitié \ud800", UnstorableValue),
        ("sonnerie \x07", UnstorableValue),
    ],
)
def test_a_name_that_cannot_be_kept_is_refused(record: Record, name: str, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        record.write(add_partner, name)
    assert record.read(names) == []


@pytest.mark.parametrize(
    "name", ["=cmd|' /C calc'!A0", "<img src=x>", "\u202egnp.exe", "منظمة النساء", "👩🏾‍🌾 coopérative"]
)
def test_hostile_but_storable_names_are_kept_exactly(record: Record, name: str) -> None:
    record.write(add_partner, name)
    assert record.read(names) == [name]


def test_bulk_writes_are_held_to_the_same_fields(record: Record) -> None:
    with pytest.raises(NotAChoice):
        record.write(add_at_once, 3, "PRO-NOBODY")
    record.write(add_at_once, 3, "PRO-GBV")


def test_text_that_no_field_describes_is_checked_as_well(record: Record) -> None:
    @deed("Keep a mapping")
    def keep(session: Session) -> None:
        session.add(SavedMapping(name="carte", body="\udc80"))

    with pytest.raises(UnstorableText):
        record.write(keep)


def test_undo_and_redo_are_offered_by_name(record: Record) -> None:
    partner = record.write(add_partner, "Femmes debout")
    record.write(add_activity, partner, "Écoute")
    record.undo()
    back, again = record.read(steps_to_take)
    assert back and again
    assert (back.deed, again.deed, again.details) == ("Add partner {name}", "Add activity {title}", {"title": "Écoute"})


def test_links_may_be_written_in_any_order_but_must_hold_in_the_end(record: Record) -> None:
    partner = new_id()

    @deed("Activity first")
    def activity_first(session: Session, *, partner_too: bool) -> None:
        session.execute(insert(Activity), [{"title": "Écoute", "sort_key": "ecoute", "partner_id": partner}])
        if partner_too:
            session.add(Organisation(id=partner, name="Femmes debout"))

    with pytest.raises(Exception, match="FOREIGN KEY"):
        record.write(activity_first, partner_too=False)
    record.write(activity_first, partner_too=True)


@deed("Add {count} activities with a figure each")
def add_counted(session: Session, count: int) -> None:
    ids = [new_id() for _n in range(count)]
    session.execute(insert(Activity), [{"id": id, "title": "x", "sort_key": "x"} for id in ids])
    session.execute(insert(Result), [{"activity_id": id, "nature": "declared", "value": 1} for id in ids])


def test_after_a_big_deed_the_figures_of_an_activity_are_found_by_the_activity(record: Record) -> None:
    record.write(add_counted, 600)
    one = "SELECT sum(value) FROM result WHERE nature = 'declared' AND activity_id = 'x' AND removed_at IS NULL"
    with record.driver() as driver:
        plan = " ".join(row[3] for row in driver.execute(f"EXPLAIN QUERY PLAN {one}"))
    assert "ix_result_activity_id" in plan


def test_a_reader_may_note_what_it_exported_while_somebody_writes(record: Record, path: Path) -> None:
    reader = Record.open(path, PASSPHRASE, write=False)
    reader.note(keep_draft, reader.person, "partner", None, {"name": "Femmes deb"})
    assert record.read(draft_of, record.person, "partner", None) == {"name": "Femmes deb"}
    assert len(record.read(deeds)) == 1
    reader.close()

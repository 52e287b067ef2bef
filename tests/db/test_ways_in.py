"""What is done to the key file stands in the history: who let whom in or shut whom out, and nobody takes it back."""

from datetime import date
from uuid import UUID

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from db import backup, keys
from db.commands.entries import add
from db.commands.handing_over import hand_over
from db.commands.people import change_own, close_way_in, give_passphrase, let_read, renew_own_code, stop_reading
from db.deeds import in_words
from db.errors import LastWayIn
from db.models import Person
from db.queries.check import check
from db.queries.history import deeds
from db.record import Record
from i18n import Words
from tests.builders import CHEAP, add_partner, names


def told(record: Record, most: int) -> list[str]:
    """The newest of the history, newest first, in English."""
    return [
        in_words(done.deed, done.details, Words.of("en")).translate({0x2068: None, 0x2069: None})
        for done in record.read(deeds)[:most]
    ]


def test_what_is_done_to_a_way_in_stands_in_the_history_and_is_not_taken_back(record: Record) -> None:
    colleague = record.write(add, Person, {"name": "Furaha Essai"})
    record.write(add_partner, "Femmes debout")
    give_passphrase(record, colleague, "une phrase à elle", reads_sealed=True, cost=CHEAP)
    stop_reading(record, colleague)
    let_read(record, colleague, "une phrase à elle")
    close_way_in(record, colleague)
    with pytest.raises(LastWayIn):
        close_way_in(record, record.person)
    assert told(record, 4) == [
        "Close the way in of Furaha Essai",
        "Let Furaha Essai open confidential texts",
        "Let Furaha Essai open confidential texts no more",
        "Give Furaha Essai a passphrase and a recovery code that open confidential texts too",
    ]
    newest = record.read(deeds)[0]
    assert (newest.act, newest.rows, newest.taken_back) == ("way", 0, False)
    record.undo()
    assert "Femmes debout" not in record.read(names), "undo takes back the newest deed, never a way in"
    record.tell("Close the way in of {name}", name="Essai")
    record.redo()
    assert "Femmes debout" in record.read(names), "nor does a way in keep a deed from being done again"
    assert check(record) == ()


def test_handing_over_tells_whose_way_in_was_closed_and_who_has_a_new_code(record: Record) -> None:
    successor = record.write(add, Person, {"name": "Furaha Essai"})
    leaver = record.read(_first)
    give_passphrase(record, successor, "une phrase à elle", reads_sealed=True, cost=CHEAP)
    hand_over(record, leaver, {"successor_id": successor, "left_on": date(2026, 11, 1)}, cost=CHEAP)
    assert told(record, 2) == ["Give Furaha Essai a new recovery code", "Close the way in of Amani Essai"]


def _first(session: Session) -> UUID:
    return session.scalars(select(Person.id).order_by(Person.row).limit(1)).one()


def test_the_newest_copy_opens_by_a_code_and_a_passphrase_as_soon_as_they_are_given(record: Record) -> None:
    record.back_up()
    code = renew_own_code(record)
    assert keys.unlock(backup.copies(record.path)[0].path, code).raw == record.key.raw
    change_own(record, "une autre phrase encore", CHEAP)
    assert keys.unlock(backup.copies(record.path)[0].path, "une autre phrase encore").raw == record.key.raw

"""Who may not open a confidential text is shown it by no query, for it stands nowhere in the file in the clear."""

from datetime import date
from pathlib import Path
from uuid import UUID

import pytest

from db.commands.entries import add
from db.errors import CannotOpenSealed
from db.fields import is_sealed
from db.models import ConfidentialNote, Flag, Person
from db.queries.entries import entry_page
from db.queries.found import search
from db.queries.held import held_about
from db.queries.raw import RAW_KINDS, raw_rows
from db.record import Record
from db.sealed import unseal
from tests.builders import CHEAP, PASSPHRASE, add_partner, let_in
from tests.image import image_of

SECRET = "Témoignage zqxjkv"


@pytest.fixture
def note(record: Record) -> UUID:
    """A note in confidence and a flag."""
    partner = record.write(add_partner, "Femmes debout")
    values = {"organisation_id": partner, "written_on": date(2026, 5, 4), "body": SECRET}
    note: UUID = record.write(add, ConfidentialNote, values)
    raised = {"organisation_id": partner, "level": "red", "category": "sea", "raised_on": date(2026, 5, 4)}
    record.write(add, Flag, {**raised, "body": SECRET})
    return note


def test_a_confidential_text_is_in_no_page_behind_the_cipher(record: Record, note: UUID) -> None:
    assert b"zqxjkv" not in image_of(record)
    assert record.read(search, "zqxjkv") == ()


def test_a_colleague_without_the_sealing_key_gets_it_from_no_query(record: Record, path: Path, note: UUID) -> None:
    colleague = record.write(add, Person, {"name": "Furaha Essai"})
    let_in(path, record.key, colleague, "cinq mots pour la collègue ici", CHEAP)
    record.close()
    with Record.open(path, "cinq mots pour la collègue ici", write=False) as theirs:
        assert is_sealed(str(theirs.read(entry_page, ConfidentialNote, note).values["body"]))
        with pytest.raises(CannotOpenSealed):
            theirs.note(unseal, ConfidentialNote, note, "body", "Par curiosité")
    with Record.open(path, PASSPHRASE, write=False) as own:
        assert own.note(unseal, ConfidentialNote, note, "body", "Avant la visite") == SECRET


def test_flags_and_notes_leave_by_no_raw_export_and_are_told_to_nobody(record: Record, note: UUID) -> None:
    assert not {"flags", "confidential-notes"} & set(RAW_KINDS)
    partner = next(iter(record.read(raw_rows, "organisations")))
    held = record.read(held_about, partner)
    assert not {"flag", "confidential_note"} & {kind.entity for kind in held.kinds}
    assert {(one.entity, one.count) for one in held.withheld} >= {("flag", 1), ("confidential_note", 1)}

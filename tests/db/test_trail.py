"""The trail: whatever leaves and whatever confidential is opened is kept, and nobody alters what was kept unseen."""

from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from db.commands.entries import add
from db.commands.issuing import Destination, Leaving, forget_unwritten, note_issued
from db.models import ConfidentialNote, Issued
from db.queries.check import CHAIN, TRAIL, check
from db.queries.history import as_of, deeds
from db.queries.released import AtomReleased, CellReleased, Counts
from db.record import Record
from db.sealed import unseal
from desktop.exporting import export_raw
from tests.builders import PASSPHRASE, add_partner

COUNTS = Counts((AtomReleased("figure", "women", 12, None, False),), (CellReleased(frozenset({0}), False),))


def left(record: Record, name: str = "held", counts: Counts | None = None) -> UUID:
    """A file that left, as far as the register knows."""
    leaving = Leaving(name, "donor", {"place": "here"}, "fr", "pdf", counts, rows=3, fields={"figures": ["Femmes"]})
    return record.note(note_issued, leaving, "0" * 64, "1", record.person, Destination("Le bailleur", "Rapport"))


def opened(record: Record) -> None:
    """A confidential text that was opened."""
    partner = record.write(add_partner, "Association d'essai")
    values = {"organisation_id": partner, "written_on": date(2026, 5, 4), "body": "Une rumeur"}
    record.note(unseal, ConfidentialNote, record.write(add, ConfidentialNote, values), "body", "Avant la visite")


def past_the_door(record: Record, path: Path, statement: str) -> tuple[str, ...]:
    """What the check says after somebody with the key wrote this into the file by other means."""
    with record.driver() as driver:
        driver.execute(statement)
    return tuple(one.message for one in check(record))


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("UPDATE issued SET recipient = 'Quelqu''un d''autre'", TRAIL["altered"]),
        ("UPDATE issued SET digest = hex(randomblob(32))", TRAIL["altered"]),
        ("UPDATE issued SET at = '2020-01-01 00:00:00.000000'", TRAIL["altered"]),
        ("UPDATE issued_cells SET cells = x'00'", TRAIL["altered"]),
        ("DELETE FROM issued_cells", TRAIL["altered"]),
        ("UPDATE issued_atom SET value = 13", TRAIL["altered"]),
        ("UPDATE reading SET reason = 'Rien'", TRAIL["altered"]),
        ("UPDATE reading SET person_id = hex(randomblob(16))", TRAIL["altered"]),
        ("DELETE FROM issued", TRAIL["missing"]),
        ("DELETE FROM reading", TRAIL["missing"]),
        (
            """INSERT INTO reading (id, entity, entity_id, field, person_id, reason, at)
               SELECT hex(randomblob(16)), entity, entity_id, field, person_id, reason, at FROM reading""",
            TRAIL["past"],
        ),
        (
            "INSERT INTO issued_atom (id, figure, part, value, sensitive) VALUES (hex(randomblob(16)), 'f', 'p', 1, 0)",
            TRAIL["past"],
        ),
        (
            "DELETE FROM change_set WHERE row = (SELECT min(row) FROM change_set WHERE act = 'trail')",
            CHAIN["missing"],
        ),
    ],
)
def test_what_was_altered_past_the_door_is_named(record: Record, path: Path, statement: str, said: str) -> None:
    left(record, counts=COUNTS)
    opened(record)
    assert check(record) == ()
    assert said in past_the_door(record, path, statement)


def test_what_a_deed_lets_leave_is_in_the_chain_of_the_deed(record: Record) -> None:
    """A frozen report notes its files within the deed itself."""
    from db.deeds import deed

    @deed("Let two files leave")
    def leave_two(session: Any) -> None:
        for name in ("first", "second"):
            leaving = Leaving(name, "donor", {}, "fr", "pdf", COUNTS if name == "first" else None)
            note_issued(session, leaving, "0" * 64, "1", session.info["person"])
        add_partner(session, "Association d'essai")

    record.write(leave_two)
    assert check(record) == ()
    with record.driver() as driver:
        driver.execute("UPDATE issued SET name = 'third' WHERE name = 'second'")
    (found,) = check(record)
    assert (found.message, found.gaps["count"]) == (TRAIL["altered"], 1)


def test_a_file_that_did_not_leave_after_all_is_not_missed(record: Record) -> None:
    left(record)
    record.note(forget_unwritten, left(record, "other"))
    assert check(record) == ()


def test_what_was_noted_before_there_was_a_trail_is_taken_in(record: Record) -> None:
    left(record)
    with record.driver() as driver:
        driver.execute("DELETE FROM change_set WHERE act = 'trail'")
    assert check(record) == ()
    left(record, "other")
    assert check(record) == ()
    with record.driver() as driver:
        driver.execute("UPDATE issued SET name = 'third' WHERE name = 'held'")
    assert [found.message for found in check(record)] == [TRAIL["altered"]]


def test_the_trail_is_neither_undone_nor_shown_among_the_deeds_nor_a_change(record: Record) -> None:
    record.write(add_partner, "Association d'essai")
    before = record.read(as_of)
    left(record)
    assert record.read(as_of) == before
    assert [one.act for one in record.read(deeds)] == ["deed", "start"]
    assert record.undo().deed == "Add partner {name}"


def test_whoever_only_reads_leaves_a_trail_too(record: Record, path: Path, tmp_path: Path) -> None:
    record.write(add_partner, "Association d'essai")
    with Record.open(path, PASSPHRASE, write=False) as beside:
        export_raw(beside, ("partners",), "fr", tmp_path / "partners.xlsx")
    record.write(add_partner, "Association seconde")
    assert check(record) == ()
    issued = record.read(lambda session: session.scalars(select(Issued)).one())
    assert (issued.rows, issued.place) == (1, str(tmp_path / "partners.xlsx"))
    assert "name" in issued.fields["partners"]
    with record.driver() as driver:
        driver.execute("DELETE FROM issued")
    assert TRAIL["missing"] in [found.message for found in check(record)]

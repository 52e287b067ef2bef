"""A thousand alterations of the register, drawn by chance: each is found, and a register left alone is sound.

Files that left, the counts in them and the texts that were opened are altered, taken away and slipped in. Weaker: the
digests are not looked at.
"""

import random
from datetime import date
from unittest.mock import patch

from sqlalchemy.orm import Session

from db import trail
from db.commands.entries import add
from db.commands.issuing import Leaving, note_issued
from db.models import ConfidentialNote
from db.queries.released import AtomReleased, CellReleased, Counts
from db.record import Record
from db.sealed import unseal
from tests.builders import add_partner
from tests.faults import altering
from tests.faults.figure import Count, fresh, opened, scratch

NUMBER = 21
COLUMNS = {
    "issued": "name language format audience asked digest program at recipient purpose rows fields place",
    "reading": "entity field reason at",
    "issued_atom": "figure part value",
    "issued_cells": "cells",
}
WHOLE = (
    "DELETE FROM {table} WHERE row = {row}",
    "UPDATE {table} SET id = lower(hex(randomblob(16))) WHERE row = {row}",
)
ENTRIES = 8


def count(quick: bool, weaker: bool) -> Count:
    """Alter, look."""
    chance = random.Random(28)
    with scratch() as folder, opened(fresh(folder / "record")) as record:
        filled(record)
        with patch.object(trail, "_digest", (lambda _said: "") if weaker else trail._digest):
            if weaker:
                record.note(forget_digests)
            still = "UPDATE issued SET name = name"
            return altering.count(record, lambda: drawn(chance), still, trail.astray, 60 if quick else 1000)


def drawn(chance: random.Random) -> str:
    """One alteration of one entry."""
    table = chance.choice(list(COLUMNS))
    row = chance.randrange(1, ENTRIES + 1)
    if chance.random() < 0.3 and table != "issued_cells":
        return chance.choice(WHOLE).format(table=table, row=row)
    column = chance.choice(COLUMNS[table].split())
    return f"UPDATE {table} SET {column} = 'x{chance.random()}' WHERE row = {row}"


def filled(record: Record) -> None:
    """Files that left with their counts, and texts that were opened."""
    partner = record.write(add_partner, "Femmes debout")
    values = {"organisation_id": partner, "written_on": date(2026, 5, 4), "body": "Une rumeur"}
    note = record.write(add, ConfidentialNote, values)
    for number in range(ENTRIES):
        atoms = (AtomReleased(f"figure {number}", "women", 12 + number, None, False),)
        counts = Counts(atoms, (CellReleased(frozenset({0}), False),))
        leaving = Leaving(f"file {number}", "donor", {}, "fr", "pdf", counts, rows=1, fields={"table": ["Femmes"]})
        record.note(note_issued, leaving, "0" * 64, "1", record.person)
        record.note(unseal, ConfidentialNote, note, "body", f"Raison {number}")


def forget_digests(session: Session) -> None:
    """Let the chain say of every entry what nobody looks at any more."""
    connection = session.connection()
    connection.exec_driver_sql("DELETE FROM change_set WHERE act = 'trail'")
    trail.keep(session, trail.LEFT, session.info["person"])

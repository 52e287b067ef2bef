"""Somebody erased in each of many records: their name is in no page behind the cipher, and the chain still finds all.

The name stands where chance put it: in a row, its past, documents, drafts, kept searches, the register. Then the log is
altered by chance as in `chain`. Weaker: the log, what lies beside the record and the gaps of the file are left alone.
"""

import random
from collections.abc import Callable
from contextlib import ExitStack
from unittest.mock import patch
from uuid import UUID

from db.commands import erasing
from db.commands.documents import add_document
from db.commands.drafts import keep_draft
from db.commands.entries import add, edit
from db.commands.filters import keep_filter
from db.commands.issuing import Destination, Leaving, note_issued
from db.commands.removing import remove
from db.erasing import erase_for_good
from db.models import Contact, OrganisationName
from db.queries.check import check
from db.record import Record
from tests.builders import add_partner
from tests.faults.altering import altered
from tests.faults.chain import drawn, filled, findings
from tests.faults.figure import Count, fresh, opened, scratch
from tests.image import image_of

NUMBER = 21
_WORD = "Kalimbaya"
_NAME = f"Rosine {_WORD}"
_GONE = "UPDATE log_row SET before = NULL, after = NULL, salt = NULL WHERE row = {row} AND salt IS NOT NULL"


def count(quick: bool, weaker: bool) -> Count:
    """Erase in many records, then alter the log of the last."""
    records, turns = (3, 40) if quick else (40, 1000)
    chance = random.Random(21)
    before = left = unsound = made = found = 0
    with scratch() as folder, ExitStack() as stack:
        if weaker:
            stack.enter_context(patch.object(erasing, "forget", lambda *_given, **_told: 0))
        for number in range(records):
            with opened(fresh(folder / "record")) as record:
                filled(record)
                contact = _somebody(record, chance)
                before += _held(record) > 0
                erase_for_good(record, Contact, contact, "Demande de la personne")
                left += _held(record)
                unsound += bool(check(record))
                if number == records - 1:
                    made, found = altered(record, drawn(record, chance, (_GONE,)), findings, turns)
    told = (
        f"{records} records that held the name, {before} of them before; it stands in them {left} times after, "
        f"{unsound} are unsound; {made} alterations after an erasure, {found} found"
    )
    return Count(told, before == records and not left and not unsound and made == found)


def _somebody(record: Record, chance: random.Random) -> UUID:
    partner = record.write(add_partner, "Union des femmes")
    contact: UUID = record.write(
        add, Contact, {"organisation_id": partner, "name": _NAME, "email": f"{_WORD}@essai.invalid"}
    )
    leaving = Leaving("held", "internal", {"title": _NAME}, "fr", "pdf")

    def twin() -> None:
        record.write(remove, Contact, record.write(add, Contact, {"organisation_id": partner, "name": _NAME}))

    ways: list[Callable[[], object]] = [
        lambda: record.write(edit, Contact, contact, {"position": f"Adjointe, {_WORD} {chance.random()}"}),
        lambda: (record.write(edit, Contact, contact, {"phone": _WORD}), record.undo()),
        lambda: record.write(
            add_document, Contact, contact, f"{_WORD}.txt", _NAME.encode() * chance.randrange(1, 900), {}
        ),
        lambda: record.write(keep_filter, "contacts", f"{_WORD} {chance.random()}", {"words": _WORD}),
        lambda: record.note(keep_draft, record.person, "contact", contact, {"position": _NAME}),
        lambda: record.note(keep_draft, record.person, "engagement", None, {"summary": f"Vu {_NAME}"}),
        lambda: record.note(note_issued, leaving, "0" * 64, "1", record.person, Destination(_NAME, f"Pour {_NAME}")),
        lambda: record.write(
            add, OrganisationName, {"organisation_id": partner, "name": f"Union {chance.random()}", "use": "spelling"}
        ),
        twin,
    ]
    for way in chance.choices(ways, k=14):
        way()
    return contact


def _held(record: Record) -> int:
    return image_of(record).lower().count(_WORD.lower().encode())

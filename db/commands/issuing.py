"""Keeping in mind what left the record, and every count of people in it."""

from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from db import trail
from db.base import new_id, now
from db.errors import RecordError
from db.models.reports_issued import Issued, IssuedAtom, IssuedCells
from db.queries.released import INTERNAL, AtomReleased, Counts, packed, register_end
from i18n import N_


class LeftMeanwhile(RecordError):
    message = N_("Another file left the record while this one was being made. Make this one again.")


@dataclass(frozen=True)
class Leaving:
    """A file about to leave: what it says, in what form, for which readers, and the counts in it."""

    name: str
    audience: str
    asked: Mapping[str, Any]
    language: str
    format: str
    counts: Counts | None = None
    known_to: int | None = None
    """How far the register went when the file was weighed against it; what left since then was not weighed."""
    behind: Mapping[str, Any] = field(default_factory=dict)
    permitted: Mapping[str, Any] = field(default_factory=dict)
    rows: int | None = None
    fields: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """The headings of each of its tables, or the fields of each kind in it."""


@dataclass(frozen=True)
class Destination:
    """To whom a file goes, in words, and why; and the written report it is of."""

    recipient: str | None = None
    purpose: str | None = None
    report: UUID | None = None


def note_issued(
    session: Session,
    leaving: Leaving,
    digest: str,
    program: str,
    person: UUID,
    sent: Destination | None = None,
    place: str | None = None,
) -> UUID:
    """Keep that a file leaves, with its SHA-256, the program's version, by whom and where it is written."""
    weighed = leaving.audience != INTERNAL
    if weighed and leaving.known_to is not None and register_end(session) != leaving.known_to:
        raise LeftMeanwhile
    issued = Issued(
        id=new_id(),
        name=leaving.name,
        language=leaving.language,
        format=leaving.format,
        audience=leaving.audience,
        asked=dict(leaving.asked),
        digest=digest,
        program=program,
        person_id=person,
        at=now(),
        behind=dict(leaving.behind),
        permitted=dict(leaving.permitted),
        rows=leaving.rows,
        fields={name: list(fields) for name, fields in leaving.fields.items()},
        place=place,
    )
    if sent is not None:
        issued.recipient, issued.purpose, issued.report_id = sent.recipient, sent.purpose, sent.report
    session.add(issued)
    if leaving.counts is not None and weighed:
        cells = packed(leaving.counts, _rows(session, leaving.counts.atoms))
        session.add(IssuedCells(issued_id=issued.id, cells=cells))
    trail.keep(session, trail.LEFT, person, issued)
    return issued.id


def forget_unwritten(session: Session, issued: UUID) -> None:
    """Take back the note of a file that never got its name: nothing has left."""
    session.execute(delete(IssuedCells).where(IssuedCells.issued_id == issued))
    session.execute(delete(Issued).where(Issued.id == issued))
    trail.forget(session, session.info["person"], issued)


def _rows(session: Session, atoms: tuple[AtomReleased, ...]) -> list[int]:
    """The rows of these atoms, each kept once."""
    columns = [IssuedAtom.figure, IssuedAtom.part, IssuedAtom.value, IssuedAtom.owner, IssuedAtom.sensitive]
    known = {tuple(values): row for row, *values in session.execute(select(IssuedAtom.row, *columns))}
    if new := [atom for atom in dict.fromkeys(atoms) if astuple(atom) not in known]:
        keys = [column.key for column in columns]
        session.execute(insert(IssuedAtom), [dict(zip(keys, astuple(atom), strict=True)) for atom in new])
        known = {tuple(values): row for row, *values in session.execute(select(IssuedAtom.row, *columns))}
    return [known[astuple(atom)] for atom in atoms]

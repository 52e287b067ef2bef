"""Keeping in mind what left the record, and every count of people in it."""

from collections.abc import Mapping
from dataclasses import astuple
from typing import Any
from uuid import UUID

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from db.base import new_id, now
from db.errors import RecordError
from db.models.reports_issued import Issued, IssuedAtom, IssuedCells
from db.queries.released import INTERNAL, AtomReleased, Counts, packed, register_end
from i18n import N_


class LeftMeanwhile(RecordError):
    message = N_("Another file left the record while this one was being made. Make this one again.")


def note_issued(
    session: Session,
    name: str,
    language: str,
    form: str,
    audience: str,
    asked: Mapping[str, Any],
    digest: str,
    program: str,
    person: UUID,
    counts: Counts | None = None,
    known_to: int | None = None,
) -> UUID:
    """Keep that a file leaves: what it says, in what form, for whom, by whom, its SHA-256, and the counts in it.

    `known_to` is how far the register went when the file was weighed against it; what left since then was not weighed.
    """
    if known_to is not None and audience != INTERNAL and register_end(session) != known_to:
        raise LeftMeanwhile
    issued = Issued(
        id=new_id(),
        name=name,
        language=language,
        format=form,
        audience=audience,
        asked=dict(asked),
        digest=digest,
        program=program,
        person_id=person,
        at=now(),
    )
    session.add(issued)
    if counts is not None and audience != INTERNAL:
        session.add(IssuedCells(issued_id=issued.id, cells=packed(counts, _rows(session, counts.atoms))))
    return issued.id


def forget_unwritten(session: Session, issued: UUID) -> None:
    """Take back the note of a file that never got its name: nothing has left."""
    session.execute(delete(IssuedCells).where(IssuedCells.issued_id == issued))
    session.execute(delete(Issued).where(Issued.id == issued))


def _rows(session: Session, atoms: tuple[AtomReleased, ...]) -> list[int]:
    """The rows of these atoms, each kept once."""
    columns = [IssuedAtom.figure, IssuedAtom.part, IssuedAtom.value, IssuedAtom.owner, IssuedAtom.sensitive]
    known = {tuple(values): row for row, *values in session.execute(select(IssuedAtom.row, *columns))}
    if new := [atom for atom in dict.fromkeys(atoms) if astuple(atom) not in known]:
        keys = [column.key for column in columns]
        session.execute(insert(IssuedAtom), [dict(zip(keys, astuple(atom), strict=True)) for atom in new])
        known = {tuple(values): row for row, *values in session.execute(select(IssuedAtom.row, *columns))}
    return [known[astuple(atom)] for atom in atoms]

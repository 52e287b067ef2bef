"""What left the record for the readers of a new file, in counts of people, so that the guard can weigh both together.

Whoever reads: the public reads what is public; a donor or a partner reads that, what was made for it, and what was made
for donors, or partners, without saying which. What stays in the office counts for nobody.
"""

import json
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.models.donors import Contribution
from db.models.reports_issued import Issued, IssuedAtom, IssuedCells
from db.queries.scope import Scope

INTERNAL, PUBLIC = "internal", "public"


@dataclass(frozen=True)
class Reader:
    """Whom a file is for: the audience, and which donor or partner where it says so."""

    audience: str
    whom: str | None = None

    def reads(self, other: "Reader") -> bool:
        """Whether this reader gets to see what was made for that one."""
        if other.audience == PUBLIC:
            return True
        return self.audience == other.audience and other.whom in (None, self.whom)


@dataclass(frozen=True)
class AtomReleased:
    """A part of a count of people and its value, as `IssuedAtom` keeps it."""

    figure: str
    part: str
    value: int
    owner: str | None
    sensitive: bool


@dataclass(frozen=True)
class CellReleased:
    """A count that a file prints or marks as hidden: the sum of these atoms, by position."""

    atoms: frozenset[int]
    hidden: bool
    rounded: int = 0
    """To which multiple it was rounded; 0 where it was shown as it is."""
    blank: bool = False
    """Whether it was hidden together with all like it, so that it may well be zero."""


@dataclass(frozen=True)
class Counts:
    """All counts of people of one file."""

    atoms: tuple[AtomReleased, ...] = ()
    cells: tuple[CellReleased, ...] = ()

    @property
    def unsaid(self) -> frozenset[int]:
        """The counts that its readers are not told as they are, hidden or rounded: no prose should say one."""
        return frozenset(
            sum(self.atoms[atom].value for atom in cell.atoms) for cell in self.cells if cell.hidden or cell.rounded
        )


@dataclass(frozen=True)
class FileReleased:
    """A file that left; `counts` is None where it did before counts were kept, so that nobody knows what it tells."""

    issued_id: UUID
    name: str
    language: str
    format: str
    reader: Reader
    at: datetime
    counts: Counts | None


@dataclass(frozen=True)
class Earlier:
    """What left already that readers of a new file may hold, the oldest first; and how far the register was read."""

    reader: Reader
    files: tuple[FileReleased, ...] = ()
    known_to: int = 0

    @property
    def unknown(self) -> tuple[FileReleased, ...]:
        """Files of before the register, against which nothing can be weighed."""
        return tuple(file for file in self.files if file.counts is None)


def reader_of(session: Session, audience: str, scope: Scope) -> Reader:
    """Whom a file about this is for: the partner, or the donor, who is known by the contribution too."""
    whom = {"partner": scope.partner, "donor": scope.donor}.get(audience)
    if audience == "donor" and whom is None and scope.contribution:
        whom = session.scalar(select(Contribution.donor_id).where(Contribution.id == scope.contribution))
    return Reader(audience, str(whom) if whom else None)


def earlier(session: Session, reader: Reader) -> Earlier:
    """What left for anybody who will read a file for this reader."""
    found = [
        (row, Reader(row.audience, row.asked.get(row.audience)))
        for row in session.scalars(select(Issued).where(Issued.audience != INTERNAL).order_by(Issued.row))
    ]
    readers = {reader, *(other for _row, other in found if other.reads(reader))}
    seen = [(row, other) for row, other in found if any(one.reads(other) for one in readers)]
    bodies = {row.issued_id: row.cells for row in session.execute(select(*IssuedCells.__table__.c))}
    atoms = atom_rows(session) if bodies else {}
    # Files of one report in several languages and formats hold the same counts: these are one object, here and pickled.
    counts = {body: unpacked(body, atoms) for body in {bodies[row.id] for row, _other in seen if row.id in bodies}}
    files = tuple(
        FileReleased(
            row.id,
            row.name,
            row.language,
            row.format,
            other,
            row.at,
            counts[bodies[row.id]] if row.id in bodies else None,
        )
        for row, other in seen
    )
    return Earlier(reader, files, register_end(session))


def register_end(session: Session) -> int:
    """How far the register goes; it grows with every file that leaves the office."""
    return session.scalar(select(func.max(Issued.row)).where(Issued.audience != INTERNAL)) or 0


def packed(counts: Counts, rows: Sequence[int]) -> bytes:
    """Counts as one small value: atoms that stand in the same cells once, by their rows in the table of atoms."""
    standing: dict[int, list[int]] = {}
    for number, cell in enumerate(counts.cells):
        for atom in cell.atoms:
            standing.setdefault(atom, []).append(number)
    pieces: dict[tuple[int, ...], list[int]] = {}
    for atom, numbers in sorted(standing.items()):
        pieces.setdefault(tuple(numbers), []).append(rows[atom])
    body = {
        "pieces": [[list(numbers), _steps(sorted(members))] for numbers, members in pieces.items()],
        "hidden": [number for number, cell in enumerate(counts.cells) if cell.hidden],
        "rounded": [[number, cell.rounded] for number, cell in enumerate(counts.cells) if cell.rounded],
        "blank": [number for number, cell in enumerate(counts.cells) if cell.blank],
        "cells": len(counts.cells),
    }
    return zlib.compress(json.dumps(body, separators=(",", ":")).encode("ascii"), 9)


def unpacked(body: bytes, atoms: dict[int, AtomReleased]) -> Counts:
    """The counts again."""
    found = json.loads(zlib.decompress(body))
    members: list[set[int]] = [set() for _cell in range(found["cells"])]
    rows: list[int] = []
    for numbers, steps in found["pieces"]:
        row = 0
        for step in steps:
            row += step
            for number in numbers:
                members[number].add(len(rows))
            rows.append(row)
    # Files of before there was rounding have neither of the two.
    hidden, blank, rounded = set(found["hidden"]), set(found.get("blank", ())), dict(found.get("rounded", ()))
    cells = (
        CellReleased(frozenset(one), number in hidden, rounded.get(number, 0), number in blank)
        for number, one in enumerate(members)
    )
    return Counts(tuple(atoms[row] for row in rows), tuple(cells))


def _steps(rows: Iterable[int]) -> list[int]:
    """Ascending numbers as the steps between them, which are small."""
    steps, last = [], 0
    for row in rows:
        steps.append(row - last)
        last = row
    return steps


def atom_rows(session: Session) -> dict[int, AtomReleased]:
    """Every atom that left, by its row."""
    return {
        row.row: AtomReleased(row.figure, row.part, row.value, row.owner, row.sensitive)
        for row in session.execute(select(*IssuedAtom.__table__.c))
    }

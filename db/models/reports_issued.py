"""What left the record: which report or export, to whom, why, by whom, the digest of the file, and the counts in it.

A count that left is kept as the atoms it is a sum of, each as it was on that day, so that the guard can weigh the next
file against it. Atoms are kept once for all files. None of this is ever taken back: what has left has left.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Note


class Issued(Note):
    """One file that was written for somebody; `asked` holds the scope, so that it can be asked again.

    `behind` holds which rows its figures are made of, as selections of each kind; `permitted` the authorisations and
    exceptions without which less would have been shown.
    """

    name: Mapped[str] = mapped_column(index=True)
    language: Mapped[str]
    format: Mapped[str]
    audience: Mapped[str]
    asked: Mapped[dict[str, Any]]
    digest: Mapped[str]
    program: Mapped[str]
    person_id: Mapped[UUID]
    at: Mapped[datetime]
    recipient: Mapped[str | None]
    purpose: Mapped[str | None]
    report_id: Mapped[UUID | None] = mapped_column(index=True)
    behind: Mapped[dict[str, Any] | None]
    permitted: Mapped[dict[str, Any] | None]
    rows: Mapped[int | None]
    """How many rows its tables have, as they left."""
    fields: Mapped[dict[str, Any] | None]
    """The headings of each table, or the fields of each kind."""
    place: Mapped[str | None]
    """Where it was written on this computer, so that the copy outside the record can be found again."""


class IssuedAtom(Note):
    """The finest count that left files were sums of, as it was: a part of a count of people, and its value then.

    `figure` is an id and `part` a code of the record, so that neither a new name nor another order hides that these are
    the same people. Where the value changed, there is one row for each.
    """

    figure: Mapped[str] = mapped_column(index=True)
    part: Mapped[str]
    value: Mapped[int] = mapped_column(BigInteger)
    owner: Mapped[str | None]
    """The partner whose people these are; it knows them anyway."""
    sensitive: Mapped[bool]


class IssuedCells(Note):
    """All counts of people of one file: `cells` packs which atoms each is a sum of, and whether it was hidden."""

    issued_id: Mapped[UUID] = mapped_column(unique=True)
    cells: Mapped[bytes] = mapped_column(LargeBinary)

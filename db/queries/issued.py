"""The register of what left the record: which file, when, by whom, to whom, why, and which rows are in it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from db.links import in_chunks
from db.models import (
    Contact,
    Dispatch,
    FrozenReport,
    Issued,
    IssuedCells,
    Organisation,
    Person,
    ReleaseAuthorisation,
    Result,
)
from db.queries.released import atom_rows, unpacked

NEWEST = 500


@dataclass(frozen=True)
class Filters:
    """Which files are looked for; None leaves a side open."""

    name: str | None = None
    audience: str | None = None
    whom: UUID | None = None
    """The donor or partner it was made for."""
    report: UUID | None = None
    """The written report it is of."""
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True)
class IssuedFile:
    """A file that left. `name` is a report's, an export's, or the title of a document."""

    id: UUID
    name: str
    language: str
    format: str
    audience: str
    at: datetime
    person: str | None
    recipients: tuple[str, ...]
    """To whom it went: as was said when it left, or when its report was marked as sent."""
    purpose: str | None
    report: UUID | None
    digest: str
    program: str
    asked: Mapping[str, Any]
    """The scope as it was asked for, by the names of `Scope`; and what the file says of itself besides."""
    rows: int | None
    """How many rows its tables have; None for a file of before this was kept."""
    fields: Mapping[str, tuple[str, ...]]
    """The headings of each of its tables, or the fields of each kind in it."""
    place: str | None
    """Where it was written on the computer that wrote it."""

    @property
    def whom(self) -> UUID | None:
        """The donor or partner it was made for, where it says which."""
        found = self.asked.get(self.audience)
        return UUID(found) if isinstance(found, str) else None


@dataclass(frozen=True)
class Permitted:
    """An authorisation under which a file left; its title stands although it may be removed by now."""

    id: UUID
    title: str
    kind: str


@dataclass(frozen=True)
class IssuedInFull:
    """A file that left, with what is in it."""

    file: IssuedFile
    behind: Mapping[str, tuple[tuple[str, str], ...]]
    """Which rows its figures are made of: for each kind, the filters of its list."""
    results: tuple[UUID, ...]
    """The results whose people were counted in it; none where counts were not kept."""
    permitted: tuple[Permitted, ...]
    excepted: int
    """How many counts below the threshold it shows by exception."""
    cells: int | None
    """How many counts of people it has; None where they were not kept, as for what stays in the office."""
    hidden: int


def issued_files(session: Session, filters: Filters | None = None, most: int = NEWEST) -> tuple[IssuedFile, ...]:
    """What left, the newest first."""
    wanted = filters or Filters()
    asked = _files()
    for column, value in (
        (Issued.name, wanted.name),
        (Issued.audience, wanted.audience),
        (Issued.report_id, wanted.report),
    ):
        if value is not None:
            asked = asked.where(column == value)
    if wanted.since:
        asked = asked.where(Issued.at >= datetime.combine(wanted.since, time.min).astimezone())
    if wanted.until:
        asked = asked.where(Issued.at <= datetime.combine(wanted.until, time.max).astimezone())
    found: list[IssuedFile] = []
    for row in session.execute(asked):
        one = _file(row[0], row[1])
        if wanted.whom is None or one.whom == wanted.whom:
            found.append(one)
        if len(found) == most:
            break
    went = _dispatched(session, [one.report for one in found if one.report])
    return tuple(replace(one, recipients=(*one.recipients, *went.get(one.report, ()))) for one in found)


def count_left(session: Session, before: datetime) -> int:
    """How many files had left by a moment."""
    return session.scalar(select(func.count()).select_from(Issued).where(Issued.at < before)) or 0


def issued_file(session: Session, id: UUID) -> IssuedInFull:
    """One file that left, with what is in it."""
    found = session.execute(_files().where(Issued.id == id)).one()
    row = found[0]
    permitted = row.permitted or {}
    ids = [UUID(one) for one in permitted.get("authorisations", ())]
    letters = select(ReleaseAuthorisation).where(ReleaseAuthorisation.id.in_(ids)).order_by(ReleaseAuthorisation.row)
    body = session.scalar(select(IssuedCells.cells).where(IssuedCells.issued_id == id))
    counts = unpacked(body, atom_rows(session)) if body else None
    figures = dict.fromkeys(atom.figure for atom in counts.atoms) if counts else {}
    return IssuedInFull(
        _file(row, found[1]),
        {kind: tuple((key, value) for key, value in filters) for kind, filters in (row.behind or {}).items()},
        _results(session, figures),
        tuple(Permitted(one.id, one.title, one.kind) for one in session.scalars(letters)),
        permitted.get("excepted", 0),
        len(counts.cells) if counts else None,
        sum(cell.hidden for cell in counts.cells) if counts else 0,
    )


def _files() -> Select[Issued, str]:
    return select(Issued, Person.name).outerjoin(Person, Person.id == Issued.person_id).order_by(Issued.row.desc())


def _file(row: Issued, person: str | None) -> IssuedFile:
    return IssuedFile(
        row.id,
        row.name,
        row.language,
        row.format,
        row.audience,
        row.at,
        person,
        (row.recipient,) if row.recipient else (),
        row.purpose,
        row.report_id,
        row.digest,
        row.program,
        row.asked,
        row.rows,
        {name: tuple(fields) for name, fields in (row.fields or {}).items()},
        row.place,
    )


def _dispatched(session: Session, reports: Sequence[UUID]) -> Mapping[UUID | None, Sequence[str]]:
    """Everybody to whom these reports were sent, each named once."""
    found: dict[UUID | None, dict[str, None]] = defaultdict(dict)
    for chunk in in_chunks(list(dict.fromkeys(reports))):
        rows = session.execute(
            select(FrozenReport.report_id, Contact.name, Organisation.name, Dispatch.addressee)
            .join(Dispatch, Dispatch.frozen_id == FrozenReport.id)
            .outerjoin(Contact, Contact.id == Dispatch.contact_id)
            .outerjoin(Organisation, Organisation.id == Dispatch.organisation_id)
            .where(FrozenReport.report_id.in_(chunk), Dispatch.removed_at.is_(None))
            .order_by(Dispatch.row)
        )
        for report, *names in rows:
            found[report] |= dict.fromkeys(name for name in names if name)
    return {report: tuple(names) for report, names in found.items()}


def _results(session: Session, figures: Mapping[str, None]) -> tuple[UUID, ...]:
    """The results that these figures are; an atom's name begins with the id of its first figure."""
    ids = []
    for figure in figures:
        try:
            ids.append(UUID(figure.split(" ", 1)[0]))
        except ValueError:
            continue
    found = [
        id
        for chunk in in_chunks(list(dict.fromkeys(ids)))
        for id in session.scalars(select(Result.id).where(Result.id.in_(chunk)).order_by(Result.row))
    ]
    return tuple(found)

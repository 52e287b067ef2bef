"""The register whole: the files that left and the confidential texts that were opened, in the order of their time."""

from dataclasses import dataclass
from datetime import datetime, time
from typing import Literal
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.fields import fields_of
from db.links import name_of
from db.models import Person, Reading
from db.queries.columns import entity_of, table_of
from db.queries.issued import NEWEST, Filters, IssuedFile, issued_files

Sort = Literal["left", "opened"]


@dataclass(frozen=True)
class OpenedText:
    """A confidential text that somebody opened. `field` is a message of the catalogues, `kind` the table it is in."""

    id: UUID
    at: datetime
    person: str | None
    kind: str
    thing: UUID
    name: str
    """What it is a text about."""
    field: str
    reason: str


Entry = IssuedFile | OpenedText


def register(
    session: Session, sort: Sort | None = None, filters: Filters | None = None, most: int = NEWEST
) -> tuple[Entry, ...]:
    """What left and what was opened, or one sort of it, the newest first."""
    files = issued_files(session, filters, most) if sort != "opened" else ()
    texts = opened_texts(session, filters, most) if sort != "left" and not _of_files_only(filters) else ()
    found: list[Entry] = [*files, *texts]
    return tuple(sorted(found, key=lambda entry: entry.at, reverse=True)[:most])


def opened_texts(session: Session, filters: Filters | None = None, most: int = NEWEST) -> tuple[OpenedText, ...]:
    """Confidential texts that were opened, the newest first."""
    wanted = filters or Filters()
    asked = select(Reading, Person.name).outerjoin(Person, Person.id == Reading.person_id)
    if wanted.since:
        asked = asked.where(Reading.at >= datetime.combine(wanted.since, time.min).astimezone())
    if wanted.until:
        asked = asked.where(Reading.at <= datetime.combine(wanted.until, time.max).astimezone())
    found = session.execute(asked.order_by(Reading.row.desc()).limit(most))
    return tuple(_text(session, reading, person) for reading, person in found)


def _of_files_only(filters: Filters | None) -> bool:
    """Whether something is asked that only a file has."""
    return filters is not None and any((filters.name, filters.audience, filters.whom, filters.report))


def _text(session: Session, reading: Reading, person: str | None) -> OpenedText:
    entity = entity_of(reading.entity)
    name = name_of(session.connection(), table_of(entity), reading.entity_id)
    field = fields_of(entity)[reading.field].name
    return OpenedText(reading.id, reading.at, person, reading.entity, reading.entity_id, name, field, reading.reason)

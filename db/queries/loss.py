"""What is lost with a computer that is stolen: what the record holds of each kind, and who has to be told.

It stands on a printed sheet, kept apart from the computer: whoever has lost the record cannot ask it any more.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, false, func, or_, select
from sqlalchemy.orm import Session

from db.base import Entity
from db.fields import Kind, fields_of
from db.models import Activity, Agreement, Contact, Device, Document, Issued, Office, Organisation, Person, Result
from db.models.log import ChangeSet
from db.queries.due import Due
from db.queries.history import as_of
from db.queries.kinds import KINDS
from i18n import N_

SHEET = "stolen-laptop"
"""The report that is printed."""
PRINTED = timedelta(days=90)
CHANGED = 500
"""The sheet is brought to mind after so many days, or after so many entries of the history."""
CHANGE = "change"
"""Under which name the register keeps how far the history went when the sheet was made."""
_NAMED = (Organisation, Agreement, Activity, Result)
"""What is named on the sheet in any case, beside all that holds something confidential: it is one page."""
_NEVER = N_("The sheet for a stolen computer was never printed")
_OLD = N_("The sheet for a stolen computer has to be printed anew")


@dataclass(frozen=True)
class HeldKind:
    """How many things of a kind there are, and how many of them would harm somebody in the wrong hands."""

    name: str
    """A msgid."""
    count: int
    confidential: int


@dataclass(frozen=True)
class Loss:
    """What the record held, whom to call, and who worked with it."""

    held: tuple[HeldKind, ...]
    others: int
    """How many things of other kinds there are, none of them confidential."""
    alarm: str | None
    device: UUID
    since: date
    """Since when it is written in on this computer."""
    people: Mapping[UUID, str]


def loss(session: Session) -> Loss:
    """What would be lost now."""
    device = session.execute(select(Device.id, Device.since).order_by(Device.row.desc()).limit(1)).one()
    alarms = select(Office.alarm).where(Office.removed_at.is_(None)).order_by(Office.row).limit(1)
    people = session.scalars(select(Person))
    kinds = {kind.entity: kind for kind in KINDS.values()}
    held = [(entity, HeldKind(kind.name, *_counted(session, entity))) for entity, kind in kinds.items()]
    named = [one.confidential > 0 or (entity in _NAMED and one.count > 0) for entity, one in held]
    return Loss(
        tuple(one for (_entity, one), told in zip(held, named, strict=True) if told),
        sum(one.count for (_entity, one), told in zip(held, named, strict=True) if not told),
        session.scalar(alarms),
        device.id,
        device.since.astimezone().date(),
        {one.id: one.name for one in people},
    )


def sheet_due(session: Session, today: date) -> Iterator[Due]:
    """A line of the work list once the sheet is old, or once much has changed since it was printed."""
    office = session.execute(select(Office.id, Office.name).where(Office.removed_at.is_(None)).order_by(Office.row))
    last = session.execute(
        select(Issued.at, Issued.asked).where(Issued.name == SHEET).order_by(Issued.row.desc()).limit(1)
    ).first()
    begun = session.scalar(select(ChangeSet.at).order_by(ChangeSet.row).limit(1))
    at, change = (last.at, last.asked.get(CHANGE, 0)) if last else (begun or datetime.now(UTC), 0)
    due = at.astimezone().date() + PRINTED
    if as_of(session) - change > CHANGED:
        due = min(due, today)
    if due <= today and (found := office.first()):
        yield Due("offices", found.id, found.name, None, due, _OLD if last else _NEVER)


def _counted(session: Session, entity: type[Entity]) -> tuple[int, int]:
    harms = _harms(entity)
    asked = select(func.count(), func.count().filter(harms)).select_from(entity).where(entity.removed_at.is_(None))
    count, confidential = session.execute(asked).one()
    return count, confidential


def _harms(entity: Any) -> ColumnElement[bool]:
    """Which rows of a kind would harm somebody: sealed or sensitive ones, how to reach people, files of the office."""
    if entity is Contact:
        return entity.id.is_not(None)
    if entity is Document:
        return entity.audience == "internal"
    sealed = [getattr(entity, key).is_not(None) for key, each in fields_of(entity).items() if each.kind is Kind.SEALED]
    sensitive = [entity.sensitivity != "low"] if hasattr(entity, "sensitivity") else []
    return or_(false(), *sealed, *sensitive)

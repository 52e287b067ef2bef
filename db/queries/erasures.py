"""Erasures that were done, as the chained log tells them: who, when, on what ground, how many of which kind."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from db.deeds import Details
from db.errors import NotThere
from db.models import ChangeSet, LogRow, Person
from db.queries.names import office_name
from db.sealing import ERASURES


@dataclass(frozen=True)
class ErasureDone:
    """One erasure: its deed as the history names it, what it reached, and where the chain of the history stood."""

    id: UUID
    row: int
    """Its place in the whole history: a copy that ends before it holds what was erased."""
    number: int
    at: datetime
    person: str
    office: str
    deed: str
    details: Details
    kinds: Mapping[str, int]
    entries: int
    """How many entries of the history lost their values."""
    chain: str


def erasures(session: Session) -> tuple[ErasureDone, ...]:
    """Every erasure, the newest first."""
    done = select(ChangeSet).where(ChangeSet.row.in_(text(ERASURES))).order_by(ChangeSet.row.desc())
    return tuple(_told(session, each) for each in session.scalars(done))


def erasure(session: Session, id: UUID | None = None) -> ErasureDone:
    """One erasure, or the newest; NotThere where there is none."""
    found = next((one for one in erasures(session) if id in (None, one.id)), None)
    if found is None:
        raise NotThere
    return found


def _told(session: Session, done: ChangeSet) -> ErasureDone:
    touched = (LogRow.before.is_(None), LogRow.after.is_(None))
    own = select(LogRow.entity, LogRow.entity_id).where(LogRow.change_set == done.row, *touched).distinct().subquery()
    kinds = session.execute(select(own.c.entity, func.count()).group_by(own.c.entity).order_by(own.c.entity))
    entries = (
        select(func.count())
        .select_from(LogRow)
        .join(own, (own.c.entity == LogRow.entity) & (own.c.entity_id == LogRow.entity_id))
    )
    reached = session.scalar(entries.where(*touched, LogRow.change_set < done.row)) or 0
    person = session.scalar(select(Person.name).where(Person.id == done.actor_id)) or ""
    return ErasureDone(
        done.id,
        done.row,
        done.number,
        done.at,
        person,
        office_name(session),
        done.deed,
        done.details,
        {row.entity: row[1] for row in kinds},
        reached,
        done.chain or "",
    )

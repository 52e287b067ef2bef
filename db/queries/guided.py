"""What was done since the guide began: the sample office has done all of it before, and that does not count."""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.models import Breakdown, Result
from db.models.log import ChangeSet, LogRow
from db.models.reports_issued import Issued


@dataclass(frozen=True)
class Begun:
    """How far the record was when the guide began."""

    changes: int
    issued: int


def so_far(session: Session) -> Begun:
    """How far the record is now."""
    changes = session.scalar(select(func.max(ChangeSet.row)))
    return Begun(changes or 0, session.scalar(select(func.max(Issued.row))) or 0)


def done_since(session: Session, begun: Begun) -> frozenset[str]:
    """What was done since then: `new:` tables, `missing:` figures by their reason, `act:undo`, `issued:` files."""
    since = ChangeSet.row > begun.changes
    acts = session.scalars(select(ChangeSet.act).where(since).distinct())
    rows = select(LogRow.entity, LogRow.entity_id).where(LogRow.change_set > begun.changes, LogRow.before.is_(None))
    made = session.scalars(select(rows.subquery().c.entity).distinct())
    ids = select(rows.subquery().c.entity_id)
    reasons = [
        reason
        for figure in (Result, Breakdown)
        for reason in session.scalars(select(figure.missing).where(figure.id.in_(ids), figure.missing.is_not(None)))
    ]
    issued = session.execute(select(Issued.name, Issued.language, Issued.audience).where(Issued.row > begun.issued))
    return frozenset(
        [f"act:{act}" for act in acts]
        + [f"new:{table}" for table in made]
        + [f"missing:{reason}" for reason in reasons]
        + [f"issued:{name}:{side}" for name, language, audience in issued for side in (language, audience)]
    )

"""The figures of a programme as they were published: each on its line, with its unit, caveat and publication."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.models import FrameworkItem, Result, Source, SourceRow
from db.models.activities import SENSITIVE
from db.models.results import COUNTS
from db.queries.called import Called, called
from db.queries.corrected import firsts


@dataclass(frozen=True)
class Published:
    """One figure; `value` is an integer that stands for tenths where `decimals` is 1, and so on."""

    id: UUID
    first: UUID
    """The first figure of its line, where it corrects others."""
    item: UUID
    parent: UUID | None
    code: str
    name: Called
    when: str | None
    """The time it is of, in the words of the framework."""
    starts_on: date | None
    ends_on: date | None
    value: int | None
    decimals: int
    unit: str
    qualifier: str
    nature: str
    span: str
    missing: str | None
    sensitive: bool
    caveat: str | None
    source: str | None


def published(session: Session, framework_id: UUID) -> tuple[Published, ...]:
    """The figures of a framework's lines, in the order of the lines."""
    source = (
        select(func.coalesce(Source.citation, Source.name))
        .join(SourceRow, SourceRow.source_id == Source.id)
        .where(SourceRow.entity_id == Result.id, SourceRow.removed_at.is_(None))
        .order_by(SourceRow.row)
        .limit(1)
        .correlate(Result)
        .scalar_subquery()
    )
    rows = session.execute(
        select(Result, FrameworkItem, source)
        .join(FrameworkItem, FrameworkItem.id == Result.item_id)
        .where(FrameworkItem.framework_id == framework_id, FrameworkItem.removed_at.is_(None), COUNTS)
        .order_by(FrameworkItem.position, FrameworkItem.row, Result.starts_on, Result.row)
    ).all()
    names = called(session, FrameworkItem.name, FrameworkItem.name_language, [item.id for _one, item, _said in rows])
    first = firsts(session)
    return tuple(
        Published(
            one.id,
            first.get(one.id, one.id),
            item.id,
            item.parent_id,
            item.code,
            names[item.id],
            item.horizon,
            one.starts_on,
            one.ends_on,
            one.value,
            one.decimals,
            one.unit,
            one.qualifier,
            one.nature,
            one.span,
            one.missing,
            one.sensitivity in SENSITIVE,
            one.notes,
            said,
        )
        for one, item, said in rows
    )

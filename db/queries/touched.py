"""What was changed between two states of the record, in a thing or in any of its parts."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import Table, select
from sqlalchemy.orm import Session

from db.links import in_chunks, links_into
from db.models.log import LogRow
from db.queries.columns import table_of
from db.queries.entries import ids_of
from db.queries.kinds import KINDS
from db.queries.listing import RowsAsked, rows_in_order


def behind(session: Session, kind: str, filters: Collection[tuple[str, str]]) -> tuple[UUID, ...]:
    """The ids of what a selection means now."""
    listed = KINDS[kind]
    asked = RowsAsked(listed.order, filters={**listed.filters, **dict(filters)})
    return tuple(ids_of(session, listed.entity, rows_in_order(session, listed.listing, asked)))


def touched(session: Session, kind: str, ids: Collection[UUID], after: int, until: int) -> frozenset[UUID]:
    """Which of these things were changed, themselves or in their parts, after one change and until another."""
    wholes = {id: id for id in ids}
    found: set[UUID] = set()
    _follow(session, table_of(KINDS[kind].entity), wholes, (min(after, until), max(after, until)), found, set())
    return frozenset(found)


def _follow(
    session: Session,
    table: Table,
    wholes: dict[UUID, UUID],
    span: tuple[int, int],
    found: set[UUID],
    seen: set[Table],
) -> None:
    """Look at these rows, then at their parts, removed ones too; `wholes` says which thing each row is a part of."""
    seen.add(table)
    first, last = span
    for chunk in in_chunks(list(wholes)):
        changed = select(LogRow.entity_id).where(
            LogRow.entity == table.name,
            LogRow.entity_id.in_(chunk),
            LogRow.change_set > first,
            LogRow.change_set <= last,
        )
        found |= {wholes[id] for id in session.scalars(changed)}
    for link in links_into(table):
        if not link.owned or link.table in seen or not link.column.foreign_keys:
            continue
        parts: dict[UUID, UUID] = {}
        for chunk in in_chunks(list(wholes)):
            rows = select(link.table.c.id, link.column).where(link.column.in_(chunk))
            parts |= {id: wholes[whole] for id, whole in session.execute(rows)}
        if parts:
            _follow(session, link.table, parts, span, found, seen)

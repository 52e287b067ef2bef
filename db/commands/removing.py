"""Removing a thing from the record: a mark, which takes owned parts along and refuses while others point at it.

What is settled does not go, and what followed from a thing that goes follows from what is left.
"""

from collections.abc import Callable, Iterable, Mapping
from uuid import UUID

from sqlalchemy import Table, select, update
from sqlalchemy.orm import Session

from db.base import Entity, now
from db.commands import agreements, assessments, reports, texts, women_led
from db.deeds import Term, called, deed
from db.errors import NotThere, StillPointedAt
from db.links import in_chunks, links_into, name_of, names_of, pointing
from db.queries.table_kinds import one_of_table
from i18n import N_

_NAMES_AT_MOST = 5

RULES_OF_REMOVING: Mapping[type[Entity], Callable[[Session, UUID], None]] = {
    **agreements.RULES_OF_REMOVING,
    **women_led.RULES_OF_REMOVING,
    **assessments.RULES_OF_REMOVING,
    **reports.RULES_OF_REMOVING,
    **texts.RULES_OF_REMOVING,
}
"""What stands against removing a thing by itself, or changes with it. What goes with its whole is not asked."""


@deed(N_("Remove “{what}” ({kind})"))
def remove(session: Session, entity: type[Entity], id: UUID) -> None:
    """Mark a thing and its parts removed."""
    table = entity.__table__
    assert isinstance(table, Table)
    if rule := RULES_OF_REMOVING.get(entity):
        rule(session, id)
    session.flush()
    connection = session.connection()
    kind = Term(one_of_table(table.name))
    called(session, what=name_of(connection, table, id) or kind, kind=kind)
    going = with_parts(session, table, [id])
    if not going[table]:
        raise NotThere
    refuse_if_used(session, going)
    at = now()
    for part, ids in going.items():
        for chunk in in_chunks(sorted(ids)):
            connection.execute(update(part).where(part.c.id.in_(chunk)).values(removed_at=at))
    session.expire_all()


def with_parts(session: Session, table: Table, ids: Iterable[UUID]) -> dict[Table, set[UUID]]:
    """These rows and all their parts, down to the last, that are not removed already."""
    connection = session.connection()
    going: dict[Table, set[UUID]] = {table: set()}
    for chunk in in_chunks(list(ids)):
        live = select(table.c.id).where(table.c.id.in_(chunk), table.c.removed_at.is_(None))
        going[table].update(connection.execute(live).scalars())
    waiting = [table]
    while waiting:
        whole = waiting.pop()
        for link in links_into(whole):
            if link.owned:
                parts = set(pointing(connection, link, going[whole])) - going.setdefault(link.table, set())
                going[link.table] |= parts
                if parts:
                    waiting.append(link.table)
    return going


def refuse_if_used(session: Session, going: dict[Table, set[UUID]]) -> None:
    """Refuse to remove what something that stays still points at, and say what that is."""
    connection = session.connection()
    count = 0
    names: list[str] = []
    for table, ids in going.items():
        for link in links_into(table):
            users = [user for user in pointing(connection, link, ids) if user not in going.get(link.table, ())]
            count += len(users)
            if users and len(names) < _NAMES_AT_MOST:
                names += names_of(connection, link.table, users[:50])
    if count:
        raise StillPointedAt(count=count, names=names[:_NAMES_AT_MOST])

"""Taking the last deed back and doing it again, by opposite changes that stand in the history like any other.

What is next follows from the log alone: a deed is taken back when its newest change set is an undo, and a new deed cuts
off what could have been done again. An erasure, and a deed of which one left nothing, is passed over; of a deed
of which it left something, that is taken back.
"""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Connection, String, cast, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, aliased

from db.base import now, stored
from db.changes import Change, apply, changes_of, first_not_holding, whole
from db.deeds import EVERYDAY, LASTING, ROLE_ASKED, Details
from db.errors import CannotUndo, NotTakenBack
from db.links import links_into, name_of, pointing
from db.models.log import ChangeSet, LogRow
from db.roles import require
from db.sealing import ERASED
from db.triggers import logged_tables


@dataclass(frozen=True)
class NextStep:
    """A deed that can be taken back or done again now."""

    id: UUID
    deed: str
    details: Details
    last_set: int
    """The change set to turn round: the deed itself, or the last time it was taken back or done again."""


def next_undo(session: Session) -> NextStep | None:
    """The newest deed not yet taken back."""
    later, standing = aliased(ChangeSet), aliased(ChangeSet)
    turned = select(func.max(later.row)).where(later.of_id == ChangeSet.id).scalar_subquery()
    last = func.coalesce(turned, ChangeSet.row)
    erasure = cast(ChangeSet.details, String).like(f'%"{ERASED}": {{%')
    left = (LogRow.change_set == standing.row) & (LogRow.before.is_not(None) | LogRow.after.is_not(None))
    found = session.execute(
        select(ChangeSet, standing.row)
        .join(standing, standing.row == last)
        .where(
            ChangeSet.act == "deed",
            standing.act != "undo",
            ChangeSet.chain.is_not(None),
            select(1).where(left).exists(),
            ~erasure,
        )
        .order_by(ChangeSet.row.desc())
        .limit(1)
    ).first()
    return NextStep(found[0].id, found[0].deed, found[0].details, found[1]) if found else None


def next_redo(session: Session) -> NextStep | None:
    """The deed taken back last, unless something new was done since."""
    # Walked from the end: a maximum over all deeds would read the whole log.
    sets = aliased(ChangeSet)
    newest_deed = select(sets.row).where(sets.act == "deed").order_by(sets.row.desc()).limit(1).scalar_subquery()
    undone, again = aliased(ChangeSet), aliased(ChangeSet)
    done_again = select(again.row).where(again.act == "redo", again.of_id == undone.of_id, again.row > undone.row)
    found = session.execute(
        select(ChangeSet, undone.row)
        .join(undone, undone.of_id == ChangeSet.id)
        .where(undone.act == "undo", undone.row > newest_deed, ~done_again.exists())
        .order_by(undone.row.desc())
        .limit(1)
    ).first()
    return NextStep(found[0].id, found[0].deed, found[0].details, found[1]) if found else None


def turn_round(session: Session, step: NextStep, refusal: type[CannotUndo]) -> tuple[NextStep, Details]:
    """Write the opposite of a change set, or refuse and say which row stands in the way."""
    require(session, step.details.get(ROLE_ASKED, EVERYDAY))
    if LASTING in step.details:
        raise NotTakenBack(step.deed, step.details, "")
    connection = session.connection()
    changes = list(whole(changes_of(connection, step.last_set)))
    if other := first_not_holding(connection, changes):
        raise _refused(connection, step, other, refusal)
    at = stored(now())
    opposite = [change.turned(at) for change in changes]
    try:
        apply(connection, opposite)
    except IntegrityError:
        raise _refused(connection, step, changes[0], refusal) from None
    if used := _still_used(connection, opposite):
        raise _refused(connection, step, used, refusal)
    return step, step.details


def _still_used(connection: Connection, changes: list[Change]) -> Change | None:
    """A row that goes while something that stays points at it."""
    tables = logged_tables()
    gone: dict[str, dict[UUID, Change]] = {}
    for change in changes:
        if change.after and change.after.get("removed_at"):
            gone.setdefault(change.entity, {})[change.id] = change
    for entity, rows in gone.items():
        for link in links_into(tables[entity]):
            if next(pointing(connection, link, rows), None):
                return next(
                    change for id, change in rows.items() if next(pointing(connection, link, [id]), None) is not None
                )
    return None


def _refused(connection: Connection, step: NextStep, change: Change, refusal: type[CannotUndo]) -> CannotUndo:
    what = name_of(connection, logged_tables()[change.entity], change.id)
    return refusal(step.deed, step.details, what)

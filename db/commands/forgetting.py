"""What an erasure takes out of the record besides the rows: words in the log, beside the record, and files.

Deeds are called by the names of what they touched, and so are drafts, reasons and whatever was noted when something
left. A deed that touched nothing but what is erased keeps none of its words; in any other only those go that hold the
words of what is erased. What stood in a word's place says that something was erased, never what.
"""

import json
from collections.abc import Collection, Iterable, Iterator
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, ColumnElement, Connection, delete, select, update
from sqlalchemy.orm import Session

from db import trail
from db.base import PlainText
from db.commands.drafts import forget_drafts
from db.deeds import ROLE_ASKED, UNSTORABLE, Details, kept_besides
from db.links import in_chunks
from db.models import Content, Document, FrozenReport, Issued, Reading
from db.queries.erasable import Reached, Words
from db.sealing import ERASED, erase_rows, put_details
from i18n import N_

MARK = "[…]"
"""What stands where a name has to: the sign for words left out, which every language reads."""
GONE = N_("erased")

_LOOKED_AT = 60
"""Names in the log may be cut short: so much of one is looked for."""


def forget(session: Session, reached: Reached, words: Words, *, whole: bool = True) -> int:
    """Take every trace of these rows out of the log and from beside the record, and say how many entries it reached.

    The rows themselves have to be empty by now: what emptied them is in the log as well. Where a thing is not reached
    as a whole, what it is called may stay.
    """
    connection = session.connection()
    sets = _sets_of(connection, reached)
    entries = sum(erase_rows(connection, table.name, ids) for table, ids in reached.items())
    pending = session.info.get("besides", {}).get(ERASED, {})
    put = dict(_details(connection, sets, words, whole))
    kept_besides(session, **{ERASED: put_details(connection, put, pending)})
    ids = {id for each in reached.values() for id in each}
    forget_drafts(session, ids, words.names)
    _notes(session, ids, words.names)
    return entries


def forget_contents(session: Session, digests: Iterable[str]) -> None:
    """Take files out of the record that nothing in it belongs to any more; what left in a frozen report stays."""
    for digest in set(digests) - {""}:
        held = select(Document.id).where(Document.digest == digest).limit(1)
        frozen = select(FrozenReport.id).where(FrozenReport.answers == digest).limit(1)
        if session.scalar(held) is None and session.scalar(frozen) is None:
            session.execute(delete(Content).where(Content.digest == digest))


def _sets_of(connection: Connection, reached: Reached) -> set[int]:
    """The sealed change sets that touched any of these rows."""
    asked = (
        "SELECT change_set FROM log_row JOIN change_set sets ON sets.row = change_set"
        " WHERE entity = ? AND entity_id = ? AND chain IS NOT NULL"
    )
    return {
        row[0]
        for table, ids in reached.items()
        for id in ids
        for row in connection.exec_driver_sql(asked, (table.name, id.hex))
    }


def _details(connection: Connection, sets: set[int], words: Words, whole: bool) -> Iterator[tuple[int, Details]]:
    """The sets whose details hold what has to go, with the details that stay."""
    names = _needles(words.names)
    texts = _needles((*words.names, *words.texts))
    others = "SELECT row FROM change_set WHERE instr(details, ?) AND chain IS NOT NULL"
    written = [json.dumps(name, ensure_ascii=False)[1:-1] for name in names]
    naming = {row[0] for name in written for row in connection.exec_driver_sql(others, (name,))}
    alive = "SELECT 1 FROM log_row WHERE change_set = ? AND (before IS NOT NULL OR after IS NOT NULL) LIMIT 1"
    for row in sorted(sets | naming):
        (kept,) = connection.exec_driver_sql("SELECT details FROM change_set WHERE row = ?", (row,)).one()
        details: Details = json.loads(kept)
        nothing_else = whole and row in sets and connection.exec_driver_sql(alive, (row,)).first() is None
        looked_for = texts if row in sets else names
        alike = words.any if row in sets else frozenset()
        left = {
            key: {"term": GONE} if _goes(key, value, nothing_else, looked_for, alike) else value
            for key, value in details.items()
        }
        if left != details:
            yield row, left


def _goes(key: str, value: Any, nothing_else: bool, needles: Iterable[str], alike: Collection[str]) -> bool:
    if not isinstance(value, str) or key == ROLE_ASKED:
        return False
    return nothing_else or value in alike or any(one in value for one in needles)


def _needles(texts: Iterable[str]) -> tuple[str, ...]:
    """Texts as the log's details may hold them."""
    return tuple(dict.fromkeys(UNSTORABLE.sub(" ", text)[:_LOOKED_AT] for text in texts))


def _notes(session: Session, ids: Collection[UUID], names: Iterable[str]) -> None:
    """Take the names out of what is noted when something leaves or is opened; the trail is told what is noted now."""
    changed: dict[tuple[type[Issued] | type[Reading], UUID], None] = {}
    connection = session.connection()
    for chunk in in_chunks(sorted(ids)):
        opened = update(Reading).where(Reading.entity_id.in_(chunk)).values(reason=MARK).returning(Reading.id)
        changed |= {(Reading, id): None for id in session.scalars(opened)}
    for kind in (Issued, Reading):
        for column in (
            f'"{each.name}"' for each in kind.__table__.columns if is_text(each) or isinstance(each.type, JSON)
        ):
            replaced = f"UPDATE {kind.__tablename__} SET {column} = replace({column}, ?, ?) WHERE instr({column}, ?)"
            for form in {form: None for name in names for form in (name, json.dumps(name)[1:-1])}:
                found = connection.exec_driver_sql(f"{replaced} RETURNING id", (form, MARK, form))
                changed |= {(kind, UUID(row[0])): None for row in found}
    session.expire_all()
    if entries := [session.scalars(select(kind).where(kind.id == id)).one() for kind, id in changed]:
        trail.keep(session, trail.LEFT, session.info["person"], *entries)


def is_text(column: ColumnElement[Any]) -> bool:
    """Whether a column holds text."""
    return isinstance(column.type, PlainText)

"""Is the record sound? Its pages, its log, its links and its values, each fault a plain finding.

The cipher's own check reads the main file only, so what is still in the WAL is folded in first; pages nobody uses can
still raise a false alarm, which rewriting the file settles. A tail cut off the record leaves no trace inside it: only
the number in the name of the last back-up gives that away.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import Table, select
from sqlalchemy.orm import Session

from db import backup, searching, triggers
from db.base import Base, Entity
from db.errors import Value, shown
from db.fields import Kind, fields_of, is_sealed
from db.links import links_into, names_of
from db.queries.documents import without_content
from db.record import Record
from db.sealing import ERASURES, verify
from db.trail import astray
from i18n import N_, Words

DAMAGED = N_("The file of the record is damaged. Bring back the last back-up.")
SHORTER = N_("The record holds {held} entries of history, but its last back-up held {noted}: the end was lost.")
UNLOGGED = N_("Changes are not logged as they should be: {names}.")
DANGLING = N_("Something points at what is not in the record: {names}.")
STILL_POINTED_AT = N_("Something still points at what was removed: {names}.")
STRAYED = N_("Searching may miss things, or find old words: {count} differ from the record, which is whole itself.")
NO_CONTENT = N_("The content of {count} documents is missing or was altered, such as of: {names}.")
UNFIT = N_("“{field}” holds {count} values that cannot stand there, such as in: {names}.")
CHAIN = {
    "altered": N_("Entry {number} of the history was altered after it was written."),
    "row altered": N_("A value in entry {number} of the history was altered after it was written."),
    "missing": N_("An entry is missing from the history before entry {number}."),
    "unsealed": N_("Something was written past the history."),
}
TRAIL = {
    "altered": N_("What the register says of {count} files that left or texts that were opened was altered: {days}."),
    "missing": N_("{count} files that left or texts that were opened are missing from the register: {days}."),
    "past": N_("{count} entries stand in the register that Jalon did not write: {days}."),
}
_SHOWN = 5
_LEFT = f"""
SELECT one.id FROM "{{table}}" one JOIN "{{target}}" other ON other.id = one."{{key}}"
WHERE one.removed_at IS NULL AND other.removed_at IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM log_row WHERE entity = '{{target}}' AND entity_id = other.id AND change_set IN ({{erasures}})
) LIMIT {_SHOWN}
"""
"""An erased row stays, so that what points at it still does."""


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong: its sentence, and the values for the gaps."""

    message: str
    gaps: Mapping[str, Value] = field(default_factory=dict)

    def values(self, words: Words) -> dict[str, str]:
        """The values for the gaps, as the reader writes them."""
        put = {name: shown(value, words) for name, value in self.gaps.items()}
        return put | {"field": words.gettext(str(self.gaps["field"]))} if "field" in put else put


def check(record: Record) -> tuple[Finding, ...]:
    """Everything that is wrong with the record; nothing, when it is sound."""
    if _is_damaged(record):
        return (Finding(DAMAGED),)
    with record.driver() as driver:
        held, copy = backup.last_number(driver), backup.newest(record.path, driver)
    shorter = (Finding(SHORTER, {"held": held, "noted": copy.number}),) if copy and copy.number > held else ()
    return (*shorter, *record.read(findings))


def pages_are_damaged(record: Record) -> bool:
    """The short check, of each page by itself: what it finds is looked at again in full, for it may be nothing."""
    with record.driver() as driver:
        if record.can_write:
            driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        if not driver.execute("PRAGMA cipher_integrity_check").fetchall():
            return False
    return _is_damaged(record)


def _is_damaged(record: Record) -> bool:
    with record.driver() as driver:
        if record.can_write:
            driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        damaged = bool(backup.faults(driver))
        if damaged and record.can_write and driver.execute("PRAGMA integrity_check").fetchall() == [("ok",)]:
            driver.execute("VACUUM")
            damaged = bool(backup.faults(driver))
        return damaged


def findings(session: Session) -> tuple[Finding, ...]:
    """What is wrong inside a file that is sound."""
    return (
        *_log(session),
        *_trail(session),
        *_links(session),
        *_values(session),
        *_contents(session),
        *_search(session),
    )


def _log(session: Session) -> Iterator[Finding]:
    wanted, present = triggers.triggers(), triggers.present(session.connection())
    if wrong := sorted(name for name in wanted.keys() | present.keys() if wanted.get(name) != present.get(name)):
        yield Finding(UNLOGGED, {"names": wrong[:_SHOWN]})
    for found in verify(session.connection()):
        yield Finding(CHAIN[found.what], {"number": found.number} if found.number else {})


def _trail(session: Session) -> Iterator[Finding]:
    for found in astray(session):
        days = [day.isoformat() for day in found.days[:_SHOWN]]
        yield Finding(TRAIL[found.what], {"count": len(found.days), "days": days})


def _links(session: Session) -> Iterator[Finding]:
    connection = session.connection()
    dangling = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    if dangling:
        yield Finding(DANGLING, {"names": sorted({row[0] for row in dangling})})
    for table, left in _pointing_at_what_went():
        if ids := [UUID(id) for (id,) in connection.exec_driver_sql(left)]:
            yield Finding(STILL_POINTED_AT, {"names": names_of(connection, table, ids)})


@cache
def _pointing_at_what_went() -> tuple[tuple[Table, str], ...]:
    """For each link, the SQL that finds what still points at what was removed: made once, as there are hundreds."""
    return tuple(
        (link.table, _LEFT.format(table=link.table.name, key=link.column.name, target=target.name, erasures=ERASURES))
        for target in triggers.logged_tables().values()
        for link in links_into(target)
    )


def _contents(session: Session) -> Iterator[Finding]:
    if ids := without_content(session):
        names = names_of(session.connection(), triggers.logged_tables()["document"], ids[:_SHOWN])
        yield Finding(NO_CONTENT, {"count": len(ids), "names": names})


def _values(session: Session) -> Iterator[Finding]:
    connection = session.connection()
    for mapper in Base.registry.mappers:
        entity, table = mapper.class_, mapper.local_table
        if not issubclass(entity, Entity) or not isinstance(table, Table):
            continue
        described = fields_of(entity)
        columns = [table.c[name] for name in described]
        unfit: dict[str, list[UUID]] = defaultdict(list)
        rows: Any = connection.execute(select(table.c.id, *columns).where(table.c.removed_at.is_(None)))
        for id, *values in rows:
            for about, value in zip(described.values(), values, strict=True):
                in_the_clear = about.kind is Kind.SEALED and value and not is_sealed(value)
                if in_the_clear or about.problem(value):
                    unfit[about.name].append(id)
        for name, ids in unfit.items():
            some = names_of(connection, table, ids[:_SHOWN])
            yield Finding(UNFIT, {"field": name, "count": len(ids), "names": some})


def _search(session: Session) -> Iterator[Finding]:
    if strayed := searching.out_of_step(session.connection()):
        yield Finding(STRAYED, {"count": strayed})

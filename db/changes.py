"""Changes: what a row held before and after, read from the log, put together, turned round and applied.

History, undo, exchange and audit read the same changes. Values are as the database keeps them (ids as 32 hex digits,
ISO dates, whole numbers), so that turning a change round gives back exactly what was there.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, text

from db.triggers import logged_columns, logged_tables

Values = dict[str, Any]
AT_ONCE = 500


@dataclass(frozen=True)
class Change:
    """One row of one table: `before` is None for what is new, `after` for what is gone."""

    entity: str
    id: UUID
    before: Values | None
    after: Values | None

    def then(self, later: "Change") -> "Change":
        """This change and a later one of the same row, as one."""
        before = self.before if self.before is None else {**(later.before or {}), **self.before}
        after = later.after if later.after is None else {**(self.after or {}), **later.after}
        return replace(self, before=before, after=after)

    def turned(self, at: str) -> "Change":
        """The change that takes this one back. What was added is marked removed, for only erasure takes values away."""
        if self.before is None:
            return replace(self, before={"removed_at": None}, after={"removed_at": at})
        return replace(self, before=self.after, after=self.before)


def changes_of(connection: Connection, change_set: int) -> list[Change]:
    """What a change set did in all to each row, in the order in which it first touched them."""
    found: dict[tuple[str, str], Change] = {}
    rows = connection.execute(
        text("SELECT entity, entity_id, before, after FROM log_row WHERE change_set = :set ORDER BY row"),
        {"set": change_set},
    )
    for entity, id, before, after in rows:
        change = Change(entity, UUID(id), _values(before), _values(after))
        earlier = found.get((entity, id))
        found[entity, id] = earlier.then(change) if earlier else change
    return [change for change in found.values() if change.before != change.after]


def first_not_holding(connection: Connection, changes: Iterable[Change]) -> Change | None:
    """The first change whose row no longer holds what the change left there."""
    for entity, fields, group in _alike(changes, lambda change: change.after):
        held = {id: row for chunk in _chunks(group) for id, row in _read(connection, entity, fields, chunk)}
        for change in group:
            expected = None if change.after is None else tuple(change.after[name] for name in fields)
            if held.get(change.id.hex) != expected:
                return change
    return None


def apply(connection: Connection, changes: Iterable[Change]) -> None:
    """Write what the changes say; the triggers log it."""
    for entity, fields, group in _alike(changes, lambda change: change.after):
        if not fields:
            raise ValueError("a change takes no row away")
        updates = [change for change in group if change.before is not None]
        inserts = [change for change in group if change.before is None]
        if updates:
            columns = ", ".join(f'"{name}" = ?' for name in fields)
            connection.exec_driver_sql(f'UPDATE "{entity}" SET {columns} WHERE id = ?', _bound(updates, fields))
        if inserts:
            columns = ", ".join(f'"{name}"' for name in (*fields, "id"))
            places = ", ".join("?" * (len(fields) + 1))
            connection.exec_driver_sql(f'INSERT INTO "{entity}" ({columns}) VALUES ({places})', _bound(inserts, fields))


def whole(changes: Iterable[Change]) -> Iterator[Change]:
    """The same changes with every field of what was added, the empty ones too."""
    columns = {name: logged_columns(table) for name, table in logged_tables().items()}
    for change in changes:
        if change.before is None and change.after is not None:
            yield replace(change, after={name: change.after.get(name) for name in columns[change.entity]})
        else:
            yield change


def _values(text: str | None) -> Values | None:
    return None if text is None else json.loads(text)


def _alike(changes: Iterable[Change], side: Any) -> Iterator[tuple[str, tuple[str, ...], list[Change]]]:
    """Changes that set the same fields of the same table, so that each group is one statement."""
    groups: dict[tuple[str, tuple[str, ...]], list[Change]] = defaultdict(list)
    for change in changes:
        groups[change.entity, tuple(sorted(side(change) or ()))].append(change)
    for (entity, fields), group in groups.items():
        yield entity, fields, group


def _chunks(changes: Sequence[Change]) -> Iterator[list[str]]:
    for start in range(0, len(changes), AT_ONCE):
        yield [change.id.hex for change in changes[start : start + AT_ONCE]]


def _read(
    connection: Connection, entity: str, fields: Sequence[str], ids: list[str]
) -> Iterator[tuple[str, tuple[Any, ...]]]:
    columns = ", ".join(f'"{name}"' for name in ("id", *fields))
    places = ", ".join("?" * len(ids))
    for id, *values in connection.exec_driver_sql(
        f'SELECT {columns} FROM "{entity}" WHERE id IN ({places})', tuple(ids)
    ):
        yield id, tuple(values)


def _bound(changes: Sequence[Change], fields: Sequence[str]) -> list[tuple[Any, ...]]:
    return [(*(change.after[name] for name in fields), change.id.hex) for change in changes if change.after]

"""What can be read of a damaged record, brought into a new one, with a report of what is missing.

One page that cannot be read spoils the connection that met it, so ranges of rows are halved with a new connection after
each fault. A row that is lost in its table is put together again from the log, which holds every value it ever had.
The damaged file itself is only copied, and stays as it is.
"""

import json
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

import sqlcipher3.dbapi2 as sqlite
from sqlalchemy import Connection, Table

from db import searching, triggers
from db.base import Base, new_id, now, stored
from db.durable import copy_durably, passing_folder, rename_durably
from db.engine import connect, worded
from db.errors import RecordError, RecordExists
from db.folders import refuse_unsafe
from db.keys import keys_path
from db.locking import locked
from db.migrations import upgrade
from db.open_file import OpenFile
from db.slots import Key
from i18n import N_

_NO_ONE = UUID(int=0)
_SHOWN = 20
_ONLY_LOGGED = """
SELECT DISTINCT entity_id FROM log_row WHERE entity = ? AND entity_id NOT IN (SELECT id FROM "{table}")
"""


class NothingReadable(RecordError):
    message = N_("Nothing can be read of {path}: its first pages are destroyed, or it belongs to another key file.")


@dataclass(frozen=True)
class Salvaged:
    """What became of the rows of one table: read, put together from the log, lost, and what the lost were called.

    `counted` is whether the lost could be counted; else there may be more of them.
    """

    table: str
    read: int
    rebuilt: int
    lost: int
    names: tuple[str, ...]
    counted: bool


@dataclass(frozen=True)
class Report:
    """What was saved of a record, table by table."""

    tables: tuple[Salvaged, ...]

    @property
    def saved(self) -> int:
        """Rows that are in the new record."""
        return sum(each.read + each.rebuilt for each in self.tables)

    @property
    def lost(self) -> int:
        """Rows known to be missing."""
        return sum(each.lost for each in self.tables)

    @property
    def whole(self) -> bool:
        """Whether nothing is known to be missing, nor could be without being known."""
        return not self.lost and all(each.counted for each in self.tables)


def salvage(source: Path, key: bytes, target: Path, seen: Callable[[float], object] = lambda _part: None) -> Report:
    """Read what can be read of a damaged record into a new one, which the same passphrases open."""
    refuse_unsafe(target)
    if target.exists() or keys_path(target).exists():
        raise RecordExists(path=target)
    with worded(target), locked(source), passing_folder(target.parent, f".salvage-{source.name}-") as folder:
        damaged, part = folder / "damaged", folder / "saved"
        for end in ("", "-wal", "-journal"):
            if source.with_name(source.name + end).exists():
                copy_durably(source.with_name(source.name + end), damaged.with_name(damaged.name + end))
        report = _Salvage(damaged, source, key).into(part, seen)
        copy_durably(keys_path(source), keys_path(target))
        rename_durably(part, target)
    return report


class _Salvage:
    """One damaged file, read through one connection until that meets a fault, and then through another."""

    def __init__(self, damaged: Path, source: Path, key: bytes) -> None:
        self._damaged, self._source, self._key = damaged, source, key
        self._driver: Any = None

    def into(self, part: Path, seen: Callable[[float], object]) -> Report:
        held = self._tables()
        connect(part, self._key, create=True).close()
        file = OpenFile(part, Key(self._key, _NO_ONE))
        try:
            upgrade(part, file.engine, self._key)
            with file.engine.connect() as connection:
                driver: Any = connection.connection.driver_connection
                driver.execute("PRAGMA foreign_keys=OFF")
                with connection.begin():
                    report = self._bring_over(connection, held, seen)
            with file.driver() as driver:
                driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
                driver.execute("PRAGMA journal_mode=DELETE").fetchall()
        finally:
            file.forget()
            self._close()
        return report

    def _bring_over(
        self, connection: Connection, held: dict[str, list[str]], seen: Callable[[float], object]
    ) -> Report:
        for name in triggers.present(connection):
            connection.exec_driver_sql(f'DROP TRIGGER "{name}"')
        tables = [table for table in Base.metadata.sorted_tables if table.name in held and table.name != "indexed"]
        read: dict[str, int] = {}
        expected: dict[str, dict[int, str] | None] = {}
        for place, table in enumerate(tables):
            seen(place / len(tables))
            expected[table.name] = self._expected(table)
            read[table.name] = self._copy(connection, table, held[table.name], expected[table.name])
        rebuilt, named = _rebuilt(connection)
        found = [
            _told(connection, table, read[table.name], rebuilt.get(table.name, 0), expected[table.name], named)
            for table in tables
        ]
        connection.exec_driver_sql(
            "INSERT INTO device (id, since) VALUES (?, ?)", (new_id().hex, stored(now()))
        )  # as one brought back: it goes on under an origin of its own
        triggers.regenerate(connection)
        searching.remake(connection)
        return Report(tuple(found))

    def _ask(self, query: str, values: Sequence[Any] = ()) -> Iterator[tuple[Any, ...]]:
        try:
            self._driver = self._driver or connect(self._damaged, self._key, wal=False)
            yield from self._driver.execute(query, values)
        except sqlite.Error:
            self._close()
            raise

    def _close(self) -> None:
        if self._driver is not None:
            self._driver.close()
        self._driver = None

    def _tables(self) -> dict[str, list[str]]:
        """The tables of the damaged file and their columns."""
        try:
            names = [name for (name,) in self._ask("SELECT name FROM sqlite_schema WHERE type = 'table'")]
            return {name: [row[1] for row in self._ask(f'PRAGMA table_info("{name}")')] for name in names}
        except sqlite.Error:
            raise NothingReadable(path=self._source) from None

    def _expected(self, table: Table) -> dict[int, str] | None:
        """The rows there should be, as an index of the table knows them; None where that is damaged too."""
        by = "id" if "id" in table.c else next((column.name for column in table.columns if column.index), None)
        by = by or next((index.columns[0].name for index in table.indexes), "rowid")
        try:
            return dict(self._ask(f'SELECT rowid, "{by}" FROM "{table.name}" ORDER BY "{by}"'))
        except sqlite.Error:
            return None

    def _copy(self, connection: Connection, table: Table, held: Sequence[str], expected: dict[int, str] | None) -> int:
        columns = [column.name for column in table.columns if column.name in held]
        named = ", ".join(f'"{name}"' for name in columns)
        into = f'INSERT INTO "{table.name}" ({named}) VALUES ({", ".join("?" * len(columns))})'
        query = f'SELECT rowid, {named} FROM "{table.name}" WHERE rowid BETWEEN ? AND ? ORDER BY rowid'
        rows = [values for _row, *values in self._rows(query, self._last(table, expected))]
        for start in range(0, len(rows), 1000):
            connection.exec_driver_sql(into, [tuple(values) for values in rows[start : start + 1000]])
        return len(rows)

    def _last(self, table: Table, expected: dict[int, str] | None) -> int:
        if expected is not None:
            return max(expected, default=0)
        try:
            return next(int(row) for (row,) in self._ask(f'SELECT coalesce(max(rowid), 0) FROM "{table.name}"'))
        except sqlite.Error:
            return 1 << 40

    def _rows(self, query: str, last: int) -> Iterator[tuple[Any, ...]]:
        """Every row that can be read: up to a fault, then the two halves of what is left, each by a new connection."""
        left = [(1, last)]
        while left:
            low, high = left.pop()
            try:
                for values in self._ask(query, (low, high)):
                    yield values
                    low = values[0] + 1
            except sqlite.Error:
                if low < high:
                    middle = (low + high) // 2
                    left += [(middle + 1, high), (low, middle)]


def _rebuilt(connection: Connection) -> tuple[dict[str, int], dict[str, str]]:
    """Put rows that are only in the log back in their tables: how many of each, and how those that could not be were
    called, by their ids."""
    counts: dict[str, int] = defaultdict(int)
    named: dict[str, str] = {}
    for name, table in triggers.logged_tables().items():
        for (id,) in connection.exec_driver_sql(_ONLY_LOGGED.format(table=name), (name,)).all():
            logged = "SELECT before, after FROM log_row WHERE entity = ? AND entity_id = ? ORDER BY row"
            changes = connection.exec_driver_sql(logged, (name, id)).all()
            if changes[-1].after is None:
                continue  # it was taken out of the table, or erased
            values: dict[str, Any] = {}
            for change in changes:
                values |= json.loads(change.after or "{}")
            called = next((values[key] for key in ("name", "title") if values.get(key)), None)
            if called:
                named[id] = str(called)
            if changes[0].before is None and _put_back(connection, table, id, values):
                counts[name] += 1
    return counts, named


def _put_back(connection: Connection, table: Table, id: str, values: dict[str, Any]) -> bool:
    kept = {"id": id} | {name: value for name, value in values.items() if name in table.c}
    kept = {name: json.dumps(value) if isinstance(value, dict | list) else value for name, value in kept.items()}
    named = ", ".join(f'"{name}"' for name in kept)
    into = f'INSERT OR IGNORE INTO "{table.name}" ({named}) VALUES ({", ".join("?" * len(kept))})'
    return connection.exec_driver_sql(into, tuple(kept.values())).rowcount == 1


def _told(
    connection: Connection,
    table: Table,
    read: int,
    rebuilt: int,
    expected: dict[int, str] | None,
    named: dict[str, str],
) -> Salvaged:
    """What became of a table; where its index is damaged too, the log knows of whom it held."""
    if "id" not in table.c:
        lost = [""] * (0 if expected is None else len(expected) - read)
    elif expected is None:
        lost = [id for (id,) in connection.exec_driver_sql(_ONLY_LOGGED.format(table=table.name), (table.name,))]
    else:
        there = {id for (id,) in connection.exec_driver_sql(f'SELECT id FROM "{table.name}"')}
        lost = [id for id in expected.values() if id not in there]
    names = tuple(named[id] for id in lost if id in named)[:_SHOWN]
    return Salvaged(table.name, read, rebuilt, len(lost), names, expected is not None)

"""How a change set is opened, sealed and verified: salt and digest a row, one chain through all sets of a device.

The chain holds the rows' digests and not their values, so erasing values and salt leaves it whole. Altering, adding or
dropping anything breaks it; only cutting off its end needs a look outside, at the number that the last back-up noted.
"""

import hashlib
import json
import os
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Literal
from uuid import UUID

from sqlalchemy import Connection

from db.base import new_id, now, stored
from db.deeds import Details

Act = Literal["start", "deed", "undo", "redo", "way"]
"""The making of the record is its start, which nobody takes back; nor does anybody take back what was done to a way in,
which stands in the key file and touches no row."""

Touched = dict[str, frozenset[UUID]]

_HEADER = "row, id, device_id, number, deed, details, actor_id, clock, at, act, of_id, chain"
_LAST = """
SELECT device.id,
       (SELECT max(number) FROM change_set WHERE device_id = device.id),
       (SELECT clock FROM change_set ORDER BY row DESC LIMIT 1)
FROM device ORDER BY row DESC LIMIT 1
"""
_OPEN = (
    "INSERT INTO change_set (id, device_id, number, deed, details, actor_id, clock, at, act, of_id)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_TO_SEAL = f"""
SELECT {_HEADER.replace("details", "?")},
       (SELECT chain FROM change_set before WHERE before.device_id = this.device_id AND before.number = this.number - 1)
FROM change_set this WHERE row = ?
"""
"""These run with every deed: built anew each time they would cost as much as the deed."""
_ROWS = "SELECT row, entity, entity_id, before, after, salt, digest FROM log_row WHERE change_set = ? ORDER BY row"


@dataclass(frozen=True)
class Finding:
    """Something that the chain gives away: which change set, and what is wrong with it."""

    number: int
    what: Literal["altered", "row altered", "missing", "unsealed"]


def open_set(connection: Connection, deed: str, actor: UUID, *, act: Act = "deed", of: UUID | None = None) -> int:
    """Begin a change set: from here to `seal`, what the triggers see belongs to it."""
    device, number, latest = connection.exec_driver_sql(_LAST).one()
    values = (new_id().hex, device, (number or 0) + 1, deed, "{}", actor.hex, next_clock(latest), stored(now()), act)
    made = connection.exec_driver_sql(_OPEN, (*values, None if of is None else of.hex))
    return int(made.lastrowid)


def seal(connection: Connection, change_set: int, details: Details) -> Touched:
    """Close a change set for good, and say which rows it touched: none, if nothing changed."""
    touched: dict[str, set[UUID]] = defaultdict(set)
    sealed, digests = [], []
    for row, entity, id, before, after, _salt, _digest in connection.exec_driver_sql(_ROWS, (change_set,)):
        salt = os.urandom(16).hex()
        digest = digest_of(salt, before, after)
        sealed.append((salt, digest, row))
        digests.append((entity, id, digest))
        touched[entity].add(UUID(id))
    if sealed:
        connection.exec_driver_sql("UPDATE log_row SET salt = ?, digest = ? WHERE row = ?", sealed)
    kept = json.dumps(details, ensure_ascii=False, sort_keys=True)
    *header, before = connection.exec_driver_sql(_TO_SEAL, (kept, change_set)).one()
    chain = chain_of(before or "", header, digests)
    connection.exec_driver_sql("UPDATE change_set SET details = ?, chain = ? WHERE row = ?", (kept, chain, change_set))
    return {entity: frozenset(ids) for entity, ids in touched.items()}


def verify(connection: Connection) -> Iterator[Finding]:
    """Go through the whole log and report what does not fit, was left out, or was written past the door."""
    last: dict[str, tuple[int, str]] = {}
    for header in connection.exec_driver_sql(f"SELECT {_HEADER} FROM change_set ORDER BY row").all():
        number, chain = last.get(header.device_id, (0, ""))
        digests = []
        for _row, entity, id, before, after, salt, digest in connection.exec_driver_sql(_ROWS, (header.row,)):
            erased = salt is None and before is None and after is None
            if not erased and digest != digest_of(salt or "", before, after):
                yield Finding(header.number, "row altered")
            digests.append((entity, id, digest))
        if header.number != number + 1:
            yield Finding(header.number, "missing")
        if header.chain is None:
            yield Finding(header.number, "unsealed")
        elif header.chain != chain_of(chain, header, digests):
            yield Finding(header.number, "altered")
        last[header.device_id] = (header.number, header.chain or "")
    stray = "SELECT count(*) FROM log_row WHERE change_set IS NULL OR change_set NOT IN (SELECT row FROM change_set)"
    if connection.exec_driver_sql(stray).scalar():
        yield Finding(0, "unsealed")


def digest_of(salt: str, before: str | None, after: str | None) -> str:
    """What stands for a row's values in the chain."""
    return hashlib.sha256(f"{salt}\n{before or ''}\n{after or ''}".encode("utf-8", "surrogateescape")).hexdigest()


def chain_of(before: str, header: Iterable[Any], digests: Iterable[tuple[str, str, str | None]]) -> str:
    """The link of a change set: over the link before it, its own header and its rows' digests."""
    fields = list(header)[1:-1]
    link = hashlib.sha256(json.dumps([before, *fields], ensure_ascii=False).encode("utf-8", "surrogateescape"))
    for digest in digests:
        link.update(json.dumps(digest).encode())
    return link.hexdigest()


def next_clock(latest: str | None) -> str:
    """A hybrid logical clock: wall milliseconds and a count; it never goes back, even when the wall clock does."""
    wall = time.time_ns() // 1_000_000
    last, count = (int(latest[:12], 16), int(latest[12:], 16)) if latest else (0, 0)
    return f"{wall:012x}{0:06x}" if wall > last else f"{last:012x}{count + 1:06x}"

"""How a change set is opened, sealed and verified: salt and digest a row, one chain through all sets of a device.

The chain holds the rows' digests and not their values, so erasing values and salt leaves it whole. Altering, adding or
dropping anything breaks it; only cutting off its end needs a look outside, at the number that the last back-up noted.

A set's details are in its own link, for they were never meant to go. Where an erasure takes words out of them, the link
that the set would have without them is kept among the details of the erasure, which are chained in their turn: the set
still carries its first link, on which the next one rests, and is held to the link that the erasure vouches for. So what
was erased is gone, nothing can be altered afterwards, and a value that is missing without an erasure is found.
"""

import hashlib
import json
import os
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal
from uuid import UUID

from sqlalchemy import Connection

from db.base import new_id, now, stored
from db.deeds import Details
from db.errors import RecordError
from i18n import N_

Act = Literal["start", "deed", "undo", "redo", "way", "trail"]
"""The making of the record is its start, which nobody takes back; nor does anybody take back what was done to a way in,
which stands in the key file and touches no row."""

Touched = dict[str, frozenset[UUID]]

ERASED = "erased"
"""Among the details of an erasure: by the id of each set whose details it changed, the link that vouches for it."""

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
_SEALED = _TO_SEAL.replace("?", "details", 1)
"""These run with every deed: built anew each time they would cost as much as the deed."""
ERASURES = f"""SELECT row FROM change_set WHERE instr(details, '"{ERASED}": {{')"""
"""The erasures of the record, by the numbers of their sets."""
_ERASED = f"{ERASURES} ORDER BY row".replace("row", "row, details", 1)
_ROWS = "SELECT row, entity, entity_id, before, after, salt, digest FROM log_row WHERE change_set = ? ORDER BY row"


class HistoryAltered(RecordError):
    message = N_("Entry {number} of the history was altered. Bring back a sound copy first: nothing was erased.")


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
    vouched, erased = _erasures(connection)
    for header in connection.exec_driver_sql(f"SELECT {_HEADER} FROM change_set ORDER BY row").all():
        number, chain = last.get(header.device_id, (0, ""))
        digests = []
        for _row, entity, id, before, after, salt, digest in connection.exec_driver_sql(_ROWS, (header.row,)):
            gone = salt is None and before is None and after is None and header.row < erased.get((entity, id), 0)
            if not gone and digest != digest_of(salt or "", before, after):
                yield Finding(header.number, "row altered")
            digests.append((entity, id, digest))
        if header.number != number + 1:
            yield Finding(header.number, "missing")
        if header.chain is None:
            yield Finding(header.number, "unsealed")
        elif header.id in vouched:
            if vouched[header.id] != _link_of(chain, header, digests):
                yield Finding(header.number, "altered")
        elif header.chain != chain_of(chain, header, digests):
            yield Finding(header.number, "altered")
        last[header.device_id] = (header.number, header.chain or "")
    stray = "SELECT count(*) FROM log_row WHERE change_set IS NULL OR change_set NOT IN (SELECT row FROM change_set)"
    if connection.exec_driver_sql(stray).scalar():
        yield Finding(0, "unsealed")


def erase_rows(connection: Connection, entity: str, ids: Iterable[UUID]) -> int:
    """Take the values and the salt out of all that the log holds of these rows, and say of how many entries."""
    gone = "UPDATE log_row SET before = NULL, after = NULL, salt = NULL WHERE entity = ? AND entity_id = ?"
    return sum(connection.exec_driver_sql(gone, (entity, id.hex)).rowcount for id in ids)


def put_details(connection: Connection, put: Mapping[int, Details], pending: Mapping[str, str]) -> dict[str, str]:
    """Give sealed sets other details, and say by their ids the links that have to vouch for them now.

    Refused where a set does not fit in the chain as it is: whoever altered it would be vouched for. What the running
    deed vouches for already is `pending`.
    """
    vouched, _erased = _erasures(connection)
    links = dict(pending)
    for change_set, details in put.items():
        *header, before = connection.exec_driver_sql(_SEALED, (change_set,)).one()
        rows = connection.exec_driver_sql(_ROWS, (change_set,)).all()
        digests = [(row.entity, row.entity_id, row.digest) for row in rows]
        known = links.get(header[1]) or vouched.get(header[1])
        if (known or header[-1]) != (_link_of if known else chain_of)(before or "", header, digests):
            raise HistoryAltered(number=header[3])
        header[5] = json.dumps(details, ensure_ascii=False, sort_keys=True)
        connection.exec_driver_sql("UPDATE change_set SET details = ? WHERE row = ?", (header[5], change_set))
        links[header[1]] = _link_of(before or "", header, digests)
    return links


def _erasures(connection: Connection) -> tuple[dict[str, str], dict[tuple[str, str], int]]:
    """What the erasures vouch for: links by set, the newest last, and which rows they reached, up to which set."""
    vouched: dict[str, str] = {}
    erased: dict[tuple[str, str], int] = {}
    for row, details in connection.exec_driver_sql(_ERASED).all():
        vouched |= json.loads(details)[ERASED]
        for _row, entity, id, *_values in connection.exec_driver_sql(_ROWS, (row,)):
            erased[entity, id] = row
    return vouched, erased


def _link_of(before: str, header: Sequence[Any], digests: Iterable[tuple[str, str, str | None]]) -> str:
    """The link of a set whose details were changed, over the one it carries as well."""
    return chain_of(f"{before}{header[-1]}", header, digests)


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

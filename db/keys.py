"""The key file of a record: who opens it, by which passphrase, code or office key, and who reads confidential texts.

As with LUKS, changing a passphrase rewraps one slot and leaves the record as it is. The slots stand in `F.keys` beside
the record `F`; the two always travel together. A slot belongs to a person in the record, so opening names who acts.
Confidential texts have a key of their own, the sealing key, wrapped only in the slots of those who may read them.
"""

import json
import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from uuid import UUID

from db.durable import write_durably
from db.engine import fits
from db.errors import (
    CannotOpenSealed,
    KeyFileDamaged,
    KeyFileMissing,
    LastReader,
    LastWayIn,
    NewerRecord,
    NotForThisOfficeKey,
    NotReadable,
    NoWayIn,
    WrongPassphrase,
)
from db.recovery import code_in
from db.slots import (
    KEY_BYTES,
    Cost,
    Key,
    Slot,
    escrow_slot,
    followed,
    given,
    opened_by_code,
    opened_by_office,
    opened_by_passphrase,
    passphrase_slot,
    recovery_slot,
    refuse_dear,
    resealed,
)

VERSION = 4

LARGEST = 10_000_000
"""Bytes of a key file: a thousand people with a pair of slots each need a tenth of it."""


@dataclass(frozen=True)
class WayIn:
    """How one person opens the record, and whether confidential texts too."""

    person: UUID
    passphrase: bool
    recovery: bool
    reads_sealed: bool
    office_key: bool = False
    reads_by_some: bool = False
    """Some of their ways open confidential texts, and others of them the record alone."""


def keys_path(record: Path) -> Path:
    """The key file that belongs beside a record."""
    return record.with_name(record.name + ".keys")


def belongs_to_a_record(path: Path) -> bool:
    """Whether a file is a record, a copy of one, or what lies beside one: nothing else may be written in its place."""
    own = ("", ".keys", ".keys.prev", ".lock", ".tries", ".ballast", "-wal", "-shm", "-journal")
    ends = (*own, *(f".back{end}" for end in own))  # of a copy laid ready to take the record's place
    names = (path.name.removesuffix(end) for end in ends if path.name.endswith(end))
    return (path.suffix == ".jalon" and path.exists()) or any(
        keys_path(path.with_name(name)).exists() for name in names if name
    )


def unlock(record: Path, secret: str) -> Key:
    """The key behind a passphrase or a recovery code."""
    return _fitting(record, behind(record, secret))


def behind(record: Path, secret: str) -> tuple[Key, ...]:
    """The keys behind a passphrase or a recovery code, which the record had one after the other: the newest first."""
    slots = load(record)
    with _undamaged(record):
        _slot, found = _opened_by(slots, secret)
        return found


def unlock_by_office(record: Path, private: bytes) -> Key:
    """The key that was kept for the office's key, of which this is the private half."""
    slots = load(record)
    with _undamaged(record):
        for slot in slots:
            if slot.kind == "escrow" and (found := opened_by_office(slot, private)):
                return _fitting(record, found)
    raise NotForThisOfficeKey


def begin_sealing(record: Path, key: Key, passphrase: str) -> bool:
    """Give a record from before there was one its sealing key: to the first who opens it with a passphrase."""
    slots = load(record)
    mine = next((slot for slot in slots if (slot.kind, slot.person) == ("passphrase", key.person.hex)), None)
    if mine is None or any(slot.sealed for slot in slots) or not opened_by_passphrase(mine, passphrase):
        return False
    key = replace(key, sealing=secrets.token_bytes(KEY_BYTES))
    change_passphrase(record, key, passphrase, Cost(mine.passes, mine.memory, mine.lanes))
    return True


def change_passphrase(record: Path, key: Key, passphrase: str, cost: Cost | None = None) -> None:
    """Give this person a new passphrase; the old one no longer opens the record."""
    save(record, with_passphrase(load(record), key, passphrase, cost))


def remove_person(record: Path, person: UUID) -> None:
    """Take away the slots of someone who leaves; the last way in is never taken."""
    save_closed(record, without(load(record), person))


def let_read(record: Path, key: Key, person: UUID, secret: str) -> None:
    """Let somebody open confidential texts by the passphrase or the code that they show, and by nothing else."""
    slots = load(record)
    with _undamaged(record):
        left = with_reading(slots, key, person, secret)
    save(record, left)


def stop_reading(record: Path, person: UUID) -> None:
    """From the next opening on, somebody opens no confidential text; the last who can is never stopped."""
    slots = load(record)
    left = [replace(slot, sealed="") if slot.person == person.hex else slot for slot in slots]
    _refuse_last_reader(slots, left)
    save_closed(record, left)


def ways_in(record: Path) -> tuple[WayIn, ...]:
    """Who can open the record, person by person."""
    slots = load(record)
    found = []
    for person in dict.fromkeys(slot.person for slot in slots):
        own = [slot for slot in slots if slot.person == person]
        kinds = {slot.kind for slot in own}
        reads = any(slot.sealed for slot in own)
        by_some = reads and not all(slot.sealed for slot in own)
        found.append(WayIn(UUID(person), "passphrase" in kinds, "recovery" in kinds, reads, "escrow" in kinds, by_some))
    return tuple(found)


def with_passphrase(slots: Sequence[Slot], key: Key, passphrase: str, cost: Cost | None = None) -> list[Slot]:
    """These slots with a passphrase for this person in place of the one before."""
    _refuse_weaker(slots, key)
    others = [slot for slot in slots if (slot.kind, slot.person) != ("passphrase", key.person.hex)]
    return [passphrase_slot(key, passphrase, cost), *others]


def with_new_code(slots: Sequence[Slot], key: Key) -> tuple[list[Slot], str]:
    """These slots with a new recovery code for this person in place of the one before."""
    _refuse_weaker(slots, key)
    slot, code = recovery_slot(key)
    return [*(one for one in slots if (one.kind, one.person) != ("recovery", key.person.hex)), slot], code


def with_office_key(slots: Sequence[Slot], key: Key, office: bytes) -> list[Slot]:
    """These slots with one for the office's key, of which this is the public half, in place of that person's before."""
    others = [slot for slot in slots if (slot.kind, slot.person) != ("escrow", key.person.hex)]
    return [*others, escrow_slot(key, office)]


def with_next_key(slots: Sequence[Slot], before: bytes, after: bytes) -> list[Slot]:
    """These slots, each of which opens the record under both keys; one from before slots had a pair stays as it is."""
    return [followed(slot, before, after) if slot.public else slot for slot in slots]


def with_next_sealing(slots: Sequence[Slot], before: bytes, after: bytes) -> list[Slot]:
    """These slots, those of which that hold the sealing key hold the one that comes after it as well."""
    return [resealed(slot, before, after) if slot.sealed and slot.public else slot for slot in slots]


def only_paired(slots: Sequence[Slot]) -> list[Slot]:
    """Those of the slots that a new key can be sealed to."""
    left = [slot for slot in slots if slot.public]
    if not any(slot.kind == "passphrase" for slot in left):
        raise LastWayIn
    _refuse_last_reader(slots, left)
    return left


def with_reading(slots: Sequence[Slot], key: Key, person: UUID, secret: str) -> list[Slot]:
    """These slots with the sealing key in the one of this person that the secret opens.

    In no other: whoever holds the record's key can have put a slot of their own under somebody's name.
    """
    if key.sealing is None:
        raise CannotOpenSealed
    own = [slot for slot in slots if slot.person == person.hex and slot.public and slot.kind != "escrow"]
    if not own:
        raise NoWayIn
    shown, _found = _opened_by(own, secret)
    return [given(slot, key.sealing) if slot is shown else slot for slot in slots]


def without(slots: Sequence[Slot], person: UUID) -> list[Slot]:
    """These slots without those of one person."""
    left = [slot for slot in slots if slot.person != person.hex]
    if not any(slot.kind == "passphrase" for slot in left):
        raise LastWayIn
    _refuse_last_reader(slots, left)
    return left


def load(record: Path) -> list[Slot]:
    """The slots of the key file beside a record."""
    path = keys_path(record)
    try:
        if path.exists() and not path.is_file():
            raise ValueError("a pipe or a device, which may never end")
        with path.open("rb") as file:
            kept = json.loads(file.read(LARGEST))
        if kept["version"] > VERSION:
            raise NewerRecord
        slots = [Slot(**slot) for slot in kept["slots"]]
        refuse_dear(slots)
        return slots
    except FileNotFoundError:
        raise KeyFileMissing(path=path) from None
    except PermissionError:
        raise NotReadable(path=path) from None
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        raise KeyFileDamaged(path=path) from None


def save(record: Path, slots: Sequence[Slot]) -> None:
    """Write the slots so that at every instant one whole key file has its name; the one before stays as `.prev`."""
    path = keys_path(record)
    text = json.dumps({"version": VERSION, "slots": [asdict(slot) for slot in slots]}, indent=1)
    if path.exists():
        write_durably(path.with_name(path.name + ".prev"), path.read_bytes())
    write_durably(path, text.encode())


def save_closed(record: Path, slots: Sequence[Slot]) -> None:
    """Write slots of which one was closed: the key file kept as `.prev` does not open by it either."""
    save(record, slots)
    save(record, slots)


def same_keys(record: Path, copy: Path) -> bool:
    """Whether a copy opens with the same passphrases as the record does now."""
    return keys_path(copy).exists() and load(record) == load(copy)


@contextmanager
def _undamaged(record: Path) -> Iterator[None]:
    """Whatever cannot be read out of a slot is said of the key file."""
    try:
        yield
    except (ValueError, TypeError, OverflowError, MemoryError):
        raise KeyFileDamaged(path=keys_path(record)) from None


def _fitting(record: Path, found: Sequence[Key]) -> Key:
    """The key that the record is written under: the newest, unless giving it that one was broken off."""
    return next((key for key in found[:-1] if fits(record, key.raw)), found[-1])


def _opened_by(slots: Sequence[Slot], secret: str) -> tuple[Slot, tuple[Key, ...]]:
    """The slot that a passphrase or a recovery code opens, and the keys in it."""
    for slot in slots:
        if slot.kind == "passphrase" and (found := opened_by_passphrase(slot, secret)):
            return slot, found
    code = code_in(secret)
    for slot in slots:
        if code and slot.kind == "recovery" and (found := opened_by_code(slot, code)):
            return slot, found
    raise WrongPassphrase


def _refuse_weaker(slots: Sequence[Slot], key: Key) -> None:
    """Refuse to give somebody who opens confidential texts a way in that does not."""
    if key.sealing is None and any(slot.sealed for slot in slots if slot.person == key.person.hex):
        raise CannotOpenSealed


def _refuse_last_reader(before: Sequence[Slot], after: Sequence[Slot]) -> None:
    """Refuse to leave a record whose confidential texts no passphrase opens any more."""
    if any(slot.sealed for slot in before) and not any(slot.sealed and slot.kind == "passphrase" for slot in after):
        raise LastReader

"""The record's key and the slots that open it: a random key, wrapped anew for each passphrase and recovery code.

As with LUKS, changing a passphrase rewraps one slot and leaves the record as it is. The slots stand in `F.keys` beside
the record `F`; the two always travel together. A slot belongs to a person in the record, so opening names who acts.
"""

import hashlib
import json
import os
import secrets
import unicodedata
from base64 import b64decode, b64encode
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Literal
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from db.durable import write_durably
from db.errors import (
    KeyFileDamaged,
    KeyFileMissing,
    LastWayIn,
    MistypedRecoveryCode,
    NewerRecord,
    WeakPassphrase,
    WrongPassphrase,
)

VERSION = 1
SHORTEST = 8
_SYMBOLS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's: no I, L, O or U, so that a printed code is read back without doubt."""

_CODE_LENGTH = 36


@dataclass(frozen=True)
class Key:
    """What opens a record, and the person it was opened by."""

    raw: bytes
    person: UUID

    def __repr__(self) -> str:
        return f"Key(person={self.person})"

    def to_text(self) -> str:
        """As the system's keyring keeps it."""
        return f"{self.raw.hex()}:{self.person.hex}"

    @classmethod
    def from_text(cls, text: str) -> "Key":
        raw, person = text.split(":")
        return cls(bytes.fromhex(raw), UUID(person))


@dataclass(frozen=True)
class Cost:
    """What one try at a passphrase costs: passes, KiB of memory, lanes of Argon2id."""

    passes: int = 3
    memory: int = 65_536
    lanes: int = 4


DEAREST = Cost(passes=64, memory=1_048_576, lanes=64)
"""What a key file may ask for: more would only make a tampered one hang the program or fill its memory."""


@dataclass(frozen=True)
class Slot:
    """One wrapping of the key, by a passphrase or a recovery code, for one person."""

    kind: Literal["passphrase", "recovery"]
    person: str
    salt: str
    nonce: str
    wrapped: str
    passes: int = 0
    memory: int = 0
    lanes: int = 0


def keys_path(record: Path) -> Path:
    """The key file that belongs beside a record."""
    return record.with_name(record.name + ".keys")


def passphrase_slot(key: Key, passphrase: str, cost: Cost | None = None) -> Slot:
    """A slot that this passphrase opens for this person."""
    if len(passphrase) < SHORTEST:
        raise WeakPassphrase(shortest=SHORTEST)
    cost = cost or Cost()
    blank = Slot("passphrase", key.person.hex, _text(os.urandom(16)), "", "", cost.passes, cost.memory, cost.lanes)
    return _wrapped(blank, key.raw, _stretched(blank, passphrase))


def recovery_slot(key: Key) -> tuple[Slot, str]:
    """A slot and the code that opens it, to be printed once and kept nowhere."""
    raw = secrets.token_bytes(20)
    number = int.from_bytes(raw) << 20 | _check(raw)
    code = "".join(_SYMBOLS[number >> 5 * place & 31] for place in reversed(range(_CODE_LENGTH)))
    blank = Slot("recovery", key.person.hex, _text(os.urandom(16)), "", "")
    slot = _wrapped(blank, key.raw, _derived(blank, raw))
    return slot, "-".join(code[start : start + 4] for start in range(0, _CODE_LENGTH, 4))


def unlock(record: Path, secret: str) -> Key:
    """The key behind a passphrase or a recovery code."""
    slots = load(record)
    try:
        for slot in slots:
            if slot.kind == "passphrase" and (raw := _unwrapped(slot, _stretched(slot, secret))):
                return Key(raw, UUID(slot.person))
        code = _code_in(secret)
        for slot in slots:
            if code and slot.kind == "recovery" and (raw := _unwrapped(slot, _derived(slot, code))):
                return Key(raw, UUID(slot.person))
    except (ValueError, TypeError, OverflowError, MemoryError):
        raise KeyFileDamaged(path=keys_path(record)) from None
    raise WrongPassphrase


def change_passphrase(record: Path, key: Key, passphrase: str, cost: Cost | None = None) -> None:
    """Give this person a new passphrase; the old one no longer opens the record."""
    others = [slot for slot in load(record) if (slot.kind, slot.person) != ("passphrase", key.person.hex)]
    save(record, [passphrase_slot(key, passphrase, cost), *others])


def add_person(record: Path, key: Key, person: UUID, passphrase: str, cost: Cost | None = None) -> None:
    """Let one more person in, under a passphrase of their own."""
    change_passphrase(record, Key(key.raw, person), passphrase, cost)


def new_recovery_code(record: Path, key: Key) -> str:
    """A new printed code; those printed before no longer open the record."""
    slot, code = recovery_slot(key)
    save(record, [*(other for other in load(record) if other.kind != "recovery"), slot])
    return code


def remove_person(record: Path, person: UUID) -> None:
    """Take away the slots of someone who leaves; the last passphrase is never taken."""
    left = [slot for slot in load(record) if slot.person != person.hex]
    if not any(slot.kind == "passphrase" for slot in left):
        raise LastWayIn
    save(record, left)


def load(record: Path) -> list[Slot]:
    """The slots of the key file beside a record."""
    path = keys_path(record)
    try:
        kept = json.loads(path.read_bytes())
        if kept["version"] > VERSION:
            raise NewerRecord
        slots = [Slot(**slot) for slot in kept["slots"]]
        if any(
            slot.passes > DEAREST.passes or slot.memory > DEAREST.memory or slot.lanes > DEAREST.lanes for slot in slots
        ):
            raise ValueError("a cost no key file of ours has")
        return slots
    except FileNotFoundError:
        raise KeyFileMissing(path=path) from None
    except (ValueError, TypeError, KeyError, RecursionError):
        raise KeyFileDamaged(path=path) from None


def save(record: Path, slots: list[Slot]) -> None:
    """Write the slots so that at every instant one whole key file has its name; the one before stays as `.prev`."""
    path = keys_path(record)
    text = json.dumps({"version": VERSION, "slots": [asdict(slot) for slot in slots]}, indent=1)
    if path.exists():
        write_durably(path.with_name(path.name + ".prev"), path.read_bytes())
    write_durably(path, text.encode())


def _stretched(slot: Slot, passphrase: str) -> bytes:
    # NFKC and the plain space: the same passphrase from every keyboard and system.
    secret = unicodedata.normalize("NFKC", passphrase).encode("utf-8", "surrogatepass")
    return Argon2id(
        salt=b64decode(slot.salt), length=32, iterations=slot.passes, lanes=slot.lanes, memory_cost=slot.memory
    ).derive(secret)


def _derived(slot: Slot, code: bytes) -> bytes:
    return HKDF(SHA256(), 32, b64decode(slot.salt), b"jalon recovery").derive(code)


def _wrapped(slot: Slot, raw: bytes, by: bytes) -> Slot:
    nonce = os.urandom(12)
    return replace(slot, nonce=_text(nonce), wrapped=_text(AESGCM(by).encrypt(nonce, raw, _bound(slot))))


def _unwrapped(slot: Slot, by: bytes) -> bytes | None:
    try:
        return AESGCM(by).decrypt(b64decode(slot.nonce), b64decode(slot.wrapped), _bound(slot))
    except InvalidTag:
        return None


def _bound(slot: Slot) -> bytes:
    """Nobody can move a wrapping to another person or kind of slot."""
    return f"jalon|{VERSION}|{slot.kind}|{slot.person}".encode()


def _check(raw: bytes) -> int:
    return int.from_bytes(hashlib.sha256(raw).digest()[:3]) >> 4


def _code_in(secret: str) -> bytes | None:
    """The code in what was typed, forgiving case, spaces and O, I, L; None where it has not the length of a code."""
    typed = secret.upper().translate(str.maketrans("OIL", "011", "- \t\n"))
    if len(typed) != _CODE_LENGTH or any(symbol not in _SYMBOLS for symbol in typed):
        return None
    number = 0
    for symbol in typed:
        number = number << 5 | _SYMBOLS.index(symbol)
    raw = (number >> 20).to_bytes(20)
    if _check(raw) != number & 0xFFFFF:
        raise MistypedRecoveryCode
    return raw


def _text(raw: bytes) -> str:
    return b64encode(raw).decode()


def same_keys(record: Path, copy: Path) -> bool:
    """Whether a copy opens with the same passphrases as the record does now."""
    return keys_path(copy).exists() and load(record) == load(copy)

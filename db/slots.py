"""A key slot: the record's key, wrapped by a passphrase or a recovery code, and perhaps the sealing key beside it.

Each slot has a key pair that only its secret opens, so that somebody who holds the sealing key can give it to a
colleague without knowing the colleague's passphrase. Argon2id for passphrases; a recovery code is strong by itself.
"""

import os
import secrets
import unicodedata
from base64 import b64decode, b64encode
from dataclasses import dataclass, replace
from typing import Literal
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from db.errors import WeakPassphrase
from db.recovery import new_code

SHORTEST = 8
KEY_BYTES = 32

_RECOVERY, _SEALING, _GIVING = b"jalon recovery", b"jalon sealing", b"jalon giving"
"""Each use derives a key of its own."""


@dataclass(frozen=True)
class Key:
    """What opens a record, the person it was opened by, and what opens confidential texts where they may read them."""

    raw: bytes
    person: UUID
    sealing: bytes | None = None

    def __repr__(self) -> str:
        return f"Key(person={self.person})"

    def to_text(self) -> str:
        """As the system's keyring keeps it."""
        return ":".join([self.raw.hex(), self.person.hex, *([self.sealing.hex()] if self.sealing else [])])

    @classmethod
    def from_text(cls, text: str) -> "Key":
        raw, person, *sealing = text.split(":")
        return cls(bytes.fromhex(raw), UUID(person), bytes.fromhex(sealing[0]) if sealing else None)


@dataclass(frozen=True)
class Cost:
    """What one try at a passphrase costs: passes, KiB of memory, lanes of Argon2id."""

    passes: int = 3
    memory: int = 65_536
    lanes: int = 4


@dataclass(frozen=True)
class Slot:
    """One wrapping of the key, by a passphrase or a recovery code, for one person; `sealed` wraps the sealing key."""

    kind: Literal["passphrase", "recovery"]
    person: str
    salt: str
    nonce: str
    wrapped: str
    passes: int = 0
    memory: int = 0
    lanes: int = 0
    public: str = ""
    sealed: str = ""


def new_key(person: UUID) -> Key:
    """The keys of a new record, for its first person."""
    return Key(secrets.token_bytes(KEY_BYTES), person, secrets.token_bytes(KEY_BYTES))


def passphrase_slot(key: Key, passphrase: str, cost: Cost | None = None) -> Slot:
    """A slot that this passphrase opens for this person."""
    if len(passphrase) < SHORTEST:
        raise WeakPassphrase(shortest=SHORTEST)
    cost = cost or Cost()
    blank = Slot("passphrase", key.person.hex, _text(os.urandom(16)), "", "", cost.passes, cost.memory, cost.lanes)
    return _wrapped(blank, key, _stretched(blank, passphrase))


def recovery_slot(key: Key) -> tuple[Slot, str]:
    """A slot and the code that opens it, to be printed once and kept nowhere."""
    raw, code = new_code()
    blank = Slot("recovery", key.person.hex, _text(os.urandom(16)), "", "")
    return _wrapped(blank, key, _derived(blank, raw, _RECOVERY)), code


def opened_by_code(slot: Slot, code: bytes) -> Key | None:
    """The key in a slot that this recovery code opens."""
    return _opened(slot, _derived(slot, code, _RECOVERY))


def opened_by_passphrase(slot: Slot, passphrase: str) -> Key | None:
    """The key in a slot that this passphrase opens."""
    return _opened(slot, _stretched(slot, passphrase))


def given(slot: Slot, sealing: bytes) -> Slot:
    """The slot with the sealing key in it, as one who holds that key and no secret of the slot can put it there."""
    once, nonce = X25519PrivateKey.generate(), os.urandom(12)
    agreed = _derived(slot, once.exchange(X25519PublicKey.from_public_bytes(b64decode(slot.public))), _GIVING)
    sent = once.public_key().public_bytes_raw()
    return replace(slot, sealed=_text(sent + nonce + AESGCM(agreed).encrypt(nonce, sealing, _bound(slot) + sent)))


def _stretched(slot: Slot, passphrase: str) -> bytes:
    # NFKC and the plain space: the same passphrase from every keyboard and system.
    secret = unicodedata.normalize("NFKC", passphrase).encode("utf-8", "surrogatepass")
    return Argon2id(
        salt=b64decode(slot.salt), length=32, iterations=slot.passes, lanes=slot.lanes, memory_cost=slot.memory
    ).derive(secret)


def _derived(slot: Slot, secret: bytes, use: bytes) -> bytes:
    return HKDF(SHA256(), 32, b64decode(slot.salt), use).derive(secret)


def _wrapped(slot: Slot, key: Key, by: bytes) -> Slot:
    nonce = os.urandom(12)
    slot = replace(slot, nonce=_text(nonce), public=_text(_own(slot, by).public_key().public_bytes_raw()))
    slot = replace(slot, wrapped=_text(AESGCM(by).encrypt(nonce, key.raw, _bound(slot))))
    return given(slot, key.sealing) if key.sealing else slot


def _opened(slot: Slot, by: bytes) -> Key | None:
    try:
        raw = AESGCM(by).decrypt(b64decode(slot.nonce), b64decode(slot.wrapped), _bound(slot))
    except InvalidTag:
        return None
    return Key(raw, UUID(slot.person), _sealing_in(slot, by))


def _sealing_in(slot: Slot, by: bytes) -> bytes | None:
    """The sealing key of a slot; a spoiled one leaves the record itself open."""
    try:
        kept = b64decode(slot.sealed)
        sent, nonce, wrapped = kept[:32], kept[32:44], kept[44:]
        agreed = _derived(slot, _own(slot, by).exchange(X25519PublicKey.from_public_bytes(sent)), _GIVING)
        return AESGCM(agreed).decrypt(nonce, wrapped, _bound(slot) + sent)
    except (InvalidTag, ValueError):
        return None


def _own(slot: Slot, by: bytes) -> X25519PrivateKey:
    """The private half of the slot's pair."""
    return X25519PrivateKey.from_private_bytes(_derived(slot, by, _SEALING))


def _bound(slot: Slot) -> bytes:
    """Nobody can move a wrapping to another person or kind of slot, or slip in a pair of their own."""
    # The 1 is what every key file has been bound to from the first version on.
    return "|".join(["jalon", "1", slot.kind, slot.person, *([slot.public] if slot.public else [])]).encode()


def _text(raw: bytes) -> str:
    return b64encode(raw).decode()

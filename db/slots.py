"""A key slot: the record's key, wrapped by a passphrase, a recovery code or for the office's key, and what came later.

Each slot has a key pair that only its secret opens, so that somebody who holds the sealing key, or a new key of the
record, can give it to a colleague without knowing the colleague's passphrase. Argon2id for passphrases; a recovery
code and the office's key are strong by themselves.
"""

import itertools
import os
import secrets
import unicodedata
from base64 import b64decode, b64encode
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
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
_ESCROW, _LATER, _NAME = b"jalon escrow", b"jalon later", b"jalon key name"
"""Each use derives a key of its own."""


@dataclass(frozen=True)
class Key:
    """What opens a record, the person it was opened by, and what opens confidential texts where they may read them.

    A new key of the record brings a new sealing key, which stands in `sealing` before those that came earlier: what was
    sealed with them stays readable.
    """

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
    """One wrapping of the key for one person; `sealed` wraps the sealing key, `later` the keys that came after it.

    Each of those says after which key it came, and opens only to whoever holds that one as well: nobody who never held
    the record's key can slip one in.
    """

    kind: Literal["passphrase", "recovery", "escrow"]
    person: str
    salt: str
    nonce: str
    wrapped: str
    passes: int = 0
    memory: int = 0
    lanes: int = 0
    public: str = ""
    sealed: str = ""
    later: str = ""


DEAREST = Cost(passes=64, memory=1_048_576, lanes=64)
"""What a key file may ask for: more would only make a tampered one hang the program or fill its memory."""
_SLOT = Slot("passphrase", "", "", "", "")
"""Of which type each part of a slot is."""


@dataclass
class _Demanded:
    """How long a new passphrase has to be; an organisation may ask for more than we do."""

    shortest: int = SHORTEST


_demanded = _Demanded()


def demand(at_least: int) -> None:
    """From here on, a new passphrase has so many characters; never fewer than `SHORTEST`."""
    _demanded.shortest = max(SHORTEST, at_least)


def refuse_dear(slots: Sequence[Slot]) -> None:
    """Refuse what a spoiled or hostile file asks for, and what is no slot."""
    if len({(slot.kind, slot.person) for slot in slots}) < len(slots):
        raise ValueError("a second slot, which would be given every new key unseen")
    for slot in slots:
        UUID(slot.person)
        if any(type(value) is not type(getattr(_SLOT, name)) for name, value in asdict(slot).items()):
            raise ValueError("no slot of ours")
    if any(
        slot.passes > DEAREST.passes or slot.memory > DEAREST.memory or slot.lanes > DEAREST.lanes for slot in slots
    ):
        raise ValueError("a cost no key file of ours has")


def new_key(person: UUID) -> Key:
    """The keys of a new record, for its first person."""
    return Key(secrets.token_bytes(KEY_BYTES), person, secrets.token_bytes(KEY_BYTES))


def passphrase_slot(key: Key, passphrase: str, cost: Cost | None = None) -> Slot:
    """A slot that this passphrase opens for this person."""
    if len(passphrase) < _demanded.shortest:
        raise WeakPassphrase(shortest=_demanded.shortest)
    cost = cost or Cost()
    blank = Slot("passphrase", key.person.hex, _text(os.urandom(16)), "", "", cost.passes, cost.memory, cost.lanes)
    return _wrapped(blank, key, _stretched(blank, passphrase))


def recovery_slot(key: Key) -> tuple[Slot, str]:
    """A slot and the code that opens it, to be printed once and kept nowhere."""
    raw, code = new_code()
    blank = Slot("recovery", key.person.hex, _text(os.urandom(16)), "", "")
    return _wrapped(blank, key, _derived(blank, raw, _RECOVERY)), code


def escrow_slot(key: Key, office: bytes) -> Slot:
    """A slot that only the private half of the office's key opens; whoever opens it acts as the key's person."""
    slot = Slot("escrow", key.person.hex, _text(os.urandom(16)), "", "", public=_text(office))
    slot = replace(slot, wrapped=_sent(slot, key.raw, _ESCROW))
    return given(slot, key.sealing) if key.sealing else slot


def opened_by_code(slot: Slot, code: bytes) -> tuple[Key, ...]:
    """The keys in a slot that this recovery code opens, the newest first; none where it does not."""
    return _opened(slot, _derived(slot, code, _RECOVERY))


def opened_by_passphrase(slot: Slot, passphrase: str) -> tuple[Key, ...]:
    """The keys in a slot that this passphrase opens, the newest first; none where it does not."""
    return _opened(slot, _stretched(slot, passphrase))


def opened_by_office(slot: Slot, private: bytes) -> tuple[Key, ...]:
    """The keys in a slot that was made for the office's key, the newest first; none where it was not."""
    own = X25519PrivateKey.from_private_bytes(private)
    raw = _received(slot, own, slot.wrapped, _ESCROW)
    return _all_in(slot, own, raw) if raw else ()


def given(slot: Slot, sealing: bytes) -> Slot:
    """The slot with the sealing key in it, as one who holds that key and no secret of the slot can put it there."""
    return replace(slot, sealed=_sent(slot, sealing, _GIVING))


def resealed(slot: Slot, before: bytes, after: bytes) -> Slot:
    """The slot with the sealing key that comes after another one: nobody who never held that one is given it."""
    return replace(slot, sealed=f"{slot.sealed} {_sent(slot, after, _GIVING, before[:KEY_BYTES])}")


def followed(slot: Slot, before: bytes, after: bytes) -> Slot:
    """The slot with the key that comes after another one; what else was to come after that one never came."""
    kept = list(itertools.takewhile(lambda one: not one.startswith(_name(before)), slot.later.split()))
    sent = _sent(slot, after, _LATER, before)
    return replace(slot, later=" ".join([*kept, f"{_name(before)}:{sent}"]))


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


def _opened(slot: Slot, by: bytes) -> tuple[Key, ...]:
    try:
        raw = AESGCM(by).decrypt(b64decode(slot.nonce), b64decode(slot.wrapped), _bound(slot))
    except InvalidTag:
        return ()
    return _all_in(slot, _own(slot, by), raw)


def _all_in(slot: Slot, own: X25519PrivateKey, raw: bytes) -> tuple[Key, ...]:
    """The key of a slot and those that came after it; a spoiled sealing key leaves the record itself open."""
    raws = [raw]
    for later in slot.later.split():
        after, sent = later.split(":")
        if after == _name(raws[-1]) and (next_raw := _received(slot, own, sent, _LATER, raws[-1])):
            raws.append(next_raw)
    sealing = _all_sealing_in(slot, own)
    return tuple(Key(one, UUID(slot.person), sealing) for one in reversed(raws))


def _all_sealing_in(slot: Slot, own: X25519PrivateKey) -> bytes | None:
    """The sealing keys of a slot, the newest first."""
    first, *later = slot.sealed.split() or [""]
    sealing = _received(slot, own, first, _GIVING)
    for sent in later:
        if sealing and (after := _received(slot, own, sent, _GIVING, sealing[:KEY_BYTES])):
            sealing = after + sealing
    return sealing


def _sent(slot: Slot, content: bytes, use: bytes, beside: bytes = b"") -> str:
    """What only the slot's own secret opens, and what stands `beside` it, if anything does."""
    once, nonce = X25519PrivateKey.generate(), os.urandom(12)
    agreed = _derived(slot, once.exchange(X25519PublicKey.from_public_bytes(b64decode(slot.public))) + beside, use)
    sent = once.public_key().public_bytes_raw()
    return _text(sent + nonce + AESGCM(agreed).encrypt(nonce, content, _bound(slot) + sent))


def _received(slot: Slot, own: X25519PrivateKey, text: str, use: bytes, beside: bytes = b"") -> bytes | None:
    try:
        kept = b64decode(text)
        sent, nonce, wrapped = kept[:32], kept[32:44], kept[44:]
        agreed = _derived(slot, own.exchange(X25519PublicKey.from_public_bytes(sent)) + beside, use)
        return AESGCM(agreed).decrypt(nonce, wrapped, _bound(slot) + sent)
    except (InvalidTag, ValueError):
        return None


def _name(raw: bytes) -> str:
    """What a key is called where others came after it; it tells nothing of the key."""
    return HKDF(SHA256(), 8, b"", _NAME).derive(raw).hex()


def _own(slot: Slot, by: bytes) -> X25519PrivateKey:
    """The private half of the slot's pair."""
    return X25519PrivateKey.from_private_bytes(_derived(slot, by, _SEALING))


def _bound(slot: Slot) -> bytes:
    """Nobody can move a wrapping to another person or kind of slot, or slip in a pair of their own."""
    # The 1 is what every key file has been bound to from the first version on.
    return "|".join(["jalon", "1", slot.kind, slot.person, *([slot.public] if slot.public else [])]).encode()


def _text(raw: bytes) -> str:
    return b64encode(raw).decode()

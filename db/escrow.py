"""The office's key: a pair whose public half each record takes, and whose private half is kept away from the computers.

It opens the record of a broken laptop's copy or of somebody who left without a word. Its file is a key file like that
of a record: the private half stands in a slot that a passphrase opens, and in one for a code to be printed.
"""

import json
from base64 import b64decode, b64encode
from dataclasses import asdict
from hashlib import sha256
from pathlib import Path
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from db.durable import write_durably
from db.engine import worded
from db.errors import RecordError, WrongPassphrase
from db.keys import unlock_by_office
from db.recovery import code_in
from db.slots import Cost, Key, Slot, opened_by_code, opened_by_passphrase, passphrase_slot, recovery_slot, refuse_dear
from i18n import N_

SUFFIX, PUBLIC_SUFFIX = ".jalonkey", ".jalonpublic"
_VERSION = 1
_LARGEST = 100_000
_NOBODY = UUID(int=0)


class NoOfficeKey(RecordError):
    message = N_("{path} is no office key of this program, or is damaged.")


class PublicHalfOnly(RecordError):
    message = N_(
        "{path} is the public half of the office key, which opens nothing. Choose the file with the private half."
    )


class OfficeKeyStaysShut(WrongPassphrase):
    message = N_("That passphrase or code does not open the office key. Try again.")


class OfficeKeyExists(RecordError):
    message = N_("There is already a file {path}. Choose another name: an office key is never written over.")


def new_office_key(path: Path, passphrase: str, cost: Cost | None = None) -> tuple[Path, str]:
    """Make the office's key in a file; also gives the file of its public half, and the code to be printed once."""
    public_path = path.with_suffix(PUBLIC_SUFFIX)
    for one in (path, public_path):
        if one.exists():
            raise OfficeKeyExists(path=one)
    private = X25519PrivateKey.generate()
    public = b64encode(private.public_key().public_bytes_raw()).decode()
    key = Key(private.private_bytes_raw(), _NOBODY)
    code_slot, code = recovery_slot(key)
    told = {"jalon": "office key", "version": _VERSION, "public": public}
    slots = [asdict(passphrase_slot(key, passphrase, cost)), asdict(code_slot)]
    with worded(path):
        write_durably(path, json.dumps(told | {"slots": slots}, indent=1).encode())
        write_durably(public_path, json.dumps(told, indent=1).encode())
    return public_path, code


def public_half(path: Path) -> bytes:
    """What a record takes, from the file of the public half or from that of the whole key."""
    return _read(path)[0]


def unlock(record: Path, office_key: Path, secret: str) -> Key:
    """The record's key, by the file of the office's key and what opens that one."""
    _public, slots = _read(office_key)
    if not slots:
        raise PublicHalfOnly(path=office_key)
    try:
        private = _private(slots, secret)
    except (ValueError, TypeError, OverflowError, MemoryError):
        raise NoOfficeKey(path=office_key) from None
    return unlock_by_office(record, private)


def known_by(public: bytes) -> str:
    """What two people compare, on paper or by voice, to know that they mean the same office key."""
    told = sha256(public).hexdigest()[:16].upper()
    return "-".join(told[start : start + 4] for start in range(0, 16, 4))


def _private(slots: list[Slot], secret: str) -> bytes:
    code = code_in(secret)
    for slot in slots:
        if slot.kind == "passphrase":
            found = opened_by_passphrase(slot, secret)
        else:
            found = opened_by_code(slot, code) if code else ()
        if found:
            return found[0].raw
    raise OfficeKeyStaysShut


def _read(path: Path) -> tuple[bytes, list[Slot]]:
    with worded(path):
        try:
            with path.open("rb") as file:
                kept = json.loads(file.read(_LARGEST))
            public = b64decode(kept["public"], validate=True)
            slots = [Slot(**slot) for slot in kept.get("slots", ())]
            refuse_dear(slots)
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
            raise NoOfficeKey(path=path) from None
    if len(public) != 32:
        raise NoOfficeKey(path=path)
    return public, slots

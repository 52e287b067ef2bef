"""The printed recovery code: 160 random bits and a check, in letters that nobody mistakes for one another.

It carries its whole strength itself, so it needs no costly derivation; a mistyped letter is noticed before it is tried.
"""

import hashlib
import secrets

from db.errors import MistypedRecoveryCode

SYMBOLS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's: no I, L, O or U, so that a printed code is read back without doubt."""

_LENGTH = 36


def new_code() -> tuple[bytes, str]:
    """Random bytes, and how they are printed."""
    raw = secrets.token_bytes(20)
    return raw, written(raw)


def written(raw: bytes) -> str:
    """These bytes and their check, in groups of four letters."""
    number = int.from_bytes(raw) << 20 | _check(raw)
    code = "".join(SYMBOLS[number >> 5 * place & 31] for place in reversed(range(_LENGTH)))
    return "-".join(code[start : start + 4] for start in range(0, _LENGTH, 4))


def code_in(secret: str) -> bytes | None:
    """The code in what was typed, forgiving case, spaces and O, I, L; None where it has not the length of a code."""
    typed = secret.upper().translate(str.maketrans("OIL", "011", "- \t\n"))
    if len(typed) != _LENGTH or any(symbol not in SYMBOLS for symbol in typed):
        return None
    number = 0
    for symbol in typed:
        number = number << 5 | SYMBOLS.index(symbol)
    raw = (number >> 20).to_bytes(20)
    if _check(raw) != number & 0xFFFFF:
        raise MistypedRecoveryCode
    return raw


def _check(raw: bytes) -> int:
    return int.from_bytes(hashlib.sha256(raw).digest()[:3]) >> 4

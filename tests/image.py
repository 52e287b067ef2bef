"""The pages of a record behind the cipher, gaps and free pages included: where an erased word might hide."""

from pathlib import Path

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from db.engine import PAGE
from db.record import Record

_SALT, _NONCE, _RESERVED, _FRAME, _LOG = 16, 16, 80, 24, 32
"""SQLCipher 4: each page ends with its nonce and its code of 64 bytes; the first begins with the salt."""


def image_of(record: Record) -> bytes:
    """Everything that the file of a record and its log of writes hold."""
    key = record.key.raw
    file = record.path.read_bytes()
    pages = [_opened(key, file[start : start + PAGE], first=start == 0) for start in range(0, len(file), PAGE)]
    log = Path(f"{record.path}-wal")
    frames = log.read_bytes()[_LOG:] if log.exists() else b""
    for start in range(0, len(frames), _FRAME + PAGE):
        first = frames[start : start + 4] == (1).to_bytes(4, "big")
        pages.append(_opened(key, frames[start + _FRAME : start + _FRAME + PAGE], first=first))
    return b"".join(pages)


def _opened(key: bytes, page: bytes, *, first: bool) -> bytes:
    body, nonce = page[_SALT if first else 0 : PAGE - _RESERVED], page[PAGE - _RESERVED :][:_NONCE]
    return Cipher(algorithms.AES(key), modes.CBC(nonce)).decryptor().update(body)

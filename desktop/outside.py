"""Copies outside the record: files that Jalon wrote or read, which lie on a disk or a stick as plain as any other.

One is removed only when asked for, and only while it is still the very file that was written or read: whatever somebody
has changed since, or put in its place, stays. What a disk once held can sometimes be brought back even so.
"""

import hashlib
from collections.abc import Iterable
from pathlib import Path

from db.durable import part_of
from db.errors import RecordError
from i18n import N_


class ChangedOutside(RecordError):
    message = N_("{path} is not the file any more that Jalon wrote or read. Look at it, and remove it yourself.")


class StaysOutside(RecordError):
    message = N_("{path} could not be removed: it may be open in another program. Close it there and try again.")


def digest_of(path: Path) -> str | None:
    """What a file digests to (SHA-256); None where there is none that can be read."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return None


def digest_of_bytes(content: bytes) -> str:
    """What these bytes digest to."""
    return hashlib.sha256(content).hexdigest()


def still_there(files: Iterable[tuple[Path, str]]) -> tuple[tuple[Path, str], ...]:
    """Those of these files, each with its digest, that are still what they were; each path once.

    Whole, but without its name yet, one may lie there as well: its program was killed before it could give it one.
    """
    named = dict.fromkeys((place, digest) for path, digest in files for place in (path, part_of(path)))
    return tuple((path, digest) for path, digest in named if digest_of(path) == digest)


def remove(files: Iterable[tuple[Path, str]]) -> int:
    """Remove these files; refuses at the first that was changed or cannot be, and says how many went otherwise."""
    gone = 0
    for path, digest in files:
        if digest_of(path) != digest:
            raise ChangedOutside(path=path)
        try:
            path.unlink()
        except OSError as refused:
            raise StaysOutside(path=path) from refused
        gone += 1
    return gone

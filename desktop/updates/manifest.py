"""What an update says of itself: which version, for whom, and every file of it by its digest. Read only when signed.

A signature makes the list trusted, not sound. So names are held to what every system can have, in a folder and not out
of it, and counts and sizes to what a version of this program can come to.
"""

import json
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import accumulate
from pathlib import PurePosixPath
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from db.carried import rows
from db.errors import RecordError
from desktop.updates.container import MOST_BYTES, MOST_FILES
from desktop.updates.layout import numbers
from i18n import N_

FORMAT = 1
PROGRAM = "jalon"
_PLATFORM = re.compile(r"[a-z0-9_-]{1,40}", re.ASCII)
_DIGEST = re.compile(r"[0-9a-f]{64}", re.ASCII)
_NAME = re.compile(r"[^\x00-\x1f\x7f<>:\"/\\|?*]{1,200}(?<![ .])")
_RESERVED = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³])( *\..*)?", re.IGNORECASE)
"""What Windows keeps for itself, whatever stands after the point."""
_UPWARDS = re.compile(r"^(\.\./)+")
_LONGEST, _DEEPEST = 230, 20
_MODES = (0o644, 0o755)


class NotSigned(RecordError):
    message = N_(
        "The signature of this update is none that this copy knows: the file was changed on its way, comes from "
        "somebody else, or was signed with a key that is newer than this copy. Do not use it; ask for a fresh copy."
    )


class UnknownFormat(RecordError):
    message = N_("This update is made for a newer way of updating than this copy knows. Install it with a full set-up.")


class UnsoundManifest(RecordError):
    message = N_(
        "This update is made wrongly, although it is signed. Nothing was changed. Tell whoever gave it to you."
    )


class ForeignProgram(RecordError):
    message = N_("This is an update of another program, {program}.")


@dataclass(frozen=True)
class File:
    """One file of a version, by its digest."""

    path: str
    size: int
    sha256: str
    mode: int


@dataclass(frozen=True)
class Link:
    """One name of a version that leads to one of its files."""

    path: str
    to: str


@dataclass(frozen=True)
class Listing:
    """A whole version: what it is, and all that is in its folder."""

    version: str
    platform: str
    schema: int
    files: tuple[File, ...]
    links: tuple[Link, ...]

    @property
    def size(self) -> int:
        """Bytes of all its files."""
        return sum(file.size for file in self.files)


@dataclass(frozen=True)
class Base:
    """The version that an update holds the difference to, and the digest of its list of files."""

    version: str
    listing: str


@dataclass(frozen=True)
class Manifest:
    """What an update brings; without a base it is whole."""

    listing: Listing
    base: Base | None


def known_keys() -> tuple[str, ...]:
    """The public keys of whoever makes Jalon, as they come with this copy."""
    return tuple(row["key"] for row in rows("release_keys.csv"))


def verify(content: bytes, signature: bytes, keys: Iterable[str]) -> None:
    """Refuse what none of these keys has signed."""
    for key in keys:
        try:
            Ed25519PublicKey.from_public_bytes(bytes.fromhex(key)).verify(signature, content)
        except InvalidSignature:
            continue
        return
    raise NotSigned


def read_manifest(content: bytes) -> Manifest:
    """What a verified manifest says."""
    said = _object(content)
    if said.get("format") != FORMAT:
        raise UnknownFormat
    base = said.get("base")
    if base is None:
        return Manifest(_listing(said), None)
    if not isinstance(base, dict):
        raise UnsoundManifest
    return Manifest(_listing(said), Base(_fit(base, "version", _is_version), _fit(base, "listing", _is_digest)))


def read_listing(content: bytes) -> Listing:
    """What a version's own list of files says."""
    return _listing(_object(content))


def is_sound_path(path: str) -> bool:
    """Whether every system can have a file of this name, in the folder of a version and nowhere else."""
    parts = path.split("/")
    return (
        len(path) <= _LONGEST
        and len(parts) <= _DEEPEST
        and all(_NAME.fullmatch(part) and not _RESERVED.fullmatch(part) for part in parts)
        and _storable(path)
    )


def _storable(path: str) -> bool:
    try:
        return all(len(part.encode()) <= 255 for part in path.split("/"))
    except UnicodeEncodeError:
        return False


def _object(content: bytes) -> Mapping[str, Any]:
    try:
        said = json.loads(content)
    except (ValueError, RecursionError) as fault:
        raise UnsoundManifest from fault
    if not isinstance(said, dict):
        raise UnsoundManifest
    return said


def _listing(said: Mapping[str, Any]) -> Listing:
    if said.get("program") != PROGRAM:
        raise ForeignProgram(program=str(said.get("program")))
    listed = said.get("files")
    if not isinstance(listed, list) or not 0 < len(listed) <= MOST_FILES:
        raise UnsoundManifest
    files = tuple(_file(one) for one in listed if not _is_link(one))
    links = tuple(_link(one) for one in listed if _is_link(one))
    _refuse_clashes([*(file.path for file in files), *(link.path for link in links)])
    listing = Listing(
        _fit(said, "version", _is_version),
        _fit(said, "platform", _is_platform),
        _fit(said, "schema", _is_schema),
        files,
        links,
    )
    there = {file.path for file in files}
    if listing.size > MOST_BYTES or not all(_end_of(link) in there for link in links):
        raise UnsoundManifest
    return listing


def _file(one: object) -> File:
    if not isinstance(one, dict):
        raise UnsoundManifest
    path, size = _fit(one, "path", _is_path), _fit(one, "size", _is_size)
    return File(path, size, _fit(one, "sha256", _is_digest), _fit(one, "mode", _is_mode))


def _link(one: Mapping[str, object]) -> Link:
    return Link(_fit(one, "path", _is_path), _fit(one, "link", _is_path_of_a_link))


def _fit(said: Mapping[str, Any], name: str, fits: Callable[[object], bool]) -> Any:
    value = said.get(name)
    if not fits(value):
        raise UnsoundManifest
    return value


def _end_of(link: Link) -> str:
    """Where a link leads, as a path of the version; nowhere, where it leads out of it."""
    end: list[str] = list(PurePosixPath(link.path).parent.parts)
    for part in link.to.split("/"):
        if part != "..":
            end.append(part)
        elif end:
            end.pop()
        else:
            return ""
    return "/".join(end)


def _refuse_clashes(paths: list[str]) -> None:
    """No name twice, not even in other letters, and none that is a file here and a folder there."""
    keys = [unicodedata.normalize("NFC", path).casefold() for path in paths]
    folders = {folder for key in keys for folder in accumulate(key.split("/")[:-1], "{}/{}".format)}
    if len(set(keys)) != len(keys) or folders & set(keys):
        raise UnsoundManifest


def _is_link(one: object) -> bool:
    return isinstance(one, dict) and "link" in one


def _is_version(value: object) -> bool:
    return isinstance(value, str) and bool(numbers(value))


def _is_platform(value: object) -> bool:
    return isinstance(value, str) and bool(_PLATFORM.fullmatch(value))


def _is_schema(value: object) -> bool:
    return type(value) is int and 0 <= value <= 9999


def _is_path(value: object) -> bool:
    return isinstance(value, str) and is_sound_path(value)


def _is_path_of_a_link(value: object) -> bool:
    return isinstance(value, str) and is_sound_path(_UPWARDS.sub("", value))


def _is_digest(value: object) -> bool:
    return isinstance(value, str) and bool(_DIGEST.fullmatch(value))


def _is_size(value: object) -> bool:
    return type(value) is int and 0 <= value <= MOST_BYTES


def _is_mode(value: object) -> bool:
    return type(value) is int and value in _MODES

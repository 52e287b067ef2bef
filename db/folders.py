"""Folders where a record may not be written: those that a service synchronises, and those of another computer.

A service copies the file and its log of writes each at its own moment, and lets two laptops write in one; across a
network the locks that keep two writers apart do not hold. Both end in a record that no longer opens. So a record is
neither made nor opened for writing there: the sentence says what to move where, and reading goes on. Windows' answers
about a drive and the marks of files kept elsewhere are asked as its manual says, and were not tried.
"""

import ctypes
import os
import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from db.errors import RecordError
from i18n import N_

_NAMES = (
    (re.compile(r"onedrive( - .+)?|skydrive", re.IGNORECASE), "OneDrive"),
    (re.compile(r"dropbox( \(.+\))?", re.IGNORECASE), "Dropbox"),
    (re.compile(r"google ?drive|googledrive-.+|drivefs", re.IGNORECASE), "Google Drive"),
    (re.compile(r"nextcloud\d*|owncloud", re.IGNORECASE), "Nextcloud"),
    (re.compile(r"icloud ?drive|com~apple~clouddocs|mobile documents", re.IGNORECASE), "iCloud"),
    (re.compile(r"box sync|megasync|pcloud ?drive|syncthing", re.IGNORECASE), ""),
)
"""What folders of such services are called; one without a name of its own goes by that of its folder."""

_MARKS = (
    (".dropbox.cache", "Dropbox"),
    (".tmp.drivedownload", "Google Drive"),
    (".tmp.driveupload", "Google Drive"),
    (".nextcloudsync.log", "Nextcloud"),
    (".owncloudsync.log", "Nextcloud"),
    (".849C9593-D756-4E56-8D6E-42412F2A707B", "OneDrive"),
    (".stfolder", "Syncthing"),
)
"""What the services leave in the uppermost folder that they synchronise."""

_TOLD = ("OneDrive", "OneDriveConsumer", "OneDriveCommercial")
"""Where OneDrive says in the environment which folders are its own."""

_KEPT_ELSEWHERE = 0x00040000 | 0x00400000 | 0x00080000 | 0x00100000
"""Windows' attributes of what a service brings when it is opened, or was told to keep at hand or not."""

_REMOTE_DRIVE = 4
_MOUNTS = Path("/proc/mounts")
_ACROSS = re.compile(
    r"(nfs|nfs4|cifs|smb3|smbfs|ncpfs|afs|9p|ceph|glusterfs|lustre|davfs"
    r"|fuse\.(sshfs|rclone|davfs2|curlftpfs|gvfsd-fuse|glusterfs|ceph))"
)


class SynchronisedFolder(RecordError):
    message = N_(
        "{service} synchronises the folder {path}. It would copy a record half written, and let two computers write "
        "over each other's work. Keep the record, its key file and its copies in a folder of this computer alone."
    )


class NetworkFolder(RecordError):
    message = N_(
        "The folder {path} lies on another computer. A record is not safe there: two people could write over each "
        "other's work. Keep the record, its key file and its copies on this computer's own disk."
    )


def refuse_unsafe(path: Path) -> None:
    """Refuse to write in a record that lies where it would be spoiled."""
    folder = path.absolute().parent
    if service := synchronised_by(folder):
        raise SynchronisedFolder(service=service, path=folder)
    if is_across_a_network(folder):
        raise NetworkFolder(path=folder)


def synchronised_by(folder: Path, told: Mapping[str, str] = os.environ) -> str | None:
    """The service that synchronises a folder, where it is known by a sign."""
    own = [Path(told[name]).resolve() for name in _TOLD if told.get(name)]
    for place in dict.fromkeys((*_upwards(folder), *_upwards(folder.resolve()))):
        if place in own:
            return "OneDrive"
        for called, service in _NAMES:
            if called.fullmatch(place.name):
                return service or place.name
        for mark, service in _MARKS:
            if os.path.lexists(place / mark):
                return service
    return "OneDrive" if _is_kept_elsewhere(folder) else None


def is_across_a_network(folder: Path, mounts: Path = _MOUNTS) -> bool:
    """Whether a folder lies on another computer."""
    if folder.drive.startswith("\\\\") or str(folder).startswith("//"):
        return True
    if sys.platform == "win32":
        return bool(ctypes.windll.kernel32.GetDriveTypeW(folder.anchor) == _REMOTE_DRIVE)
    mounted = dict(_mounted(mounts))
    kind = next((mounted[place] for place in _upwards(folder.resolve()) if place in mounted), "")
    return bool(_ACROSS.fullmatch(kind))


def _upwards(folder: Path) -> Iterator[Path]:
    yield folder
    yield from folder.parents


def _is_kept_elsewhere(folder: Path) -> bool:
    try:
        return bool(getattr(folder.stat(), "st_file_attributes", 0) & _KEPT_ELSEWHERE)
    except OSError:
        return False


def _mounted(mounts: Path) -> Iterator[tuple[Path, str]]:
    """What is mounted where, of which kind; what is mounted over something comes after it."""
    try:
        lines = mounts.read_text(encoding="utf-8", errors="surrogateescape").splitlines()
    except OSError:
        return
    for line in lines:
        _what, where, kind, *_more = [*line.split(" "), "", ""]
        yield Path(re.sub(r"\\([0-7]{3})", lambda code: chr(int(code[1], 8)), where)), kind

"""A new version is put beside the old one: what is new out of the update, what has not changed out of the old version.

It grows in a folder that no start looks at. Only when every file is there, checked by its digest and on the disk, does
it get its name, and only then does a line say that it waits. Killed at any instant, nothing has changed but such a
folder, which the next start or the next update takes away.
"""

import errno
import hashlib
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from db.durable import sync_folder
from db.errors import DiskFull, RecordError
from desktop.updates.container import DamagedUpdate, UpdateFile, opened
from desktop.updates.fitting import trusted
from desktop.updates.layout import LISTING, PART, PENDING, clear, discard, held, put
from desktop.updates.manifest import File, Manifest, read_listing
from desktop.updates.place import CopyDamaged, Place
from i18n import N_

MEGABYTE = 1_000_000
SPARE = 32 * MEGABYTE
"""Left free on the disk, for the person's own work."""
_PIECE = 1 << 20

Progress = Callable[[float], object]


class NotOurs(RecordError):
    message = N_(
        "This account may not change the program in {path}. Ask whoever installed it there to bring it up to date; on "
        "a stick, see that it is not write-protected."
    )


class UnderWay(RecordError):
    message = N_("Another Jalon is just bringing this copy up to date. Wait until it is done.")


class NoRoom(RecordError):
    message = N_(
        "The new version needs {needed} MB on this disk, and {free} MB are free. Nothing was changed. Free some space "
        "and try again."
    )


class DiskFailed(RecordError):
    message = N_("The disk could not write the new version. Nothing was changed; the version here goes on.")


class Stopped(RecordError):
    message = N_("Stopped. Nothing was changed.")


def stage(
    path: Path,
    place: Place,
    progress: Progress = lambda _part: None,
    stopped: Callable[[], bool] = lambda: False,
) -> str:
    """Put what an update brings beside the version here, to be tried at the next start; the version it brings."""
    with opened(path) as file, _alone(place), _worded(place):
        manifest = trusted(file, place)
        version = manifest.listing.version
        keep = {place.current, place.previous, place.running, manifest.base.version if manifest.base else ""}
        clear(place.root, {*keep, place.pending})
        part = place.folder(PART + version)
        part.mkdir()
        try:
            _fill(part, file, manifest, place, _Progress(manifest.listing.size, progress, stopped))
        except BaseException:
            discard(part)
            raise
        if place.pending == version:
            (place.root / PENDING).unlink()
        discard(place.folder(version))
        part.rename(place.folder(version))
        sync_folder(part.parent)
        put(place.root / PENDING, f"{version}\n")
        clear(place.root, {*keep, version})
        return version


class _Progress:
    """How far it is, said now and then; stops it where somebody asked for that."""

    def __init__(self, whole: int, say: Progress, stopped: Callable[[], bool]) -> None:
        self._whole, self._say, self._stopped, self._done = max(1, whole), say, stopped, 0

    def more(self, amount: int) -> None:
        if self._stopped():
            raise Stopped
        self._done += amount
        self._say(min(1.0, self._done / self._whole))


@contextmanager
def _alone(place: Place) -> Iterator[None]:
    """Nobody else changes the copy meanwhile."""
    with ExitStack() as until_done:
        try:
            ours = until_done.enter_context(held(place.root))
        except OSError as fault:
            raise NotOurs(path=place.root) from fault
        if not ours:
            raise UnderWay
        yield


@contextmanager
def _worded(place: Place) -> Iterator[None]:
    try:
        yield
    except OSError as fault:
        if fault.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
            raise NotOurs(path=place.root) from fault
        if fault.errno in (errno.ENOSPC, errno.EDQUOT):
            raise DiskFull from fault
        raise DiskFailed from fault


def _fill(part: Path, file: UpdateFile, manifest: Manifest, place: Place, progress: _Progress) -> None:
    files, base = manifest.listing.files, place.folder(manifest.base.version) if manifest.base else None
    had = {one.sha256: one for one in read_listing((base / LISTING).read_bytes()).files} if base else {}
    linked = base is not None and _links(base / LISTING, part)
    _ask_for_room(sum(one.size for one in files if one.sha256 in file.digests or not linked), part)
    for one in files:
        there = part / one.path
        there.parent.mkdir(parents=True, exist_ok=True)
        if base is None or one.sha256 in file.digests:
            _write(there, one, file.unpacked(one.sha256, one.size), progress, DamagedUpdate(path=file.path))
            continue
        before = had[one.sha256]
        if linked and before.mode == one.mode:
            _check(base / before.path, before, progress)
            os.link(base / before.path, there)
        else:
            _write(there, one, _pieces(base / before.path), progress, CopyDamaged(file=before.path))
    for link in manifest.listing.links:
        (part / link.path).parent.mkdir(parents=True, exist_ok=True)
        (part / link.path).symlink_to(link.to)
    for folder, _folders, _files in os.walk(part):
        sync_folder(Path(folder))


def _links(file: Path, part: Path) -> bool:
    """Whether this disk can let two names have one file, which costs no room; a stick cannot."""
    trial = part / LISTING
    try:
        os.link(file, trial)
    except OSError:
        return False
    trial.unlink()
    return True


def _ask_for_room(needed: int, part: Path) -> None:
    free = shutil.disk_usage(part).free
    if needed + SPARE > free:
        raise NoRoom(needed=-(-(needed + SPARE) // MEGABYTE), free=free // MEGABYTE)


def _write(there: Path, one: File, pieces: Iterator[bytes], progress: _Progress, otherwise: RecordError) -> None:
    digest, size = hashlib.sha256(), 0
    with there.open("xb") as file:
        for piece in pieces:
            file.write(piece)
            digest.update(piece)
            size += len(piece)
            progress.more(len(piece))
        file.flush()
        there.chmod(one.mode)
        os.fsync(file.fileno())
    if size != one.size or digest.hexdigest() != one.sha256:
        raise otherwise


def _check(path: Path, one: File, progress: _Progress) -> None:
    digest = hashlib.sha256()
    for piece in _pieces(path):
        digest.update(piece)
        progress.more(len(piece))
    if digest.hexdigest() != one.sha256:
        raise CopyDamaged(file=one.path)


def _pieces(path: Path) -> Iterator[bytes]:
    try:
        with path.open("rb") as file:
            while piece := file.read(_PIECE):
                yield piece
    except FileNotFoundError as fault:
        raise CopyDamaged(file=path.name) from fault

"""Files beside the record, written whole: at every instant the old or the new one has the name, even at a power cut.

Never for the live record itself, which only SQLite may open.
"""

import glob
import io
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

_AT_ONCE = 1 << 20


def make_private(path: Path) -> None:
    """An empty file that only its owner may read, for a library to fill."""
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600))


def write_durably(path: Path, content: bytes, before: Callable[[], object] = lambda: None) -> None:
    """Put these bytes under this name, readable by nobody else; `before` is called when all but the name is there."""
    _put(io.BytesIO(content), path, before)


def copy_durably(source: Path, path: Path, copied: Callable[[int], object] = lambda _bytes: None) -> None:
    """Copy a file that nobody has open, readable by nobody else; `copied` hears how many bytes were, part by part."""
    with source.open("rb") as content:
        _put(content, path, copied=copied)


@contextmanager
def passing_folder(place: Path, name: str) -> Iterator[Path]:
    """A folder in this place that is gone afterwards; what a killed program left there under this name goes first."""
    for left_over in place.glob(f"{glob.escape(name)}*"):
        shutil.rmtree(left_over, ignore_errors=True)
    with tempfile.TemporaryDirectory(prefix=name, dir=place) as folder:
        yield Path(folder)


def _put(
    content: BinaryIO,
    path: Path,
    before: Callable[[], object] = lambda: None,
    copied: Callable[[int], object] = lambda _bytes: None,
) -> None:
    part = part_of(path)
    try:
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            while part_of_it := content.read(_AT_ONCE):
                file.write(part_of_it)
                copied(len(part_of_it))
        before()
        rename_durably(part, path)
    except BaseException:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        raise


def part_of(path: Path) -> Path:
    """Where a file grows before it gets its name; what a killed program leaves of it."""
    return path.with_name(path.name + ".part")


def rename_durably(part: Path, path: Path) -> None:
    """Give a finished file its name once its bytes are on the disk."""
    with part.open("rb+") as file:
        os.fsync(file.fileno())
    part.replace(path)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Make a new name in a folder outlive a power cut, where the system has such a thing."""
    if os.name == "posix":
        # A shared folder may know no such thing. The name is there all the same: to say that it is not would be a lie.
        with suppress(OSError):
            descriptor = os.open(folder, os.O_RDONLY)
            try:
                os.fsync(descriptor)
            finally:
                os.close(descriptor)

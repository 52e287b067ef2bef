"""The file that an update comes in: a zip of what its manifest names, each part a stream of its own, read in bounds.

Nobody vouches for the container, only for the manifest and, by their digests, for the files in it. So it is held to the
one form that we write, before the zip library sees it: its parts are stored as they are, their names are of two kinds,
and the streams say how much memory they need. A bomb, a lie about sizes or a file broken off ends in one sentence.
"""

import lzma
import os
import re
import stat
import struct
import zlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from zipfile import ZIP_STORED, BadZipFile, ZipFile

from db.errors import RecordError
from i18n import N_

SUFFIX = ".update"
MANIFEST, SIGNATURE = "manifest.json", "manifest.sig"
MOST_FILES = 20_000
MOST_BYTES = 2 << 30
"""Of an update file, and of all that is in it."""
MOST_OF_A_MANIFEST = 8 << 20
PIECE = 1 << 20
MEMORY = 48 << 20
"""What a stream may take to be unpacked; `packaging/update.py` asks for less."""
_END = struct.Struct("<4s4H2LH")
_END_MARK, _LARGE_MARK, _LARGE = b"PK\5\6", b"PK\6\7", 20
_FAULTS = (
    BadZipFile, lzma.LZMAError, EOFError, ValueError, LookupError, RuntimeError, OverflowError, struct.error, zlib.error
)  # fmt: skip
"""What the libraries say of a container that is broken or made to do harm."""
_PART = re.compile(r"files/[0-9a-f]{64}\.xz")


class UpdateUnreadable(RecordError):
    message = N_("The update file {path} cannot be read. If it lies on a stick, plug it in again, or copy it anew.")


class NoUpdateFile(RecordError):
    message = N_("{path} is no update file of Jalon, or it was broken off while it was copied. Copy it anew.")


class DamagedUpdate(RecordError):
    message = N_("The update file {path} is damaged, or was changed on its way. Do not use it; ask for a fresh copy.")


class UpdateFile:
    """An update file that is open: its manifest, its signature, and the parts by the digests of what they unpack to."""

    def __init__(self, path: Path, container: ZipFile) -> None:
        self.path, self._container = path, container
        names = container.namelist()
        self.digests = frozenset(name[6:-3] for name in names if _PART.fullmatch(name))
        sound = len(set(names)) == len(names) == len(self.digests) + 2 and {MANIFEST, SIGNATURE} < set(names)
        plain = all(
            part.compress_type == ZIP_STORED and part.compress_size == part.file_size and not part.flag_bits & 1
            for part in container.infolist()
        )
        if not (sound and plain):
            raise NoUpdateFile(path=path)

    def manifest(self) -> tuple[bytes, bytes]:
        """What the update says of itself, and the signature under it: not yet verified."""
        with (
            _worded(self.path, DamagedUpdate),
            self._container.open(MANIFEST) as said,
            self._container.open(SIGNATURE) as signed,
        ):
            content = said.read(MOST_OF_A_MANIFEST + 1)
            if len(content) > MOST_OF_A_MANIFEST:
                raise NoUpdateFile(path=self.path)
            return content, signed.read(65)

    def unpacked(self, digest: str, size: int) -> Iterator[bytes]:
        """What a part unpacks to, piece by piece; never more than it may have."""
        stream = lzma.LZMADecompressor(lzma.FORMAT_XZ, memlimit=MEMORY)
        with _worded(self.path, DamagedUpdate), self._container.open(f"files/{digest}.xz") as packed:
            while not stream.eof:
                more = packed.read(PIECE) if stream.needs_input else b""
                if stream.needs_input and not more:
                    raise EOFError
                piece = stream.decompress(more, PIECE)
                size -= len(piece)
                if size < 0:
                    raise DamagedUpdate(path=self.path)
                yield piece


@contextmanager
def opened(path: Path) -> Iterator[UpdateFile]:
    """An update file; whatever is wrong with it, here or while it is read, is said in a sentence."""
    with ExitStack() as held:
        with _worded(path, NoUpdateFile):
            file = held.enter_context(path.open("rb"))
            status = os.fstat(file.fileno())
            if not stat.S_ISREG(status.st_mode) or status.st_size > MOST_BYTES:
                raise NoUpdateFile(path=path)
            file.seek(-min(status.st_size, _END.size + _LARGE), os.SEEK_END)
            _refuse_what_we_do_not_write(file.read(), path)
            found = UpdateFile(path, held.enter_context(ZipFile(file)))
        yield found


@contextmanager
def _worded(path: Path, refusal: type[RecordError]) -> Iterator[None]:
    try:
        yield
    except _FAULTS as fault:
        raise refusal(path=path) from fault
    except OSError as fault:
        raise UpdateUnreadable(path=path) from fault


def _refuse_what_we_do_not_write(end: bytes, path: Path) -> None:
    """The last lines of a zip say how much is read into memory before anything else is known."""
    if len(end) < _END.size:
        raise NoUpdateFile(path=path)
    mark, *_numbers, parts, size, _at, remark = _END.unpack(end[-_END.size :])
    large = end[: -_END.size].startswith(_LARGE_MARK)
    if mark != _END_MARK or remark or large or parts > MOST_FILES or size > MOST_OF_A_MANIFEST:
        raise NoUpdateFile(path=path)

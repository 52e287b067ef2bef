"""Whether a workbook is safe to unpack, found out before the reader is let near it.

The reader lays a sheet out as a full rectangle: one stray cell in the last corner would ask for 400 GB and end the
process. And the sizes that a zip file states about itself may be lies. So every part is inflated here once, counted
against a limit, and the cells' own positions are looked at.
"""

import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import BinaryIO
from xml.parsers import expat

from desktop.intake.errors import Bomb, DamagedWorkbook, TooManyCells

EXPANDED = 400 * 1024 * 1024
RATIO = 300
PARTS = 5_000
CELLS = 12_000_000
_CHUNK = 1024 * 1024
_BROKEN = (zipfile.BadZipFile, zlib.error, struct.error, NotImplementedError, EOFError)
_POSITION = re.compile(rb"""\sr\s{0,9}=\s{0,9}["']([A-Za-z]{1,7}[0-9]{1,10})["']""")
_LETTERS = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"


def check_zip(file: BinaryIO, name: str, size: int) -> None:
    """Refuse a zipped workbook that unpacks to too much, or whose cells reach too far."""
    try:
        with zipfile.ZipFile(file) as archive:
            parts = archive.infolist()
            if len(parts) > PARTS:
                raise Bomb(name=name)
            total = 0
            for part in parts:
                # Any part can be a sheet of an xlsx, whatever its name: the workbook itself says which are.
                counters: list[_Reach | _OdsCells] = [_Reach()]
                if part.filename == "content.xml":
                    counters.append(_OdsCells())
                for chunk in _inflated(file, part):
                    total += len(chunk)
                    if total > EXPANDED or (total > 20 * _CHUNK and total > RATIO * size):
                        raise Bomb(name=name)
                    for counter in counters:
                        counter.feed(chunk)
                if any(counter.cells > CELLS for counter in counters):
                    raise TooManyCells(name=name, sheet=part.filename.rpartition("/")[2])
    # Beside its own errors, expat lets those of Python's decoders through: an encoding that nobody knows.
    except (*_BROKEN, expat.ExpatError, LookupError, ValueError, OSError) as error:
        raise DamagedWorkbook(name=name) from error


def _inflated(file: BinaryIO, part: zipfile.ZipInfo) -> Iterator[bytes]:
    """The bytes of a part, as many as there really are: what the zip's directory says of sizes is not believed."""
    file.seek(part.header_offset)
    header = file.read(30)
    if header[:4] != b"PK\x03\x04":
        raise zipfile.BadZipFile
    lengths = struct.unpack("<HH", header[26:30])
    file.seek(sum(lengths), 1)
    if part.compress_type == zipfile.ZIP_STORED:
        left = part.compress_size
        while left > 0 and (chunk := file.read(min(_CHUNK, left))):
            left -= len(chunk)
            yield chunk
        return
    if part.compress_type != zipfile.ZIP_DEFLATED:
        raise zipfile.BadZipFile
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    while not inflater.eof:
        packed = inflater.unconsumed_tail or file.read(_CHUNK)
        if not packed:
            raise EOFError
        yield inflater.decompress(packed, _CHUNK)


class _Reach:
    """The rectangle that the cells of an xlsx sheet span, from their own positions."""

    def __init__(self) -> None:
        self._rows = self._columns = 0
        self._rest = b""

    def feed(self, chunk: bytes) -> None:
        text = self._rest + chunk
        positions = _POSITION.findall(text)
        # Many thousand cells share few columns and rows: only the different ones are worked out.
        columns = {position.rstrip(b"0123456789") for position in positions}
        rows = {position.lstrip(_LETTERS) for position in positions}
        self._columns = max(self._columns, *map(_column, columns), 0)
        self._rows = max(self._rows, *map(int, rows), 0)
        self._rest = text[-256:]

    @property
    def cells(self) -> int:
        return self._rows * self._columns


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


class _OdsCells:
    """The cells of an OpenDocument sheet once its repeated rows and cells are written out, blank ends left aside."""

    def __init__(self) -> None:
        self.cells = 0
        self._repeat_row = self._width = self._pending = 0
        self._parser = expat.ParserCreate()
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end

    def feed(self, chunk: bytes) -> None:
        self._parser.Parse(chunk)

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        local = tag.rpartition(":")[2]
        if local == "table-row":
            self._repeat_row = int(attributes.get("table:number-rows-repeated", "1"))
            self._width = self._pending = 0
        elif local in {"table-cell", "covered-table-cell"}:
            self._pending += int(attributes.get("table:number-columns-repeated", "1"))
            if "office:value-type" in attributes or "calcext:value-type" in attributes:
                self._width = self._pending
        elif local == "p":
            self._width = self._pending

    def _end(self, tag: str) -> None:
        if tag.rpartition(":")[2] == "table-row":
            self.cells += self._repeat_row * self._width

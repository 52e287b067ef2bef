"""Tables out of a Word file, within limits: read as the bare XML they are, so that no writer of documents is needed.

Only texts are taken: no fields, no links, nothing that was deleted under tracked changes. A cell that is merged with
the one above is empty, as a merged cell of a workbook is. Entities and document types are refused, and nothing is
fetched.
"""

import io
import struct
import zipfile
import zlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from xml.parsers import expat

from desktop.intake.errors import Bomb, FileNotFound, FileRefused, FileTooLarge, FileUnreadable
from i18n import N_

LARGEST = 30 * 1024 * 1024
EXPANDED = 100 * 1024 * 1024
CELLS = 200_000
TEXT = 5_000_000
_CHUNK = 1024 * 1024
_DOCUMENT = "word/document.xml"
_WORD = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
)

WordTable = tuple[tuple[str, ...], ...]


class NotAWordFile(FileRefused):
    message = N_("{name} is not a Word file that can be read. Save it as docx, or choose a workbook.")


class DamagedWordFile(FileRefused):
    message = N_("The Word file {name} is damaged. Open it in a word processor, save it as docx and choose that file.")


def is_word(path: Path) -> bool:
    """Whether a file says that it is a Word file."""
    return path.suffix.lower() in (".docx", ".docm", ".dotx")


def read_word_tables(path: Path) -> tuple[WordTable, ...]:
    """The tables of a Word file in their order; those inside another table belong to the cell they stand in."""
    name = path.name
    try:
        if path.stat().st_size > LARGEST:
            raise FileTooLarge(name=name, megabytes=LARGEST // 1024 // 1024)
        content = path.read_bytes()
    except FileNotFoundError as error:
        raise FileNotFound(path=str(path)) from error
    except OSError as error:
        raise FileUnreadable(name=name) from error
    reader = _Reader()
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if _DOCUMENT not in archive.namelist():
                raise NotAWordFile(name=name)
            with archive.open(_DOCUMENT) as part:
                read = 0
                while chunk := part.read(_CHUNK):
                    read += len(chunk)
                    if read > EXPANDED:
                        raise Bomb(name=name)
                    reader.feed(chunk)
                reader.feed(b"", last=True)
    except _TooMuch as error:
        raise Bomb(name=name) from error
    except (zipfile.BadZipFile, struct.error, NotImplementedError, RuntimeError) as error:
        raise NotAWordFile(name=name) from error
    # Beside its own errors, expat lets those of Python's decoders through: an encoding that nobody knows.
    except (zlib.error, EOFError, OSError, ValueError, LookupError, expat.ExpatError) as error:
        raise DamagedWordFile(name=name) from error
    return tuple(reader.tables)


class _TooMuch(Exception):
    """More than a table needs, or what a Word file never holds."""


@dataclass
class _Cell:
    """A cell while it is read."""

    pieces: list[str] = field(default_factory=list)
    span: int = 1
    continues: bool = False

    @property
    def text(self) -> str:
        lines = (" ".join(line.split()) for line in "".join(self.pieces).split("\n"))
        return "" if self.continues else "\n".join(line for line in lines if line)


class _Reader:
    """Gathers the texts of the outermost tables as the parser meets them."""

    def __init__(self) -> None:
        self.tables: list[WordTable] = []
        self._rows: list[list[str]] = []
        self._cell: _Cell | None = None
        self._depth = self._cells = self._letters = 0
        self._in_text = False
        self._parser = expat.ParserCreate(namespace_separator=" ")
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._characters
        self._parser.StartDoctypeDeclHandler = self._refuse
        self._parser.EntityDeclHandler = self._refuse

    def feed(self, chunk: bytes, last: bool = False) -> None:
        self._parser.Parse(chunk, last)

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        space, _gap, local = tag.rpartition(" ")
        if space not in _WORD:
            return
        if local == "tbl":
            self._depth += 1
            if self._depth == 1:
                self._rows = []
        elif self._depth == 1 and local == "tr":
            self._rows.append([])
            self._count(1)
        elif self._depth == 1 and local == "tc":
            self._cell = _Cell()
        elif self._cell is not None:
            self._inside(local, {key.rpartition(" ")[2]: value for key, value in attributes.items()})

    def _inside(self, local: str, attributes: dict[str, str]) -> None:
        """Something within a cell."""
        assert self._cell is not None
        if local == "t":
            self._in_text = True
        elif local == "p":
            self._put("\n")
        elif local in ("tab", "br", "cr", "noBreakHyphen"):
            self._put("-" if local == "noBreakHyphen" else "\n" if local == "br" else " ")
        elif self._depth == 1 and local == "gridSpan" and attributes.get("val", "").isdigit():
            self._cell.span = min(int(attributes["val"][:3]), 63)
        elif self._depth == 1 and local == "vMerge":
            self._cell.continues = attributes.get("val", "continue") == "continue"

    def _end(self, tag: str) -> None:
        space, _gap, local = tag.rpartition(" ")
        if space not in _WORD:
            return
        if local == "t":
            self._in_text = False
        elif local == "tbl":
            self._depth -= 1
            if self._depth == 0:
                self.tables.append(tuple(tuple(row) for row in self._rows))
        elif self._depth == 1 and local == "tc" and self._cell is not None and self._rows:
            self._count(self._cell.span)
            self._rows[-1] += [self._cell.text, *[""] * (self._cell.span - 1)]
            self._cell = None

    def _characters(self, text: str) -> None:
        if self._in_text:
            self._put(text)

    def _put(self, text: str) -> None:
        if self._cell is not None:
            self._letters += len(text)
            if self._letters > TEXT:
                raise _TooMuch
            self._cell.pieces.append(text)

    def _count(self, cells: int) -> None:
        self._cells += cells
        if self._cells > CELLS:
            raise _TooMuch

    def _refuse(self, *_declared: Any) -> None:
        raise _TooMuch

"""Rows out of a file: xlsx, xls, ods, csv, locked or not, within limits; the one door for foreign files.

What a file claims to be is not believed: its first bytes decide. Reading runs in a process of its own, so what comes
back is plain and can be pickled.
"""

import io
import struct
import zipfile
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from desktop.intake.delimited import read_delimited
from desktop.intake.errors import (
    DamagedWorkbook,
    EmptyFile,
    FileNotFound,
    FileTooLarge,
    FileUnreadable,
    NotAWorkbook,
    OtherWorkbook,
    PasswordNeeded,
    TooManyCells,
    WrongPassword,
)
from desktop.intake.unpacking import CELLS, check_zip

Cell = str | int | float | bool | date | datetime | time | timedelta
Row = tuple[Cell, ...]

LARGEST = 100 * 1024 * 1024
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PICTURES_AND_PAPERS = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\0", b"MM\0*", b"%PDF", b"SQLite format 3")
_WEB_PAGES = (b"<html", b"<!doctype", b"<table", b"<?xml")
_PARTS = {"xl/workbook.xml": "xlsx", "content.xml": "ods"}
_OTHER_PARTS = {"xl/workbook.bin"}


@dataclass(frozen=True)
class Sheet:
    """A sheet's name and its rows, from the first row of the sheet; a blank cell is an empty text."""

    name: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Workbook:
    """What a file holds, its name for people and the digest of its bytes."""

    name: str
    sheets: tuple[Sheet, ...]
    digest: str


def read_workbook(path: Path, password: str | None = None, encoding: str | None = None) -> Workbook:
    """The sheets of a file that people can see, or a `FileRefused` that says what to do."""
    content = _content(path)
    digest = sha256(content).hexdigest()
    name = _shown(path.name)
    if content.startswith(_OLE):
        content = _unlocked(content, name, password)
    if content.startswith(_OLE):
        sheets = _sheets(io.BytesIO(content), name)
    elif content.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        sheets = _zipped(io.BytesIO(content), name, len(content))
    elif content.startswith(_PICTURES_AND_PAPERS):
        raise NotAWorkbook(name=name)
    elif content[:1000].lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith(_WEB_PAGES):
        raise OtherWorkbook(name=name)
    else:
        sheets = (Sheet(_shown(path.stem), read_delimited(content, name, encoding)),)
    sheets = tuple(sheet for sheet in sheets if any(any(cell != "" for cell in row) for row in sheet.rows))
    if not sheets:
        raise EmptyFile(name=name)
    return Workbook(name, sheets, digest)


def _shown(name: str) -> str:
    """The name of a file or sheet without what cannot be shown or kept: names are foreign text too."""
    return "".join(letter if letter.isprintable() else "\ufffd" for letter in name)[:200]


def _content(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        if size > LARGEST:
            raise FileTooLarge(name=path.name, megabytes=LARGEST // 1024 // 1024)
        if not size:
            raise EmptyFile(name=path.name)
        return path.read_bytes()
    except FileNotFoundError as error:
        raise FileNotFound(path=str(path)) from error
    except OSError as error:
        raise FileUnreadable(name=path.name) from error


def _unlocked(content: bytes, name: str, password: str | None) -> bytes:
    """The workbook inside a locked one; an old workbook that is not locked comes back as it is."""
    # Only a locked or old workbook pays for the import.
    from msoffcrypto import OfficeFile
    from msoffcrypto.exceptions import DecryptionError, FileFormatError, InvalidKeyError, ParseError

    try:
        office = OfficeFile(io.BytesIO(content))
        if not office.is_encrypted():
            return content
    except (FileFormatError, ParseError) as error:
        raise NotAWorkbook(name=name) from error
    except Exception as error:
        raise DamagedWorkbook(name=name) from error
    if not password:
        raise PasswordNeeded(name=name)
    opened = io.BytesIO()
    try:
        office.load_key(password=password)
        office.decrypt(opened)
    except (InvalidKeyError, DecryptionError) as error:
        raise WrongPassword(name=name) from error
    except Exception as error:
        raise DamagedWorkbook(name=name) from error
    if not opened.getvalue().startswith((_OLE, b"PK")):
        raise WrongPassword(name=name)
    return opened.getvalue()


def _zipped(file: BinaryIO, name: str, size: int) -> tuple[Sheet, ...]:
    try:
        with zipfile.ZipFile(file) as archive:
            parts = set(archive.namelist())
    except (zipfile.BadZipFile, struct.error, NotImplementedError, OSError, ValueError) as error:
        raise DamagedWorkbook(name=name) from error
    if parts & _OTHER_PARTS:
        raise OtherWorkbook(name=name)
    if not parts & _PARTS.keys():
        raise NotAWorkbook(name=name)
    check_zip(file, name, size)
    file.seek(0)
    return _sheets(file, name)


def _sheets(file: BinaryIO, name: str) -> tuple[Sheet, ...]:
    try:
        with CalamineWorkbook.from_filelike(file) as workbook:
            seen = [
                sheet.name
                for sheet in workbook.sheets_metadata
                if sheet.typ == SheetTypeEnum.WorkSheet and sheet.visible == SheetVisibleEnum.Visible
            ]
            return tuple(_sheet(workbook, sheet, name) for sheet in seen or workbook.sheet_names)
    except PasswordError as error:
        raise PasswordNeeded(name=name) from error
    except (CalamineError, OSError, ValueError, OverflowError) as error:
        raise DamagedWorkbook(name=name) from error
    except BaseException as error:
        # The reader is written in another language, and its panics are no ordinary exceptions.
        if type(error).__name__ == "PanicException":
            raise DamagedWorkbook(name=name) from error
        raise


def _sheet(workbook: CalamineWorkbook, name: str, file: str) -> Sheet:
    sheet = workbook.get_sheet_by_name(name)
    if sheet.total_height * sheet.total_width > CELLS:
        raise TooManyCells(name=file, sheet=name)
    return Sheet(_shown(name), tuple(map(tuple, sheet.to_python(skip_empty_area=False))))

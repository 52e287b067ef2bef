"""Rows out of comma-, semicolon- or tab-separated text, whatever its encoding.

Such a file says neither how its letters are coded nor what separates its cells. Spreadsheet programs in French write
semicolons and one-byte letters, those in Arabic another set of letters at the same codes; so both are found out, and a
person can say the encoding when the guess is wrong.
"""

import codecs
import csv
import io
import re
from collections import Counter

from desktop.intake.errors import CellTooLong, NotAWorkbook, TooManyCells
from desktop.intake.unpacking import CELLS

LONGEST_CELL = 32_767
"""What a spreadsheet's own cell can hold."""
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DELIMITERS = ",;\t|"
_LATIN = frozenset("éèêëàâçîïôöùûüœæáíóúñ¿¡«»’–…°ÉÈÊÀÂÇÎÔÛŒÁÍÓÚÑ€\u00a0")
_ONE_BYTE = ("cp1252", "mac_roman", "cp850")
_GUARDED = re.compile(r"'[=+\-@\t\r]")
"""An apostrophe that we and others put before what a spreadsheet would run; it is no part of the text."""
_HIGH_RUN = re.compile(rb"[\x80-\xff]+")


def read_delimited(content: bytes, name: str, encoding: str | None = None) -> tuple[tuple[str, ...], ...]:
    """The rows of a text file; a file that is no text is refused."""
    text = _text(content, name, encoding)
    first, _end, rest = text.partition("\n")
    if stated := re.fullmatch(r"sep=(.)\r?", first):
        delimiter, text = stated[1], rest
    else:
        delimiter = _delimiter(text)
    rows: list[tuple[str, ...]] = []
    cells = 0
    try:
        # Cells of Excel end their lines in "\n" inside quotes: the reader has to see line ends as they are.
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            cells += len(row)
            if cells > CELLS:
                raise TooManyCells(name=name, sheet=name)
            if any(len(cell) > LONGEST_CELL for cell in row):
                raise CellTooLong(name=name, row=len(rows) + 1, longest=LONGEST_CELL)
            rows.append(tuple(cell[1:] if _GUARDED.match(cell) else cell for cell in row))
    except csv.Error as error:
        raise CellTooLong(name=name, row=len(rows) + 1, longest=LONGEST_CELL) from error
    width = max(map(len, rows), default=0)
    return tuple(row + ("",) * (width - len(row)) for row in rows)


def _text(content: bytes, name: str, encoding: str | None) -> str:
    try:
        text = content.decode(encoding or _encoding(content, name))
    except (UnicodeDecodeError, LookupError) as error:
        raise NotAWorkbook(name=name) from error
    if text.count("\0") or sum(letter < " " and letter not in "\t\r\n\f\v" for letter in text[:10_000]) > 20:
        raise NotAWorkbook(name=name)
    return text


def _encoding(content: bytes, name: str) -> str:
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return encoding
    sample = content[:100_000]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if even + odd > len(sample) // 8:
        return "utf-16-le" if odd > even else "utf-16-be"
    if even + odd:
        raise NotAWorkbook(name=name)
    try:
        content.decode("utf-8")
        return "utf-8"
    except UnicodeDecodeError:
        return _one_byte(content)


def _one_byte(content: bytes) -> str:
    """In Arabic whole words lie above ASCII; in French, Spanish and their like single letters do."""
    runs = [len(run) for run in _HIGH_RUN.findall(content[:1_000_000])]
    if sum(run for run in runs if run >= 3) > 0.5 * sum(runs):
        return "cp1256"
    high = bytes(byte for byte in content[:1_000_000] if byte >= 0x80)

    def likeness(encoding: str) -> int:
        return sum(1 if letter in _LATIN else -1 for letter in high.decode(encoding, "replace"))

    best = max(_ONE_BYTE, key=likeness)
    # A few codes of Windows' table are not letters at all; its neighbour reads every byte.
    return "latin-1" if best == "cp1252" and re.search(rb"[\x81\x8d\x8f\x90\x9d]", content) else best


def _delimiter(text: str) -> str:
    """The separator that cuts the first lines into the same number of cells most often, and into the most cells."""
    head = text[:200_000]

    def regularity(delimiter: str) -> tuple[int, int]:
        try:
            lines = csv.reader(io.StringIO(head, newline=""), delimiter=delimiter)
            widths = Counter(len(row) for _count, row in zip(range(60), lines, strict=False) if any(row))
        except csv.Error:
            return 0, 0
        return max(((lines, width) for width, lines in widths.items() if width > 1), default=(0, 0))

    return max(_DELIMITERS, key=regularity)

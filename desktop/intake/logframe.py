"""A donor's own log frame, or any framework, out of a table of a Word file or workbook: its lines as they are written.

Codes, wording and order stay the file's. Where a line has no code it is given one that says so. What lies under what
follows a column of parents, the codes, or the levels; indicators lie under the result they stand beside. All of it is a
plan: it is shown before anything is brought in, with our own indicators proposed for its lines, and with every text of
the file's tables that no line took.
"""

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

import resources
from db.commands.frameworks import NewLine
from db.queries.indicators import OurIndicator
from desktop.intake.errors import FileRefused
from desktop.intake.likeness import Proposed, proposed
from desktop.intake.vocabulary import heading_key
from desktop.intake.word_tables import is_word, read_word_tables
from desktop.intake.workbook import read_workbook
from i18n import LANGUAGES, N_

Rows = Sequence[Sequence[str]]

LEVELS = ("impact", "outcome", "output", "activity")
BESIDE = ("baseline", "target", "means")
"""The columns that are kept in the notes of the line they stand beside."""
LINES = 5_000
_DEPTH = 40
_LONGEST_NAME, _LONGEST_CODE = 500, 60
_DOTTED = r"\d{1,3}(?:[.-]\d{1,3}){0,5}(?:\.?[a-z])?"
_END = r"\s*(?:[:.)–—-]|\s|$)"
_AFTER_LEVEL = re.compile(rf"(?P<code>(?:[^\W\d_]{{1,4}}[.-]?)?{_DOTTED}){_END}")
# Without a level before it, a number alone is a number: "30 women trained" has no code, "R3", "1.2" and "3)" are ones.
_ALONE = re.compile(
    rf"(?P<code>[A-Z]{{1,4}}[ .-]?{_DOTTED}|\d{{1,3}}(?:[.-]\d{{1,3}}){{1,5}}(?:\.?[a-z])?|\d{{1,3}}\.?[a-z]"
    rf"|\d{{1,3}}(?=\s?[:.)–—-])){_END}"
)
_BULLET = re.compile(r"\s*[-–—•▪●*·]\s+")
_BRACKETED = re.compile(r"\([^()]*\)")
_UNSTORABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")


class NoLogFrame(FileRefused):
    message = N_(
        "No table of {name} looks like a log frame: a row of headings such as Result and Indicator, or Code and Name, "
        "is needed."
    )


class TooManyLines(FileRefused):
    message = N_("The table of {name} has more than {most} lines, which no framework has. Choose another file.")


@dataclass(frozen=True)
class LogFramePlan:
    """What would be brought in, in the order of the file, and which of our indicators may stand for which line."""

    file: str
    lines: tuple[NewLine, ...]
    proposed: tuple[Proposed, ...]
    without_code: tuple[str, ...]
    """The codes that were made here, for lines that had none."""
    unread: tuple[tuple[int, str], ...] = ()
    """The columns with text in them that were not understood: the number of each, from 1, and its heading, if any."""
    left_out: tuple[str, ...] = ()
    """The rows of which nothing is brought in, as their texts: above the headings, in other tables, without a line."""


@dataclass
class _Line:
    code: str
    name: str
    kind: str
    parent: str | None
    language: str | None
    notes: str | None = None
    texts: dict[str, str] = field(default_factory=dict)


def read_tables(path: Path, password: str | None = None) -> tuple[Rows, ...]:
    """The tables of a Word file, or the sheets of a workbook, as texts."""
    if is_word(path):
        return read_word_tables(path)
    sheets = read_workbook(path, password).sheets
    return tuple([tuple(_text(cell) for cell in row) for row in sheet.rows] for sheet in sheets)


def plan_log_frame(
    name: str, tables: Sequence[Rows], ours: Sequence[OurIndicator] = (), language: str | None = None
) -> LogFramePlan:
    """What these tables say, as lines of one framework."""
    gathered = _Gathered(name, language)
    columns: dict[str, int] = {}
    width = 0
    for rows in tables:
        at, found = _headings(rows)
        if found:
            columns, width = found, len(rows[at])
            gathered.headings = [" ".join(cell.split()) for cell in rows[at]]
        elif not columns or len(rows) == 0 or len(rows[0]) != width:
            at = len(rows)
        else:
            at = -1  # a table cut in two by a page goes on under the headings of its first part
        for row in rows[: max(0, at)]:
            gathered.leave_out(row)
        for row in rows[at + 1 :]:
            gathered.take(row, columns)
    if not gathered.lines:
        raise NoLogFrame(name=name)
    lines = tuple(
        NewLine(line.code, line.name, line.kind, line.parent, line.language, tuple(line.texts.items()), line.notes)
        for line in gathered.lines.values()
    )
    unread, left_out = tuple(sorted(gathered.unread)), tuple(gathered.left_out)
    return LogFramePlan(name, lines, proposed(lines, ours), tuple(gathered.made), unread, left_out)


class _Gathered:
    """The lines found so far, and where in the file one stands."""

    def __init__(self, name: str, language: str | None) -> None:
        self.lines: dict[str, _Line] = {}
        self.made: list[str] = []
        self.headings: list[str] = []
        self.unread: set[tuple[int, str]] = set()
        self.left_out: list[str] = []
        self._file, self._language = name, language
        self._result: _Line | None = None

    def take(self, row: Sequence[str], columns: Mapping[str, int]) -> None:
        """One row under the headings: a result, its indicators, or both."""
        cell = {name: row[place].strip() for name, place in columns.items() if place < len(row)}
        filled = [text.strip() for text in row if text.strip()]
        if len(filled) == 1 and not cell.get("indicator") and not cell.get("result"):
            cell = {"result": filled[0]}  # a banner across the table
        elif not cell.get("indicator") and not cell.get("result"):
            self.leave_out(row)
            return
        else:
            self._note_unread(row, columns)
        if text := cell.get("result", ""):
            self._take_result(text, cell)
        if text := cell.get("indicator", ""):
            for each in _several(text):
                self._take_indicator(each, cell, columns)
        elif self._result is not None:
            self._note_beside(self._result, cell, columns)
        if len(self.lines) > LINES:
            raise TooManyLines(name=self._file, most=LINES)

    def leave_out(self, row: Sequence[str]) -> None:
        """A row of which no line is made."""
        if said := " | ".join(" ".join(text.split()) for text in row if text.strip()):
            self.left_out.append(said)

    def _note_unread(self, row: Sequence[str], columns: Mapping[str, int]) -> None:
        read = set(columns.values())
        for place, text in enumerate(row):
            if text.strip() and place not in read:
                self.unread.add((place + 1, self.headings[place] if place < len(self.headings) else ""))

    def _note_beside(self, line: _Line, cell: Mapping[str, str], columns: Mapping[str, int]) -> None:
        """Keep what stands beside a line under the headings of the file, once."""
        said = [f"{self.headings[columns[name]]}: {cell[name]}" for name in BESIDE if cell.get(name)]
        held = line.notes.split("\n") if line.notes else []
        line.notes = "\n".join([*held, *(each for each in said if each not in held)]) or None

    def _take_result(self, text: str, cell: Mapping[str, str]) -> None:
        level, numbered = _level_and_code(text)
        kind = _level(cell.get("level", "")) or cell.get("level", "")[:_LONGEST_CODE] or level
        code = cell.get("code", "")[:_LONGEST_CODE] or numbered
        language = _language(cell.get("language", "")) or self._language
        if code and (held := self.lines.get(code)) is not None:
            if held.name == text[:_LONGEST_NAME]:
                self._result = held  # a merged cell that was written out on each of its rows
                return
            if language and language != held.language and language not in held.texts:
                self._result, held.texts[language] = held, text
                return
        parent = cell.get("parent") or self._above(kind or "", code)
        self._result = self._add(code, text, kind or ("result" if not code else ""), parent, language)

    def _take_indicator(self, text: str, cell: Mapping[str, str], columns: Mapping[str, int]) -> None:
        result = self._result
        own = cell.get("code", "") if "result" not in columns or not cell.get("result") else ""
        code = own[:_LONGEST_CODE] or _level_and_code(text)[1]
        if code and code in self.lines:
            code = ""
        if not code and result is not None:
            number = 1 + sum(line.parent == result.code and line.kind == "indicator" for line in self.lines.values())
            code = f"{result.code}.i{number}"
            self.made.append(code)
        line = self._add(code, text, "indicator", result.code if result else None, self._language)
        self._note_beside(line, cell, columns)

    def _above(self, kind: str, code: str) -> str | None:
        """The line that a line of this level and code lies under."""
        rank = LEVELS.index(kind) if kind in LEVELS else len(LEVELS)
        results = [line for line in self.lines.values() if line.kind != "indicator"]
        higher = [line for line in results if (LEVELS.index(line.kind) if line.kind in LEVELS else len(LEVELS)) < rank]
        numbers = _numbers(code)
        for shorter in range(len(numbers) - 1, 0, -1):
            for line in reversed(results if rank == len(LEVELS) else higher):
                if _numbers(line.code) == numbers[:shorter]:
                    return line.code
        return higher[-1].code if higher else None

    def _add(self, code: str, text: str, kind: str, parent: str | None, language: str | None) -> _Line:
        if not code:
            code = f"#{len(self.lines) + 1}"
            self.made.append(code)
        base, number = code, 1
        while code in self.lines:
            number += 1
            code = f"{base} ({number})"
        name = text if len(text) <= _LONGEST_NAME else text[: _LONGEST_NAME - 1] + "…"
        notes = None if name == text else text
        parent = parent if parent != code else None
        self.lines[code] = _Line(code, " ".join(name.split()), kind or "result", parent, language, notes)
        return self.lines[code]


def _headings(rows: Rows) -> tuple[int, dict[str, int]]:
    """The row of headings and the columns it names; nothing where no row says what the table holds."""
    for at, row in enumerate(rows[:_DEPTH]):
        found: dict[str, int] = {}
        for place, cell in enumerate(row):
            name = _words()["headings"].get(heading_key(_BRACKETED.sub(" ", cell)))
            if name is not None and name not in found:
                found[name] = place
        if len(found) > 1 and found.keys() & {"result", "indicator"}:
            return at, found
    return -1, {}


def _level_and_code(text: str) -> tuple[str | None, str]:
    """The level and the code that a wording begins with, as in “Output 1.2: …”."""
    first = text.split("\n", 1)[0]
    words = first.split()
    for count in (3, 2, 1):
        if (level := _level(" ".join(words[:count]).rstrip(":.-–"))) is not None:
            rest = first.split(None, count)[count:]
            numbered = _AFTER_LEVEL.match(rest[0].lstrip("n°ºN ")) if rest else None
            return level, numbered["code"] if numbered else ""
    numbered = _ALONE.match(first)
    return None, numbered["code"] if numbered and len(first) > len(numbered["code"]) else ""


def _level(text: str) -> str | None:
    return _words()["levels"].get(heading_key(text)) if text else None


def _numbers(code: str) -> tuple[int, ...]:
    return tuple(map(int, re.findall(r"\d{1,6}", code)))


def _several(text: str) -> Iterator[str]:
    """The indicators of one cell: one a paragraph where each begins with a code or a bullet, else the whole cell."""
    lines = text.split("\n")
    if len(lines) > 1 and all(_BULLET.match(line) or _level_and_code(line)[1] for line in lines):
        yield from (_BULLET.sub("", line, count=1) if _BULLET.match(line) else line for line in lines)
    else:
        yield text


def _language(text: str) -> str | None:
    return found if (found := text.strip().lower()[:2]) in LANGUAGES else None


def _text(cell: object) -> str:
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return _UNSTORABLE.sub(" ", str(cell))


@lru_cache
def _words() -> Mapping[str, Mapping[str, str]]:
    """The words of headings and of levels in four languages."""
    found: dict[str, dict[str, str]] = {"headings": {}, "levels": {}}
    with resources.path("logframe.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found["levels" if row["field"] in LEVELS else "headings"][heading_key(row["text"])] = row["field"]
    return found

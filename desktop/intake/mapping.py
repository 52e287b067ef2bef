"""How one kind of file is read: which column holds what, and what the file itself leaves unsaid.

A mapping names columns by their headings, so that it survives columns that move. It is a plain file under a name people
know, which one office can send to another; what it says wrongly is refused in one sentence.
"""

import json
import re
from dataclasses import dataclass, fields, replace
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any, Literal

from desktop.intake.errors import MappingNewer, MappingUnreadable
from desktop.intake.vocabulary import fields as known_fields
from desktop.intake.vocabulary import heading_key

FORMAT = 1
_LONGEST_NAME = 200
_LARGEST = 4_000_000
_PAIR = re.compile(r'\[\n\s+("[^\n]*"),\n\s+("[^\n]*")\n\s+\]')
"""A heading and its field stand on one line, for whoever reads the file."""


class Holds(StrEnum):
    """What the rows of a file are."""

    ACTIVITIES = "activities"
    MONTHLY = "monthly"
    BACKGROUND = "background"
    PLACES = "places"


@dataclass(frozen=True)
class Mapping:
    """One way to read a file. What is None is found out from the file itself."""

    name: str
    holds: Holds
    columns: tuple[tuple[str, str], ...]
    """Heading and field; of equal headings the first named is the leftmost column."""
    sheet: str | None = None
    heading_row: int | None = None
    """As a spreadsheet numbers it, from 1."""
    constants: tuple[tuple[str, str], ...] = ()
    """Field and the value of every row, where the file has no such column."""
    keys: tuple[str, ...] = ()
    """Headings that together name a row, used where they are unique in the file."""
    period: tuple[date, date] | None = None
    date_order: Literal["dmy", "mdy"] | None = None
    decimal_mark: Literal[".", ","] | None = None
    splitters: tuple[str, ...] = ()
    """Where a cell of donors is cut besides comma and semicolon."""
    acronyms_name_donors: bool = False
    """Whether a donor may be named by the acronym that this same file gives to one organisation only."""
    may_be_named: bool | None = None
    encoding: str | None = None

    def constant(self, field: str) -> str | None:
        """The value that every row has in a field."""
        return dict(self.constants).get(field)

    def with_constant(self, field: str, value: str) -> "Mapping":
        """The same mapping with one more value that holds for every row."""
        return replace(self, constants=(*((one, it) for one, it in self.constants if one != field), (field, value)))


def dumped(mapping: Mapping) -> str:
    """A mapping as the text of a file."""
    body: dict[str, Any] = {"format": FORMAT}
    for described in fields(Mapping):
        value = getattr(mapping, described.name)
        if value != described.default:
            body[described.name] = [day.isoformat() for day in value] if described.name == "period" else value
    return _PAIR.sub(r"[\1, \2]", json.dumps(body, ensure_ascii=False, indent=2)) + "\n"


def loaded(text: str, name: str) -> Mapping:
    """The mapping a file holds; `name` is the file's, for the sentence that refuses it."""
    try:
        body = json.loads(text)
        stated = body.pop("format")
        if isinstance(stated, int) and stated > FORMAT:
            raise MappingNewer(name=name)
        mapping = Mapping(
            name=_text(body.pop("name"))[:_LONGEST_NAME],
            holds=Holds(body.pop("holds")),
            columns=_pairs(body.pop("columns")),
            sheet=_optional(body.pop("sheet", None)),
            heading_row=_row(body.pop("heading_row", None)),
            constants=_pairs(body.pop("constants", [])),
            keys=tuple(map(_text, body.pop("keys", []))),
            period=_period(body.pop("period", None)),
            date_order=_one_of(body.pop("date_order", None), "dmy", "mdy"),
            decimal_mark=_one_of(body.pop("decimal_mark", None), ".", ","),
            splitters=tuple(map(_text, body.pop("splitters", []))),
            acronyms_name_donors=_truth(body.pop("acronyms_name_donors", False)),
            may_be_named=None if (named := body.pop("may_be_named", None)) is None else _truth(named),
            encoding=_optional(body.pop("encoding", None)),
        )
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise MappingUnreadable(name=name) from error
    said = {field for _heading, field in mapping.columns} | {field for field, _value in mapping.constants}
    if body or said - known_fields() or not mapping.columns:
        raise MappingUnreadable(name=name)
    return mapping


def load(path: Path) -> Mapping:
    """The mapping in a file on disk."""
    try:
        with path.open("rb") as file:
            text = file.read(_LARGEST).decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise MappingUnreadable(name=path.name) from error
    return loaded(text, path.name)


def columns_of(mapping: Mapping, headings: tuple[str, ...]) -> dict[str, int]:
    """Where each field of the mapping stands among these headings; fields whose heading is not there are left out."""
    found: dict[str, int] = {}
    left = [(heading_key(heading), index) for index, heading in enumerate(headings)]
    for heading, field in mapping.columns:
        wanted = heading_key(heading)
        match = next((one for one in left if one[0] == wanted), None)
        if match:
            left.remove(match)
            found[field] = match[1]
    return found


def _text(value: object) -> str:
    if not isinstance(value, str) or not 0 < len(value) <= 2_000:
        raise ValueError
    return value


def _optional(value: object) -> str | None:
    return None if value is None else _text(value)


def _truth(value: object) -> bool:
    if not isinstance(value, bool):
        raise TypeError
    return value


def _row(value: object) -> int | None:
    if value is None:
        return None
    if type(value) is not int or not 1 <= value <= 1_000_000:
        raise ValueError
    return value


def _pairs(value: object) -> tuple[tuple[str, str], ...]:
    if not isinstance(value, list):
        raise TypeError
    return tuple((_text(first), _text(second)) for first, second in value)


def _period(value: object) -> tuple[date, date] | None:
    if value is None:
        return None
    if not isinstance(value, list):
        raise TypeError
    first, last = (date.fromisoformat(_text(day)) for day in value)
    return first, last


def _one_of(value: object, *choices: str) -> Any:
    if value is not None and value not in choices:
        raise ValueError
    return value

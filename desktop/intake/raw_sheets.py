"""The sheets of a raw workbook: of which kind each is, which field each column holds, and where the file is from.

A sheet is known by the keys under its headings, whatever language these are in. Where somebody names the kind, headings
alone will do, in any language that the program speaks.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from uuid import UUID

from db.queries.kinds import KINDS
from db.queries.raw import RAW_KINDS, raw_fields
from desktop.intake.vocabulary import heading_key
from desktop.intake.workbook import Cell, Row, Workbook
from i18n import LANGUAGES, Words

ID = "id"
_KEYS_WITHIN = 5
_CONTINUED = re.compile(r"\+\d+$")


@dataclass(frozen=True)
class RawSheet:
    """One sheet: its kind, the columns of each field (a long text has several), its rows by their number."""

    name: str
    kind: str
    columns: Mapping[str, tuple[int, ...]]
    headings: tuple[str, ...]
    rows: tuple[tuple[int, Row], ...]
    left: tuple[str, ...]
    """Headings of columns that no field answers to."""


@dataclass(frozen=True)
class About:
    """What a raw workbook says of itself; nothing, where somebody made it by hand."""

    office: str = ""
    state: UUID | None = None


def raw_sheets(workbook: Workbook, kind: str | None = None, *, by_headings: bool = False) -> tuple[RawSheet, ...]:
    """The sheets of this kind, or of any; those without keys only where their headings alone are to tell."""
    found = []
    for sheet in workbook.sheets:
        keyed = next((at for at, row in enumerate(sheet.rows[:_KEYS_WITHIN]) if _kind_in(row)), None)
        if keyed is not None:
            its = _kind_in(sheet.rows[keyed])
            headings = sheet.rows[keyed - 1] if keyed else sheet.rows[keyed]
            found.append(_sheet(sheet.name, its or "", sheet.rows[keyed], headings, sheet.rows[keyed + 1 :], keyed + 2))
        elif kind and by_headings and sheet.rows and (keys := _keys_of(sheet.rows[0], kind)):
            found.append(_sheet(sheet.name, kind, keys, sheet.rows[0], sheet.rows[1:], 2))
    return tuple(each for each in found if kind in (None, each.kind))


def about(workbook: Workbook) -> About:
    """What the first sheet says, found by its keys."""
    for sheet in workbook.sheets:
        if any(row and row[0] == "jalon" for row in sheet.rows[:_KEYS_WITHIN]):
            said = {str(row[2]): str(row[1]) for row in sheet.rows if len(row) > 2 and row[2] != ""}
            try:
                return About(said.get("office", ""), UUID(said.get("state", "")))
            except ValueError:
                return About(said.get("office", ""))
    return About()


def _kind_in(row: Row) -> str | None:
    named = (str(cell).removesuffix(f".{ID}") for cell in row if isinstance(cell, str) and cell.endswith(f".{ID}"))
    return next((kind for kind in named if kind in RAW_KINDS), None)


def _sheet(name: str, kind: str, keys: Row, headings: Row, rows: tuple[Row, ...], first: int) -> RawSheet:
    fields = raw_fields(KINDS[kind].entity)
    columns: dict[str, tuple[int, ...]] = {}
    left = []
    for at, cell in enumerate(keys):
        key = ID if cell == f"{kind}.{ID}" else _CONTINUED.sub("", str(cell).strip())
        if (key in fields or key == ID) and (key not in columns or _CONTINUED.search(str(cell))):
            columns[key] = (*columns.get(key, ()), at)
        elif cell != "":
            left.append(_said(headings, at))
    filled = tuple((first + at, row) for at, row in enumerate(rows) if any(cell != "" for cell in row))
    return RawSheet(name, kind, columns, tuple(_said(headings, at) for at in range(len(keys))), filled, tuple(left))


def _said(headings: Row, at: int) -> str:
    return str(headings[at]) if at < len(headings) else ""


def _keys_of(headings: Row, kind: str) -> tuple[Cell, ...]:
    """The keys that headings stand for; none where not one of them is known."""
    known = _headings(kind)
    keys = tuple(known.get(heading_key(str(cell)), "" if cell == "" else str(cell)) for cell in headings)
    return keys if any(key in known.values() for key in keys) else ()


@cache
def _headings(kind: str) -> Mapping[str, str]:
    """What headings of a kind say in each language, and the keys themselves."""
    known: dict[str, str] = {}
    for key, field in raw_fields(KINDS[kind].entity).items():
        for said in (key, *(Words.of(language).gettext(field.name) for language in LANGUAGES)):
            known.setdefault(heading_key(said), key)
    return known | {heading_key("Id"): f"{kind}.{ID}"}

"""Where the table of a workbook is: its sheet, its heading row, the HXL row under it, and what its columns may hold.

A person sees the proposal and changes it; a mapping that was kept is looked for by its own headings, wherever they
have moved to.
"""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import accumulate

from desktop.intake.errors import HeadingsDiffer, NoSuchSheet, NoTable
from desktop.intake.mapping import Holds, Mapping, columns_of
from desktop.intake.vocabulary import Guess, guess, guess_tag, heading_key, is_tag
from desktop.intake.workbook import Row, Sheet, Workbook

_DEPTH = 40
"""How far down a heading row is looked for: title blocks are longer than one thinks, but not that long."""
_LEAST = 2
_LONGEST_HEADING = 1_000
_LABEL = re.compile(r"\s*[:：]\s*")


@dataclass(frozen=True)
class Table:
    """The rows of a sheet under its headings, each with its number in the sheet, and what stands above them."""

    sheet: str
    heading_row: int
    headings: tuple[str, ...]
    tags: tuple[str, ...]
    rows: tuple[tuple[int, Row], ...]
    above: tuple[tuple[str, str], ...]
    """Field and value of labelled cells over the table, such as the partner and the month."""


def table_of(workbook: Workbook, mapping: Mapping, sheet: str | None = None) -> Table:
    """The table that a mapping speaks of, on the sheet asked for, its own, or whichever has its headings."""
    sheets = _asked(workbook, sheet or (mapping.sheet if _has(workbook, mapping.sheet) else None))
    best: tuple[int, Sheet, int] | None = None
    for one in sheets:
        rows = [mapping.heading_row - 1] if mapping.heading_row else range(min(_DEPTH, len(one.rows)))
        for index in rows:
            if index < len(one.rows):
                fitting = len(columns_of(mapping, headings_at(one.rows, index)))
                if best is None or fitting > best[0]:
                    best = fitting, one, index
    if best is None or not best[0]:
        raise NoTable(name=workbook.name)
    fitting, found, index = best
    headings = headings_at(found.rows, index)
    there = columns_of(mapping, headings)
    missing = [heading for heading, field in mapping.columns if field not in there]
    if len(missing) > len(mapping.columns) // 2:
        raise HeadingsDiffer(name=workbook.name, mapping=mapping.name, columns=", ".join(missing))
    return _table(found, index)


def propose(workbook: Workbook, sheet: str | None = None, holds: Holds | None = None) -> Mapping:
    """A mapping for a file nobody has seen before, from its headings and HXL tags."""
    best: tuple[float, Sheet, int, dict[int, Guess]] | None = None
    for one in _asked(workbook, sheet):
        for index in range(min(_DEPTH, len(one.rows))):
            guesses = _guesses(one, index)
            score = sum(found.sureness for found in guesses.values())
            if len(guesses) >= _LEAST and (best is None or score > best[0] + 0.5):
                best = score, one, index, guesses
    if best is None:
        raise NoTable(name=workbook.name)
    _score, found, index, guesses = best
    headings = headings_at(found.rows, index)
    return Mapping(
        name=workbook.name,
        holds=holds or _holds({one.field for one in guesses.values()}),
        columns=tuple((headings[column], guesses[column].field) for column in sorted(guesses)),
        sheet=found.name,
        heading_row=index + 1,
    )


def fitting(workbook: Workbook, mappings: Iterable[Mapping], sheet: str | None = None) -> Mapping | None:
    """The kept mapping all of whose columns stand on a sheet of the workbook; the one that knows the most columns."""
    best: tuple[int, Mapping] | None = None
    for mapping in mappings:
        for one in _asked(workbook, sheet):
            for index, row in enumerate(one.rows[:_DEPTH]):
                wide = len(row) >= len(mapping.columns)
                there = columns_of(mapping, headings_at(one.rows, index)) if wide else {}
                if len(there) == len(mapping.columns) and (best is None or len(there) > best[0]):
                    best = len(there), mapping
    return best[1] if best else None


def _has(workbook: Workbook, sheet: str | None) -> bool:
    return any(one.name == sheet for one in workbook.sheets)


def _asked(workbook: Workbook, sheet: str | None) -> tuple[Sheet, ...]:
    if sheet is None:
        return workbook.sheets
    found = tuple(one for one in workbook.sheets if one.name == sheet)
    if not found:
        raise NoSuchSheet(name=workbook.name, sheet=sheet, sheets=", ".join(one.name for one in workbook.sheets))
    return found


def headings_at(rows: tuple[Row, ...], index: int) -> tuple[str, ...]:
    """The headings of a row. Those that stand in it twice take along the group over them: "Femmes" of "Ce mois"."""
    headings = tuple(
        cell[:_LONGEST_HEADING] if isinstance(cell, str) else "" if cell == "" else str(cell) for cell in rows[index]
    )
    repeated = {key for key, times in Counter(map(heading_key, headings)).items() if key and times > 1}
    over = [str(cell).strip() for cell in rows[index - 1]] if repeated and index else []
    if len(set(over) - {""}) < _LEAST:
        return headings
    # A merged cell gives its text to its first column only.
    groups = list(accumulate(over, _carried))
    return tuple(
        f"{heading} {group}".strip() if heading_key(heading) in repeated else heading
        for heading, group in zip(headings, groups, strict=True)
    )


def _carried(before: str, here: str) -> str:
    return here or before


def _guesses(sheet: Sheet, index: int) -> dict[int, Guess]:
    """What each column of a heading row holds: one column a field, the surest first, tags before headings."""
    tags = _tag_row(sheet, index)
    surest = []
    for column, heading in enumerate(headings_at(sheet.rows, index)):
        found = (guess_tag(tags[column]) if tags else None) or (guess(heading) if heading.strip() else None)
        if found and found.field != "problem":
            surest.append((found, column))
    guesses: dict[int, Guess] = {}
    taken: set[str] = set()
    for found, column in sorted(surest, key=lambda one: (-one[0].sureness, one[1])):
        if found.field not in taken:
            taken.add(found.field)
            guesses[column] = found
    return guesses


def _tag_row(sheet: Sheet, index: int) -> tuple[str, ...]:
    """The HXL row right under the headings, or nothing: all that stands in it is tags."""
    below = sheet.rows[index + 1] if index + 1 < len(sheet.rows) else ()
    filled = [cell for cell in below if cell != ""]
    if filled and all(map(is_tag, filled)):
        return tuple(cell if isinstance(cell, str) else "" for cell in below)
    return ()


def _table(sheet: Sheet, index: int) -> Table:
    tags = _tag_row(sheet, index)
    first = index + 1 + bool(tags)
    rows = tuple(
        (number, row)
        for number, row in enumerate(sheet.rows[first:], start=first + 1)
        if any(cell != "" and not (isinstance(cell, str) and cell.isspace()) for cell in row)
    )
    return Table(sheet.name, index + 1, headings_at(sheet.rows, index), tags, rows, tuple(_above(sheet.rows[:index])))


def _above(rows: tuple[Row, ...]) -> Iterable[tuple[str, str]]:
    """Labelled cells over the table: "Mois" beside its month, or "Mois : mars 2026" in one cell."""
    for row in rows:
        for column, cell in enumerate(row):
            if not isinstance(cell, str) or not cell.strip() or len(cell) > _LONGEST_HEADING:
                continue
            label, *rest = _LABEL.split(cell, maxsplit=1)
            found = guess(label)
            if found is None or found.sureness < 0.8:
                continue
            value = rest[0] if rest and rest[0] else next((str(one) for one in row[column + 1 :] if one != ""), "")
            if value:
                yield found.field, value.strip()


def _holds(found: set[str]) -> Holds:
    """What the rows are, by the fields that only one kind of file has."""
    if {"place_code", "place_name"} <= found:
        return Holds.PLACES
    if "figure" in found:
        return Holds.BACKGROUND
    if any(field.startswith("cumulative") for field in found):
        return Holds.MONTHLY
    return Holds.ACTIVITIES

"""By what a row is known again: the key columns of its file where they are unique, else all that stands in the row.

The same row means the same whether a cell was typed as text or as a number, and wherever its columns stand, so that a
file that comes back from a spreadsheet program is not new. Equal rows of one file are doubles; one that is kept is told
apart by its number among them.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from hashlib import blake2b

from desktop.intake.headings import Table
from desktop.intake.vocabulary import guess, heading_key
from desktop.intake.workbook import Cell

PROBLEM = "problem"
"""The column of a problems file that says why; it is ours, and no part of the row."""

OVER = frozenset(("period", "reporting_org_name", "impl_org_name", "prog_org_name"))
"""What labelled cells over a table usually say for all of it."""


def texts(table: Table, constants: Iterable[tuple[str, str]] = ()) -> list[str]:
    """Each row as one text that is the same for equal rows: the blank cells and our own column left out.

    Who a file is from and when may stand over its table: it is part of what every row says.
    """
    over = "".join(f"\x1f{field}\x1e{value}" for field, value in sorted(constants) if field in OVER)
    named = [
        (heading_key(heading) or str(column), column)
        for column, heading in enumerate(table.headings)
        if not ((found := guess(heading)) and found.field == PROBLEM)
    ]
    # By column, since a column holds few different cells; in the order of the headings, since columns move.
    columns = [_texts([row[column] for _number, row in table.rows], name) for name, column in sorted(named)]
    return ["\x1f".join(filter(None, row)) + over for row in zip(*columns, strict=True)] if columns else []


def _texts(cells: list[Cell], name: str) -> list[str]:
    typed = list(zip(map(type, cells), cells, strict=True))
    written = {one: f"{name}\x1e{text}" if (text := canonical(one[1])) else "" for one in set(typed)}
    return [written[one] for one in typed]


def canonical(cell: Cell) -> str:
    """A cell as text that does not depend on how it was typed."""
    if isinstance(cell, str):
        return " ".join(cell.split())
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat()
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def digest(*parts: str) -> str:
    """A short name for a text that no other text has."""
    return blake2b("\x1d".join(parts).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def groups_of_equals(rows: Sequence[str]) -> list[list[int]]:
    """The rows that stand in a file more than once, each group in the file's order."""
    groups: dict[str, list[int]] = defaultdict(list)
    for index, text in enumerate(rows):
        groups[text].append(index)
    return [group for group in groups.values() if len(group) > 1]


def column_keys(table: Table, keys: Iterable[str], among: Iterable[int]) -> dict[int, str] | None:
    """The key columns' values of these rows, or None where a column is not there, blank, or not unique."""
    places = [
        next((at for at, heading in enumerate(table.headings) if heading_key(heading) == heading_key(key)), None)
        for key in keys
    ]
    columns = [at for at in places if at is not None]
    if not columns or len(columns) < len(places):
        return None
    found = {index: tuple(canonical(table.rows[index][1][column]).casefold() for column in columns) for index in among}
    if len(set(found.values())) < len(found) or not all(all(values) for values in found.values()):
        return None
    return {index: "\x1f".join(values) for index, values in found.items()}


def row_keys(rows: Sequence[str], among: Iterable[int]) -> dict[int, str]:
    """The digest of each of these rows, with its number among equal ones."""
    seen: Counter[str] = Counter()
    keys = {}
    for index in among:
        seen[rows[index]] += 1
        keys[index] = f"row:{digest(rows[index])}:{seen[rows[index]]}"
    return keys

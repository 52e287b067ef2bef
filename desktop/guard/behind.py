"""For the register: which rows a report's figures are made of, and under which authorisations they are shown."""

from collections.abc import Iterator
from typing import Any

from db.queries.selection import Behind
from desktop.guard.released import Notes
from desktop.guard.tables import Part, Tables


def rows_behind(tables: Tables) -> dict[str, Any]:
    """By kind, what the filters of all its figures have in common, as pairs of a key and a value.

    A filter can itself be a selection of several parts (`db.queries.selection`); those in common are kept.
    """
    common: dict[str, list[tuple[str, str]]] = {}
    for behind in dict.fromkeys(_behind(tables)):
        parts = [(key, part) for key, value in behind.filters for part in value.split(";")]
        common[behind.kind] = [one for one in common.get(behind.kind, parts) if one in parts]
    return {
        kind: [[key, ";".join(part for other, part in parts if other == key)] for key in dict.fromkeys(dict(parts))]
        for kind, parts in common.items()
    }


def permitted(notes: Notes) -> dict[str, Any]:
    """The authorisations, and how many counts below the threshold they let be shown; nothing where there are none."""
    if not notes.permitted:
        return {}
    return {"authorisations": [str(one) for one in notes.permitted], "excepted": len(notes.excepted)}


def _behind(tables: Tables) -> Iterator[Behind]:
    entries = list(tables.figures.values())
    for grid in tables.grids.values():
        entries += [entry for line in grid.lines for entry in line.cells]
    for entry in entries:
        found = getattr(entry.part if isinstance(entry, Part) else entry, "behind", None)
        if isinstance(found, Behind):
            yield found

"""Rows as they come out of a file, and the plan for them."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from sqlalchemy import select

from db.base import Entity
from db.commands.arrivals import bring_in
from db.fields import fields_of
from db.queries.arrivals import Held, held
from db.record import Record
from desktop.intake.identity import digest
from desktop.intake.mapping import Mapping
from desktop.intake.plan import Decisions, Plan
from desktop.intake.planning import plan
from desktop.intake.profiles import mapping_for
from desktop.intake.workbook import Cell, Sheet, Workbook

HEADINGS = ("Organisation", "Activité", "Cluster", "Code projet", "Province", "Code Province", "Bailleur")
HEADINGS += ("Date de début", "Date de fin", "Bénéficiaires directs")
ROW: dict[str, Cell] = {
    "Organisation": "Femmes d’Ituri (essai)",
    "Activité": "Écoute",
    "Cluster": "Protection générale",
    "Code projet": "P1",
    "Province": "Ituri",
    "Code Province": "CD54",
    "Bailleur": "Fonds d’essai",
    "Date de début": date(2025, 1, 1),
    "Date de fin": date(2025, 6, 30),
    "Bénéficiaires directs": 120,
}


def rows(*changes: dict[str, Cell]) -> list[tuple[Cell, ...]]:
    """A heading row and one row for each change of the ordinary one."""
    return [HEADINGS, *(tuple((ROW | change)[heading] for heading in HEADINGS) for change in changes)]


def workbook(lines: Iterable[Sequence[Cell]], name: str = "essai.xlsx", sheet: str = "Données") -> Workbook:
    """A workbook of one sheet."""
    table = [tuple(line) for line in lines]
    width = max(map(len, table))
    padded = tuple(line + ("",) * (width - len(line)) for line in table)
    return Workbook(name, (Sheet(sheet, padded),), digest(repr(padded)))


def planned(
    record: Record | None,
    lines: Iterable[Sequence[Cell]],
    mapping: Mapping | None = None,
    decisions: Decisions | None = None,
    name: str = "essai.xlsx",
) -> Plan:
    """The plan for rows against a record, or against nothing."""
    book = workbook(lines, name)
    mapping = mapping or mapping_for(book)
    known = record.read(held, mapping.holds.value) if record else Held()
    return plan(book, mapping, known, decisions)


def brought(record: Record, lines: Iterable[Sequence[Cell]], **how: Any) -> Plan:
    """The plan for rows, applied."""
    made = planned(record, lines, **how)
    record.write(bring_in, made.arrival)
    return made


def held_values(record: Record, entity: type[Entity]) -> list[dict[str, Any]]:
    """The described fields of every row of a table that is not removed."""
    names = list(fields_of(entity))
    columns = [getattr(entity, name) for name in names]
    asked = select(*columns).where(entity.removed_at.is_(None)).order_by(entity.row)
    found = record.read(lambda session: session.execute(asked).all())
    return [dict(zip(names, row, strict=True)) for row in found]

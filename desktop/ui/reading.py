"""Foreign files as the other process reads them for the import page. Knows no Qt: it runs where there is none.

The file is read once and kept there; what comes back is what the page shows.
"""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from db.queries.arrivals import Held
from db.queries.kinds import KINDS
from db.queries.raw import HeldRaw
from desktop.intake.headings import table_of
from desktop.intake.identity import canonical
from desktop.intake.mapping import Mapping
from desktop.intake.plan import Decisions, Plan
from desktop.intake.planning import plan
from desktop.intake.profiles import mapping_for
from desktop.intake.raw import plan_raw
from desktop.intake.raw_plan import RawPlan
from desktop.intake.raw_problems import problem_sheets
from desktop.intake.raw_sheets import About, about, raw_sheets
from desktop.intake.workbook import Workbook, read_workbook
from desktop.render.sheet import write_xlsx
from i18n import Words

SAMPLES = 3


@dataclass(frozen=True)
class Look:
    """A file at first sight: its sheets, how it would be read, and what stands under each heading."""

    sheets: tuple[str, ...]
    mapping: Mapping
    sheet: str
    headings: tuple[str, ...]
    samples: tuple[tuple[str, ...], ...]
    rows: int
    digest: str
    """Of the bytes of the file."""


@dataclass(frozen=True)
class RawLook:
    """A raw workbook at first sight: the tables of the record that it is compared with, and where it is from."""

    tables: tuple[str, ...]
    told: About


def look(
    path: Path, password: str | None, kept: tuple[Mapping, ...], mapping: Mapping | None, sheet: str | None
) -> Look | RawLook:
    """What a file holds, read by the mapping given, by a kept one that fits, or by one proposed from its headings.

    A file with the keys of a raw export is one, unless somebody said how else to read it.
    """
    workbook = _workbook(path, password, path.stat().st_mtime_ns if path.exists() else 0)
    if mapping is None and sheet is None and (raw := _raw(workbook)).tables:
        return raw
    mapping = mapping or mapping_for(workbook, kept, sheet)
    table = table_of(workbook, mapping, sheet)
    samples = [
        tuple(
            dict.fromkeys(
                text for _number, row in table.rows[:200] if column < len(row) and (text := canonical(row[column]))
            )
        )[:SAMPLES]
        for column in range(len(table.headings))
    ]
    sheets = tuple(each.name for each in workbook.sheets)
    return Look(sheets, mapping, table.sheet, table.headings, tuple(samples), len(table.rows), workbook.digest)


def planned(
    path: Path, password: str | None, mapping: Mapping, held: Held, decisions: Decisions, sheet: str | None
) -> Plan:
    """What bringing the file in would do."""
    return plan(_workbook(path, password, path.stat().st_mtime_ns), mapping, held, decisions, sheet)


def look_raw(path: Path, password: str | None) -> RawLook:
    """What a raw workbook is about."""
    return _raw(_workbook(path, password, path.stat().st_mtime_ns))


def planned_raw(path: Path, password: str | None, held: HeldRaw, received_on: date, take_theirs: bool) -> RawPlan:
    """What bringing a raw workbook in would do."""
    workbook = _workbook(path, password, path.stat().st_mtime_ns)
    return plan_raw(workbook, raw_sheets(workbook), about(workbook), held, received_on, take_theirs=take_theirs)


def problems_raw(path: Path, password: str | None, plan: RawPlan, language: str, as_of: date) -> bytes:
    """The rows of a raw workbook that must be put right, as a workbook."""
    sheets = raw_sheets(_workbook(path, password, path.stat().st_mtime_ns))
    return write_xlsx(*problem_sheets(plan, sheets, Words.of(language), as_of))


def _raw(workbook: Workbook) -> RawLook:
    tables = dict.fromkeys(KINDS[sheet.kind].entity.__tablename__ for sheet in raw_sheets(workbook))
    return RawLook(tuple(tables), about(workbook))


@lru_cache(maxsize=1)
def _workbook(path: Path, password: str | None, _changed_at: int) -> Workbook:
    return read_workbook(path, password)

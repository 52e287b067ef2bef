"""The problems file: the rows that were left out under their own headings, and a column that says why.

It is put right in a spreadsheet program and comes back under the same mapping; what is still wrong stays a problem, and
nothing comes in twice.
"""

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from math import isfinite

from desktop.intake.fields import READS
from desktop.intake.identity import PROBLEM
from desktop.intake.mapping import columns_of
from desktop.intake.plan import Plan, Verdict
from desktop.intake.vocabulary import label
from desktop.intake.workbook import Cell
from desktop.reports import sheet
from i18n import Words


def problems_sheet(plan: Plan, words: Words, as_of: date) -> sheet.Sheet:
    """The problem rows of a plan as a sheet, in the reader's language but for what the file says itself."""
    why = {
        row.number: " ".join(found.text(words) for found in row.problems)
        for row in plan.rows
        if row.verdict is Verdict.PROBLEM
    }
    mapped = columns_of(plan.mapping, plan.table.headings)
    above = [
        (field, value)
        for field, value in plan.mapping.constants
        if field in READS and (field, value) in plan.table.above
    ]
    above = [(field, value) for field, value in above if field not in mapped]
    headings = (*plan.table.headings, *(label(field, words.language) for field, _value in above))
    return sheet.Sheet(
        name=plan.table.sheet,
        headings=(*headings, label(PROBLEM, words.language)),
        rows=tuple(
            (*map(written, row), *(value for _field, value in above), why[number])
            for number, row in plan.table.rows
            if number in why
        ),
        direction=words.direction,
        as_of=as_of,
        tags=(*plan.table.tags, *([""] * (len(above) + 1))) if plan.table.tags else (),
    )


def written(cell: Cell) -> sheet.Cell:
    """A cell that was read, as it is written again."""
    match cell:
        case "":
            return None
        case bool() | time() | timedelta():
            return str(cell)
        case datetime():
            return cell.date() if cell.time() == time() else cell.isoformat(" ")
        case float() if not isfinite(cell):
            return str(cell)
        case float():
            return int(cell) if cell.is_integer() else Decimal(str(cell))
        case str() | int() | date():
            return cell

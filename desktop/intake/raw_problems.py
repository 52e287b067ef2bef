"""The rows of a raw workbook that were left out, under their own headings and keys, with a column that says why.

Put right in a spreadsheet program, it comes back like any raw workbook.
"""

from collections.abc import Sequence
from datetime import date

from desktop.intake.identity import PROBLEM
from desktop.intake.plan import Verdict
from desktop.intake.problems import written
from desktop.intake.raw_plan import RawPlan
from desktop.intake.raw_sheets import ID, RawSheet
from desktop.intake.vocabulary import label
from desktop.reports.sheet import Sheet
from i18n import Words


def problem_sheets(plan: RawPlan, sheets: Sequence[RawSheet], words: Words, as_of: date) -> list[Sheet]:
    """A sheet for each that has such rows."""
    why = {
        (row.sheet, row.number): " ".join(found.text(words) for found in row.problems)
        for row in plan.rows
        if row.verdict is Verdict.PROBLEM
    }
    return [
        _left_out(sheet, {number: said for (name, number), said in why.items() if name == sheet.name}, words, as_of)
        for sheet in sheets
        if any(name == sheet.name for name, _number in why)
    ]


def _left_out(sheet: RawSheet, why: dict[int, str], words: Words, as_of: date) -> Sheet:
    keys = [""] * len(sheet.headings)
    for key, places in sheet.columns.items():
        for part, place in enumerate(places):
            keys[place] = f"{sheet.kind}.{ID}" if key == ID else f"{key}+{part + 1}" if part else key
    if ID not in sheet.columns:
        keys.append(f"{sheet.kind}.{ID}")
    blanks = len(keys) - len(sheet.headings)
    return Sheet(
        name=sheet.name,
        headings=(*sheet.headings, *[words.gettext("Id")] * blanks, label(PROBLEM, words.language)),
        rows=tuple(
            (*map(written, row[: len(sheet.headings)]), *[None] * (len(keys) - len(row)), why[number])
            for number, row in sheet.rows
            if number in why
        ),
        direction=words.direction,
        as_of=as_of,
        tags=(*keys, ""),
    )

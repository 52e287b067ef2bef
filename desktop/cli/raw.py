"""The verb that brings a raw workbook in: what each sheet would add and change, and where the record says otherwise."""

import argparse
import json
from collections.abc import Iterable
from datetime import date

from db.commands.arrivals import bring_in, rehearse
from db.queries.kinds import KINDS
from db.queries.raw import held_raw
from desktop.cli.printing import say, say_some, table
from desktop.cli.records import opened
from desktop.deliver import write
from desktop.intake.findings import Finding
from desktop.intake.plan import Verdict
from desktop.intake.raw import plan_raw
from desktop.intake.raw_plan import RawPlan, RawRow
from desktop.intake.raw_problems import problem_sheets
from desktop.intake.raw_sheets import RawSheet, about
from desktop.intake.workbook import Workbook
from desktop.render.sheet import write_xlsx
from i18n import Words


def import_raw(called: argparse.Namespace, words: Words, workbook: Workbook, sheets: tuple[RawSheet, ...]) -> None:
    """Show what a raw workbook would change; change it with `--apply`."""
    told = about(workbook)
    tables = dict.fromkeys(KINDS[sheet.kind].entity.__tablename__ for sheet in sheets)
    with opened(called, words, write=called.apply) as record:
        held = record.read(held_raw, tuple(tables), told.state)
        planned = plan_raw(workbook, sheets, told, held, date.today(), take_theirs=called.take_theirs)
        broken = () if planned.arrival.empty else record.read(rehearse, planned.arrival)
        done = called.apply and not planned.arrival.empty
        if called.problems and planned.count(Verdict.PROBLEM):
            write(write_xlsx(*problem_sheets(planned, sheets, words, date.today())), called.problems)
        if done:
            record.write(bring_in, planned.arrival)
    if called.json:
        print(json.dumps({**planned.summary(), "against_rules": len(broken)}))
        return
    _show(planned, words)
    say_some([words.gettext(one.message).format(**one.values(words)) for one in broken], words)
    if called.problems and planned.count(Verdict.PROBLEM):
        say(words.gettext("Rows to be put right: {file}").format(file=words.isolate(str(called.problems))))
    if done:
        say(words.gettext("Brought in. “jalon undo” takes it back."))
    elif broken:
        say(words.gettext("Nothing of this file comes in before it keeps to the rules."))
    elif planned.arrival.empty and planned.count(Verdict.PROBLEM):
        say(words.gettext("Nothing can be brought in before these rows are put right."))
    elif planned.arrival.empty and planned.conflicts:
        say(words.gettext("Nothing is taken where the record says otherwise; with --take-theirs it is."))
    elif not planned.rows:
        say(words.gettext("No sheet of this workbook has a row that is filled in. Nothing to bring in."))
    elif planned.arrival.empty:
        say(words.gettext("The record holds all of this already. Nothing to bring in."))
    else:
        say(words.gettext("Nothing is changed yet. The same command with --apply brings the file in."))


def _show(planned: RawPlan, words: Words) -> None:
    heads = (
        words.gettext("Sheet"),
        words.gettext("Rows"),
        words.gettext("Added"),
        words.gettext("Changed"),
        words.gettext("Held already"),
        words.gettext("To be put right"),
        words.gettext("Otherwise in the record"),
    )
    verdicts = (Verdict.ADD, Verdict.CHANGE, Verdict.HELD, Verdict.PROBLEM)
    lines = []
    for sheet in planned.kinds:
        rows = [row for row in planned.rows if row.sheet == sheet]
        counts = [planned.count(verdict, sheet) for verdict in verdicts]
        if rows:
            differ = sum(bool(row.conflicts) for row in rows)
            lines.append([words.isolate(sheet), *map(words.number, (len(rows), *counts, differ))])
    say(table(heads, lines))
    for note in planned.notes:
        say(note.text(words))
    for found in ("problems", "changes", "conflicts", "remarks"):
        say_some(list(_lines(planned.rows, found, words)), words)


def _lines(rows: Iterable[RawRow], found: str, words: Words) -> Iterable[str]:
    for row in rows:
        findings: tuple[Finding, ...] = getattr(row, found)
        for one in findings:
            yield words.gettext("{sheet}, row {number}: {reason}").format(
                sheet=words.isolate(row.sheet), number=words.number(row.number), reason=one.text(words)
            )

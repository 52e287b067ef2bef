"""The verb that brings a file in: shows the plan, and does it when told to."""

import argparse
import json
import os
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

from db.commands.arrivals import bring_in
from db.errors import RecordError
from db.queries.arrivals import held, kept_mappings
from db.queries.exchange_rates import KIND as RATES
from db.queries.outlines import KIND as OUTLINES
from db.queries.raw import RAW_KINDS
from db.record import Record
from desktop.apart import ask
from desktop.cli.log_frames import import_log_frame
from desktop.cli.outlines import import_outlines
from desktop.cli.printing import say, say_some, table
from desktop.cli.rates import import_rates
from desktop.cli.raw import import_raw
from desktop.cli.records import opened
from desktop.cli.sheets import import_sheet
from desktop.deliver import write
from desktop.intake.mapping import Holds, Mapping, load, loaded
from desktop.intake.plan import Decisions, Plan, Verdict
from desktop.intake.planning import plan
from desktop.intake.problems import problems_sheet
from desktop.intake.profiles import mapping_for, shipped
from desktop.intake.raw_sheets import raw_sheets
from desktop.intake.workbook import Workbook, read_workbook
from desktop.opening import passphrase_in
from desktop.render.sheet import write_csv, write_xlsx
from i18n import N_, Words

_BY_KIND: dict[str, Callable[[argparse.Namespace, Words], None]] = {
    RATES: import_rates,
    "log-frame": import_log_frame,
    OUTLINES: import_outlines,
    "partner-sheet": import_sheet,
}
"""Files that are no table of things, by what they are called after `--as`."""


class NoSuchMapping(RecordError):
    message = N_("There is no mapping called {name}, and no file of that name. Known mappings: {names}.")


class NoSuchKind(RecordError):
    message = N_("{name} is no kind of file that can be brought in. Kinds: {names}.")


class NoRawSheet(RecordError):
    message = N_("No sheet of {name} has headings of that kind. “jalon export raw --blank” writes one to fill in.")


class NoSuchSource(RecordError):
    message = N_("No earlier file called {name} can be replaced by this one. Earlier files: {names}.")


def import_file(called: argparse.Namespace, words: Words) -> None:
    """Show what a file would change; change it with `--apply`."""
    if called.kind in _BY_KIND:
        _BY_KIND[called.kind](called, words)
        return
    password = passphrase_in(called.password_file) if called.password_file else None
    workbook = ask(read_workbook, called.file, password)
    # Activities and places are also what other people's files hold: there the keys alone make a raw workbook.
    only_raw = called.kind in RAW_KINDS and called.kind not in set(Holds)
    raw = raw_sheets(workbook, called.kind if called.kind in RAW_KINDS else None, by_headings=only_raw)
    if only_raw and not raw:
        raise NoRawSheet(name=workbook.name)
    if raw and not called.mapping:
        import_raw(called, words, workbook, raw)
        return
    with opened(called, words, write=called.apply) as record:
        mapping = _mapping(record, called, workbook)
        planned = _plan(record, workbook, mapping, called)
        if called.problems and planned.count(Verdict.PROBLEM):
            sheet = problems_sheet(planned, words, date.today())
            is_csv = called.problems.suffix.lower() == ".csv"
            write(write_csv(sheet) if is_csv else write_xlsx(sheet), called.problems)
        done = called.apply and not planned.arrival.empty
        if done:
            record.write(bring_in, planned.arrival)
    if called.json:
        print(json.dumps(planned.summary()))
        return
    _show(planned, words)
    if called.problems and planned.count(Verdict.PROBLEM):
        say(words.gettext("Rows to be put right: {file}").format(file=words.isolate(str(called.problems))))
    if done:
        say(words.gettext("Brought in. “jalon undo” takes it back."))
    elif planned.arrival.empty and not planned.count(Verdict.HELD):
        say(words.gettext("Nothing can be brought in before these rows are put right."))
    elif planned.arrival.empty:
        say(words.gettext("The record holds all of this already. Nothing to bring in."))
    else:
        say(words.gettext("Nothing is changed yet. The same command with --apply brings the file in."))


def _mapping(record: Record, called: argparse.Namespace, workbook: Workbook) -> Mapping:
    kept = [loaded(body, name) for name, body in record.read(kept_mappings)]
    if called.mapping:
        for mapping in (*kept, *shipped()):
            if mapping.name == called.mapping:
                return mapping
        if not os.path.isfile(called.mapping):  # noqa: PTH113 (answers for names that no file can have, too)
            raise NoSuchMapping(name=called.mapping, names=[mapping.name for mapping in (*kept, *shipped())])
        found: Mapping = ask(load, Path(called.mapping))
        return found
    if called.kind and called.kind not in set(Holds):
        raise NoSuchKind(name=called.kind, names=sorted({*_BY_KIND, *(kind.value for kind in Holds), *RAW_KINDS}))
    return mapping_for(workbook, kept, called.sheet, Holds(called.kind) if called.kind else None)


def _plan(record: Record, workbook: Workbook, mapping: Mapping, called: argparse.Namespace) -> Plan:
    """The plan; where a source is to be replaced, it has to be one that this file can replace."""
    known = record.read(held, mapping.holds.value)
    decisions = Decisions(received_on=date.today())
    planned = plan(workbook, mapping, known, decisions, called.sheet)
    if not called.replaces:
        return planned
    for source in planned.replaceable:
        if called.replaces in (source.name, str(source.id)):
            return plan(workbook, mapping, known, replace(decisions, replaces=source.id), called.sheet)
    raise NoSuchSource(name=called.replaces, names=[source.name for source in planned.replaceable])


def _show(planned: Plan, words: Words) -> None:
    lines = [
        (words.gettext("Rows"), len(planned.rows)),
        (words.gettext("Doubles left out"), planned.count(Verdict.DOUBLE)),
        (words.gettext("Rows to be put right, left out"), planned.count(Verdict.PROBLEM)),
        (words.gettext("Rows brought in with a remark"), planned.warnings),
        (words.gettext("Rows the record holds already"), planned.count(Verdict.HELD)),
        (words.gettext("Rows that change something"), planned.count(Verdict.CHANGE)),
    ]
    added = {
        "activity": words.gettext("Activities to add"),
        "result": words.gettext("Figures to add"),
        "organisation": words.gettext("Organisations to add"),
        "donor": words.gettext("Donors to add"),
        "place": words.gettext("Places to add"),
    }
    lines += [(added[entity], count) for entity, count in planned.adds.items() if entity in added]
    head = words.gettext("Mapping: {name}").format(name=words.isolate(planned.mapping.name))
    say(table((head, ""), [(name, words.number(count)) for name, count in lines]))
    for note in planned.notes:
        say(note.text(words))
    for shown in (
        [_of_row(row.number, found.text(words), words) for row in planned.rows for found in row.problems],
        [_of_row(row.number, found.text(words), words) for row in planned.rows for found in row.changes],
        [
            _of_row(row.number, found.text(words), words)
            for row in planned.rows
            if row.verdict in (Verdict.ADD, Verdict.CHANGE)
            for found in row.remarks
        ],
        [
            words.gettext("Taken as one: {names}").format(
                names=words.list([words.isolate(name) for name in dict.fromkeys((one.name, *one.spellings))])
            )
            for one in planned.taken_as_one
        ],
        [
            words.gettext("Perhaps the same: {first} and {second}").format(
                first=words.isolate(proposal.name), second=words.isolate(proposal.other)
            )
            for proposal in planned.proposals
        ],
    ):
        say_some(shown, words)
    if planned.gone:
        say(
            words.ngettext(
                "{count} thing of the earlier file is no longer in this one and is removed.",
                "{count} things of the earlier file are no longer in this one and are removed.",
                len(planned.gone),
            ).format(count=words.number(len(planned.gone)))
        )
        say_some([_of_row(gone.number, words.isolate(gone.name), words) for gone in planned.gone], words)


def _of_row(number: int, reason: str, words: Words) -> str:
    return words.gettext("Row {number}: {reason}").format(number=words.number(number), reason=reason)

"""Verbs about files: bring them in, make reports, write exchange formats."""

import argparse

from db.errors import RecordError
from db.queries.names import id_of
from db.queries.scope import Scope
from db.record import Record
from desktop.apart import ask
from desktop.cli.printing import say
from desktop.cli.records import opened
from desktop.cli.sheets import export_sheet
from desktop.deliver import Order, gather, leave, make, told_coarser
from desktop.exporting import export_fivew, export_raw, export_register
from desktop.guard.audiences import Audience
from desktop.reports.coarser import proposals, proposed
from desktop.reports.framing import SIDES
from desktop.reports.offer import REPORTS, report_called
from desktop.reports.report import Asked, WritersWords
from desktop.reports.telling import told, typed
from desktop.reports.words_file import read_words, refuse_unknown_parts
from i18n import N_, Words


class OnlyAsWorkbook(RecordError):
    message = N_("A raw export has many sheets: {path} has to end in .xlsx.")


def report(called: argparse.Namespace, words: Words) -> None:
    """Make one report."""
    with opened(called, words, write=False) as record:
        asked = asked_of(record, called)
        order = Order(called.name, asked, words.language, called.form, called.attach_data)
        made = make(gather(record, order), order)
        # Before it leaves: afterwards it would be weighed with itself.
        spared = proposals(made.notes, told_coarser(record, order), asked) if made.notes.hidden else ()
        leave(record, order, made, called.out)
    say(words.gettext("Written: {file}").format(file=words.isolate(str(called.out))))
    for sentence in told(made.notes, words):
        say(sentence)
    for sentence in typed(asked.own, made.counts.unsaid, words):
        say(sentence)
    for proposal in spared:
        say(proposed(proposal, words))
    if made.unprintable:
        say(
            words.gettext("No font of ours has these characters: {characters}").format(
                characters=words.isolate(made.unprintable)
            )
        )


def asked_of(record: Record, called: argparse.Namespace) -> Asked:
    """What the options of a report ask for."""
    asked = Asked(
        scope(record, called),
        Audience(called.audience) if called.audience else report_called(called.name).only or Audience.DONOR,
        ask(read_words, called.words) if called.words else WritersWords(),
        method=called.method,
        coarser=tuple(called.coarser),
        since=called.since,
        final=called.final,
        currency=called.currency,
        stage=called.stage,
        paper=called.paper,
        typography=called.typography,
        calendar=called.calendar,
    )
    if asked.own.parts:
        order = Order(called.name, asked, asked.own.language, "text")
        refuse_unknown_parts(asked.own, report_called(called.name).parts(gather(record, order).plain))
    return asked


def reports(_called: argparse.Namespace, words: Words) -> None:
    """List the reports on offer."""
    for one in REPORTS:
        say(
            words.gettext("{name}: {title}. {summary}").format(
                name=one.name, title=words.gettext(one.title), summary=words.gettext(one.summary)
            )
        )


def export(called: argparse.Namespace, words: Words) -> None:
    """Write one exchange format."""
    with opened(called, words, write=False) as record:
        count = EXPORTS[called.form](record, called, words)
    say(
        words.ngettext("Written with {count} row: {file}", "Written with {count} rows: {file}", count).format(
            count=words.number(count), file=words.isolate(str(called.out))
        )
    )


def _fivew(record: Record, called: argparse.Namespace, words: Words) -> int:
    asked = Asked(scope(record, called), Audience(called.audience))
    exported = export_fivew(record, asked, words.language, called.out)
    for sentence in told(exported.notes, words):
        say(sentence)
    return exported.rows


def _raw(record: Record, called: argparse.Namespace, words: Words) -> int:
    if called.out.suffix.lower() != ".xlsx":
        raise OnlyAsWorkbook(path=called.out)
    return export_raw(record, called.kinds or (), words.language, called.out, blank=called.blank)


def _register(record: Record, called: argparse.Namespace, words: Words) -> int:
    return export_register(record, words.language, called.out)


EXPORTS = {"fivew": _fivew, "raw": _raw, "partner-sheet": export_sheet, "register": _register}


def scope(record: Record, called: argparse.Namespace) -> Scope:
    """What the options narrow the answer to; names are looked up in the record."""
    sides = {
        side: record.read(id_of, side, name) if (name := getattr(called, side)) else None
        for side in SIDES
        if hasattr(called, side)
    }
    return Scope(called.starts_on, called.ends_on, **sides)

"""Verbs about files: bring them in, make reports, write exchange formats."""

import argparse

from db.queries.names import id_of
from db.queries.scope import Scope
from db.record import Record
from desktop.cli.printing import say
from desktop.cli.records import opened
from desktop.deliver import Order, deliver, export_fivew
from desktop.guard.audiences import Audience
from desktop.reports.offer import REPORTS
from desktop.reports.report import Asked, WritersWords, read_words
from i18n import Words


def report(called: argparse.Namespace, words: Words) -> None:
    """Make one report."""
    own = read_words(called.words) if called.words else WritersWords()
    with opened(called, words, write=False) as record:
        asked = Asked(scope(record, called), Audience(called.audience), own)
        order = Order(called.name, asked, words.language, called.form, called.attach_data)
        made = deliver(record, order, called.out)
    say(words.gettext("Written: {file}").format(file=words.isolate(str(called.out))))
    if made.notes.hidden:
        say(
            words.ngettext("{count} figure is hidden.", "{count} figures are hidden.", made.notes.hidden).format(
                count=words.number(made.notes.hidden)
            )
        )
    if made.unprintable:
        say(
            words.gettext("No font of ours has these characters: {characters}").format(
                characters=words.isolate(made.unprintable)
            )
        )


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
        asked = Asked(scope(record, called), Audience(called.audience))
        count = EXPORTS[called.kind](record, asked, words.language, called.out)
    say(
        words.ngettext("Written with {count} row: {file}", "Written with {count} rows: {file}", count).format(
            count=words.number(count), file=words.isolate(str(called.out))
        )
    )


EXPORTS = {"fivew": export_fivew}


def scope(record: Record, called: argparse.Namespace) -> Scope:
    """What the options narrow the answer to; names are looked up in the record."""
    sides = {
        side: record.read(id_of, side, name) if (name := getattr(called, side)) else None
        for side in ("partner", "donor", "place")
    }
    return Scope(called.starts_on, called.ends_on, **sides)

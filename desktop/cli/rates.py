"""The verb that brings exchange rates in: whose they are, what is new and what changes, before anything is done."""

import argparse
import json
from datetime import date

from db.commands.arrivals import bring_in
from db.models.money import RATE_SOURCES
from db.queries.exchange_rates import held_rates
from desktop.apart import ask
from desktop.cli.printing import say, say_some, table
from desktop.cli.records import opened
from desktop.intake.rates import RatesPlan, plan_rates
from desktop.intake.workbook import read_workbook
from desktop.opening import passphrase_in
from i18n import Words


def import_rates(called: argparse.Namespace, words: Words) -> None:
    """Show what a file of exchange rates would change; change it with `--apply`."""
    workbook = ask(read_workbook, called.file, passphrase_in(called.password_file) if called.password_file else None)
    with opened(called, words, write=called.apply) as record:
        planned = plan_rates(workbook, record.read(held_rates), date.today())
        done = called.apply and not planned.arrival.empty
        if done:
            record.write(bring_in, planned.arrival)
    if called.json:
        counts = {"new": len(planned.new), "changed": len(planned.changed), "held": planned.unchanged}
        print(
            json.dumps({"source": planned.source, "base": planned.base} | counts | {"left_out": len(planned.problems)})
        )
        return
    _show(planned, words)
    if done:
        say(words.gettext("Brought in. “jalon undo” takes it back."))
    elif planned.arrival.empty:
        say(words.gettext("The record holds all of this already. Nothing to bring in."))
    else:
        say(words.gettext("Nothing is changed yet. The same command with --apply brings the file in."))


def _show(planned: RatesPlan, words: Words) -> None:
    source = words.gettext(dict(RATE_SOURCES)[planned.source])
    whose = words.gettext("{source}, for one {base}").format(source=source, base=planned.base)
    lines = [
        (words.gettext("Rates to add"), len(planned.new)),
        (words.gettext("Rates that change"), len(planned.changed)),
        (words.gettext("Rates the record holds already"), planned.unchanged),
        (words.gettext("Rows left out"), len(planned.problems)),
    ]
    say(table((whose, ""), [(name, words.number(count)) for name, count in lines]))
    changes = words.gettext("{currency}, {day}: {after} in place of {before}")
    say_some(
        [
            changes.format(
                currency=each.currency,
                day=words.date(each.on),
                after=words.number(each.after),
                before=words.number(each.before),
            )
            for each in planned.changed
        ],
        words,
    )
    say_some([found.text(words) for _number, found in planned.problems], words)

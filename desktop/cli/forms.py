"""The verbs about donors' own forms: what places there are, and filling them with a report."""

import argparse
import json
from dataclasses import asdict

from desktop.cli.files import asked_of
from desktop.cli.printing import say, table
from desktop.cli.records import opened
from desktop.deliver import Order, clear, gather
from desktop.filling import deliver_form, form_of, known_labels, known_places, looked_at
from desktop.render.form_places import Places
from desktop.reports.telling import told, typed
from i18n import Words


def fill(called: argparse.Namespace, words: Words) -> None:
    """Fill one form, and say what stayed empty and which places nobody knows."""
    with opened(called, words, write=False) as record:
        order = Order(called.name, asked_of(record, called), words.language, "docx")
        done = deliver_form(record, order, form_of(record, order, called.template), called.out)
    if called.json:
        answer = {"filled": done.filled, "empty": done.empty, "unknown": [asdict(one) for one in done.unknown]}
        print(json.dumps(answer, ensure_ascii=False))
        return
    say(words.gettext("Written: {file}").format(file=words.isolate(str(called.out))))
    for sentence in (
        *looked_at(done, words),
        *told(done.made.notes, words),
        *typed(order.asked.own, done.made.counts.unsaid, words),
    ):
        say(sentence)


def places(called: argparse.Namespace, words: Words) -> None:
    """List the names that a form of this report can hold, each with what stands there now."""
    with opened(called, words, write=False) as record:
        order = Order(called.name, asked_of(record, called), words.language, "docx")
        cleared = clear(gather(record, order), order.asked)
    found, labels = Places(known_places(cleared, order), words), known_labels(cleared, order)
    stands = {name: " ".join(found.text(found.known(name)).split()) for name in found.names}
    if called.json:
        answer = {name: {"label": labels.get(name, ""), "stands": stands[name]} for name in stands}
        print(json.dumps(answer, ensure_ascii=False))
    else:
        heads = (
            words.gettext("Place in the form"),
            words.gettext("What it is"),
            words.gettext("What stands there now"),
        )
        say(table(heads, [(name, labels.get(name, ""), text) for name, text in stands.items()]))

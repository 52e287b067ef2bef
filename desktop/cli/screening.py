"""The verb that screens everybody, or one organisation, against a sanctions list in a file.

A likeness is for a person to judge, in the window; the verb keeps only who is like nobody. The list is never kept.
"""

import argparse
import json

from db.commands.screening import keep_clear
from db.models import Organisation
from db.queries.names import id_called
from db.queries.screening import to_screen
from desktop.apart import ask
from desktop.cli.printing import for_machines, say, table
from desktop.cli.records import opened
from desktop.intake.sanctions import UN, Candidate, Screened, screen
from i18n import N_, Words

_HEADS = (N_("Ours"), N_("On the list"), N_("Entry"), N_("Alike"))


def screen_against(called: argparse.Namespace, words: Words) -> None:
    """Show who is like an entry of the list; with `--apply`, keep who is like nobody."""
    name = called.name or UN
    with opened(called, words, write=called.apply) as record:
        whom = record.read(id_called, Organisation, called.partner) if called.partner else None
        found: Screened = ask(screen, called.list, record.read(to_screen, whom))
        if called.apply and found.clear:
            clear = [(one.organisation_id, one.contact_id) for one in found.clear]
            record.write(keep_clear, clear, name, found.dated)
    if called.json:
        told = {"list": name, "dated": for_machines(found.dated), "entries": found.entries, "clear": len(found.clear)}
        print(json.dumps(told | {"alike": [_for_machines(one) for one in found.candidates]}, ensure_ascii=False))
        return
    if found.candidates:
        heads = [words.gettext(head) for head in _HEADS]
        say(table(heads, [_line(one, words) for one in found.candidates]))
        say(words.gettext("Whether these are the same is for a person to say, in the window: Tools, Screen."))
    count = len(found.clear)
    said = words.ngettext(
        "{count} name is like nobody on the list.", "{count} names are like nobody on the list.", count
    )
    say(said.format(count=words.number(count)))
    if called.apply:
        say(words.gettext("That was kept. “jalon undo” takes it back."))
    elif count:
        say(words.gettext("Nothing is kept yet. The same command with --apply keeps that."))


def _line(one: Candidate, words: Words) -> list[str]:
    texts = [words.isolate(text) for text in (one.name, one.entry_name, one.reference)]
    return [*texts, words.percent(one.score)]


def _for_machines(one: Candidate) -> dict[str, object]:
    subject = one.subject
    whom = {"organisation": str(subject.organisation_id), "contact": for_machines(subject.contact_id)}
    return {**whom, "name": one.name, "entry": one.entry_name, "reference": one.reference, "score": round(one.score, 3)}

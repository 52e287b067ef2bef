"""The verb that brings outlines of places in: how many there are, how many places they fit, and then the deed."""

import argparse
import json

from db.commands.outlines import keep_outlines
from db.queries.outlines import places_outlined
from desktop.apart import ask
from desktop.cli.printing import say
from desktop.cli.records import opened
from desktop.intake.outlines import read_outlines
from i18n import Words


def import_outlines(called: argparse.Namespace, words: Words) -> None:
    """Show what a file of outlines holds; keep it with `--apply`."""
    found = ask(read_outlines, called.file)
    with opened(called, words, write=called.apply) as record:
        known = record.read(places_outlined, found.codes)
        if called.apply:
            record.write(keep_outlines, called.file.stem, found.content)
    if called.json:
        print(json.dumps({"outlines": len(found.codes), "places": known, "left_out": found.left_out}))
        return
    count = words.ngettext("{count} outline in the file.", "{count} outlines in the file.", len(found.codes))
    say(count.format(count=words.number(len(found.codes))))
    count = words.ngettext("{count} place of the record has one.", "{count} places of the record have one.", known)
    say(count.format(count=words.number(known)))
    if called.apply:
        say(words.gettext("Brought in. “jalon undo” takes it back."))
    else:
        say(words.gettext("Nothing is changed yet. The same command with --apply brings the file in."))

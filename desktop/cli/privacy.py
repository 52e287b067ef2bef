"""Verbs about what may not be kept for ever: what is past its time, keeping it on, erasing it for good."""

import argparse
import json
from datetime import date
from uuid import UUID

from db.commands.erasing import GROUND
from db.commands.retention import keep_on
from db.erasing import SECOND_WAITS, erase_for_good
from db.errors import NeedsValue, NotThere
from db.fields import fields_of
from db.models.retention import WAYS
from db.queries.erasable import Reach, reach
from db.queries.kinds import KINDS
from db.queries.retention import expired, rules
from db.queries.table_kinds import one_of_table
from db.retention import counted_fields
from desktop.cli.given import NoSuchField
from desktop.cli.printing import say, say_some, table
from desktop.cli.records import opened
from desktop.erasing import STAYS, certify, told_staying
from i18n import N_, Words


def due(called: argparse.Namespace, words: Words) -> None:
    """What is past the time it may be kept, and what its rule says to do."""
    with opened(called, words, write=False) as record:
        found = record.read(expired, called.on or date.today())
        known = record.read(rules)
    if called.json:
        told = [
            {
                "kind": one.kind,
                "id": str(one.id),
                "name": one.name,
                "since": one.counted_from.isoformat(),
                "due_on": one.due_on.isoformat(),
                "way": one.way,
                "months": known[one.kind].months,
            }
            for one in found
        ]
        print(json.dumps(told, ensure_ascii=False))
        return
    ways = dict(WAYS)
    rows = [
        [
            words.gettext(KINDS[one.kind].one),
            words.isolate(one.name),
            str(one.id),
            words.date(one.due_on),
            words.gettext(ways[one.way]),
        ]
        for one in found
    ]
    heads = (N_("Kind of record"), N_("Name"), N_("Id"), N_("Kept until"), N_("What is done then"))
    say(table([words.gettext(head) for head in heads], rows))
    count = words.ngettext("{count} thing is past its time.", "{count} things are past their time.", len(found))
    say(count.format(count=words.number(len(found))), aside=True)


def keep(called: argparse.Namespace, words: Words) -> None:
    """Keep a thing on, for a reason."""
    with opened(called, words) as record:
        record.write(keep_on, KINDS[called.kind].entity, _id(called.id), called.until, called.reason)
    say(words.gettext("Kept until {day}.").format(day=words.date(called.until)))


def erase_thing(called: argparse.Namespace, words: Words) -> None:
    """Say what erasing a thing reaches; erase it with `--apply`."""
    entity, id = KINDS[called.kind].entity, _id(called.id)
    for key in called.field:
        if key not in fields_of(entity):
            raise NoSuchField(name=key, names=list(fields_of(entity)))
    if called.apply and not called.ground:
        raise NeedsValue(GROUND.name)
    with opened(called, words, write=called.apply) as record:
        found = record.read(reach, entity, id)
        if not called.apply:
            _say_reach(found, called, words)
            return
        keep = counted_fields(entity) if called.anonymise else None
        done = erase_for_good(
            record, entity, id, called.ground, fields=called.field, keep=keep, copies_too=called.copies_too
        )
        if called.certificate:
            certify(record, called.certificate, words.language)
    say(words.gettext("Erased for good. The history says that it was done, by whom and why, never what."))
    if not done.swept:
        say(words.gettext("The file is not swept yet: close what else reads this record, then run “jalon check”."))
    if done.copies:
        said = words.ngettext(
            "{count} copy from before still holds it, for about {days} days; --copies-too takes it away at once.",
            "{count} copies from before still hold it, for about {days} days; --copies-too takes them away at once.",
            done.copies,
        )
        say(said.format(count=words.number(done.copies), days=words.number(90)))
    if done.second_waits:
        say(words.gettext(SECOND_WAITS))
    _say_mentioned(done.erased.mentions, words)


def _say_reach(found: Reach, called: argparse.Namespace, words: Words) -> None:
    if called.json:
        mentioned = [{"table": name, "id": str(id)} for name, id in found.mentioned]
        stays = [{"table": one.table, "count": one.count, "names": one.names} for one in found.staying]
        told = {"name": found.name, "reaches": dict(found.kinds), "mentioned": mentioned, "stays": stays}
        print(json.dumps(told, ensure_ascii=False))
        return
    rows = [[words.gettext(one_of_table(name)), words.number(count)] for name, count in found.kinds.items()]
    say(words.isolate(found.name))
    say(table([words.gettext("Kind of record"), words.gettext("How many")], rows))
    if found.staying:
        say(words.gettext(STAYS))
        say_some(told_staying(found, words), words)
    _say_mentioned(found.mentioned, words)
    say(words.gettext("Nothing is erased yet. The same command with --ground and --apply erases it; nobody undoes it."))


def _say_mentioned(mentioned: tuple[tuple[str, UUID], ...], words: Words) -> None:
    if mentioned:
        say(words.gettext("These may still name it. Look at each, and erase the field that does with --field:"))
        say_some([f"{words.gettext(one_of_table(name))}  {id}" for name, id in mentioned], words)


def _id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise NotThere from None

"""Verbs about copies of the record: make one, say what there is, try one out, bring one back; and salvage."""

import argparse
import json
from dataclasses import asdict

from db import upkeep
from db.base import now
from db.caring import choose_second, copy_to_second, try_bringing_back
from db.errors import RecordError
from db.restoring import Held, held
from desktop.bringing_back import bring_back, report_in_words
from desktop.bringing_back import salvage as salvage_record
from desktop.cli.printing import say, table
from desktop.cli.records import opened, secret_given
from desktop.opening import NoKey, take_second_place
from i18n import N_, Words

HERE, THERE = N_("This computer"), N_("Second place")


class RehearsalFailed(RecordError):
    message = N_("The newest copy could not be brought back on trial, or was not sound. Make a copy, and try again.")


def backup(called: argparse.Namespace, words: Words) -> None:
    """Make a verified copy, and put it into the second place too where that is at hand."""
    with opened(called, words, write=False) as record:
        copy = record.back_up(called.out)
        apart = choose_second(record, called.second) if called.second else True
        take_second_place(record)
        second = called.out is None and copy_to_second(record, copy)
    say(words.gettext("Verified copy: {file}").format(file=words.isolate(str(copy.path))))
    if second:
        said = words.gettext("The second place has it too: {folder}")
        say(said.format(folder=words.isolate(upkeep.load(called.record).second)))
    if not apart:
        say(words.gettext("That folder is on the same disk: a stick or another disk would outlive this computer."))


def copies(called: argparse.Namespace, words: Words) -> None:
    """Which copies there are, in both places."""
    with opened(called, words, write=False) as record:
        found = held(record.path, upkeep.load(record.path).second_folder, record.key.raw)
    if called.json:
        print(json.dumps([_plain(one) for one in found], ensure_ascii=False))
        return
    heads = (N_("Made"), N_("Where"), N_("Last entry"), N_("By"), N_("File"))
    rows = [
        (
            words.date(one.copy.made_at.astimezone().date()),
            words.gettext(THERE if one.second else HERE),
            words.number(one.copy.number),
            words.isolate(one.by or ""),
            words.isolate(str(one.copy.path)),
        )
        for one in found
    ]
    say(table([words.gettext(head) for head in heads], rows))


def _plain(one: Held) -> dict[str, object]:
    told = asdict(one) | asdict(one.copy)
    del told["copy"]
    return {key: str(value) if key in ("path", "made_at", "last_at") else value for key, value in told.items()}


def rehearse(called: argparse.Namespace, words: Words) -> None:
    """Bring the newest copy back on trial."""
    with opened(called, words, write=False) as record:
        failure = try_bringing_back(record, now())
    if failure:
        raise RehearsalFailed
    say(words.gettext("The newest copy was brought back on trial: it opens, and it is sound."))


def restore(called: argparse.Namespace, words: Words) -> None:
    """Bring a copy back."""
    secret = secret_given(called, words)
    if secret is None:
        raise NoKey(path=called.copy)
    found, aside = bring_back(called.record, called.copy, secret)
    found.record.close()
    say(words.gettext("Brought back {copy}.").format(copy=words.isolate(str(called.copy))))
    if aside:
        said = words.gettext("What was there before is kept for 90 days as {file}.")
        say(said.format(file=words.isolate(str(aside))))
    for sentence in found.news(words):
        say(sentence, aside=True)


def salvage(called: argparse.Namespace, words: Words) -> None:
    """Read what can be read of a damaged record into a new one."""
    secret = secret_given(called, words)
    if secret is None:
        raise NoKey(path=called.record)
    for sentence in report_in_words(salvage_record(called.record, secret, called.out), words):
        say(sentence)
    say(words.gettext("Written: {file}").format(file=words.isolate(str(called.out))))

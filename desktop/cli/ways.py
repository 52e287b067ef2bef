"""Verbs about who opens a record, and by what: ways in, the office's key, a new key of the record.

What makes a way in asks for the passphrase, whatever the system's keyring keeps.
"""

import argparse
import json

from db.commands.people import (
    NOT_PREVENTED,
    OFFICE_KEY_NAME,
    SEALING_STAYS,
    Opener,
    change_own,
    give_office_key,
    new_key,
    openers,
)
from db.escrow import known_by, public_half
from db.escrow import new_office_key as make_office_key
from desktop.cli.printing import say, table
from desktop.cli.records import new_secret, opened
from desktop.opening import keep_new_key
from i18n import N_, Words

BY = (
    ("passphrase", N_("passphrase")),
    ("recovery", N_("recovery code")),
    ("office_key", N_("office key")),
    ("reads_sealed", N_("confidential texts too")),
    ("reads_by_some", N_("these by some of those ways only")),
)


def show(called: argparse.Namespace, words: Words) -> None:
    """Who can open the record, and by what."""
    with opened(called, words, write=False) as record:
        found = openers(record)
    if called.json:
        told = [{"name": one.name} | {by: getattr(one.way, by) for by, _title in BY} for one in found]
        print(json.dumps(told, ensure_ascii=False))
        return
    rows = [(words.isolate(one.name), _by(one, words)) for one in found]
    say(table((words.gettext("Who"), words.gettext("By what")), rows))


def change(called: argparse.Namespace, words: Words) -> None:
    """Change the passphrase of whoever opens the record."""
    with opened(called, words, typed=True) as record:
        change_own(record, new_secret(called.new_file, words, called.record))
    say(words.gettext("The passphrase is changed. The recovery code stays."))
    for sentence in NOT_PREVENTED:
        say(words.gettext(sentence))


def rekey(called: argparse.Namespace, words: Words) -> None:
    """Give the record a new key."""
    with opened(called, words) as record:
        left_out = new_key(record, thin=called.thin)
        keep_new_key(record)
        sealed_anew = record.key.sealing is not None
    say(words.gettext("The record has a new key. Every passphrase and code opens it as before."))
    if not sealed_anew:
        say(words.gettext(SEALING_STAYS))
    if left_out:
        said = words.gettext("These need a passphrase anew: {names}.")
        say(said.format(names=words.list([words.isolate(name) for name in left_out])))
    for sentence in () if called.thin else NOT_PREVENTED:
        say(words.gettext(sentence))


def new_office_key(called: argparse.Namespace, words: Words) -> None:
    """Make the office's key."""
    public, code = make_office_key(called.out, new_secret(called.passphrase_file, words, called.out))
    say(words.gettext("Office key: {file}. Keep it off the computers.").format(file=words.isolate(str(called.out))))
    said = words.gettext("Its public half, which each record takes: {file} ({known_by})")
    say(said.format(file=words.isolate(str(public)), known_by=words.isolate(known_by(public_half(public)))))
    say(words.gettext("Code of the office key, to print and keep apart from its file: {code}").format(code=code))


def take_office_key(called: argparse.Namespace, words: Words) -> None:
    """Let an office key open the record."""
    public = public_half(called.public)
    with opened(called, words, typed=True) as record:
        name = called.name or words.gettext(OFFICE_KEY_NAME)
        give_office_key(record, public, name, reads_sealed=called.confidential)
    said = words.gettext("The office key {known_by} opens the record now.")
    say(said.format(known_by=words.isolate(known_by(public))))


def _by(one: Opener, words: Words) -> str:
    return words.list([words.gettext(title) for by, title in BY if getattr(one.way, by)])

"""Verbs about the record itself: make it, look into it, check it, take deeds back."""

import argparse
import getpass
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from db import ballast
from db.deeds import in_words
from db.errors import RecordError
from db.queries.check import Finding
from db.queries.check import check as check_record
from db.queries.history import deeds
from db.record import Record
from desktop.cli.printing import say, table
from desktop.opening import NoKey, create_record, open_record, passphrase_in
from desktop.sample import make_practice_record
from i18n import N_, Words

ACTS = {
    "start": N_("Begun"),
    "deed": N_("Done"),
    "undo": N_("Taken back"),
    "redo": N_("Done again"),
    "way": N_("Done to the key file"),
}


AT_A_TERMINAL = N_("Asked for at a terminal")
"""Why something left, where nobody said so."""
ASKED_TWICE = (N_("Passphrase"), N_("The same passphrase again"))


class PassphrasesDiffer(RecordError):
    message = N_("The two passphrases are not the same. Type them again.")


class NotSound(RecordError):
    message = N_("The record is not sound. {findings}")


@contextmanager
def opened(called: argparse.Namespace, words: Words, *, write: bool = True, typed: bool = False) -> Iterator[Record]:
    """The record a verb works on, closed (and backed up where it changed) when the verb is done.

    Where its passphrase has to be `typed`, the key that a keyring keeps is not enough.
    """
    secret = secret_given(called, words)
    if typed and secret is None:
        raise NoKey(path=called.record)
    found = open_record(called.record, secret, write=write, office_key=called.office_key)
    with found.record as record:
        record.reason = getattr(called, "why", None) or AT_A_TERMINAL
        yield record
    # Not before: what is refused is refused in one line.
    for sentence in found.news(words):
        say(sentence, aside=True)


def secret_given(called: argparse.Namespace, words: Words) -> str | None:
    """The passphrase from its file; asked for at a terminal where there is no key at hand."""
    if called.passphrase_file:
        return passphrase_in(called.passphrase_file)
    if not _somebody_types():
        return None
    return getpass.getpass(words.gettext("Passphrase (leave empty to use the keyring): ")) or None


def _somebody_types() -> bool:
    if sys.stdin is None or not sys.stdin.isatty():
        return False
    if sys.platform == "win32":  # to which `NUL`, where a task of the night reads, is a terminal; but it has no mode
        import ctypes
        import msvcrt

        console = ctypes.c_void_p(msvcrt.get_osfhandle(sys.stdin.fileno()))
        return bool(ctypes.windll.kernel32.GetConsoleMode(console, ctypes.byref(ctypes.c_ulong())))
    return True


def new_secret(given: Path | None, words: Words, file: Path) -> str:
    """A passphrase for a new record or office key; typed twice, for a slip would lock everybody out."""
    if given:
        return passphrase_in(given)
    if not _somebody_types():
        raise NoKey(path=file)
    typed, again = (getpass.getpass(f"{words.gettext(asked)}\n") for asked in ASKED_TWICE)
    if typed != again:
        raise PassphrasesDiffer
    return typed


def new(called: argparse.Namespace, words: Words) -> None:
    """Create a record and print its recovery code, once."""
    secret = new_secret(called.passphrase_file, words, called.record)
    person = called.person or getpass.getuser()
    made, code = create_record(called.record, secret, person, called.office or person)
    made.record.close()
    say(
        words.gettext("Created {record}, with its key file beside it.").format(record=words.isolate(str(called.record)))
    )
    say(words.gettext("Recovery code, to print and keep apart from this computer: {code}").format(code=code))


def demo(called: argparse.Namespace, words: Words) -> None:
    """Create the practice record."""
    made = make_practice_record(called.record)
    say(
        words.gettext(
            "Created the practice record {record}. Its data are invented and its passphrase is published: {passphrase}"
        ).format(record=words.isolate(str(called.record)), passphrase=words.isolate(made.passphrase))
    )
    for file in made.to_import:
        say(words.gettext("To import next: {file}").format(file=words.isolate(str(file))))


def check(called: argparse.Namespace, words: Words) -> None:
    """Verify the record."""
    with opened(called, words, write=False) as record:
        found, reserve = check_record(record), ballast.stands(record.path)
    if called.json:
        told = {"sound": not found, "findings": [_sentence(one, words) for one in found]}
        print(json.dumps(told, ensure_ascii=False))
    elif not found:
        say(words.gettext("The record is sound: its file, its pages, its log and its rules."))
    if not reserve and not called.json:
        say(
            words.gettext(
                "No room is kept in reserve beside it: the window does that, where the disk has some to spare."
            )
        )
    if found:
        raise NotSound(findings=[_sentence(one, words) for one in found])


def undo(called: argparse.Namespace, words: Words) -> None:
    """Take the last deed back."""
    with opened(called, words) as record:
        step = record.undo()
    say(words.gettext("Taken back: {deed}").format(deed=in_words(step.deed, step.details, words)))


def redo(called: argparse.Namespace, words: Words) -> None:
    """Do again what was taken back."""
    with opened(called, words) as record:
        step = record.redo()
    say(words.gettext("Done again: {deed}").format(deed=in_words(step.deed, step.details, words)))


def history(called: argparse.Namespace, words: Words) -> None:
    """Who did what, newest first."""
    with opened(called, words, write=False) as record:
        done = record.read(deeds, None)
    if called.json:
        told = [
            {
                "id": str(one.id),
                "at": one.at.isoformat(),
                "person": one.person,
                "deed": one.deed,
                "details": one.details,
                "act": one.act,
                "rows": one.rows,
                "taken_back": one.taken_back,
            }
            for one in done
        ]
        print(json.dumps(told, ensure_ascii=False))
        return
    acts = {act: words.gettext(name) for act, name in ACTS.items()}
    rows = [
        (
            words.date(one.at.astimezone().date()),
            words.isolate(one.person or ""),
            acts[one.act],
            in_words(one.deed, one.details, words),
        )
        for one in done
    ]
    heads = (words.gettext("Date"), words.gettext("Who"), words.gettext("How"), words.gettext("What"))
    say(table(heads, rows))


def _sentence(one: Finding, words: Words) -> str:
    return words.gettext(one.message).format(**one.values(words))

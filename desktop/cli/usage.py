"""How a command line is read: help and complaints in the reader's language, and values as people write them."""

import argparse
import os
import re
from datetime import date
from pathlib import Path
from typing import Any, NoReturn

from i18n import LANGUAGES, N_, Words
from i18n.catalogues import dropped_in, speaks
from i18n.isolation import FSI, PDI

_LONGEST_NAME = 255
"""Of a file, in bytes, on every system that counts."""
_LONGEST_SHOWN = 200
_COMPLAINTS = (
    (re.compile(r"the following arguments are required: (?P<names>(?s:.+))"), N_("this is missing: {names}")),
    (re.compile(r"unrecognized arguments: (?P<names>(?s:.+))"), N_("this is unknown: {names}")),
    (re.compile(r"argument (?P<name>\S+): expected .+"), N_("{name} needs a value")),
    (
        re.compile(r"argument (?P<name>\S+): invalid choice: '(?P<value>.*)' \(choose from (?P<choices>(?s:.+))\)"),
        N_("{name} cannot be {value}, only one of these: {choices}"),
    ),
    (re.compile(r"argument (?P<name>\S+): (?P<reason>(?s:.+))"), N_("{name}: {reason}")),
)
"""What argparse complains of, in English only, and how we say it."""


class WrongUsage(Exception):
    """The command was called wrongly; the text says how it is called."""


class _Help(argparse.HelpFormatter):
    """Help that speaks the reader's language where the library itself speaks, too."""

    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:
        super().add_usage(usage, actions, groups, Parser.words.gettext("usage: ") if prefix is None else prefix)

    def start_section(self, heading: str | None) -> None:
        says = Parser.words.gettext
        super().start_section(says("options") if heading == "options" else says("arguments"))


class Parser(argparse.ArgumentParser):
    """Reads one verb; `words` are those of the reader."""

    words: Words

    def __init__(self, *names: Any, add_help: bool = True, **more: Any) -> None:
        super().__init__(*names, **{"formatter_class": _Help, **more, "add_help": False})
        if add_help:
            self.add_argument("-h", "--help", action="help", help=self.words.gettext("show this help"))

    def error(self, message: str) -> NoReturn:
        raise WrongUsage(
            self.words.gettext("This command is not called so: {problem}. Its help: {command} --help").format(
                problem=_in_words(message, self.words), command=self.prog
            )
        )


def _in_words(message: str, words: Words) -> str:
    for pattern, sentence in _COMPLAINTS:
        if found := pattern.fullmatch(message):
            return words.gettext(sentence).format(**{gap: _plain(said) for gap, said in found.groupdict().items()})
    return _plain(message)


def path(text: str) -> Path:
    """A path that a system can be asked about at all."""
    try:
        parts = [os.fsencode(part) for part in Path(text).parts]
    except UnicodeEncodeError:
        parts = []
    if not parts or "\0" in text or any(len(part) > _LONGEST_NAME for part in parts):
        raise _no_name(text)
    return Path(text)


def file(text: str) -> Path:
    """A path that ends in a name."""
    named = path(text)
    if not named.name:
        raise _no_name(text)
    return named


def _no_name(text: str) -> argparse.ArgumentTypeError:
    said = Parser.words.gettext("{text} is no name that a file can have")
    return argparse.ArgumentTypeError(said.format(text=_plain(text)))


def _plain(text: str) -> str:
    """What was typed, fit to be printed in a sentence."""
    shown = "".join(letter if letter.isprintable() or letter in FSI + PDI else "\ufffd" for letter in text)
    return shown if len(shown) <= _LONGEST_SHOWN else shown[:_LONGEST_SHOWN] + "…"


def day(text: str) -> date:
    """A day in ISO order."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        said = Parser.words.gettext("{text} is no day; write it as 2026-01-31")
        raise argparse.ArgumentTypeError(said.format(text=Parser.words.isolate(text))) from None


def language(text: str) -> str:
    """A language that there is a catalogue of."""
    if speaks(text):
        return text
    words, languages = Parser.words, [*LANGUAGES, *dropped_in()]
    said = words.gettext("{text} is none of the languages on offer ({languages})")
    raise argparse.ArgumentTypeError(said.format(text=words.isolate(text), languages=words.list(languages)))

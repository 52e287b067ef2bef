"""How the verbs are called: their words and options, with help in the reader's language."""

import argparse
import os
import re
from datetime import date
from pathlib import Path
from typing import Any, NoReturn

from db.models.money import STAGES
from db.models.reports import METHODS
from db.queries.kinds import KINDS
from db.queries.raw import RAW_KINDS
from desktop.cli import files, forms, imports, merging, records, screening, things
from desktop.deliver import FORMS
from desktop.guard.audiences import Audience
from desktop.reports.coarser import COARSER
from desktop.reports.document import Calendar, Paper
from i18n import LANGUAGES, N_, Words
from i18n.catalogues import dropped_in, speaks
from i18n.isolation import FSI, PDI
from i18n.typography import PROFILES

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
        super().add_usage(usage, actions, groups, _Parser.words.gettext("usage: ") if prefix is None else prefix)

    def start_section(self, heading: str | None) -> None:
        says = _Parser.words.gettext
        super().start_section(says("options") if heading == "options" else says("arguments"))


class _Parser(argparse.ArgumentParser):
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


def parser(words: Words) -> argparse.ArgumentParser:
    """Everything `jalon` understands."""
    says = words.gettext
    _Parser.words = words
    top = _Parser("jalon", description=says("Partners, donors, activities and results in one encrypted record."))
    verbs = top.add_subparsers(required=True, metavar=says("VERB"), dest="verb")

    spoken = _Parser(add_help=False)
    spoken.add_argument("--language", type=_language, metavar="L", help=says("the language of what is printed or made"))
    record = _Parser(add_help=False, parents=[spoken])
    record.add_argument("--record", type=_file, required=True, metavar="F", help=says("the record"))
    record.add_argument(
        "--passphrase-file", type=_file, metavar="F", help=says("a file whose first line is the passphrase")
    )
    told = _Parser(add_help=False)
    told.add_argument("--json", action="store_true", help=says("answer for a machine"))
    done = _Parser(add_help=False)
    done.add_argument("--apply", action="store_true", help=says("do what the plan says"))
    scope = _Parser(add_help=False)
    scope.add_argument("--from", dest="starts_on", type=_day, metavar="D", help=says("first day, as 2026-01-31"))
    scope.add_argument("--to", dest="ends_on", type=_day, metavar="D", help=says("last day, as 2026-12-31"))
    scope.add_argument("--partner", metavar="P", help=says("one partner: its name, acronym, code or id"))
    scope.add_argument("--donor", metavar="C", help=says("one donor: its name, acronym, code or id"))
    scope.add_argument("--place", metavar="X", help=says("one place and all that lies in it: its name or P-code"))
    audiences = [audience.value for audience in Audience]

    def verb(name: str, does: object, summary: str, *parents: _Parser) -> _Parser:
        made = verbs.add_parser(name, help=summary, description=summary, parents=parents)
        made.set_defaults(does=does)
        return made

    new = verb("new", records.new, says("create an encrypted record"), record)
    new.add_argument("--person", metavar=says("NAME"), help=says("who opens it with this passphrase"))
    new.add_argument("--office", metavar=says("NAME"), help=says("the office that keeps it"))
    verb("demo", records.demo, says("create the practice record, filled with invented data"), record)
    verb("check", records.check, says("verify the file, its pages, its log and its rules"), record, told)
    backup = verb("backup", records.backup, says("make a verified, encrypted copy"), record)
    backup.add_argument("--out", type=_path, metavar=says("FOLDER"), help=says("where the copy goes"))
    restore = verb("restore", records.restore, says("bring a copy back; the present record is kept aside"), record)
    restore.add_argument("copy", type=_file, metavar=says("COPY"))
    verb("undo", records.undo, says("take the last deed back"), record)
    verb("redo", records.redo, says("do again what was taken back"), record)
    verb("history", records.history, says("who did what, newest first"), record, told)
    listed = verb("list", things.list_kind, says("list what the record holds"), record, told)
    listed.add_argument("kind", choices=sorted(KINDS), metavar=says("KIND"))
    listed.add_argument("--where", metavar=says("TEXT"), help=says("words to look for, or field=value"))
    given = _Parser(add_help=False)
    given.add_argument("kind", choices=sorted(KINDS), metavar=says("KIND"))
    put = verb("edit", things.edit_thing, says("put some fields of a thing right"), record, given)
    put.add_argument("id", metavar="ID", help=says("the id of the thing, as its list in JSON says it"))
    for each in (verb("add", things.add_thing, says("add a thing"), record, given), put):
        each.add_argument(
            "--json",
            nargs="?",
            const="-",
            required=True,
            metavar=says("TEXT"),
            help=says("the fields as a JSON object; a hyphen, or nothing, to read it from standard input"),
        )

    bring = verb(
        "import", imports.import_file, says("show what a file would change; do it with --apply"), record, told, done
    )
    bring.add_argument("file", type=_file, metavar=says("FILE"))
    bring.add_argument("--as", dest="kind", metavar=says("KIND"), help=says("what the file holds"))
    bring.add_argument("--mapping", metavar="M", help=says("a mapping by its name, or a mapping file"))
    bring.add_argument("--sheet", metavar="S", help=says("the sheet to read"))
    bring.add_argument(
        "--password-file", type=_file, metavar="F", help=says("a file with a locked workbook's password")
    )
    bring.add_argument("--replaces", metavar=says("SOURCE"), help=says("the earlier file that this one replaces"))
    bring.add_argument("--problems", type=_file, metavar=says("OUT"), help=says("write the rows to be put right there"))
    bring.add_argument(
        "--take-theirs", action="store_true", help=says("take what the file says where the record says otherwise")
    )
    bring.add_argument("--partner", metavar="P", help=says("partner-sheet: the organisation that it is here"))
    bring.add_argument("--framework", metavar="K", help=says("log-frame: the framework that its lines go under"))

    compare = verb("screen", screening.screen_against, says("compare names with a sanctions list"), record, told, done)
    compare.add_argument("--list", type=_file, required=True, metavar="F", help=says("the list, an XML file"))
    compare.add_argument("--name", metavar=says("NAME"), help=says("what the list is called"))
    compare.add_argument("--partner", metavar="P", help=says("one organisation and its contacts only"))

    twice = verb("merge", merging.merge_two, says("show what may be held twice; make two into one"), record, told, done)
    twice.add_argument("kind", choices=sorted(merging.TWICE), metavar=says("KIND"))
    twice.add_argument("kept", nargs="?", metavar=says("KEPT"), help=says("the one that stays: its name, code or id"))
    twice.add_argument("gone", nargs="?", metavar=says("GONE"), help=says("the one that becomes a part of it"))
    twice.add_argument(
        "--take", action="append", default=[], metavar=says("FIELD"), help=says("keep this field of the one that goes")
    )

    about = _Parser(add_help=False)
    about.add_argument("name", metavar=says("NAME"))
    about.add_argument("--audience", choices=audiences, default="donor", metavar="A", help=says("who will read it"))
    methods = [method for method, _title in METHODS]
    about.add_argument("--method", choices=methods, default="suppress", metavar="M", help=says("of small numbers"))
    about.add_argument(
        "--coarser", action="append", choices=sorted(COARSER), default=[], metavar="C", help=says("told more coarsely")
    )
    about.add_argument("--contribution", metavar="C", help=says("one contribution: its title, reference or id"))
    about.add_argument("--agreement", metavar="G", help=says("one agreement: its title, reference or id"))
    about.add_argument("--framework", metavar="K", help=says("one framework or log frame: its name, code or id"))
    about.add_argument("--since", type=_day, metavar="D", help=says("show what changed since this day"))
    about.add_argument("--final", action="store_true", help=says("the final report, not an interim one"))
    about.add_argument("--currency", metavar="C", help=says("add money up in this currency, as EUR"))
    stages = [stage for stage, _title in STAGES]
    about.add_argument("--stage", choices=stages, default="disbursement", metavar="S", help=says("of the money"))
    papers = [paper.value for paper in Paper]
    about.add_argument("--paper", choices=papers, default="a4", metavar="P", help=says("the size of the paper"))
    about.add_argument("--typography", choices=PROFILES, metavar="T", help=says("the reader's typography"))
    calendars = [calendar.value for calendar in Calendar]
    about.add_argument("--calendar", choices=calendars, metavar="C", help=says("a second calendar beside dates"))
    about.add_argument("--words", type=_file, metavar="F", help=says("the writer's own words, as JSON"))
    report = verb("report", files.report, says("make a report"), record, scope, about)
    report.add_argument("--format", choices=FORMS, default="pdf", metavar=says("FORMAT"), dest="form")
    report.add_argument("--attach-data", action="store_true", help=says("put the released figures inside the PDF"))
    verb("places", forms.places, says("list the places that a form of a report can have"), record, scope, about, told)
    form = verb("fill", forms.fill, says("fill a donor's own form with a report"), record, scope, about, told)
    form.add_argument(
        "--template", type=_file, metavar="F", help=says("the form; else the one kept with the donor's requirements")
    )
    for each in (report, form):
        each.add_argument("--out", type=_file, required=True, metavar="F", help=says("the file to write"))
    verb("reports", files.reports, says("list the reports on offer"), spoken)

    export = verb("export", files.export, says("write an exchange format"), record, scope)
    export.add_argument("form", choices=sorted(files.EXPORTS), metavar=says("KIND"))
    export.add_argument("--audience", choices=audiences, default="internal", metavar="A")
    export.add_argument(
        "--out", type=_file, required=True, metavar="F", help=says("the file to write: .xlsx, .csv or .json")
    )
    export.add_argument(
        "--kind", dest="kinds", action="append", choices=sorted(RAW_KINDS), help=says("raw: only this kind of thing")
    )
    export.add_argument("--blank", action="store_true", help=says("raw: no rows, a workbook to be filled in"))
    return top


def _path(text: str) -> Path:
    """A path that a system can be asked about at all."""
    try:
        parts = [os.fsencode(part) for part in Path(text).parts]
    except UnicodeEncodeError:
        parts = []
    if not parts or "\0" in text or any(len(part) > _LONGEST_NAME for part in parts):
        raise _no_name(text)
    return Path(text)


def _file(text: str) -> Path:
    path = _path(text)
    if not path.name:
        raise _no_name(text)
    return path


def _no_name(text: str) -> argparse.ArgumentTypeError:
    said = _Parser.words.gettext("{text} is no name that a file can have")
    return argparse.ArgumentTypeError(said.format(text=_plain(text)))


def _plain(text: str) -> str:
    """What was typed, fit to be printed in a sentence."""
    shown = "".join(letter if letter.isprintable() or letter in FSI + PDI else "\ufffd" for letter in text)
    return shown if len(shown) <= _LONGEST_SHOWN else shown[:_LONGEST_SHOWN] + "…"


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        said = _Parser.words.gettext("{text} is no day; write it as 2026-01-31")
        raise argparse.ArgumentTypeError(said.format(text=_Parser.words.isolate(text))) from None


def _language(text: str) -> str:
    if speaks(text):
        return text
    words, languages = _Parser.words, [*LANGUAGES, *dropped_in()]
    said = words.gettext("{text} is none of the languages on offer ({languages})")
    raise argparse.ArgumentTypeError(said.format(text=words.isolate(text), languages=words.list(languages)))

"""How the verbs are called: their words and options, with help in the reader's language."""

import argparse
from collections.abc import Callable

from db.models.duties import CHANNELS
from db.models.money import STAGES
from db.models.reports import METHODS
from db.queries.kinds import KINDS
from db.queries.raw import RAW_KINDS
from desktop.cli import (
    copies,
    files,
    forms,
    helping,
    imports,
    merging,
    policies,
    privacy,
    records,
    registered,
    screening,
    self_test,
    showing,
    things,
    updating,
    ways,
    written,
)
from desktop.cli.usage import Parser, day, file, language, path
from desktop.deliver import FORMS
from desktop.guard.audiences import Audience
from desktop.reports.coarser import COARSER
from desktop.reports.document import Calendar, Paper
from desktop.topics import topics
from i18n import Words
from i18n.typography import PROFILES


def parser(words: Words) -> argparse.ArgumentParser:
    """Everything `jalon` understands."""
    says = words.gettext
    Parser.words = words
    top = Parser("jalon", description=says("Partners, donors, activities and results in one encrypted record."))
    verbs = top.add_subparsers(required=True, metavar=says("VERB"), dest="verb")

    spoken = Parser(add_help=False)
    spoken.add_argument("--language", type=language, metavar="L", help=says("the language of what is printed or made"))
    record = Parser(add_help=False, parents=[spoken])
    record.add_argument("--record", type=file, required=True, metavar="F", help=says("the record"))
    _secrets(record, says)
    told = Parser(add_help=False)
    told.add_argument("--json", action="store_true", help=says("answer for a machine"))
    done = Parser(add_help=False)
    done.add_argument("--apply", action="store_true", help=says("do what the plan says"))
    scope = Parser(add_help=False)
    scope.add_argument("--from", dest="starts_on", type=day, metavar="D", help=says("first day, as 2026-01-31"))
    scope.add_argument("--to", dest="ends_on", type=day, metavar="D", help=says("last day, as 2026-12-31"))
    scope.add_argument("--partner", metavar="P", help=says("one partner: its name, acronym, code or id"))
    scope.add_argument("--donor", metavar="C", help=says("one donor: its name, acronym, code or id"))
    scope.add_argument("--place", metavar="X", help=says("one place and all that lies in it: its name or P-code"))
    audiences = [audience.value for audience in Audience]

    def verb(name: str, does: object, summary: str, *parents: Parser) -> Parser:
        made = verbs.add_parser(name, help=summary, description=summary, parents=parents)
        made.set_defaults(does=does)
        return made

    new = verb("new", records.new, says("create an encrypted record"), record)
    new.add_argument("--person", metavar=says("NAME"), help=says("who opens it with this passphrase"))
    new.add_argument("--office", metavar=says("NAME"), help=says("the office that keeps it"))
    verb("demo", records.demo, says("create the practice record, filled with invented data"), record)
    told_of = verb("help", helping.helping, says("print the help: its topics, or one of them"), spoken)
    told_of.add_argument("topic", nargs="?", choices=topics(), metavar=says("TOPIC"))
    verb("check", records.check, says("verify the file, its pages, its log and its rules"), record, told)
    _copies(verb, says, record, told)
    _ways(verb, says, spoken, record, told)
    proof = verb("self-test", self_test.run, says("prove that this copy works, on a record of its own"), spoken, told)
    proof.add_argument("--quick", action="store_true", help=says("one report in each format, in two languages"))
    newer = verb("update", updating.update, says("put a newer version beside this one, for the next start"), spoken)
    newer.add_argument("update", type=path, metavar=says("FILE"), help=says("the update file, or a folder with some"))
    newer.add_argument("--record", type=file, metavar="F", help=says("a record to copy first"))
    _secrets(newer, says)
    verb("policies", policies.show, says("show what your organisation's IT has settled here"), spoken, told)
    verb("undo", records.undo, says("take the last deed back"), record)
    verb("redo", records.redo, says("do again what was taken back"), record)
    verb("history", records.history, says("who did what, newest first"), record, told)
    verb("register", registered.show, says("what left, and what confidential was opened, newest first"), record, told)
    listed = verb("list", things.list_kind, says("list what the record holds"), record, told)
    listed.add_argument("kind", choices=sorted(KINDS), metavar=says("KIND"))
    listed.add_argument("--where", metavar=says("TEXT"), help=says("words to look for, or field=value"))
    given = Parser(add_help=False)
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
    bring.add_argument("file", type=file, metavar=says("FILE"))
    bring.add_argument("--as", dest="kind", metavar=says("KIND"), help=says("what the file holds"))
    bring.add_argument("--mapping", metavar="M", help=says("a mapping by its name, or a mapping file"))
    bring.add_argument("--sheet", metavar="S", help=says("the sheet to read"))
    bring.add_argument("--password-file", type=file, metavar="F", help=says("a file with a locked workbook's password"))
    bring.add_argument("--replaces", metavar=says("SOURCE"), help=says("the earlier file that this one replaces"))
    bring.add_argument("--problems", type=file, metavar=says("OUT"), help=says("write the rows to be put right there"))
    bring.add_argument(
        "--take-theirs", action="store_true", help=says("take what the file says where the record says otherwise")
    )
    bring.add_argument("--partner", metavar="P", help=says("partner-sheet: the organisation that it is here"))
    bring.add_argument("--framework", metavar="K", help=says("log-frame: the framework that its lines go under"))

    compare = verb("screen", screening.screen_against, says("compare names with a sanctions list"), record, told, done)
    compare.add_argument("--list", type=file, required=True, metavar="F", help=says("the list, an XML file"))
    compare.add_argument("--name", metavar=says("NAME"), help=says("what the list is called"))
    compare.add_argument("--partner", metavar="P", help=says("one organisation and its contacts only"))

    twice = verb("merge", merging.merge_two, says("show what may be held twice; make two into one"), record, told, done)
    twice.add_argument("kind", choices=sorted(merging.TWICE), metavar=says("KIND"))
    twice.add_argument("kept", nargs="?", metavar=says("KEPT"), help=says("the one that stays: its name, code or id"))
    twice.add_argument("gone", nargs="?", metavar=says("GONE"), help=says("the one that becomes a part of it"))
    twice.add_argument(
        "--take", action="append", default=[], metavar=says("FIELD"), help=says("keep this field of the one that goes")
    )

    past = verb("due", privacy.due, says("what is past the time it may be kept"), record, told)
    past.add_argument("--on", type=day, metavar="D", help=says("as of another day than today"))
    stay = verb("keep", privacy.keep, says("keep a thing beyond its time, for a reason"), record, given)
    stay.add_argument("--until", type=day, required=True, metavar="D", help=says("the day until which it is kept"))
    stay.add_argument("--reason", required=True, metavar=says("TEXT"), help=says("why it is kept"))
    gone = verb(
        "erase", privacy.erase_thing, says("erase a thing for good; done with --apply"), record, told, done, given
    )
    gone.add_argument("--ground", metavar=says("TEXT"), help=says("why it has to go, without saying what it is"))
    gone.add_argument(
        "--field", action="append", default=[], metavar=says("FIELD"), help=says("only this field, with its history")
    )
    gone.add_argument("--anonymise", action="store_true", help=says("leave country, month, type and counts"))
    gone.add_argument("--copies-too", action="store_true", help=says("take copies of the record from before away"))
    gone.add_argument("--certificate", type=file, metavar=says("OUT"), help=says("write the certificate there, a PDF"))
    for each in (stay, gone):
        each.add_argument("id", metavar="ID", help=says("the id of the thing, as its list in JSON says it"))

    about = Parser(add_help=False)
    about.add_argument("name", metavar=says("NAME"))
    about.add_argument("--audience", choices=audiences, metavar="A", help=says("who will read it"))
    methods = [method for method, _title in METHODS]
    about.add_argument("--method", choices=methods, default="suppress", metavar="M", help=says("of small numbers"))
    about.add_argument(
        "--coarser", action="append", choices=sorted(COARSER), default=[], metavar="C", help=says("told more coarsely")
    )
    about.add_argument("--contribution", metavar="C", help=says("one contribution: its title, reference or id"))
    about.add_argument("--agreement", metavar="G", help=says("one agreement: its title, reference or id"))
    about.add_argument("--framework", metavar="K", help=says("one framework or log frame: its name, code or id"))
    about.add_argument("--since", type=day, metavar="D", help=says("show what changed since this day"))
    about.add_argument("--final", action="store_true", help=says("the final report, not an interim one"))
    about.add_argument("--currency", metavar="C", help=says("add money up in this currency, as EUR"))
    stages = [stage for stage, _title in STAGES]
    about.add_argument("--stage", choices=stages, default="disbursement", metavar="S", help=says("of the money"))
    papers = [paper.value for paper in Paper]
    about.add_argument("--paper", choices=papers, default="a4", metavar="P", help=says("the size of the paper"))
    about.add_argument("--typography", choices=PROFILES, metavar="T", help=says("the reader's typography"))
    calendars = [calendar.value for calendar in Calendar]
    about.add_argument("--calendar", choices=calendars, metavar="C", help=says("a second calendar beside dates"))
    about.add_argument("--words", type=file, metavar="F", help=says("the writer's own words, as JSON"))
    because = Parser(add_help=False)
    because.add_argument("--why", metavar=says("TEXT"), help=says("why it leaves; the register keeps it"))
    report = verb("report", files.report, says("make a report"), record, scope, about, because)
    report.add_argument("--format", choices=FORMS, default="pdf", metavar=says("FORMAT"), dest="form")
    report.add_argument("--attach-data", action="store_true", help=says("put the released figures inside the PDF"))
    verb("places", forms.places, says("list the places that a form of a report can have"), record, scope, about, told)
    form = verb("fill", forms.fill, says("fill a donor's own form with a report"), record, scope, about, told, because)
    form.add_argument(
        "--template", type=file, metavar="F", help=says("the form; else the one kept with the donor's requirements")
    )
    for each in (report, form):
        each.add_argument("--out", type=file, required=True, metavar="F", help=says("the file to write"))
    verb("reports", files.reports, says("list the reports on offer"), spoken)

    export = verb("export", files.export, says("write an exchange format"), record, scope, because)
    export.add_argument("form", choices=sorted(files.EXPORTS), metavar=says("KIND"))
    export.add_argument("--audience", choices=audiences, default="internal", metavar="A")
    export.add_argument(
        "--out", type=file, required=True, metavar="F", help=says("the file to write: .xlsx, .csv or .json")
    )
    export.add_argument(
        "--kind", dest="kinds", action="append", choices=sorted(RAW_KINDS), help=says("raw: only this kind of thing")
    )
    export.add_argument("--blank", action="store_true", help=says("raw: no rows, a workbook to be filled in"))
    _written(verb, says, record, told, done)
    return top


def _secrets(record: Parser, says: Callable[[str], str]) -> None:
    """What opens a record."""
    record.add_argument(
        "--passphrase-file", type=file, metavar="F", help=says("a file whose first line is the passphrase")
    )
    record.add_argument(
        "--office-key", type=file, metavar="F", help=says("open it by the office key in this file, and its passphrase")
    )


def _copies(verb: Callable[..., Parser], says: Callable[[str], str], record: Parser, told: Parser) -> None:
    """The verbs about copies of the record, and what is left without one."""
    backup = verb("backup", copies.backup, says("make a verified, encrypted copy"), record)
    backup.add_argument("--out", type=path, metavar=says("FOLDER"), help=says("where the copy goes"))
    backup.add_argument(
        "--second", type=path, metavar=says("FOLDER"), help=says("from now on, copies go to this folder too")
    )
    verb("copies", copies.copies, says("list the copies, in both places"), record, told)
    verb("rehearse", copies.rehearse, says("bring the newest copy back on trial, and check it"), record)
    restore = verb("restore", copies.restore, says("bring a copy back; the present record is kept aside"), record)
    restore.add_argument("copy", type=file, metavar=says("COPY"))
    salvage = verb("salvage", copies.salvage, says("read what can be read of a damaged record"), record)
    salvage.add_argument("--out", type=file, required=True, metavar="F", help=says("the file to write"))


def _ways(
    verb: Callable[..., Parser], says: Callable[[str], str], spoken: Parser, record: Parser, told: Parser
) -> None:
    """The verbs about who opens a record, and by what."""
    verb("ways", ways.show, says("who can open the record, and by what"), record, told)
    change = verb("passphrase", ways.change, says("change the passphrase that the record is opened by"), record)
    change.add_argument(
        "--new-file", type=file, metavar="F", help=says("a file whose first line is the new passphrase")
    )
    rekey = verb("rekey", ways.rekey, says("give the record a new key; all passphrases and codes stay"), record)
    rekey.add_argument("--thin", action="store_true", help=says("remove the copies beside it that have the old key"))
    office = verb("escrow", None, says("make an office key, or let it open a record"), spoken)
    does = office.add_subparsers(required=True, metavar=says("VERB"), dest="escrow")
    for name, what, summary, parent in (
        ("new", ways.new_office_key, says("make the office key; its public half is written beside it"), spoken),
        ("take", ways.take_office_key, says("let an office key open the record"), record),
    ):
        made = does.add_parser(name, help=summary, description=summary, parents=[parent])
        made.set_defaults(does=what)
        if name == "new":
            made.add_argument("--out", type=file, required=True, metavar="F", help=says("the file to write"))
            made.add_argument(
                "--passphrase-file", type=file, metavar="F", help=says("a file whose first line is the passphrase")
            )
            continue
        made.add_argument("--public", type=file, required=True, metavar="F", help=says("the public half of the key"))
        made.add_argument("--name", metavar=says("NAME"), help=says("who acts when the office key opens the record"))
        made.add_argument("--confidential", action="store_true", help=says("it opens confidential texts too"))


def _written(
    verb: Callable[..., Parser], says: Callable[[str], str], record: Parser, told: Parser, done: Parser
) -> None:
    """The verbs about a report that somebody writes."""
    which = Parser(add_help=False, parents=[record, told])
    which.add_argument("report", metavar=says("REPORT"), help=says("the written report: its title or id"))
    words = verb("write", written.write, says("write the parts of a report"), which)
    words.add_argument(
        "--words", type=file, required=True, metavar="F", help=says("the parts and their texts, as JSON")
    )
    signed = verb("approve", written.approve, says("keep who approved a report as it stands"), which)
    signed.add_argument("--name", required=True, metavar=says("NAME"), help=says("who approved it"))
    signed.add_argument("--function", metavar=says("TEXT"), help=says("in which function"))
    signed.add_argument("--page", type=file, metavar="F", help=says("the page that was signed"))
    frozen = verb(
        "freeze", written.freeze, says("show what a report would leave as; freeze it with --apply"), which, done
    )
    formats = says("a format, once or more often; pdf and docx where none is named")
    frozen.add_argument("--format", choices=FORMS, action="append", metavar=says("FORMAT"), dest="forms", help=formats)
    sent = verb("send", written.send, says("keep to whom a frozen report went"), which)
    sent.add_argument("--to", metavar=says("NAME"), help=says("an organisation: its name, acronym, code or id"))
    sent.add_argument("--person", metavar=says("NAME"), help=says("a contact: its name or id"))
    sent.add_argument("--addressee", metavar=says("TEXT"), help=says("the addressee in words"))
    sent.add_argument("--again", action="store_true", help=says("those who have the version before"))
    channels = [channel for channel, _title in CHANNELS]
    sent.add_argument("--channel", choices=channels, default="email", metavar=says("CHANNEL"), help=says("how it went"))
    sent.add_argument("--notes", metavar=says("TEXT"), help=says("what else is to be known"))
    for each in (signed, sent):
        each.add_argument("--on", type=day, metavar="D", help=says("the day, as 2026-01-31; else today"))
    again = verb("correct", written.correct, says("begin a new version of a frozen report"), which)
    again.add_argument("--reason", required=True, metavar=says("TEXT"), help=says("why it is corrected"))
    both = verb("compare", showing.compare, says("compare two frozen versions of a report"), which)
    both.add_argument("--before", type=int, metavar="N", help=says("the number of the earlier version"))
    both.add_argument("--after", type=int, metavar="N", help=says("the number of the later version"))
    shown = verb("show", showing.show, says("show a report: its parts, what is missing, what became of it"), which)
    shown.add_argument("--out", type=path, metavar=says("FOLDER"), help=says("write its newest frozen files there"))

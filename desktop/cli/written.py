"""Verbs about reports that are written: their words, who approves them, freezing, sending, correcting, comparing.

A report is begun by `jalon add reports` and put right by `jalon edit reports`. What is frozen stays so, so freezing
shows what would leave before it does it.
"""

import argparse
import json
from collections import defaultdict
from collections.abc import Iterator
from typing import Any
from uuid import UUID

from db import prose
from db.commands.frozen_reports import mark_sent
from db.commands.report_lines import Line
from db.commands.reports import Arranged, replace_report, write_parts
from db.errors import RecordError
from db.models import Contact, Organisation, WrittenReport
from db.queries.names import id_called
from db.queries.report_lines import HEADING
from db.queries.reports import Written, written
from db.record import Record
from desktop.apart import ask
from desktop.approving import approve as keep_approval
from desktop.cli.printing import for_machines, say
from desktop.cli.records import opened
from desktop.deliver import Order, gather
from desktop.freezing import keep, orders_of, press
from desktop.reports.building import in_their_places
from desktop.reports.offer import report_called
from desktop.reports.report import Part, WritersWords
from desktop.reports.standing import standing
from desktop.reports.telling import told, typed
from desktop.reports.words_file import read_words, refuse_unknown_parts
from desktop.reports.written import asked_of
from i18n import N_, Words


class OnlyParts(RecordError):
    message = N_("Only parts are written here. “jalon edit reports” puts the title and what else is on the first page.")


class NotFrozen(RecordError):
    message = N_("This report is not frozen. “jalon freeze” keeps its files; then it can be sent.")


def write(called: argparse.Namespace, words: Words) -> None:
    """Write the parts that a words file says, as one deed."""
    own: WritersWords = ask(read_words, called.words)
    if own != WritersWords(parts=own.parts, titles=own.titles, summaries=own.summaries):
        raise OnlyParts
    with opened(called, words) as record:
        found = found_of(record, called)
        parts = parts_of(record, found)
        refuse_unknown_parts(own, parts)
        order = list(_arranged(own, found, [part.name for part in parts]))
        texts = [
            (one.part, each.language, prose.data_of(each.prose), "draft" if each.status == "original" else each.status)
            for one in own.parts
            for each in one.told
        ]
        record.write(write_parts, found.id, order, texts, _lines(own))
    _done(called, {"id": str(found.id), "texts": len(texts)}, words.gettext("Written. “jalon undo” takes it back."))


def _lines(own: WritersWords) -> dict[str, list[Line]]:
    """Title, summary and headings in other languages, by language."""
    lines: dict[str, list[Line]] = defaultdict(list)
    said = [("title", None, own.titles), ("summary", None, own.summaries)]
    for field, part, texts in (*said, *((HEADING, one.part, one.headings) for one in own.parts)):
        for each in texts:
            lines[each.language].append(Line(field, each.text, each.status, part))
    return dict(lines)


def approve(called: argparse.Namespace, words: Words) -> None:
    """Keep who approved a report as it stands."""
    values = {"name": called.name, "function": called.function, "on": called.on}
    with opened(called, words) as record:
        id = _id(record, called)
        approval = keep_approval(record, id, values, called.page)
        found = record.read(written, id)
    _done(called, {"id": str(approval)}, *standing(found, words))


def freeze(called: argparse.Namespace, words: Words) -> None:
    """Make every file and say what the guard says of them; keep them with `--apply`."""
    with opened(called, words, write=called.apply) as record:
        found = found_of(record, called)
        orders = orders_of(found, list(dict.fromkeys(called.forms or ("pdf", "docx"))))
        pressed = press(gather(record, orders[0]), orders)
        frozen = keep(record, found.id, pressed) if called.apply else None
        found = record.read(written, found.id)
    notes, own = pressed.files[0][1].notes, orders[0].asked.own
    files = [
        {"language": order.language, "format": order.form, "bytes": len(made.content)} for order, made in pressed.files
    ]
    letters = "".join(dict.fromkeys("".join(made.unprintable for _order, made in pressed.files)))
    if called.json:
        print(json.dumps({"id": for_machines(frozen), "files": files, "hidden": notes.hidden}, ensure_ascii=False))
        return
    say(words.gettext("Files made: {count}.").format(count=words.number(len(files))))
    for sentence in (*told(notes, words), *typed(own, pressed.files[0][1].counts.unsaid, words)):
        say(sentence)
    if letters:
        said = words.gettext("No font of ours has these characters: {characters}")
        say(said.format(characters=words.isolate(letters)))
    if frozen:
        said = words.gettext("Frozen as version {version}. “jalon show” with --out writes its files.")
        say(said.format(version=words.number(found.frozen[0].version)))
    else:
        say(words.gettext("Nothing is frozen yet. With --apply it is, and that is never taken back."))


def send(called: argparse.Namespace, words: Words) -> None:
    """Keep to whom the newest frozen version went."""
    with opened(called, words) as record:
        found = found_of(record, called)
        if not found.frozen:
            raise NotFrozen
        values = {
            "organisation_id": record.read(id_called, Organisation, called.to) if called.to else None,
            "contact_id": record.read(id_called, Contact, called.person) if called.person else None,
            "addressee": called.addressee,
            "on": called.on,
            "channel": called.channel,
            "notes": called.notes,
        }
        again = [one.id for one in found.waiting] if called.again else []
        record.write(mark_sent, found.frozen[0].id, values, again)
        found = record.read(written, found.id)
    sent = [str(one.id) for one in found.frozen[0].sent]
    _done(called, {"id": str(found.id), "sent": sent}, *standing(found, words))


def correct(called: argparse.Namespace, words: Words) -> None:
    """Begin a new version of a frozen report."""
    with opened(called, words) as record:
        new = record.write(replace_report, _id(record, called), called.reason)
    said = words.gettext("The new version is begun with all that this one says. Its id is {id}.").format(id=str(new))
    _done(called, {"id": str(new)}, said)


def _arranged(own: WritersWords, found: Written, natural: list[str]) -> Iterator[Arranged]:
    """Every part in its place; what the words say of one, and what they do not stays."""
    held = {one.part: Arranged(one.part, one.shown, one.heading) for one in found.sections}
    given = {one.part: one for one in own.parts}
    for name in dict.fromkeys((*in_their_places(list(held), natural), *given)):
        before, one = held.get(name, Arranged(name)), given.get(name)
        yield Arranged(name, one.shown, one.heading or before.heading) if one else before


def parts_of(record: Record, found: Written) -> list[Part]:
    """The parts that its kind of report has now."""
    kind = found.values["report"]
    tables = gather(record, Order(kind, asked_of(found), found.values["language"], "text"))
    return list(report_called(kind).parts(tables.plain))


def found_of(record: Record, called: argparse.Namespace) -> Written:
    """The report that was called by its title or id."""
    return record.read(written, _id(record, called))


def _id(record: Record, called: argparse.Namespace) -> UUID:
    return record.read(id_called, WrittenReport, called.report)


def _done(called: argparse.Namespace, answer: dict[str, Any], *sentences: str) -> None:
    """Say what was done, to a machine or to people."""
    if called.json:
        print(json.dumps(answer, ensure_ascii=False))
        return
    for sentence in sentences:
        say(sentence)

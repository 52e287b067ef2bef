"""Verbs that look at a written report: its parts and what has become of it, and what differs between two versions."""

import argparse
import json
from collections.abc import Iterator
from typing import Any

from db.errors import RecordError
from db.fields import field_of
from db.models import WrittenReport
from db.models.texts import STATUSES
from db.queries.reports import Frozen, Written
from desktop.cli.printing import for_machines, say, table
from desktop.cli.records import opened
from desktop.cli.written import NotFrozen, found_of, parts_of
from desktop.exporting import export_document
from desktop.freezing import Difference
from desktop.freezing import compare as compare_frozen
from desktop.reports.building import ADDED, in_their_places, label, lacked
from desktop.reports.offer import report_called
from desktop.reports.report import Part
from desktop.reports.standing import one_line, said_before, standing, where_said
from desktop.reports.written import asked_of
from i18n import N_, Words


class NoSuchVersion(RecordError):
    message = N_("There is no frozen version {version} to compare. There are these: {versions}.")


def show(called: argparse.Namespace, words: Words) -> None:
    """Show a report: its parts, what is missing, what has become of it; with `--out`, write its frozen files there."""
    with opened(called, words, write=False) as record:
        found = found_of(record, called)
        parts = {part.name: part for part in parts_of(record, found)}
        missing = report_called(found.values["report"]).lacking(record, asked_of(found))
        files = [kept for frozen in found.frozen[:1] for kept in frozen.files]
        if called.out and not files:
            raise NotFrozen
        for kept in files if called.out else ():
            export_document(record, kept, called.out / kept.file)
    lacking = [lacked(one, words) for one in missing]
    if called.json:
        print(json.dumps(_for_machines(found, list(parts)) | {"missing": lacking}, ensure_ascii=False))
        return
    status = words.gettext(field_of(WrittenReport.status).title_of(found.values["status"]))
    said = words.gettext("{title}: {status}.")
    say(said.format(title=one_line(found.values["title"], words), status=status))
    for sentence in standing(found, words):
        say(sentence)
    heads = (N_("Part"), N_("In the report"), N_("Heading"), N_("Texts"))
    say(table([words.gettext(head) for head in heads], list(_lines(found, parts, words))))
    if lacking:
        say(words.gettext("What is missing before it leaves:"))
        for sentence in lacking:
            say(sentence)
    for kept in files:
        say(
            words.gettext("Written: {file}").format(file=words.isolate(str(called.out / kept.file)))
            if called.out
            else words.isolate(kept.file)
        )


def compare(called: argparse.Namespace, words: Words) -> None:
    """Say which figures two frozen versions say differently, and how many records made them differ."""
    with opened(called, words, write=False) as record:
        found = found_of(record, called)
        before, after = _version(found, called.before, 1), _version(found, called.after, 0)
        differing = record.read(compare_frozen, before, after)
    if called.json:
        print(json.dumps([_difference(one) for one in differing], ensure_ascii=False))
        return
    rows = [
        (
            where_said(one.path, words),
            said_before(one.before, words),
            said_before(one.after, words),
            words.number(len(one.records)),
        )
        for one in differing
    ]
    heads = (N_("Figure"), N_("Before"), N_("After"), N_("Records that differ"))
    if rows:
        say(table([words.gettext(head) for head in heads], rows))
    else:
        say(words.gettext("Every figure is the same in both. Their texts are not compared."))


def _lines(found: Written, parts: dict[str, Part], words: Words) -> Iterator[tuple[str, str, str, str]]:
    standings, held = dict(STATUSES), {one.part: one for one in found.sections}
    for name in _order(found, list(parts)):
        section = held.get(name)
        title = label(parts[name].title, words) if name in parts else ""
        texts = [
            words.gettext("{language} ({standing})").format(
                language=words.language_name(text.language), standing=words.gettext(standings[text.status])
            )
            for text in (section.texts if section else ())
        ]
        shown = words.gettext("Yes") if section is None or section.shown else words.gettext("No")
        own = one_line(section.heading, words) if section and section.heading else title
        yield name, shown, own, words.list(texts)


def _order(found: Written, natural: list[str]) -> list[str]:
    placed = [one.part for one in found.sections if one.part in natural or one.part.startswith(ADDED)]
    return in_their_places(placed, natural)


def _for_machines(found: Written, natural: list[str]) -> dict[str, Any]:
    held = {one.part: one for one in found.sections}
    return {
        "id": str(found.id),
        **{key: for_machines(value) for key, value in found.values.items()},
        "parts": [
            {
                "part": name,
                "shown": section.shown if section else True,
                "heading": section.heading if section else None,
                "texts": {text.language: text.status for text in section.texts} if section else {},
            }
            for name in _order(found, natural)
            for section in (held.get(name),)
        ],
        "approvals": [
            {"id": str(one.id), "name": one.name, "on": one.on.isoformat(), "holds": not one.stale}
            for one in found.approvals
        ],
        "versions": [_frozen(one) for one in found.versions],
    }


def _frozen(one: Frozen) -> dict[str, Any]:
    return {
        "version": one.version,
        "on": one.on.isoformat(),
        "files": [
            {"id": str(kept.id), "file": kept.file, "language": kept.language, "sha256": kept.digest}
            for kept in one.files
        ],
        "sent": [
            {"on": sent.on.isoformat(), "to": sent.organisation, "person": sent.contact, "addressee": sent.addressee}
            for sent in one.sent
        ],
    }


def _difference(one: Difference) -> dict[str, Any]:
    values = {"before": one.before, "after": one.after}
    said = {key: None if each is None else {"value": each.value, "state": each.state} for key, each in values.items()}
    return {"figure": list(one.path), **said, "kind": one.kind, "records": [str(id) for id in one.records]}


def _version(found: Written, number: int | None, otherwise: int) -> Frozen:
    versions = found.versions
    for one in versions if number is not None else versions[otherwise : otherwise + 1]:
        if number in (None, one.version):
            return one
    raise NoSuchVersion(version=number or otherwise + 1, versions=[str(one.version) for one in versions])

"""The verbs of a partner's sheet between offices: written for another one, and taken in from one by a plan."""

import argparse
import json
from collections.abc import Iterator
from datetime import date
from typing import Any

from db.commands.partner_sheets import take_in_sheet
from db.errors import RecordError
from db.fields import fields_of
from db.models import Organisation
from db.queries.columns import entity_of
from db.queries.kinds import KINDS
from db.queries.names import id_called
from db.queries.partner_sheet import known_of
from db.record import Record
from desktop.apart import ask
from desktop.cli.printing import for_machines, for_people, say, say_some, table
from desktop.cli.records import opened
from desktop.deliver import NeedsPartner
from desktop.exchange.partner_sheet import open_sheet
from desktop.exchange.sheet_plan import Difference, SheetPlan, plan_sheet
from desktop.exporting import export_partner_sheet
from i18n import N_, Words


class OnlyAsJson(RecordError):
    message = N_("A partner sheet is read by another Jalon: {path} has to end in .json.")


def export_sheet(record: Record, called: argparse.Namespace, _words: Words) -> int:
    """Write the sheet of one organisation; answers how many rows it has."""
    if called.partner is None:
        raise NeedsPartner
    if called.out.suffix.lower() != ".json":
        raise OnlyAsJson(path=called.out)
    return export_partner_sheet(record, record.read(id_called, Organisation, called.partner), called.out)


def import_sheet(called: argparse.Namespace, words: Words) -> None:
    """Show what another office's sheet of a partner would change; change it with `--apply`."""
    sheet, digest = ask(open_sheet, called.file)
    with opened(called, words, write=called.apply) as record:
        whose = record.read(id_called, Organisation, called.partner) if called.partner else None
        known = record.read(known_of, sheet, whose)
        planned = plan_sheet(sheet, known, called.file.name, digest, date.today())
        if called.take_theirs:
            differing = {(one.id, one.key) for one in planned.differences}
            planned = plan_sheet(sheet, known, called.file.name, digest, date.today(), differing)
        done = called.apply and not planned.arrival.empty
        if done:
            record.write(take_in_sheet, planned.arrival, planned.files)
    if called.json:
        print(json.dumps(_for_machines(planned), ensure_ascii=False))
        return
    _show(planned, words)
    if done:
        say(words.gettext("Brought in. “jalon undo” takes it back."))
    elif planned.arrival.empty and planned.differences:
        say(words.gettext("Nothing is taken where the record says otherwise; with --take-theirs it is."))
    elif planned.arrival.empty:
        say(words.gettext("The record holds all of this already. Nothing to bring in."))
    else:
        say(words.gettext("Nothing is changed yet. The same command with --apply brings the file in."))


def _show(planned: SheetPlan, words: Words) -> None:
    head = words.gettext("The sheet of {name}, written by {office}.")
    say(head.format(name=words.isolate(planned.name), office=words.isolate(planned.office)))
    if planned.organisation_id is None:
        say_some([_here(one.name, words) for one in planned.lookalikes], words)
    if planned.adds:
        rows = [(words.gettext(_called(entity)), words.number(count)) for entity, count in planned.adds.items()]
        say(table((words.gettext("To add"), ""), rows))
    say_some([_differs(one, words) for one in planned.differences], words)
    told = words.gettext("{kind} ({count}): {reason}")
    say_some(
        [
            told.format(kind=words.gettext(_called(entity)), count=words.number(count), reason=words.gettext(why))
            for (entity, why), count in planned.remarks.items()
        ],
        words,
    )


def _here(name: str, words: Words) -> str:
    return words.gettext("This may be {name}, which is in the record: say so with --partner.").format(
        name=words.isolate(name)
    )


def _differs(one: Difference, words: Words) -> str:
    field = fields_of(entity_of(one.entity))[one.key]
    name, theirs = words.gettext(field.name), for_people(one.theirs, field, words)
    if one.held is None:
        return words.gettext("{field}: empty here, becomes {value}").format(field=name, value=theirs)
    said = N_("{field}: {ours} here becomes {theirs}") if one.taken else N_("{field}: stays {ours} here, not {theirs}")
    return words.gettext(said).format(field=name, ours=for_people(one.held, field, words), theirs=theirs)


def _called(entity: str) -> str:
    return {kind.entity.__tablename__: kind.name for kind in KINDS.values()}[entity]


def _for_machines(planned: SheetPlan) -> dict[str, Any]:
    return {
        "office": planned.office,
        "name": planned.name,
        "organisation": for_machines(planned.organisation_id),
        "perhaps": [{"id": str(one.id), "name": one.name} for one in planned.lookalikes],
        "adds": dict(planned.adds),
        "differences": list(_differences(planned)),
        "remarks": [{"entity": entity, "why": why, "count": count} for (entity, why), count in planned.remarks.items()],
    }


def _differences(planned: SheetPlan) -> Iterator[dict[str, Any]]:
    for one in planned.differences:
        values = {"held": for_machines(one.held), "theirs": for_machines(one.theirs)}
        yield {"entity": one.entity, "id": str(one.id), "field": one.key, **values, "taken": one.taken}

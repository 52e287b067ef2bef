"""What the practice office lived through: agreements, money, engagements and reports, told as data and done by deeds.

`resources/sample/story.json` names things by a code of its own, `@femmes`; each step is a kind of thing to add, or a
deed on what an earlier step made.
"""

import json
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

import resources
from db.base import Entity
from db.commands.agreements import approve, change_status
from db.commands.amending import amend_as_typed
from db.commands.assessments import assess_by
from db.commands.engagements import add_engagement
from db.commands.entries import add, edit
from db.commands.received import ReportedLine, receive_report
from db.commands.schedules import generate
from db.fields import Kind, fields_of
from db.models import (
    Agreement,
    Amendment,
    Approval,
    Assessment,
    Engagement,
    FrameworkItem,
    ReceivedReport,
    StatusChange,
)
from db.queries.kinds import KINDS
from db.queries.names import id_called
from db.record import Record

Step = Mapping[str, Any]
Codes = dict[str, UUID]


def tell(record: Record, codes: Mapping[str, UUID]) -> None:
    """Do every step of the story; `codes` are what stands in the record already, besides the lines of plans."""
    story = json.loads(resources.path("sample/story.json").read_text(encoding="utf-8"))
    known = dict(codes) | {line: record.read(id_called, FrameworkItem, line) for line in story["lines"]}
    for step in story["steps"]:
        made = _DEEDS[step.get("deed", "add")](record, _pointed(step, known))
        if "code" in step:
            known[step["code"]] = made


def typed(entity: type[Entity], values: Mapping[str, Any]) -> dict[str, Any]:
    """Values with their days and exact numbers as such, which JSON has no word for."""
    described = fields_of(entity)
    return {key: _typed(described[key].kind if key in described else None, value) for key, value in values.items()}


def _typed(kind: Kind | None, value: Any) -> Any:
    match kind:
        case Kind.DATE if isinstance(value, str):
            return date.fromisoformat(value)
        case Kind.DECIMAL if isinstance(value, str):
            return Decimal(value)
        case _:
            return value


def _pointed(told: Any, codes: Codes) -> Any:
    """What was told, with ids in the place of codes."""
    match told:
        case dict():
            return {key: _pointed(value, codes) for key, value in told.items()}
        case list():
            return [_pointed(value, codes) for value in told]
        case str() if told.startswith("@"):
            return codes[told[1:]]
        case _:
            return told


def _add(record: Record, step: Step) -> UUID:
    entity = KINDS[step["kind"]].entity
    return record.write(add, entity, typed(entity, step["values"]))


def _edit(record: Record, step: Step) -> None:
    entity = KINDS[step["kind"]].entity
    record.write(edit, entity, step["of"], typed(entity, step["values"]))


def _engage(record: Record, step: Step) -> UUID:
    parts = (
        [typed(KINDS[part].entity, each) for each in step[part]]
        for part in ("attendances", "positions", "commitments", "questions")
    )
    return record.write(add_engagement, typed(Engagement, step["values"]), *parts)


def _assess(record: Record, step: Step) -> UUID:
    answers = {code: {"answer": answer} for code, answer in step["answers"].items()}
    return record.write(assess_by, step["of"], step["scheme"], typed(Assessment, step["values"]), answers)


def _receive(record: Record, step: Step) -> UUID:
    lines = [ReportedLine(**line) for line in step["lines"]]
    return record.write(receive_report, typed(ReceivedReport, step["values"]), lines)


def _amend(record: Record, step: Step) -> UUID:
    values = typed(Agreement, typed(Amendment, step["values"]))
    return record.write(amend_as_typed, step["of"], values)


_DEEDS: Mapping[str, Callable[[Record, Step], Any]] = {
    "add": _add,
    "edit": _edit,
    "engage": _engage,
    "assess_by": _assess,
    "receive": _receive,
    "amend": _amend,
    "approve": lambda record, step: record.write(approve, step["of"], typed(Approval, step["values"])),
    "change_status": lambda record, step: record.write(change_status, step["of"], typed(StatusChange, step["values"])),
    "generate": lambda record, step: record.write(generate, step["of"]),
}
